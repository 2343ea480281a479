"""What the columns of an unknown table mean, by their headings and by what stands below them."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from core.rules import emails, handles, kinds, money, partial_dates
from core.text import fold
from importers import heading_words as words
from importers.column_roles import column

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

SAMPLE: Final = 200
"""Rows that are looked at."""
COLUMNS: Final = 1_000
"""Cells of a row that are looked at to tell headings from data."""
EXAMPLE: Final = 60  # characters

KEEP: Final = "keep"
_TOKENS: Final = re.compile(r"[^\W_]+")
_CAMEL: Final = re.compile(r"(?<=[a-zß-ÿ])(?=[A-Z])")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
_PHONE: Final = re.compile(
    r"'?[+(0][0-9 ()/.\u00a0-]{5,24}(?:(?:x|ext\.?) ?[0-9]+)?|[0-9]{2,5}[ /-][0-9 /.-]{5,}"
)
_URL: Final = re.compile(r"(?:https?://|www\.)\S+\Z", re.IGNORECASE)
_NAME: Final = re.compile(r"[^\W\d_][\w'\u2019.-]*(?:,? [^\W\d_][\w'\u2019.-]*){1,3}")
_NUMBERS: Final = re.compile("[0-9]+")
_LONGEST: Final = 200  # characters of a heading
_LETTERS: Final = frozenset("abcd")
_MOST, _MANY = 0.6, 0.5
_FEWEST_DIGITS, _MOST_DIGITS = 7, 15
_NAMES: Final = ("name", "given", "family", "middle", "nickname", "org")
# What may stand below a heading of that role; "" is anything that looks like nothing special.
_FITS: Final[dict[str, frozenset[str]]] = {
    "email": frozenset({"email"}),
    "phone": frozenset({"phone", "number", ""}),
    "birthday": frozenset({"date", "number"}),
    "url": frozenset({"url", "", "email"}),
    **dict.fromkeys(_NAMES, frozenset({"name", "", "country"})),
}


class Guessed(NamedTuple):
    """One column and what it seems to mean.

    Attributes:
        heading: as in the table's layout.
        role: as `importers.columns.column` reads it; ``keep`` where nothing is known.
        sure: heading and cells agree, or nothing hangs on it.
        example: the first cell that is not empty, cut to 60 characters.
    """

    heading: str
    role: str
    sure: bool
    example: str


def guess(headings: Sequence[str], rows: Iterable[Mapping[str, str]]) -> tuple[Guessed, ...]:
    """What each column means.

    Args:
        headings: in file order.
        rows: cells by heading; the first 200 are looked at.
    """
    sample = list(islice(rows, SAMPLE))
    cells = {
        heading: [cell for row in sample if (cell := row.get(heading, "").strip())]
        for heading in headings
    }
    found = [_column(heading, cells[heading]) for heading in headings]
    return tuple(_settled(found, sample))


def heading_set(headings: Iterable[str]) -> str:
    """The name of a set of headings, whatever their order and case: 16 hexadecimal digits."""
    folded = sorted(" ".join(heading.casefold().split()) for heading in headings)
    return hashlib.sha256("\0".join(folded).encode("utf-8", "replace")).hexdigest()[:16]


def recognised(heading: str) -> bool:
    """Whether a cell is a heading we know."""
    return bool(_by_heading(heading)[0])


def is_data(cells: Iterable[str]) -> bool:
    """Whether a first row holds somebody already, and no headings."""
    filled = [text for cell in islice(cells, COLUMNS) if (text := cell.strip())]
    if any(map(recognised, filled)):
        return False
    return any(_kind(text) in {"email", "url", "phone"} for text in filled)


def by_content(cells: Sequence[str]) -> str:
    """What most cells are: email, url, date, phone, number, country, name; "" if nothing."""
    if not cells:
        return ""
    kind, often = Counter(map(_kind, cells)).most_common(1)[0]
    return kind if often >= len(cells) * _MOST else ""


def _kind(cell: str) -> str:  # noqa: PLR0911 — one answer a line
    if len(cell) > 2_000:  # noqa: PLR2004 — a note
        return ""
    if "@" in cell and _EMAIL.search(cell) and emails.normal(re.split("[;,\n]", cell)[0]):
        return "email"
    if _is_url(cell):
        return "url"
    if not cell.isdecimal() and partial_dates.parse(cell, day_first=True):
        return "date"
    if _is_phone(cell):
        return "phone"
    if money.normal(cell):
        return "number"
    if _squeezed(cell) in words.COUNTRIES:
        return "country"
    return "name" if _is_name(cell) else ""


def _is_url(cell: str) -> bool:
    return bool(_URL.match(cell)) or ("/" in cell and handles.from_url(cell) is not None)


def _is_phone(cell: str) -> bool:
    digits = sum(map(str.isdecimal, cell))
    return _FEWEST_DIGITS <= digits <= _MOST_DIGITS and _PHONE.fullmatch(cell) is not None


def _is_name(cell: str) -> bool:
    if not _NAME.fullmatch(cell):
        return False
    parts = cell.replace(",", " ").split()
    return all(part[0].isupper() for part in (parts[0], parts[-1])) or not cell.isascii()


def _squeezed(text: str) -> str:
    return "".join(_tokens(text))


def _tokens(text: str) -> list[str]:
    return _TOKENS.findall(fold(text[:_LONGEST]))


@lru_cache(maxsize=4096)
def _by_heading(heading: str) -> tuple[str, bool]:
    """The role a heading names, or "", and whether it means nothing else elsewhere."""
    for tokens in (_tokens(heading), _tokens(_CAMEL.sub(" ", heading[:_LONGEST]))):
        squeezed = "".join(tokens)
        if role := words.WORDS.get(squeezed, ""):
            return role, squeezed not in words.UNSURE
        if service := _service(tokens):
            return f"handle:{service}", True
        numbers = _NUMBERS.findall(" ".join(tokens))
        plain = [word for token in tokens if (word := token.rstrip("0123456789"))]
        for rest, label in _readings(plain):
            if rest not in words.ALONE and (role := words.WORDS.get(rest, "")):
                return _qualified(role, label, numbers), rest not in words.UNSURE
    return "", False


def _service(tokens: Sequence[str]) -> str:
    named = [token for token in tokens if token in words.SERVICES]
    others = [token for token in tokens if token not in words.SERVICES and not token.isdecimal()]
    return named[0] if len(named) == 1 and words.SERVICE_FILLERS.issuperset(others) else ""


def _readings(tokens: Sequence[str]) -> Iterable[tuple[str, str]]:
    """The noun of a heading, squeezed, and its label: without fillers, then without qualifiers."""
    yield "".join(tokens), ""
    nouns = [token for token in tokens if token not in words.QUALIFIERS]
    label = next((words.QUALIFIERS[token] for token in tokens if token in words.QUALIFIERS), "")
    yield "".join(nouns), label
    yield "".join(token for token in tokens if token not in words.FILLERS), ""
    yield "".join(token for token in nouns if token not in words.FILLERS), label


def _qualified(role: str, label: str, numbers: Sequence[str]) -> str:
    kind, _, before = role.partition(":")
    meaning = column(role)
    second = next((number for number in numbers if number in set("23456789")), "")
    if kind in {"org", "title", "department"}:
        return f"{kind}:{second}" if second else kind
    if meaning.kind == "address":
        second = second if label and kind != "street" else ""  # a second line of the same street
        return ":".join(filter(None, (kind, label, second)))
    if kind == "phone" and before == "fax" and label:
        return f"phone:{label} fax"
    if kind in {"email", "phone", "url"} and label and not before:
        return f"{kind}:{label}"
    return role


def _column(heading: str, cells: Sequence[str]) -> Guessed:
    example = " ".join(cells[0].split())[:EXAMPLE] if cells else ""
    role, sure = _by_heading(heading)
    kind = by_content(cells)
    if not role and _is_class(heading, cells):
        role, sure = "tier", True
    elif not role:
        role, sure = _unknown_heading(heading, kind)
    elif role == "title" and _share(cells, words.TITLES) >= _MANY:
        role = "prefix"
    elif column(role).kind == kinds.NAME and _share_of_numbers(cells) >= _MANY:
        role, sure = "key", False
    elif role == "tier" and cells and _share(cells, _LETTERS | {"tier"}) < _MANY:
        role, sure = "label", False
    elif cells and kind not in _FITS.get(column(role).kind, {kind}):
        role, sure = (kind if kind in {"email", "url"} else role), False
    return Guessed(heading, role, sure, example)


def _share_of_numbers(cells: Sequence[str]) -> float:
    """The share of cells that are rather a number such as K-1001."""
    numbers = sum(sum(map(str.isdecimal, cell)) > sum(map(str.isalpha, cell)) for cell in cells)
    return numbers / len(cells) if cells else 0.0


def _share(cells: Sequence[str], known: frozenset[str]) -> float:
    """The share of cells that begin with one of the words."""
    begins = [(_tokens(cell) or [""])[0] for cell in cells]
    return sum(begin in known for begin in begins) / len(cells) if cells else 0.0


def _is_class(heading: str, cells: Sequence[str]) -> bool:
    """Whether a column called class holds nothing but A to D, and more than one of them."""
    letters = {cell.strip().casefold() for cell in cells}
    named = not words.CLASS.isdisjoint(_tokens(heading))
    return named and len(letters) > 1 and letters <= _LETTERS


def _unknown_heading(heading: str, kind: str) -> tuple[str, bool]:
    tokens = _tokens(heading)
    if kind in {"number", "phone"} and not words.MONEY.isdisjoint(tokens):
        plain = [token for token in tokens if not token.isdecimal()]
        clear = not words.CLEAR_MONEY.isdisjoint({*tokens, "".join(plain)})
        return "value", clear
    if kind in {"email", "phone", "name"}:
        return kind, False
    if kind in {"url", "country"}:
        return kind, True
    return KEEP, True


def _settled(found: list[Guessed], sample: Sequence[Mapping[str, str]]) -> list[Guessed]:
    """The columns beside each other: one name, one key, an address or the street of one."""
    found = _names(found, sample)
    kinds = [column(entry.role).piece for entry in found]
    if not {"city", "code"}.isdisjoint(kinds):
        found = [
            entry._replace(role=entry.role.replace("address", "street", 1))
            if entry.role.partition(":")[0] == "address"
            else entry
            for entry in found
        ]
    key = False
    for place, entry in enumerate(found):
        if entry.role == "key":
            cells = [cell for row in sample if (cell := row.get(entry.heading, "").strip())]
            if key or len(set(cells)) < len(cells):
                found[place] = entry._replace(role=KEEP)
            key = True
    return found


def _names(found: list[Guessed], sample: Sequence[Mapping[str, str]]) -> list[Guessed]:
    """Tells a whole name from half of one: ``Vorname, Name`` and ``Prénom, Nom``."""
    by_role: dict[str, str] = {}
    for entry in found:
        by_role.setdefault(entry.role, entry.heading)
    other = next((by_role[r] for r in ("given", "family") if r in by_role), "")
    both = "given" in by_role and "family" in by_role
    half = "family" if "given" in by_role else "given"
    named = {entry.heading for entry in found if entry.role == "name" and recognised(entry.heading)}
    settled: list[Guessed] = []
    taken = False
    for entry in found:
        new = entry
        if entry.role == "name" and entry.heading not in named and (named or other or taken):
            new = entry._replace(role=KEEP, sure=True)  # words that look like names, beside names
        elif (
            entry.role == "name" and other and not both and not _holds(sample, entry.heading, other)
        ):
            new = entry._replace(role=half)
        elif entry.role == "name" and taken:
            new = entry._replace(sure=False)
        taken |= new.role == "name"
        settled.append(new)
    return settled


def _holds(sample: Sequence[Mapping[str, str]], whole: str, half: str) -> bool:
    """Whether the cells of one column hold the words of the other."""
    pairs = [
        (_tokens(row[whole]), _tokens(row[half]))
        for row in sample
        if row.get(whole) and row.get(half)
    ]
    return sum(set(part) <= set(name) for name, part in pairs) * 2 > len(pairs)
