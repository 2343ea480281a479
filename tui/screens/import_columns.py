"""What the columns of a spreadsheet are taken for, in words and to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from importers.column_roles import column
from tui.widgets.choose import Option

if TYPE_CHECKING:
    from importers.guess import Guessed

_ROLES: Final = (
    *(("n", "name"), ("i", "given"), ("f", "family"), ("e", "email"), ("p", "phone")),
    *(("m", "phone:mobile"), ("o", "org"), ("t", "title"), ("a", "address"), ("c", "city")),
    *(("b", "birthday"), ("l", "label"), ("r", "tier"), ("v", "value"), ("u", "url")),
    *(("w", "note"), ("y", "keep"), ("x", "skip")),
)
_MEANT: Final = {
    "given": "first name",
    "family": "last name",
    "org": "company",
    "label": "labels",
    "tier": "tier: A, B, C or D",
    "value": "money",
    "url": "web page",
    "code": "postal code",
    "keep": "kept as it is",
    "skip": "left out",
}


def meaning(role: str) -> str:
    """What a column is taken for, in words: ``phone: mobile``."""
    kind, _, label = role.partition(":")
    said = _MEANT.get(kind, kind.replace("_", " "))
    return f"{said}: {label}" if label else said


def roles(now: str) -> list[Option[str]]:
    """What a column can mean, for a choice, and what it means now; the last asks for any other."""
    listed = [
        Option(letter, meaning(role), role, "now" if role == now else "") for letter, role in _ROLES
    ]
    if now not in dict(_ROLES).values():
        listed.insert(0, Option("=", meaning(now), now, "now"))
    return [*listed, Option(".", "something else …", "")]


def role(line: str) -> tuple[str, str]:
    """What a typed role means to a column, and in words.

    Raises:
        UsageError: there is no such role.
    """
    typed = line.strip()
    column(typed)
    return typed, meaning(typed)


def headings(columns: tuple[Guessed, ...]) -> list[Option[str]]:
    """The columns of a table, for a choice; the first one is none."""
    letters = (*"123456789abcdefhilmnopqrstuvwxyz", *map(str, range(33, len(columns) + 1)))
    listed = [
        Option(letter, one.heading, one.heading, one.example)
        for letter, one in zip(letters, columns, strict=False)
    ]
    return [Option("-", "no field: labels only", "-"), *listed]
