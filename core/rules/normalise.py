"""The normalised form of any value: what two values are compared and united by."""

from __future__ import annotations

import hashlib
from typing import Final
from urllib.parse import urlsplit

from core.rules import emails, handles, kinds, money, partial_dates, phones
from core.text import clean, fold, visible

LONGEST: Final = 500
_HASHED: Final = 32
_DATES: Final = frozenset({kinds.BIRTHDAY, kinds.DATE, kinds.CONNECTED})
_PORTS: Final = {"http": 80, "https": 443}


def norm_of(kind: str, value: str, label: str = "", region: str | None = None) -> tuple[str, str]:
    """The kind a value really is, and its normalised form.

    A profile page given as a URL is a handle, ``mailto:`` an e-mail, ``tel:`` a phone. Never
    raises; the same value always gives the same norm, and a value with any sign gives a norm.

    Args:
        kind: one of `core.rules.kinds`, as the source has it.
        value: the text as written.
        label: the service of a handle.
        region: home country for phones without a country code (``CH``), or None.

    Returns:
        The kind, and a norm of at most `LONGEST` characters (longer ones end in their hash).
    """
    value = clean(value)
    if kind == kinds.URL:
        kind, norm = _page(value, region)
    elif kind == kinds.EMAIL:
        norm = emails.normal(value)
    elif kind == kinds.PHONE:
        norm = phones.normal(value, region) or phones.fallback(value)
    elif kind == kinds.HANDLE:
        norm = handles.normal(label, value)
    elif kind in _DATES:
        norm = str(partial_dates.parse(value) or "")
    elif kind == kinds.VALUE:
        norm = money.normal(value)
    else:
        norm = ""
    norm = norm or _folded(value)
    if len(norm) > LONGEST:
        digest = hashlib.sha256(norm.encode("utf-8", "replace")).hexdigest()[:_HASHED]
        norm = f"{norm[: LONGEST - _HASHED - 1]}#{digest}"
    return kind, norm


def _folded(value: str) -> str:
    if norm := " ".join(fold(value).split()):
        return norm
    return " ".join(fold(visible(value)).split()) or " ".join(value.split())


def _page(value: str, region: str | None) -> tuple[str, str]:
    start = value.lstrip()[:7].lower()
    if start.startswith("mailto:"):
        return kinds.EMAIL, emails.normal(value)
    if start.startswith("tel:"):
        return kinds.PHONE, phones.normal(value, region) or phones.fallback(value)
    found = handles.from_url(value)
    if found is not None:
        service, handle = found
        return (kinds.PHONE, handle) if service == "phone" else (kinds.HANDLE, ":".join(found))
    return kinds.URL, _address(value)


def _address(value: str) -> str:
    """An address without scheme, ``www.`` and last slash; "" if it is not one of the web."""
    text = value.strip()
    if len(text.split()) > 1:
        return ""
    if "://" not in text:
        text = "https://" + text.removeprefix("//")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme not in _PORTS or not host:
        return ""
    place = "" if port in {None, _PORTS[parts.scheme]} else f":{port}"
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    path = parts.path if query or fragment else parts.path.rstrip("/")
    return host.removeprefix("www.").rstrip(".") + place + path + query + fragment
