"""One row of any table as values, once it is known what each of its columns means."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from core.rules import kinds, partial_dates, tiers
from core.rules.guards import unguard
from core.rules.names import shown_name
from importers.column_roles import PIECES, ROLES, Column, column
from importers.record import Problem, Record, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

__all__ = [  # noqa: RUF022 — as a reader meets them
    "ROLES",
    "Column",
    "column",
    "values",
    "key_of",
    "known",
    "record",
    "day_first",
    "KNOWN_BY",
    "NO_VALUE",
]

KNOWN_BY: Final = frozenset(
    {
        *(kinds.NAME, kinds.GIVEN, kinds.MIDDLE, kinds.FAMILY, kinds.MAIDEN, kinds.NICKNAME),
        *(kinds.PHONETIC, kinds.SORT_AS, kinds.ORG, kinds.EMAIL, kinds.PHONE, kinds.HANDLE),
        *(kinds.URL, kinds.ADDRESS),
    }
)
"""Kinds of which one is enough to know somebody by."""

NO_VALUE: Final = frozenset({"#n/a", "n/a", "na", "null", "nan", "none", "-", "--", "(none)"})
"""What programs write into a cell when they mean nothing, folded."""
_MAY_BE_NONE: Final = frozenset(  # a family may be called Null
    {
        *(kinds.EMAIL, kinds.PHONE, kinds.HANDLE, kinds.URL, kinds.ORG, kinds.TITLE),
        *(kinds.DEPARTMENT, kinds.ROLE, kinds.ADDRESS, kinds.LABEL),
        *(kinds.BIRTHDAY, kinds.DATE, kinds.CONNECTED),
    }
)
_DATES: Final = frozenset({kinds.BIRTHDAY, kinds.DATE, kinds.CONNECTED})
_NAMED_BY_HEADING: Final = frozenset({kinds.EXTRA, kinds.CUSTOM, kinds.VALUE})
_NAME_PARTS: Final = (kinds.PREFIX, kinds.GIVEN, kinds.MIDDLE, kinds.FAMILY, kinds.SUFFIX)
_GUARD: Final = re.compile(r"'(?=[=+@-])")
_TEXT_FORMULA: Final = re.compile(r'="([^"]*)"\Z')  # ="+41..." keeps a spreadsheet from counting
_BETWEEN: Final = re.compile(r"\s*(?::::|\r\n?|\n)\s*")
_LISTED: Final = re.compile(r"\s*(?::::|[;,\r\n])\s*")
_NUMBERS: Final = re.compile("[0-9]+")
_EITHER: Final = re.compile(r"\s*'?([0-9]{1,2})[-/.]\s?([0-9]{1,2})[-/.]\s?(?:[0-9]{4}|[0-9]{2})\b")
_BIRTHDAY: Final = Column(kinds.BIRTHDAY)
_MOST_MONTHS: Final = 12
_FEWEST_DIGITS: Final = 6  # of a telephone number beside another
_DATE_PARTS: Final = 3
_NO_DATES: Final = ([1, 1, 1], [12, 30, 1899], [12, 31, 1899], [0, 1, 1900])
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def values(
    cells: Mapping[str, str],
    roles: Mapping[str, str],
    *,
    day_first: bool | None = None,
    guarded: bool = False,
) -> list[Value]:
    """The values of one row.

    Args:
        cells: heading to cell, as in `importers.table.Row.cells`.
        roles: heading to role; a column that is not in it is kept under its heading.
        day_first: how ``3/5/1980`` is to be read; None: such dates stay as they are written.
        guarded: every cell was written by our own export, see `core.rules.guards`.

    Returns:
        The shown name, then a value for each cell in file order (several if it lists several);
        the cells of one address, or of a birthday, as one value at the place of the first.
    """
    texts: list[tuple[Column, str, str]] = []
    for heading, cell in cells.items():
        text = (unguard(cell) if guarded else cell).strip()
        if text:
            texts.append((column(roles.get(heading, "keep")), heading, text))
    made = list(_made(texts, day_first))
    if not any(value.kind == kinds.NAME for value in made) and (name := _name(made)):
        made.insert(0, Value(kinds.NAME, name))
    elif at := next((at for at, value in enumerate(made) if value.kind == kinds.NAME), 0):
        made.insert(0, made.pop(at))
    return made


def key_of(cells: Mapping[str, str], roles: Mapping[str, str]) -> str:
    """The source's own id of a row: the cell of the column whose role is ``key``, or ""."""
    for heading, role in roles.items():
        if role == "key" and (text := _plain_text(cells.get(heading, ""))):
            return text
    return ""


