"""People as a table for Google Contacts, in its headings of 2024."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from core.exports.said import PARTS, Said, plain
from core.rules import handles, kinds
from core.rules.guards import GUARDED, guard
from core.rules.names import shown_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from core.exports.said import Telling

SEPARATOR: Final = " ::: "
_PLAIN: Final = {
    kinds.GIVEN: "First Name",
    kinds.MIDDLE: "Middle Name",
    kinds.FAMILY: "Last Name",
    kinds.PREFIX: "Name Prefix",
    kinds.SUFFIX: "Name Suffix",
    kinds.SORT_AS: "File As",
    kinds.ORG: "Organization Name",
    kinds.TITLE: "Organization Title",
    kinds.DEPARTMENT: "Organization Department",
    kinds.BIRTHDAY: "Birthday",
}
_PHONETIC: Final = {
    "given": "Phonetic First Name",
    "middle": "Phonetic Middle Name",
    "family": "Phonetic Last Name",
}
_HEAD: Final = (
    *("First Name", "Middle Name", "Last Name", "Phonetic First Name", "Phonetic Middle Name"),
    *("Phonetic Last Name", "Name Prefix", "Name Suffix", "Nickname", "File As"),
    *("Organization Name", "Organization Title", "Organization Department", "Birthday", "Notes"),
    *("Photo", "Labels"),
)
_NUMBERED: Final = {
    kinds.EMAIL: "E-mail",
    kinds.PHONE: "Phone",
    kinds.ADDRESS: "Address",
    kinds.RELATION: "Relation",
    kinds.URL: "Website",
    kinds.DATE: "Event",
    kinds.CUSTOM: "Custom Field",
}
_ADDRESS: Final = {
    "street": "Street",
    "city": "City",
    "po_box": "PO Box",
    "region": "Region",
    "code": "Postal Code",
    "country": "Country",
    "extended": "Extended Address",
}
_KNOWN_BY: Final = frozenset({kinds.ORG, kinds.EMAIL, kinds.PHONE, kinds.URL, kinds.ADDRESS})
_QUOTED: Final = re.compile(r"\A'(?=[=+@-])")  # a guard that somebody else's export left
_EVERYBODY: Final = "* myContacts"
_STANDARD: Final = frozenset(
    {"home", "work", "mobile", "main", "other", "pager", "home fax", "work fax", "anniversary"}
    | {"spouse", "child", "mother", "father", "parent", "brother", "sister", "friend", "partner"}
    | {"relative", "manager", "assistant", "profile", "blog"}
)


def lines(people: Callable[[], Iterable[Telling]], *, raw: bool) -> Iterator[str]:
    """The table, a row at a time.

    Args:
        people: gives them all, twice: how many columns there are is counted first.
        raw: leave cells as they are, for programs; else no cell can be taken for a formula, and
            our own import restores it exactly.
    """
    widest: Counter[str] = Counter()
    for person in people():
        widest |= Counter(value.kind for value in told(person) if value.kind in _NUMBERED)
    headings = [*_HEAD, *_numbered(widest), *(() if raw else (GUARDED,))]
    yield _line(headings)
    for person in people():
        cells = _cells(told(person))
        row = [cells.get(heading, "") for heading in headings]
        yield _line(row if raw else [guard(cell) for cell in row])


def told(person: Telling) -> list[Said]:
    """What of a person has a place in the table, as it reads from there.

    One employment; several notes as one; the whole name is that of its parts; a profile is a
    website, and another handle a field of its own.
    """
    found: list[Said] = []
    texts: dict[str, list[str]] = {kinds.NICKNAME: [], kinds.NOTE: []}
    for value in person.values:
        kind = value.kind
        value = value._replace(value=_apart(value.value), label=_label(value))  # noqa: PLW2901
        if kind in texts:
            texts[kind].append(value.value)
        elif kind == kinds.PHONE:
            found.append(value._replace(value=_QUOTED.sub("", value.value)))
        elif kind == kinds.HANDLE:
            found.append(_handle(value))
        elif kind == kinds.ADDRESS:
            found.append(_address(value))
        elif kind == kinds.PHOTO:
            found += [value._replace(preferred=False)] if ":" in value.value else []
        elif kind == kinds.LABEL:
            found.append(value._replace(value=value.value.lstrip("* "), preferred=False))
        elif kind in _NUMBERED:
            found.append(value)
        elif (kind in _PLAIN and not value.part) or (
            kind == kinds.PHONETIC and value.label in _PHONETIC
        ):
            found.append(value._replace(preferred=False, part=0))
    joints = {kinds.NICKNAME: ", ", kinds.NOTE: "\n\n"}
    found += [Said(kind, joints[kind].join(told)) for kind, told in texts.items() if told]
    return [*_name(person, found), *(value for value in found if value.value)]


def _name(person: Telling, found: list[Said]) -> list[Said]:
    """The whole name as its parts make it; without any it stands as a first name."""
    parts = {value.kind: value.value for value in found if value.kind in PARTS}
    known = any(kind in parts for kind in (kinds.GIVEN, kinds.MIDDLE, kinds.FAMILY))
    if not known:
        whole = _apart(person.name)
        if whole in {value.value for value in found if value.kind in _KNOWN_BY}:
            filed = [value.value for value in found if value.kind == kinds.SORT_AS]
            return [Said(kinds.NAME, filed[0])] if filed else []  # named by firm or address alone
        parts[kinds.GIVEN] = whole
        found.append(Said(kinds.GIVEN, whole))
    name = shown_name(*(parts.get(kind, "") for kind in PARTS))
    return [Said(kinds.NAME, name)]


def _handle(value: Said) -> Said:
    norm = handles.normal(value.label, value.value)
    page = handles.profile_url(norm)
    if page:
        return Said(kinds.URL, page, "profile")
    return Said(kinds.CUSTOM, value.value, value.label or norm.partition(":")[0])


def _address(value: Said) -> Said:
    given = json.loads(value.detail) if value.detail else {}
    parts = {key: _apart(plain(str(given.get(key) or ""))) for key in _ADDRESS}
    kept = {key: part for key, part in parts.items() if part}
    return value._replace(detail=json.dumps(kept, ensure_ascii=False) if kept else "")


def _apart(text: str) -> str:
    """Text without what parts values of one cell."""
    while SEPARATOR.strip() in text:
        text = text.replace(SEPARATOR.strip(), "::")
    return text.strip()


def _label(value: Said) -> str:
    """A label that no reader takes for a preferred one, or for one of the system's."""
    return _apart(value.label).lstrip("* ").strip()


