"""The SQL that older versions of Monica write, as the document that newer ones write.

The tokenizer is our own: what SQL parsers there are want a dialect and a tree for statements of
megabytes; here only the values of known tables are wanted.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from core.errors import VitalfewError
from importers.decode import clean, decode
from importers.record import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from importers.container import Member

Row = dict[str, str | None]

_INSERT: Final = re.compile(
    r"^INSERT (?:IGNORE )?INTO [`\"]?(\w{1,60})[`\"]?\s*\(([^()]{1,4000})\)\s*VALUES",
    re.MULTILINE | re.IGNORECASE,
)
# A comma, a bracket or the end; a text in quotes; anything else: a number or NULL.
_TOKEN: Final = re.compile(r"\s*+(?:([(),;])|'((?:[^'\\]++|\\.|'')*+)'|([^\s(),;']++))", re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(.)|''", re.DOTALL)
_ESCAPED: Final = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}
_TABLES: Final = frozenset(
    {
        *("contacts", "contact_fields", "contact_field_types", "special_dates", "genders"),
        *("addresses", "places", "tags", "contact_tag", "relationships", "relationship_types"),
        *("notes", "calls", "conversations", "activities", "debts", "gifts", "life_events"),
        *("reminders", "tasks", "documents"),
    }
)
_DATES: Final = {
    "birthdate": "birthday_special_date_id",
    "deceased_date": "deceased_special_date_id",
    "first_met_date": "first_met_special_date_id",
}
_COUNTED: Final = {
    "call": "calls",
    "conversation": "conversations",
    "debt": "debts",
    "gift": "gifts",
    "life_event": "life_events",
    "reminder": "reminders",
    "task": "tasks",
    "document": "documents",
}


def document(member: Member, broken: list[str]) -> dict[str, Any] | Problem:
    """The account in the shape of the newer export, or why it cannot be read.

    Args:
        member: the SQL.
        broken: gets a sentence for each statement that breaks off.
    """
    try:
        with member.open() as stream:
            text = clean(decode(stream.read()).text)
    except VitalfewError as error:
        return Problem(member.name, error.sentence)
    tables: dict[str, list[Row]] = defaultdict(list)
    at = 0
    # Statement by statement: the text of a note may look like one.
    while found := _INSERT.search(text, at):
        headings = [heading.strip(' `"\r\n') for heading in found[2].split(",")]
        rows, at, whole = _rows(text, found.end(), headings)
        name = _table(found[1].lower())
        if name:
            tables[name] += rows
        if not whole:
            broken.append(f"the rows of {found[1]} break off after {len(rows):,}")
    return {"account": _account(tables)}


def _table(name: str) -> str:
    """The known table of a name that may have the prefix of an installation, or ""."""
    fitting = [table for table in _TABLES if name == table or name.endswith(f"_{table}")]
    return max(fitting, key=len, default="")


def _rows(text: str, at: int, headings: list[str]) -> tuple[list[Row], int, bool]:
    """The rows between VALUES and the end of the statement.

    Returns:
        The rows, where the statement ends, and whether it ends as it should.
    """
    rows: list[Row] = []
    row: list[str | None] = []
    inside = False
    while token := _TOKEN.match(text, at):
        at = token.end()
        sign, quoted, bare = token.groups()
        if sign == ";" and not inside:
            return rows, at, True
        if sign == "(":
            inside, row = True, []
        elif sign == ")":
            inside = False
            rows.append(dict(zip(headings, row, strict=False)))
        elif not inside or sign:
            continue
        elif quoted is not None:
            row.append(_ESCAPE.sub(_unescaped, quoted))
        else:
            row.append(None if bare.upper() == "NULL" else bare)
    return rows, at, False


def _unescaped(found: re.Match[str]) -> str:
    return _ESCAPED.get(found[1], found[1]) if found[1] else "'"


def _by(rows: list[Row], column: str) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row.get(column) or ""].append(row)
    return grouped


def _ids(rows: list[Row]) -> dict[str, Row]:
    return {row.get("id") or "": row for row in rows}


def _account(tables: dict[str, list[Row]]) -> dict[str, Any]:
    contacts = _ids(tables["contacts"])
    uuids = {number: row.get("uuid") or f"id {number}" for number, row in contacts.items()}
    types = _ids(tables["relationship_types"])
    relations = [
        {
            "type": types.get(row.get("relationship_type_id") or "", {}).get("name"),
            "contact_is": uuids.get(row.get("contact_is") or ""),
            "of_contact": uuids.get(row.get("of_contact") or ""),
        }
        for row in tables["relationships"]
    ]
    data = [
        {"type": "contact", "values": list(_contacts(tables, uuids))},
        {"type": "relationship", "values": relations},
        {"type": "activity", "values": list(tables["activities"])},
    ]
    instance = {
        "contact_field_types": [
            {**row, "uuid": row.get("id")} for row in tables["contact_field_types"]
        ],
        "genders": [{**row, "uuid": row.get("id")} for row in tables["genders"]],
    }
    return {"data": data, "instance": instance}


def _contacts(tables: dict[str, list[Row]], uuids: dict[str, str]) -> Iterator[dict[str, Any]]:
    dates, places, tags = (_ids(tables[name]) for name in ("special_dates", "places", "tags"))
    tagged = _by(tables["contact_tag"], "contact_id")
    fields = _by(tables["contact_fields"], "contact_id")
    addresses = _by(tables["addresses"], "contact_id")
    notes = _by(tables["notes"], "contact_id")
    counted = {kind: _by(tables[name], "contact_id") for kind, name in _COUNTED.items()}
    for row in tables["contacts"]:
        number = row.get("id") or ""
        properties: dict[str, Any] = {key: text for key, text in row.items() if text is not None}
        for name, column in _DATES.items():
            if date := dates.get(row.get(column) or ""):
                properties[name] = date
        if introducer := uuids.get(row.get("first_met_through_contact_id") or ""):
            properties["first_met_through"] = introducer
        properties["gender"] = row.get("gender_id")
        properties["tags"] = [
            tags.get(link.get("tag_id") or "", {}).get("name") for link in tagged[number]
        ]
        data = [
            {
                "type": "contact_field",
                "values": [
                    {"data": field.get("data"), "type": field.get("contact_field_type_id")}
                    for field in fields[number]
                ],
            },
            {
                "type": "address",
                "values": [
                    {**places.get(one.get("place_id") or "", {}), "name": one.get("name")}
                    for one in addresses[number]
                ],
            },
            {"type": "note", "values": [{"body": note.get("body")} for note in notes[number]]},
            *({"type": kind, "values": rows[number]} for kind, rows in counted.items()),
        ]
        yield {
            "uuid": uuids[number],
            "updated_at": row.get("updated_at"),
            "properties": properties,
            "data": [group for group in data if group["values"]],
        }