def known(values: Iterable[Value]) -> bool:
    """Whether anybody can be known by these values."""
    return not KNOWN_BY.isdisjoint(value.kind for value in values)


def record(where: str, raw: bytes, values: Iterable[Value], key: str = "") -> Record | Problem:
    """The values as a record, or as a problem if nobody can be known by them."""
    kept = tuple(values)
    if known(kept):
        return Record(where, raw, key, kept)
    return Problem(where, "nothing to know anybody by", raw)


def day_first(cells: Iterable[str]) -> bool | None:
    """Whether a column writes the day before the month, as far as its dates tell.

    Returns:
        True if a first number is larger than 12, False if a second is, None if neither or both.
    """
    first = second = False
    for cell in cells:
        if found := _EITHER.match(cell):
            first |= int(found[1]) > _MOST_MONTHS
            second |= int(found[2]) > _MOST_MONTHS
    return None if first == second else first


def _plain_text(cell: str) -> str:
    """A number that a program wrote as text: ``'+41...`` or ``="+41..."`` without their signs."""
    text = cell.strip()
    if inside := _TEXT_FORMULA.match(text):
        text = inside[1].strip()
    return _GUARD.sub("", text, count=1) if text[:1] == "'" else text


def _name(made: Iterable[Value]) -> str:
    """The whole name put together of its parts, else what the entry is filed as.

    At last what stands before an address: ``Ada Wong <ada@example.org>``.
    """
    parts: dict[str, str] = {}
    for value in made:
        if value.kind == kinds.EMAIL and "<" in value.value:
            parts.setdefault(kinds.EMAIL, value.value.partition("<")[0].strip().strip("\"'"))
        if value.kind in _NAME_PARTS or value.kind == kinds.SORT_AS:
            parts.setdefault(value.kind, value.value)
    if any(part in parts for part in _NAME_PARTS[1:4]):
        return shown_name(*(parts.get(part, "") for part in _NAME_PARTS))
    return parts.get(kinds.SORT_AS) or parts.get(kinds.EMAIL, "")


def _made(
    texts: Iterable[tuple[Column, str, str]],
    day_first: bool | None,
) -> Iterator[Value]:
    texts = [entry for entry in texts if not _means_nothing(entry[0].kind, entry[2])]
    grouped: set[Column] = set()
    for meaning, heading, text in texts:
        if meaning.kind == kinds.ADDRESS:
            group = meaning._replace(piece="")
            if group not in grouped:
                grouped.add(group)
                yield from _addresses(group, texts)
        elif meaning.kind == kinds.BIRTHDAY and meaning.piece:
            if _BIRTHDAY not in grouped:
                grouped.add(_BIRTHDAY)
                yield from _birthday(texts)
        elif meaning.kind in _DATES:
            parsed = partial_dates.parse(text.removeprefix("'"), day_first)
            yield Value(meaning.kind, str(parsed or text), meaning.label)
        elif meaning.kind:
            yield from _cell(meaning, heading, text)


def _means_nothing(kind: str, text: str) -> bool:
    if kind not in _MAY_BE_NONE:
        return False
    if kind in _DATES:
        numbers = [int(number) for number in _NUMBERS.findall(text[:40])]
        if numbers and not any(numbers):
            return True  # 0/0/00
        if len(numbers) >= _DATE_PARTS and sorted(numbers[:_DATE_PARTS]) in _NO_DATES:
            return True
    return text.lower() in NO_VALUE


