"""From the lines of one card to its properties: unfolding, transfer and character encodings."""

from __future__ import annotations

import binascii
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from importers.decode import clean, decode
from importers.vcard_heads import params_of, plain_charset, split_head, split_params
from importers.vcard_tables import BINARY, CHARSETS, KNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LINE_LIMIT: Final = 1_000_000  # bytes of one text property
PROPERTY_LIMIT: Final = 50_000  # of one card

_NEWLINE: Final = re.compile(rb"\r\n|\n|\r")
_NAME: Final = re.compile(rb"[ \t]*+(?:[\w-]++\.)*+(?:[Xx]-[\w /.&+-]++|[\w-]++)[ \t]*+")
_NAME_END: Final = re.compile(rb"[;:]")
_LONGEST_NAME: Final = 100
_REST: Final = "a line that is no property is taken for the rest of the one before"
_QUOTED: Final = re.compile(rb"[;=]\s*+QUOTED-PRINTABLE", re.IGNORECASE)
_BASE64: Final = re.compile(rb"[;=](?:BASE64|B)(?=[;:,]|\Z)", re.IGNORECASE)
_BASE64_LINE: Final = re.compile(rb"[A-Za-z0-9+/]++={0,2}[ \t]*+")
_SEVERAL_LINES: Final = re.compile(
    rb"[\r\n][ \t]|QUOTED-PRINTABLE|BASE64|[;=]B(?:[;:,\r\n]|\Z)|AGENT"
)
"""What could make a property of more than one physical line; in upper case."""
_MARK: Final = re.compile(rb"(BEGIN|END)[ \t]*+:[ \t]*+VCARD[ \t]*+", re.IGNORECASE)
_BAD_QUOTED: Final = re.compile(rb"=(?![0-9A-Fa-f]{2})")
_HEAD_LOOK: Final = 2_000  # bytes of a folded head that are looked at for its encoding
_HEAD_PARTS: Final = 50
_LOOKS_LIKE_URL: Final = frozenset({b"http", b"https", b"ftp", b"mailto", b"file"})
_WHITE: Final = b" \t\r\n"
_LONG_TEXT: Final = re.compile(
    rb"(?:[\w-]++\.)*+(?:NOTE|ADR|LABEL|AGENT|DESCRIPTION|COMMENT|X-[^;:]*+)[ \t]*+[;:]",
    re.IGNORECASE,
)


class Property(NamedTuple):
    """One property of a card.

    Attributes:
        group: ``item1`` of ``item1.TEL``, upper case, or "".
        name: upper case.
        params: upper-case name to its values; bare ones of version 2.1 are under TYPE.
        text: the value, decoded, still escaped; base64 without white space for binary ones.
        line: the whole property as written, unfolded.
    """

    group: str
    name: str
    params: dict[str, list[str]]
    text: str
    line: str

    @property
    def types(self) -> list[str]:
        """The TYPE words as written, whatever way they are listed."""
        return self.params.get("TYPE", [])

    def param(self, name: str) -> str:
        """The first value of a parameter, or ""."""
        values = self.params.get(name)
        return values[0] if values else ""


class Card(NamedTuple):
    """The properties of one card.

    Attributes:
        properties: in the order written.
        warnings: sentences about what was taken with a doubt, each once.
        guessed: encodings that nobody declared, each once.
    """

    properties: list[Property]
    warnings: list[str]
    guessed: list[str]


