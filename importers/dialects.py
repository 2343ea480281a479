"""Headings that mail programs print in the language of their user, and what each means.

The labels stand in ``heading_tables/*.tsv``: a role a line, a language a column, ``|`` between the
forms of a label; one that occurs twice in a language means what its places say, in their order.
They are those of the lists by which two mail servers take these files in.
"""

from __future__ import annotations

import codecs
import io
import re
from collections import defaultdict
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from importers.charset import Charset, charset, text_of
from importers.decode import wide_encoding
from importers.record import Sniffed
from importers.table import HEAD_LINES, MAX_CHARS, Table, candidates, layout_of, open_table

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from importers.container import Container, Member
    from importers.record import Problem

OUTLOOK: Final = "outlook"
LIVE_MAIL: Final = "live_mail"
THUNDERBIRD: Final = "thunderbird"
PROGRAMS: Final = (OUTLOOK, LIVE_MAIL, THUNDERBIRD)

HEAD: Final = 1 << 15
_FOLDER: Final = Path(__file__).parent / "heading_tables"
_ENGLISH: Final = "en"
_BETWEEN_WORDS: Final = re.compile(r"[\W_]+")
_AGAIN: Final = re.compile(r"(.*) \(([0-9]{1,5})\)", re.DOTALL)  # made so by `table.headings_of`
_UNNAMED: Final = re.compile(r"column [0-9]+")
_CODE_PAGES: Final = (  # Windows, west first: what all can read is read so
    *("cp1252", "cp1250", "cp1251", "cp1254", "cp932", "cp936", "cp949", "cp950", "cp1256"),
)

_SURE, _SUREST = 75, 94


class Dialect(NamedTuple):
    """A program's headings in one language.

    Attributes:
        program: one of `PROGRAMS`.
        language: such as ``de`` or ``pt_BR``.
        roles: `key` of a heading to its roles, one for each time it occurs.
    """

    program: str
    language: str
    roles: Mapping[str, Sequence[str]]


class Match(NamedTuple):
    """What the headings of a table mean in the dialect that knows most of them.

    Attributes:
        dialect: that one.
        roles: heading to role; those that it does not know are left out.
        hits: the headings that are its own, not borrowed from English.
        half: they are at least half of all headings.
    """

    dialect: Dialect
    roles: Mapping[str, str]
    hits: tuple[str, ...]
    half: bool


def key(heading: str) -> str:
    """A heading without case, spaces and signs: ``E-mail 2 Address`` is ``email2address``."""
    return _BETWEEN_WORDS.sub("", heading.casefold())


@cache
def dialects() -> tuple[Dialect, ...]:
    """Every dialect, English first in each program."""
    return tuple(found for program in PROGRAMS for found in _read(program))


@cache
def labels() -> frozenset[str]:
    """Every heading of every dialect, in lower case, with and without its signs."""
    found: set[str] = set()
    for program in PROGRAMS:
        for line in _lines(program)[1:]:
            for label in (label for cell in line[1:] for label in cell.split(" | ") if label):
                found |= {label.lower(), key(label)}
    return frozenset(found)


def _lines(program: str) -> list[list[str]]:
    text = (_FOLDER / f"{program}.tsv").read_text("utf-8")
    return [line.split("\t") for line in text.splitlines()]


def _read(program: str) -> list[Dialect]:
    (_, *languages), *lines = _lines(program)
    roles: list[dict[str, list[str]]] = [defaultdict(list) for _ in languages]
    for role, *cells in lines:
        for known, cell in zip(roles, cells, strict=False):
            for label in dict.fromkeys(map(key, cell.split(" | "))):
                if label:
                    known[label].append(role)
    return [
        Dialect(program, language, dict(known))
        for language, known in zip(languages, roles, strict=True)
    ]


