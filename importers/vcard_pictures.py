"""Pictures of a card: unpacked from base64 or data URIs, or the address they lie at."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote

if TYPE_CHECKING:
    from importers.vcard_lines import Property

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,30}:(?!\Z)")
_MAGIC: Final = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG", "image/png"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
)
_LONG_BASE64: Final = 64  # characters from which undeclared base64 is believed
_FILLING: Final = re.compile(r"[\s\\]+")
_IMAGE_WORDS: Final = frozenset({"jpeg", "jpg", "png", "gif", "bmp", "webp", "tiff", "heic"})


class Picture(NamedTuple):
    """What a picture property holds: `data` or `url`, or neither if it cannot be read.

    Attributes:
        data: the bytes of the picture.
        media_type: such as ``image/jpeg``, or "".
        url: where it lies.
        padded: the base64 was not complete.
    """

    data: bytes = b""
    media_type: str = ""
    url: str = ""
    padded: bool = False


def picture(prop: Property) -> Picture:
    """Read one PHOTO, LOGO or the like."""
    text = prop.text.strip()
    head = text[:200].replace("\\", "")
    declared = prop.param("MEDIATYPE") or _by_type(prop.types)
    encoded = prop.param("ENCODING").upper() in {"B", "BASE64"}
    if head[:5].lower() == "data:":
        kind, _, text = text[5:].partition(",")
        declared = kind.replace("\\", "").partition(";")[0] or declared
    elif not encoded and (prop.param("VALUE").upper() in {"URI", "URL"} or _SCHEME.match(head)):
        return Picture(url=text)
    elif not encoded and len(text) < _LONG_BASE64:
        return Picture()
    data, padded = unpacked(text)
    if not data:
        return Picture()
    return Picture(data, media_type(data, declared), "", padded)


def media_type(data: bytes, declared: str = "") -> str:
    """What the first bytes of a picture say it is, else what is declared of it."""
    found = next((kind for magic, kind in _MAGIC if data.startswith(magic)), declared)
    return found.lower()


def _by_type(types: list[str]) -> str:
    for word in types:
        lower = word.lower().removeprefix("image/")
        if lower in _IMAGE_WORDS:
            return "image/jpeg" if lower == "jpg" else f"image/{lower}"
    return ""


def unpacked(text: str) -> tuple[bytes, bool]:
    """The bytes of base64, in either alphabet, and whether its padding was wrong; or b""."""
    packed = unquote(text) if "%" in text else text
    packed = _FILLING.sub("", packed).replace("-", "+").replace("_", "/")
    bare = packed.rstrip("=")
    padded = bare + "=" * (-len(bare) % 4)
    try:
        return base64.b64decode(padded, validate=True), padded != packed
    except (binascii.Error, ValueError):
        return b"", False