def _numbered(widest: Mapping[str, int]) -> Iterator[str]:
    for kind, stem in _NUMBERED.items():
        for number in range(1, widest.get(kind, 0) + 1):
            yield f"{stem} {number} - Label"
            if kind == kinds.ADDRESS:
                yield f"{stem} {number} - Formatted"
                yield from (f"{stem} {number} - {part}" for part in _ADDRESS.values())
            else:
                yield f"{stem} {number} - Value"


def _cells(values: Sequence[Said]) -> dict[str, str]:
    cells: dict[str, str] = {}
    labels = [_EVERYBODY]
    count: Counter[str] = Counter()
    for value in values:
        if value.kind == kinds.LABEL:
            labels.append(value.value)
        elif stem := _NUMBERED.get(value.kind):
            count[value.kind] += 1
            stem = f"{stem} {count[value.kind]}"
            shown = value.label.title() if value.label in _STANDARD else value.label
            cells[f"{stem} - Label"] = f"* {shown}".strip() if value.preferred else shown
            if value.kind != kinds.ADDRESS:
                cells[f"{stem} - Value"] = value.value
                continue
            cells[f"{stem} - Formatted"] = value.value
            parts = json.loads(value.detail) if value.detail else {}
            cells |= {f"{stem} - {_ADDRESS[key]}": part for key, part in parts.items()}
        elif value.kind != kinds.NAME:
            cells[_heading(value)] = value.value
    cells["Labels"] = SEPARATOR.join(dict.fromkeys(labels))
    return cells


def _heading(value: Said) -> str:
    more = {kinds.NICKNAME: "Nickname", kinds.NOTE: "Notes", kinds.PHOTO: "Photo"}
    if value.kind == kinds.PHONETIC:
        return _PHONETIC[value.label]
    return _PLAIN.get(value.kind) or more[value.kind]


def _line(cells: Sequence[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerow(cells)
    return written.getvalue()