@lru_cache(maxsize=64)
def match(headings: tuple[str, ...]) -> Match | None:
    """The dialect that knows most of the headings, or None if none knows one."""
    keys = {_place(heading, headings)[0] for heading in headings}
    best, most = None, (0, 0.0)
    for dialect in dialects():
        hits = len(keys & dialect.roles.keys())
        if (score := (hits, hits / len(dialect.roles))) > most:
            best, most = dialect, score
    if best is None:
        return None
    english = next(d for d in dialects() if (d.program, d.language) == (best.program, _ENGLISH))
    roles: dict[str, str] = {}
    hits_of: list[str] = []
    for heading in headings:
        for dialect in (best, english):
            if role := _role(dialect, heading, headings):
                roles[heading] = role
                if dialect is best:
                    hits_of.append(heading)
                break
    named = [heading for heading in headings if not _UNNAMED.fullmatch(heading)]
    return Match(best, roles, tuple(hits_of), half=2 * len(hits_of) >= len(named))


def _place(heading: str, headings: Collection[str]) -> tuple[str, int]:
    """The key of a heading and how often it stood before it: ``Titre (2)`` is ("titre", 1)."""
    again = _AGAIN.fullmatch(heading)
    if again and again[1] in headings:
        return key(again[1]), int(again[2]) - 1
    return key(heading), 0


def _role(dialect: Dialect, heading: str, headings: Collection[str]) -> str:
    if roles := dialect.roles.get(key(heading)):  # "ulica (2)" may be a heading of its own
        return roles[0]
    label, place = _place(heading, headings)
    roles = dialect.roles.get(label, ())
    return roles[place] if place < len(roles) else ""


def peek(member: Member) -> Match | None:
    """What the headings of a member mean, from its first bytes."""
    return _peek(member.head(HEAD))


@lru_cache(maxsize=4)  # several programs look at one head
def _peek(head: bytes) -> Match | None:
    encoding, skip = wide_encoding(head)
    if not encoding:
        try:
            codecs.getincrementaldecoder("utf-8")().decode(head)
        except UnicodeDecodeError:
            return None if b"\0" in head else _by_code_page(head)[1]
        encoding = "utf-8"
    return _match(head[skip:], encoding)


def _match(head: bytes, encoding: str) -> Match | None:
    text = codecs.getincrementaldecoder(encoding)("replace").decode(head)
    layout = layout_of(list(islice(io.StringIO(text, newline=""), HEAD_LINES)), labels())
    return match(layout.headings) if layout else None


def _by_code_page(head: bytes) -> tuple[str, Match | None]:
    """The Windows code page in which most of the headings are known."""
    best: tuple[str, Match | None] = (_CODE_PAGES[0], None)
    for page in _CODE_PAGES:
        found = _match(head, page)
        if found and (best[1] is None or len(found.hits) > len(best[1].hits)):
            best = page, found
    return best


def sniffed(container: Container, program: str, claims: Callable[[Match], bool]) -> Sniffed | None:
    """The tables whose headings a program claims as its own; surer with every heading."""
    members: list[str] = []
    reason, most = "", 0
    for member in candidates(container):
        matched = peek(member)
        if matched is None or not claims(matched):
            continue
        members.append(member.name)
        if (hits := len(matched.hits)) > most:
            reason, most = f"{hits} headings of {program} ({matched.dialect.language})", hits
    if not members:
        return None
    return Sniffed(min(_SURE + most, _SUREST), reason, "", tuple(members))


def open_local(member: Member, known: Collection[str] = ()) -> Table | Problem:
    """As `table.open_table`, and finds the code page of the user's Windows by the headings."""
    opened = open_table(member, known or labels())
    if isinstance(opened, Table) and not opened.charset.doubtful:
        return opened
    found = opened.charset if isinstance(opened, Table) else charset(member.open)
    if found.encoding != _CODE_PAGES[0]:
        return opened
    page, matched = _by_code_page(member.head(HEAD))
    if matched is None:
        return opened
    proven = Charset(page, doubtful=all(map(str.isascii, matched.hits)))
    with text_of(member.open(), proven) as text:
        lines = [text.readline(MAX_CHARS) for _ in range(HEAD_LINES)]
    layout = layout_of(lines, known or labels())
    return Table(member, proven, layout) if layout else opened