def _cell(meaning: Column, heading: str, text: str) -> Iterator[Value]:
    """The values of a cell that makes values by itself."""
    label = meaning.label or (heading if meaning.kind in _NAMED_BY_HEADING else "")
    for piece in _pieces(meaning, text):
        yield Value(meaning.kind, piece, label, meaning.part)


def _pieces(meaning: Column, text: str) -> Iterable[str]:
    """What a cell lists; the cell itself where one value stands in it."""
    kind = meaning.kind
    found: Iterable[str] = (text,)
    if meaning.piece == "tier":
        tier = tiers.from_label(text.upper() if len(text) == 1 else text)
        found = (f"Tier {tier}" if tier else text,)
    elif meaning.piece == "key":
        found = (_plain_text(text),)
    elif kind == kinds.LABEL:
        found = dict.fromkeys(_labels(text))
    elif kind == kinds.EMAIL:
        found = _several(text, lambda piece: "@" in piece)
    elif kind == kinds.PHONE:
        found = map(_plain_text, _several(text, _is_long_number))
    elif kind in {kinds.URL, kinds.HANDLE}:
        found = _BETWEEN.split(text)
    elif kind == kinds.RELATION and meaning.label == "child":
        found = _LISTED.split(text)
    return filter(None, found)


def _labels(text: str) -> Iterator[str]:
    """The labels of a cell; the strongest sign between them parts them."""
    sign = next((sign for sign in (":::", ";", "\n", ",") if sign in text), ",")
    for piece in text.split(sign):
        if label := piece.strip().strip('"').strip():
            yield label


def _several(text: str, alike: Callable[[str], bool]) -> list[str]:
    """The values a cell lists, if each of its pieces looks like one; else the cell."""
    pieces = [piece for piece in _LISTED.split(text) if piece]
    return pieces if pieces and all(map(alike, pieces)) else [text]


def _is_long_number(text: str) -> bool:
    return sum(map(str.isdecimal, text)) >= _FEWEST_DIGITS


def _addresses(group: Column, texts: Iterable[tuple[Column, str, str]]) -> Iterator[Value]:
    """The address that the cells of a group make; every further whole one by itself."""
    wholes: list[str] = []
    detail: dict[str, str] = {}
    for meaning, _, text in texts:
        if meaning._replace(piece="") != group:
            continue
        if not meaning.piece:
            wholes.append(text)
        else:
            before = detail.get(meaning.piece)
            detail[meaning.piece] = f"{before}\n{text}" if before else text
    detail = {piece: detail[piece] for piece in PIECES if piece in detail}
    if detail:
        text = wholes.pop(0) if wholes else "\n".join(detail.values())
        yield Value(kinds.ADDRESS, text, group.label, detail=_json(detail))
    for whole in wholes:
        yield Value(kinds.ADDRESS, whole, group.label)


def _birthday(texts: Iterable[tuple[Column, str, str]]) -> Iterator[Value]:
    """The birthday of day, month and year in cells of their own; what is none is kept apart."""
    written = [entry for entry in texts if entry[0].kind == kinds.BIRTHDAY and entry[0].piece]
    parts = {meaning.piece: text for meaning, _, text in written}
    day, month, year = (parts.get(piece, "") for piece in ("day", "month", "year"))
    number = partial_dates.MONTH_WORDS.get(month.lower().rstrip("."), 0)
    shapes = {
        (True, True, True): f"{year}-{number or month}-{day}",
        (False, True, True): f"--{number or month:0>2}-{day:0>2}",
        (True, True, False): f"{year}-{number or month}",
        (True, False, False): year,
    }
    shape = shapes.get((bool(year), bool(month), bool(day)), "")
    if (parsed := partial_dates.parse(shape)) is not None:
        yield Value(kinds.BIRTHDAY, str(parsed))
    else:
        yield from (Value(kinds.EXTRA, text, heading) for _, heading, text in written)
