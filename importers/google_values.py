"""One row of Google Contacts as values: which heading holds what, and how cells are joined."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from core.rules import kinds
from core.rules.names import shown_name
from importers.record import Value
from importers.table import EXTRA

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SEPARATOR: Final = " ::: "
TELLTALE: Final = frozenset(
    {"e-mail 1 - value", "phone 1 - value", "given name yomi", "phonetic first name"}
)
KNOWN: Final = TELLTALE | {
    *("name", "given name", "additional name", "family name", "yomi name", "group membership"),
    *("first name", "middle name", "last name", "file as", "organization name", "birthday"),
    *("notes", "photo", "labels", "name prefix", "name suffix", "nickname"),
    *("e-mail 1 - type", "e-mail 1 - label", "phone 1 - type", "phone 1 - label"),
    *("organization 1 - name", "address 1 - formatted", "website 1 - value", "im 1 - value"),
}
_PLAIN: Final = (  # heading, kind, label
    ("Given Name", kinds.GIVEN, ""),
    ("First Name", kinds.GIVEN, ""),
    ("Additional Name", kinds.MIDDLE, ""),
    ("Middle Name", kinds.MIDDLE, ""),
    ("Family Name", kinds.FAMILY, ""),
    ("Last Name", kinds.FAMILY, ""),
    ("Name Prefix", kinds.PREFIX, ""),
    ("Name Suffix", kinds.SUFFIX, ""),
    ("Maiden Name", kinds.MAIDEN, ""),
    ("Nickname", kinds.NICKNAME, ""),
    ("Yomi Name", kinds.PHONETIC, "name"),
    ("Given Name Yomi", kinds.PHONETIC, "given"),
    ("Phonetic First Name", kinds.PHONETIC, "given"),
    ("Additional Name Yomi", kinds.PHONETIC, "middle"),
    ("Phonetic Middle Name", kinds.PHONETIC, "middle"),
    ("Family Name Yomi", kinds.PHONETIC, "family"),
    ("Phonetic Last Name", kinds.PHONETIC, "family"),
    ("File As", kinds.SORT_AS, ""),
    ("Birthday", kinds.BIRTHDAY, ""),
    ("Gender", kinds.GENDER, ""),
    ("Language", kinds.LANGUAGE, ""),
    ("Photo", kinds.PHOTO, ""),
    ("Notes", kinds.NOTE, ""),
)
_NAMES: Final = (
    ("Name Prefix", "First Name", "Middle Name", "Last Name", "Name Suffix"),
    ("Name Prefix", "Given Name", "Additional Name", "Family Name", "Name Suffix"),
)
_NUMBERED: Final = {  # ``Phone 1 - Value`` stands beside ``Phone 1 - Type`` (old) or ``- Label``
    "E-mail": kinds.EMAIL,
    "Phone": kinds.PHONE,
    "IM": kinds.HANDLE,
    "Website": kinds.URL,
    "Event": kinds.DATE,
    "Relation": kinds.RELATION,
    "Custom Field": kinds.CUSTOM,
}
_ADDRESS: Final = (
    ("Street", "street"),
    ("Extended Address", "extended"),
    ("PO Box", "po_box"),
    ("City", "city"),
    ("Region", "region"),
    ("Postal Code", "code"),
    ("Country", "country"),
)
_WORK: Final = (
    ("Name", kinds.ORG),
    ("Title", kinds.TITLE),
    ("Department", kinds.DEPARTMENT),
    ("Yomi Name", kinds.PHONETIC),
)
_STANDARD: Final = frozenset(
    {
        *("home", "work", "mobile", "main", "other", "pager", "home fax", "work fax", "other fax"),
        *("fax", "school", "profile", "blog", "homepage", "ftp", "anniversary", "birthday"),
        *("spouse", "child", "mother", "father", "parent", "brother", "sister", "friend"),
        *("relative", "partner", "domestic partner", "manager", "assistant", "referred by"),
    }
)
_NOT_LABELS: Final = frozenset({"mycontacts", "my contacts"})
_GUARDED = re.compile(r"'(?=[=+@-])")
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class _Pair(NamedTuple):
    """The headings of one numbered value."""

    kind: str
    value: str
    label: str
    service: str


class _Group(NamedTuple):
    """The headings of one numbered address or employment."""

    label: str
    formatted: str
    parts: tuple[tuple[str, str], ...]  # heading; key of the address or kind of fact


class Columns(NamedTuple):
    """Which headings of one file hold what; made once and used for every row."""

    plain: tuple[tuple[str, str, str], ...]
    pairs: tuple[_Pair, ...]
    addresses: tuple[_Group, ...]
    employments: tuple[_Group, ...]
    others: tuple[str, ...]

    @classmethod
    def of(cls, headings: Sequence[str]) -> Columns:
        """Gives every heading one place; those that have none are `others`."""
        present = frozenset(headings)
        plain = tuple(entry for entry in _PLAIN if entry[0] in present)
        pairs: list[_Pair] = []
        addresses: list[_Group] = []
        employments: list[_Group] = []
        for stem in dict.fromkeys(h.partition(" - ")[0] for h in headings if " - " in h):
            family, _, number = stem.rpartition(" ")
            label = next((h for h in (f"{stem} - Label", f"{stem} - Type") if h in present), "")
            if not number.isdecimal():
                continue
            if family in _NUMBERED and f"{stem} - Value" in present:
                service = f"{stem} - Service" if family == "IM" else ""
                pairs.append(_Pair(_NUMBERED[family], f"{stem} - Value", label, service))
            elif family == "Address":
                parts = tuple((f"{stem} - {part}", key) for part, key in _ADDRESS)
                addresses.append(_Group(label, f"{stem} - Formatted", parts))
            elif family == "Organization":
                parts = tuple((f"{stem} - {part}", kind) for part, kind in _WORK)
                employments.append(_Group(label, "", parts))
        if "Organization Name" in present or "Organization Title" in present:
            parts = tuple((f"Organization {part}", kind) for part, kind in _WORK)
            employments.append(_Group("", "", parts))
        used = {"Name", "Labels", "Group Membership", *(entry[0] for entry in plain)}
        used.update(chain.from_iterable(pair[1:] for pair in pairs))
        for group in (*addresses, *employments):
            used.update((group.label, group.formatted, *(heading for heading, _ in group.parts)))
        others = tuple(heading for heading in (*headings, EXTRA) if heading not in used)
        return cls(plain, tuple(pairs), tuple(addresses), tuple(employments), others)


def values_of(columns: Columns, cells: Mapping[str, str]) -> list[Value]:
    """The values of one row; none if all its cells are blank."""
    values = list(_plain(columns, cells))
    part = 0
    for group in columns.employments:
        for found in _employments(group, cells, part):
            values += found
            part += 1
    for pair in columns.pairs:
        if cell := cells.get(pair.value):
            values += _pair(pair, cell, cells)
    for group in columns.addresses:
        values += _addresses(group, cells)
    for heading in ("Labels", "Group Membership"):
        if cell := cells.get(heading):
            values += _labels(cell)
    for heading in columns.others:
        if (cell := cells.get(heading)) and (text := cell.strip()):
            values.append(Value(kinds.EXTRA, text, heading))
    return values


def _plain(columns: Columns, cells: Mapping[str, str]) -> Iterator[Value]:
    if name := _name(cells):
        yield Value(kinds.NAME, name)
    for heading, kind, label in columns.plain:
        if (cell := cells.get(heading)) and (text := cell.strip()):
            yield Value(kind, text, label)


def _name(cells: Mapping[str, str]) -> str:
    """The whole name: as Google wrote it, or put together, or what it is filed as."""
    if whole := cells.get("Name", "").strip():
        return whole
    for headings in _NAMES:
        if any(cells.get(heading, "").strip() for heading in headings[1:4]):
            return shown_name(*(cells.get(heading, "") for heading in headings))
    return cells.get("File As", "").strip()


@lru_cache(maxsize=4096)
def _label(cell: str) -> tuple[str, bool]:
    """A label and whether it is the preferred one: ``* Work`` is work and preferred."""
    text = cell.strip()
    preferred = text.startswith("*")
    text = text.lstrip("* ").strip()
    folded = text.lower()
    if folded == "internet":  # what other programs' imports left as the type of an address
        return "", preferred
    if folded == "home page":
        folded = "homepage"
    return (folded if folded in _STANDARD else text), preferred


def _split(cell: str) -> list[str]:
    """The values of a cell, empty ones kept so that they stay beside their labels."""
    return [piece.strip() for piece in cell.split(SEPARATOR)]


def _at(pieces: Sequence[str], index: int) -> str:
    """The piece beside the value of that index; a single one belongs to all values."""
    return pieces[index] if index < len(pieces) else pieces[0] if len(pieces) == 1 else ""


def _pair(pair: _Pair, cell: str, cells: Mapping[str, str]) -> Iterator[Value]:
    labels = _split(cells.get(pair.label, ""))
    services = _split(cells.get(pair.service, "")) if pair.service else [""]
    for index, piece in enumerate(_split(cell)):
        text = piece
        if not text:
            continue
        label, preferred = _label(_at(labels, index))
        if pair.kind == kinds.PHONE:
            text = _GUARDED.sub("", text, count=1) if text[0] == "'" else text
        elif pair.kind == kinds.HANDLE:
            label = (_at(services, index).lstrip("* ") or label).lower()
        elif pair.kind == kinds.CUSTOM:
            label = _at(labels, index).lstrip("* ")
        first = index == 0 or len(labels) > 1
        yield Value(pair.kind, text, label, preferred=preferred and first)


def _employments(group: _Group, cells: Mapping[str, str], part: int) -> Iterator[list[Value]]:
    """The facts of each employment of a group, numbered from `part`."""
    columns = [(_split(cells[h]), kind) for h, kind in group.parts if cells.get(h)]
    labels = _split(cells.get(group.label, ""))
    for index in range(max((len(pieces) for pieces, _ in columns), default=0)):
        label, preferred = _label(_at(labels, index))
        found = [
            Value(kind, pieces[index], "org" if kind == kinds.PHONETIC else label, part)
            for pieces, kind in columns
            if index < len(pieces) and pieces[index]
        ]
        if found:
            yield [value._replace(preferred=True) for value in found] if preferred else found
            part += 1


def _addresses(group: _Group, cells: Mapping[str, str]) -> Iterator[Value]:
    formatted = _split(cells.get(group.formatted, ""))
    columns = [(key, _split(cells[h])) for h, key in group.parts if cells.get(h)]
    if not columns and formatted == [""]:
        return
    labels = _split(cells.get(group.label, ""))
    for index in range(max(len(formatted), *(len(pieces) for _, pieces in columns), 0)):
        detail = {key: _at(pieces[index : index + 1], 0) for key, pieces in columns}
        detail = {key: piece for key, piece in detail.items() if piece}
        text = (formatted[index] if index < len(formatted) else "") or "\n".join(detail.values())
        if text:
            label, preferred = _label(_at(labels, index))
            yield Value(
                kinds.ADDRESS,
                text,
                label,
                detail=_json(detail) if detail else "",
                preferred=preferred and (index == 0 or len(labels) > 1),
            )


def _labels(cell: str) -> Iterator[Value]:
    """Groups: the ones every entry is in say nothing, those of the system lose their star."""
    for piece in _split(cell):
        name = piece.lstrip("* ")
        if piece.startswith("*"):
            name = name.lower()
        if name and not (piece.startswith("*") and name in _NOT_LABELS):
            yield Value(kinds.LABEL, name)
