"""The lines of a mutt file: which of them name somebody, and whom."""

from __future__ import annotations

import re
from email.utils import parseaddr
from typing import TYPE_CHECKING, Final, NamedTuple

from importers.decode import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LONGEST: Final = 1_000_000  # characters of one line with all that continues it
_LONGEST_ADDRESS: Final = 2_000
_ALIAS: Final = re.compile(r"\s*alias\s+((?:-group\s+\S+\s+)*)(\S+)\s*(.*)\Z", re.DOTALL)
_GROUP: Final = re.compile(r"\s*group\s+(.*)\Z", re.DOTALL)
_NAMED: Final = re.compile(r"-group\s+(\S+)")
_TAGS: Final = re.compile(r"(?:^|\s)tags:(\S+)")
_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*+"|\S+')
_BARE: Final = re.compile(r"[^\s@<>]+@[^\s@<>,;]+")


class Alias(NamedTuple):
    """A key and whom it stands for.

    Attributes:
        key: what is typed instead of the address.
        groups: named by ``-group``.
        tags: named by ``tags:`` in the comment.
        addresses: (name, address) of each.
        others: keys of other aliases that it stands for.
        comment: behind ``#``.
        line: the whole line, what continues it included.
        where: the place, for people.
    """

    key: str
    groups: tuple[str, ...]
    tags: tuple[str, ...]
    addresses: tuple[tuple[str, str], ...]
    others: tuple[str, ...]
    comment: str
    line: str
    where: str = ""


class Group(NamedTuple):
    """Groups, and ("", address) of those a ``group`` line puts into them."""

    groups: tuple[str, ...]
    addresses: tuple[tuple[str, str], ...]


def logical(written: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Lines with those that continue them, by the number of the first."""
    begun, parts, size = 0, list[str](), 0
    for number, line in enumerate(written, 1):
        begun = begun if parts else number
        goes_on = line.endswith("\\") and not line.endswith("\\\\")
        size += len(line)
        parts.append(line[:-1] if goes_on else line)
        if not goes_on or size > _LONGEST:
            yield begun, "".join(parts)
            parts, size = [], 0
    if parts:
        yield begun, "".join(parts)


def parse(line: str) -> Alias | Group | str:
    """What a line names; "" if nobody, or why it could not be read."""
    if len(line) > _LONGEST:
        return f"longer than {_LONGEST:,} characters, the limit for a line"
    line = clean(line)
    if found := _ALIAS.match(line):
        return _alias(line, found)
    if found := _GROUP.match(line):
        return _group(found[1])
    return ""


def _group(text: str) -> Group | str:
    groups: list[str] = []
    addresses: list[tuple[str, str]] = []
    flag = ""
    for word in (token.strip('"') for token in _TOKEN.findall(text)):
        if word.startswith("-"):
            flag = word
        elif flag == "-group":
            groups.append(word)
        elif flag == "-addr":
            addresses.append(("", word.strip(",<>")))
    return Group(tuple(groups), tuple(addresses)) if groups and addresses else ""


def _alias(line: str, found: re.Match[str]) -> Alias:
    body, comment = _without_comment(found[3])
    tags = tuple(tag for tag in ",".join(_TAGS.findall(comment)).split(",") if tag)
    comment = _TAGS.sub("", comment).strip()
    groups = tuple(_NAMED.findall(found[1]))
    addresses: list[tuple[str, str]] = []
    others: list[str] = []
    waiting: list[str] = []  # Wong, Ada <ada@x>: nobody writes the quotes that this needs
    for piece in _pieces(body):
        if "@" not in piece and "<" not in piece:
            waiting.append(piece)
            continue
        found_here = _address(piece)
        if found_here and len(waiting) == 1 and "<" in piece and " " not in waiting[0]:
            name, address = found_here[0]
            found_here, waiting = [(f"{waiting[0]}, {name}", address)], []
        addresses += found_here
        others += waiting if found_here else [*waiting, piece]
        waiting = []
    # mail's own lists have no commas: alias team ada ben
    others += [word for piece in waiting for word in piece.split()]
    return Alias(found[2], groups, tags, tuple(addresses), tuple(others), comment, line)


def _without_comment(text: str) -> tuple[str, str]:
    """The text up to a ``#`` that begins a word outside quotes, and what is behind it."""
    quoted = False
    for at, char in enumerate(text):
        if char == '"' and text[at - 1 : at] != "\\":
            quoted = not quoted
        elif char == "#" and not quoted and (at == 0 or text[at - 1].isspace()):
            return text[:at].strip(), text[at + 1 :].strip()
    return text.strip(), ""


def _pieces(text: str) -> Iterator[str]:
    """The parts of a list of addresses: commas in quotes, brackets and comments do not count."""
    quoted, depth, start = False, 0, 0
    for at, char in enumerate(text):
        if char == '"' and text[at - 1 : at] != "\\":
            quoted = not quoted
        elif not quoted and char in "(<":
            depth += 1
        elif not quoted and char in ")>":
            depth = max(0, depth - 1)
        elif char == "," and not quoted and not depth:
            yield text[start:at].strip()
            start = at + 1
    yield text[start:].strip()


def _address(piece: str) -> list[tuple[str, str]]:
    """Name and address of one part; several bare addresses may stand side by side."""
    if len(piece) > _LONGEST_ADDRESS:  # too long for a parser that goes back and forth
        name, _, address = piece.rpartition("<")
        address = address.strip().removesuffix(">")
        return [(name.strip().strip('"'), address)] if _BARE.fullmatch(address) else []
    if piece[:1] == piece[-1:] == '"' and "<" in piece:
        piece = piece[1:-1]  # mail quotes a name together with its address
    if "<" not in piece and "(" not in piece:
        words = piece.split()
        if all(map(_BARE.fullmatch, words)):
            return [("", word) for word in words]
        if words and _BARE.fullmatch(words[-1]):  # Ada Wong ada@x, or Crew: ada@x, ben@x;
            name = " ".join(words[:-1]).strip('"')
            return [("" if name.endswith(":") else name, words[-1])]
    try:
        name, address = parseaddr(piece)
    except (RecursionError, IndexError, ValueError):  # comments in comments in comments
        return []
    return [(" ".join(name.split()), address)] if _BARE.fullmatch(address) else []
