"""What a mail says: its plain text, or that of its HTML, without what it quotes of others.

A walk of our own over the parts: `email` follows nesting until Python's stack ends.
"""

from __future__ import annotations

import binascii
import re
from typing import TYPE_CHECKING, Final

from importers.decode import clean, entities
from importers.mail_heads import in_charset, parted

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST: Final = 100_000
"""Characters of one mail that are kept."""

_DEEPEST, _PARTS = 8, 60
_LAST: Final = 600  # characters at the end in which it may say who wrote what is quoted
_PARAMETER: Final = re.compile(
    r";\s*(charset|boundary)\s*=\s*(?:\"([^\"]*)\"|([^\s;]+))", re.IGNORECASE
)
# None of these looks further than the next tag: a pattern that looks for an end takes minutes
# for a mail of beginnings.
_HIDDEN: Final = re.compile(r"<(?=(?:script|style|head|title)\b)", re.IGNORECASE)
_ENDS: Final = {
    name: re.compile(rf"</{name}\s*>", re.IGNORECASE)
    for name in ("script", "style", "head", "title")
}
_BREAK: Final = re.compile(r"<(?:br|/p|/div|/tr|/h\d|/li|hr)\b[^<>]*>", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^<>]*>")
_SPACES: Final = re.compile(r"[ \t\u00a0]+")
_BLANKS: Final = re.compile(r"\n{3,}")
_QUOTED: Final = re.compile(r"^[ \t]*>.*\n?", re.MULTILINE)
_REST: Final = re.compile(
    r"^(?:-- ?|-{3,} ?(?:original message|ursprüngliche nachricht|message d'origine"
    r"|messaggio originale|mensaje original|forwarded message) ?-{3,}|_{30,})\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_WROTE: Final = re.compile(
    r"^(?:on|am|le|el|il|op|den|em) .{5,200}?"
    r"(?:wrote|schrieb.{0,80}|a écrit|escribió|ha scritto|schreef.{0,80}|skrev.{0,80}|escreveu)"
    r"\s?:\s*\Z",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)


def text_of(headers: Mapping[str, str], body: bytes) -> str:
    """The text of a mail, as people read it.

    Args:
        headers: of the mail, as `importers.mail_heads.parted` gives them.
        body: what is behind them; it may be cut off.
    """
    plain, marked = _texts(headers, body, _DEEPEST, [_PARTS])
    text = plain if plain.strip() else unmarked(marked)
    return own_words(clean(text.replace("\r\n", "\n").replace("\r", "\n")))[:LONGEST]


def _texts(headers: Mapping[str, str], body: bytes, depth: int, left: list[int]) -> tuple[str, str]:
    """The first plain text and the first HTML of a part and what is inside it."""
    kind = headers.get("content-type", "text/plain")
    media = kind.partition(";")[0].strip().lower()
    given = {one[1].lower(): one[2] or one[3] or "" for one in _PARAMETER.finditer(kind)}
    left[0] -= 1
    if left[0] < 0 or headers.get("content-disposition", "").lower().startswith("attachment"):
        return "", ""
    if media.startswith("multipart/"):
        boundary = given.get("boundary", "").encode("utf-8", "replace")
        if depth and boundary:
            return _inside(boundary, body, depth, left)
        return "", ""
    if media == "text/html":
        return "", in_charset(_decoded(headers, body), given.get("charset", ""))
    if media in {"text/plain", "text", ""} or "/" not in media:
        return in_charset(_decoded(headers, body), given.get("charset", "")), ""
    return "", ""


def _inside(boundary: bytes, body: bytes, depth: int, left: list[int]) -> tuple[str, str]:
    plain = marked = ""
    for part in (b"\n" + body).split(b"\n--" + boundary)[1 : left[0] + 2]:
        if part.startswith(b"--"):
            break
        headers, inner = parted(part.partition(b"\n")[2])
        found = _texts(headers, inner, depth - 1, left)
        plain, marked = plain or found[0], marked or found[1]
        if plain.strip():
            break
    return plain, marked


def _decoded(headers: Mapping[str, str], body: bytes) -> bytes:
    way = headers.get("content-transfer-encoding", "").strip().lower()
    try:
        if way == "quoted-printable":
            return binascii.a2b_qp(body)
        if way == "base64":
            packed = b"".join(body.split())
            return binascii.a2b_base64(packed[: len(packed) // 4 * 4])
    except (binascii.Error, ValueError):
        return b""
    return body


def unmarked(marked: str) -> str:
    """The text of HTML."""
    if not marked:
        return ""
    text = _shown(_without_comments(marked[: 5 * LONGEST]))
    return entities(_TAG.sub(" ", _BREAK.sub("\n", text)))


def _without_comments(marked: str) -> str:
    closed, end, rest = marked.rpartition("-->")
    first, *others = (closed + end).split("<!--")
    return " ".join((first, *(piece.partition("-->")[2] for piece in others), rest))


def _shown(marked: str) -> str:
    """Without the elements that are not shown; one that never ends hides nothing."""
    first, *pieces = _HIDDEN.split(marked)
    shown = [first]
    endless: set[str] = set()
    place = 0
    while place < len(pieces):
        name = next(name for name in _ENDS if pieces[place][:6].lower().startswith(name))
        end, last = None, place
        while name not in endless and end is None and last < len(pieces):
            end = _ENDS[name].search(pieces[last])
            last += 1
        if end is None:  # nor does any that begins later
            endless.add(name)
            shown.append(f"<{pieces[place]}")
            place += 1
        else:
            shown.append(pieces[last - 1][end.end() :])
            place = last
    return " ".join(shown)


def own_words(text: str) -> str:
    """Without signature and quoted lines, which stand in the mails that they are of."""
    # Each pattern runs only where it can find something: there are a hundred thousand mails.
    if ("--" in text or "____" in text) and (rest := _REST.search(text)):
        text = text[: rest.start()]
    if ">" in text:
        text = _QUOTED.sub("", text)
    text = text.strip()
    if text.endswith(":"):
        text = text[:-_LAST] + _WROTE.sub("", text[-_LAST:])
    if "  " in text or "\t" in text or "\u00a0" in text or " \n" in text:
        text = _SPACES.sub(" ", text).replace(" \n", "\n")
    return _BLANKS.sub("\n\n", text).strip() if "\n\n\n" in text else text.strip()