class _Line:
    """A logical line while its physical ones arrive."""

    __slots__ = ("agent", "base64", "head_done", "nested", "parts", "quoted", "size")

    def __init__(self, first: bytes) -> None:
        self.parts = [first]
        self.size = len(first)
        self.nested = 0
        self.agent = self.quoted = self.base64 = self.head_done = False
        self._look()

    def _look(self) -> None:
        head, colon, value = b"".join(self.parts).partition(b":")
        self.head_done = bool(colon) or self.size > _HEAD_LOOK or len(self.parts) > _HEAD_PARTS
        self.quoted = bool(_QUOTED.search(head))
        self.base64 = bool(_BASE64.search(head))
        if colon and head[-5:].upper() == b"AGENT" and _MARK.fullmatch(value):
            self.nested, self.agent = 1, True

    def _add(self, part: bytes) -> None:
        self.parts.append(part)
        self.size += len(part)
        if not self.head_done:
            self._look()

    def takes(self, part: bytes) -> bool:
        """Whether a physical line belongs to this logical one; then it is added."""
        mark = _MARK.fullmatch(part)
        if self.agent and len(self.parts) == 1 and part[:1] in {b" ", b"\t"}:
            self.nested = 0  # its card is folded: the next line without indent ends it
        if self.nested or (mark and self._is_agent()):
            self.parts.append(b"\n" + part)
            if mark:
                self.nested += 1 if mark[1].upper() == b"BEGIN" else -1
            return True
        if self._soft_break():
            self._add(part)
        elif not part.strip():
            if self.base64 and len(self.parts) > 1:
                self.base64 = False  # an empty line ends it: bare lines no longer belong to it
            return False
        elif part[:1] in {b" ", b"\t"}:
            self._add(b"\n" + part[1:] if self.agent else part[1:])
        elif self.base64 and _BASE64_LINE.fullmatch(part):
            self._add(part)
        else:
            return False
        return True

    def _is_agent(self) -> bool:
        head = self.parts[0]
        return len(self.parts) == 1 and head.rstrip(b" \t:")[-5:].upper() == b"AGENT"

    def _soft_break(self) -> bool:
        """Whether a soft line break stands at the end."""
        last = self.parts[-1].rstrip(b" \t")
        if not (self.quoted and last.endswith(b"=")):
            return False
        self.parts[-1] = last[:-1]
        return True


def logical_lines(body: bytes, warn: Callable[[str], None] = lambda _: None) -> Iterator[bytes]:
    """Unfold: indented lines, soft line breaks, bare base64 lines, nested cards, lost line ends.

    Args:
        body: the lines of one card.
        warn: told what was joined with a doubt.
    """
    if not _SEVERAL_LINES.search(body.upper()):
        yield from _single_lines(body, warn)
        return
    line: _Line | None = None
    for part in _NEWLINE.split(body):
        if line is None:
            line = _Line(part) if part.strip() else None
        elif not (line.takes(part) or not part.strip()):
            if _starts_property(part) or not _LONG_TEXT.match(line.parts[0]):
                yield b"".join(line.parts)
                line = _Line(part)
            else:
                warn(_REST)
                line.parts.append(b"\n" + part)
    if line is not None:
        yield b"".join(line.parts)


def _single_lines(body: bytes, warn: Callable[[str], None]) -> Iterator[bytes]:
    """`logical_lines` of a body in which nothing is folded, packed or nested, as most are."""
    parts: list[bytes] = []
    for part in body.splitlines():
        if not part.strip():
            continue
        if not parts:
            parts = [part]
        elif _starts_property(part) or not _LONG_TEXT.match(parts[0]):
            yield b"".join(parts)
            parts = [part]
        else:
            warn(_REST)
            parts.append(b"\n" + part)
    if parts:
        yield b"".join(parts)


def _starts_property(line: bytes) -> bool:
    end = _NAME_END.search(line, 0, _LONGEST_NAME)
    if end is None:
        name = line.strip()
        return name.isupper() and _bare_name(name) in KNOWN
    name = line[: end.start()]
    sound, known = _judged(name)
    if known or not sound:
        return sound
    url = name.lower() in _LOOKS_LIKE_URL and line[end.start() :].startswith(b"://")
    return not url and b":" in line


@lru_cache(maxsize=1_024)
def _judged(name: bytes) -> tuple[bool, bool]:
    """Whether it can be the name of a property, and whether it is one that is known."""
    bare = _bare_name(name)
    return bool(_NAME.fullmatch(name)), bare in KNOWN or bare.startswith("X-")


def _bare_name(name: bytes) -> str:
    return name.rsplit(b".", 1)[-1].strip().upper().decode("latin-1")


def parse(body: bytes, hint: str = "") -> Card:
    """The properties between BEGIN and END.

    Args:
        body: the lines, in whatever encoding.
        hint: an encoding other cards of the file declare, for values that declare none.
    """
    reader = _Reader(hint)
    properties: list[Property] = []
    for line in logical_lines(body, reader.warn):
        if len(properties) >= PROPERTY_LIMIT:
            reader.warn(f"more than {PROPERTY_LIMIT:,} lines, the limit for one card")
            break
        found = reader.property(line)
        if found:
            properties.append(found)
    return Card(properties, list(reader.warnings), list(reader.guessed))


