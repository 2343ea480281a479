"""What is typed into the form, read as the kind of value it is, and how it was understood."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from core.errors import UsageError
from core.rules import emails, handles, kinds, partial_dates, phones
from core.rules.normalise import norm_of
from tui import safe, words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

_SHOWN: Final = 40
HINTS: Final = {
    kinds.NAME: "Rachel Green",
    kinds.ORG: "Globex",
    kinds.TITLE: "Head of Operations",
    kinds.EMAIL: "rachel@globex.example",
    kinds.PHONE: "+44 20 7946 0958",
    kinds.HANDLE: "the name there, or the address of the page",
    kinds.URL: "https://globex.example",
    kinds.ADDRESS: "12 High Street, London",
    kinds.BIRTHDAY: "3 May 1985, 3 May, or 1985",
    kinds.DATE: "12 June 2010",
    kinds.LABEL: "a word of yours, such as choir; Tier A files too",
}
"""How a value is written, by its kind."""


def reader(kind: str, label: str, region: str, today: date) -> Callable[[str], tuple[str, str]]:
    """What reads a line as a value of a kind: the value, and how it was understood in words.

    Args:
        kind: one of `core.rules.kinds`.
        label: the network of a handle.
        region: the home country of numbers without a country code, or "".
        today: what ages are told from.
    """
    return partial(_read, kind=kind, label=label, region=region or None, today=today)


def _read(line: str, *, kind: str, label: str, region: str | None, today: date) -> tuple[str, str]:
    value = line.strip()
    if not value:
        raise UsageError("nothing is typed; esc leaves it as it was, x on the row clears it")
    if kind == kinds.BIRTHDAY:
        return value, _birthday(value, today)
    told = {kinds.EMAIL: _mail, kinds.DATE: _day}.get(kind, _as_typed)(value)
    if kind == kinds.PHONE:
        told = _number(value, region)
    elif kind in {kinds.HANDLE, kinds.URL}:
        told = _page(kind, value, label)
    return value, told


def _birthday(value: str, today: date) -> str:
    norm = str(partial_dates.parse(value) or "")
    if not norm:
        raise UsageError(f"“{safe.cut(value, _SHOWN)}” is no birthday I know: {HINTS['birthday']}")
    return f"understood as {words.birthday(norm, today)}"


def _day(value: str) -> str:
    norm = str(partial_dates.parse(value) or "")
    return f"understood as {words.partial(norm)}" if norm else "no date I know; kept as typed"


def _mail(value: str) -> str:
    norm = emails.normal(value)
    if not norm or "." not in norm.rpartition("@")[2]:
        return "! no address that mail reaches, as far as I can tell; kept as typed"
    return f"a mail address: {norm}" if norm != value else "a mail address"


def _number(value: str, region: str | None) -> str:
    norm = phones.normal(value, region)
    if not norm:
        return "! no full number: + and the country's code make it one; kept as typed"
    return f"understood as {phones.shown(norm)}"


def _page(kind: str, value: str, label: str) -> str:
    real, norm = norm_of(kind, value, label)
    if real == kinds.HANDLE:
        network, there = words.handle(norm, value)
        page = handles.profile_url(norm)
        return words.dotted(f"{network or label} {there}".strip(), page)
    if real == kinds.URL and not value.startswith(("https://", "http://")):
        return "o opens it once it begins with https://"
    return f"a page: {norm}" if real == kinds.URL else f"kept as {words.KINDS.get(real, real)}"


def _as_typed(_value: str) -> str:
    return "kept as typed"


def label(line: str) -> tuple[str, str]:
    """What a line says as the name of a field, a date or a relation.

    Raises:
        UsageError: nothing is typed.
    """
    if not line.strip():
        raise UsageError("a word or two, such as godchild")
    return line.strip(), ""