def declared_charset(body: bytes) -> str:
    """The first single-byte or East Asian encoding a card names, or ""."""
    if b"CHARSET=" not in body.upper():
        return ""
    for match in re.finditer(rb"CHARSET=\"?([\w.:-]{1,40})", body, re.IGNORECASE):
        codec = CHARSETS.get(plain_charset(match[1].decode("ascii", "replace")), "")
        if codec not in {"", "utf-8", "ascii"}:
            return codec
    return ""


class _Reader:
    """Makes properties of logical lines and remembers what was doubtful."""

    def __init__(self, hint: str) -> None:
        self.hint = hint or "cp1252"
        self.warnings: dict[str, None] = {}
        self.guessed: dict[str, None] = {}

    def warn(self, why: str) -> None:
        self.warnings[why] = None

    def property(self, line: bytes) -> Property | None:
        """One property; None if the line is empty or over its limit."""
        head, colon, value = line.partition(b":")
        if not colon:
            return self._unreadable(line)
        known = _plain_head(head) if len(head) < _LONGEST_NAME else None
        if known and len(value) <= LINE_LIMIT:
            text = self._text(value, "")
            return Property(known.group, known.name, known.params, text, known.line + text)
        head, value = split_head(line)
        shown = self._text(head, "")
        pieces = split_params(shown)
        group, _, name = pieces[0].strip().upper().rpartition(".")
        if not name:
            return self._unreadable(line)
        params = params_of(pieces[1:])
        encoding = params.get("ENCODING", [""])[0].upper()
        if name not in BINARY and len(value) > LINE_LIMIT:
            self.warn(f"a line longer than {LINE_LIMIT:,} bytes is kept in the original only")
            return None
        if name in BINARY and encoding in {"BASE64", "B"}:
            text = self._text(value.translate(None, _WHITE), "")
            return Property(group, name, params, text, f"{shown}:{text}")
        charset = params.get("CHARSET", [""])[0]
        text = self._value(value, encoding, charset)
        written = text if not encoding else self._text(value, charset)
        return Property(group, name, params, text, f"{shown}:{written}")

    def _unreadable(self, line: bytes) -> Property | None:
        if line.strip().upper().decode("latin-1") in KNOWN:
            return None  # a property without a value
        self.warn("a line without a colon is kept as it is")
        if len(line) > LINE_LIMIT:
            return None
        return Property("", "", {}, "", self._text(line, ""))

    def _value(self, value: bytes, encoding: str, charset: str) -> str:
        if encoding == "QUOTED-PRINTABLE":
            if _BAD_QUOTED.search(value):
                self.warn("a broken quoted-printable sign is kept as it is")
            value = binascii.a2b_qp(value)
            return self._text(value, charset).replace("\r\n", "\n")
        if encoding in {"BASE64", "B"}:
            try:
                packed = value.translate(None, _WHITE)
                return self._text(binascii.a2b_base64(packed, strict_mode=True), charset)
            except binascii.Error:
                self.warn("broken base64 is kept as text")
        return self._text(value, charset)

    def _text(self, value: bytes, charset: str) -> str:
        """Text by the declared encoding, else by the ladder; never fails."""
        codec = ""
        if charset:
            codec = CHARSETS.get(plain_charset(charset), "")
            if not codec:
                self.warn("a character set nobody knows is named: the text is a guess")
        if codec:
            try:
                return clean(value.decode(codec))
            except UnicodeDecodeError:
                self.warn("a text does not fit the character set it names: it is a guess")
        try:
            return clean(value.decode())
        except UnicodeDecodeError:
            found = decode(value, self.hint)
            self.guessed[found.encoding] = None
            return clean(found.text)


@lru_cache(maxsize=1_024)
def _plain_head(head: bytes) -> Property | None:
    """A property without its value, if only ordinary text can follow; its parameters are shared.

    A card has some ten heads, and a million cards have hardly more.
    """
    if not head.isascii() or b'"' in head:
        return None
    shown = clean(head.decode("ascii"))
    pieces = shown.split(";")
    group, _, name = pieces[0].strip().upper().rpartition(".")
    params = params_of(pieces[1:])
    if not name or name in BINARY or "ENCODING" in params or "CHARSET" in params:
        return None
    return Property(group, name, params, "", f"{shown}:")
