"""What the form of a person holds: the values there are, and what the user has changed so far."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final, NamedTuple

from core.rules import form, kinds
from core.rules.typed import Edit
from tui import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.queries.held import HeldFact

HEADS: Final = {
    kinds.NAME: "name",
    kinds.NICKNAME: "nickname",
    kinds.MAIDEN: "born as",
    kinds.PHONETIC: "sounds",
    kinds.ORG: "work",
    kinds.TITLE: "title",
    kinds.DEPARTMENT: "dept",
    kinds.ROLE: "role",
    kinds.EMAIL: "mail",
    kinds.PHONE: "phone",
    kinds.HANDLE: "networks",
    kinds.URL: "web",
    kinds.ADDRESS: "address",
    kinds.BIRTHDAY: "birthday",
    kinds.DATE: "dates",
    kinds.RELATION: "relations",
    kinds.LANGUAGE: "language",
    kinds.GENDER: "gender",
    kinds.ZONE: "time zone",
    kinds.VALUE: "value",
    kinds.LABEL: "labels",
    kinds.CUSTOM: "own field",
    kinds.NOTE: "note",
}
"""The kinds that the form has, in the order people read, with their words."""

_OFFERED: Final = (
    *(kinds.NAME, kinds.NICKNAME, kinds.ORG, kinds.TITLE, kinds.EMAIL, kinds.PHONE),
    *(kinds.HANDLE, kinds.ADDRESS, kinds.BIRTHDAY, kinds.LABEL, kinds.NOTE),
)
"""The kinds that a form has a row for even while there is no value."""

CHANGED, CLEARED, NEW, MISSING, KEEP = "changed", "cleared", "new", "missing", "keep"


class Line(NamedTuple):
    """A row of the form.

    Attributes:
        key: the id of the value; below zero for a new one; a kind for a missing one.
        kind, label, value: as they would be kept.
        before: the value it had, where it is changed or was by the user before.
        said: which entries it is from, in words.
        state: "" for as it was, else one of the five states above.
        also: whether another value of its kind is shown of the person.
    """

    key: int | str
    kind: str
    label: str = ""
    value: str = ""
    before: str = ""
    said: str = ""
    state: str = ""
    also: bool = False


class Draft:
    """The values of a person and the changes to them, not yet kept.

    Args:
        facts: what holds; equal values of several entries are one row and change together.
    """

    def __init__(self, facts: Sequence[HeldFact]) -> None:
        self._same: dict[int, list[HeldFact]] = {}
        self._changes: dict[int, tuple[str, str]] = {}
        self._new: dict[int, tuple[str, str, str]] = {}
        self._keys = count(-1, -1)
        first: dict[tuple[str, str], int] = {}
        for fact in facts:
            key = first.setdefault((fact.kind, fact.norm or fact.value), fact.id)
            self._same.setdefault(key, []).append(fact)
        accounts: dict[str, set[str]] = {}
        for fact in facts:
            accounts.setdefault(fact.source, set()).add(fact.account)
        self._several = {source for source, known in accounts.items() if len(known) > 1}

    @property
    def changes(self) -> int:
        """How many values are changed, cleared or new."""
        return len(self._changes) + len(self._new)

    def lines(self) -> list[Line]:
        """The rows: what there is in reading order, then what is missing."""
        rows: list[Line] = []
        others = {self._kind(key) for key in self._changes} | {new[0] for new in self._new.values()}
        for kind in (*HEADS, *sorted(others - HEADS.keys())):
            rows.extend(self._held(key) for key in self._same if self._kind(key) == kind)
            rows.extend(
                Line(key, kind, label, value, state=NEW)
                for key, (its_kind, label, value) in self._new.items()
                if its_kind == kind
            )
        there = {row.kind for row in rows}
        rows.extend(Line(kind, kind, state=MISSING) for kind in _OFFERED if kind not in there)
        return rows

    def one(self, kind: str) -> Line | None:
        """The row of a kind of which there is only one; None where several may stand."""
        if kind not in kinds.ONE:
            return None
        return next((line for line in self.lines() if line.kind == kind and line.value), None)

    def add(self, kind: str, label: str, value: str) -> int:
        """Take a new value; the key of its row."""
        key = next(self._keys)
        self._new[key] = (kind, label, value)
        return key

    def change(self, key: int, value: str, label: str | None = None) -> None:
        """Give a row another value; the one it had takes the change back."""
        if key in self._new:
            kind, old, _ = self._new[key]
            self._new[key] = (kind, old if label is None else label, value)
            return
        fact = self._same[key][0]
        given = (value, fact.label if label is None else label)
        if given == (fact.value, fact.label):
            self._changes.pop(key, None)
        else:
            self._changes[key] = given

    def clear(self, key: int) -> None:
        """Clear a value, or bring a cleared one back; a new one is dropped."""
        if self._new.pop(key, None) is None:
            if self._changes.get(key, ("-", ""))[0]:
                self._changes[key] = ("", self._same[key][0].label)
            else:
                del self._changes[key]

    def edits(self) -> tuple[Edit, ...]:
        """The changes as a command takes them; equal values of other entries follow there."""
        edits = [
            Edit(key, self._kind(key), value, label)
            for key, (value, label) in self._changes.items()
        ]
        edits.extend(Edit(0, kind, value, label) for kind, label, value in self._new.values())
        return tuple(edits)

    def text(self) -> tuple[form.Line, ...]:
        """The values as they would be kept, for the text form; new ones have ids below zero."""
        held = []
        for line in form.lines(fact for facts in self._same.values() for fact in facts):
            value, label = self._changes.get(line.fact_id, (line.value, line.label))
            if value:
                held.append(line._replace(value=value, label=label))
        new = (form.Line(key, *typed) for key, typed in self._new.items())
        return (*held, *new)

    def take(self, edits: Iterable[Edit]) -> None:
        """Take the edits of a text made of `text`."""
        for edit in edits:
            if not edit.fact_id:
                self.add(edit.kind, edit.label, edit.value)
            elif edit.value:
                self.change(edit.fact_id, edit.value, edit.label)
            else:
                self.clear(edit.fact_id)

    def _held(self, key: int) -> Line:
        facts = self._same[key]
        fact = facts[0]
        also = fact.kind in kinds.ONE and not any(one.shown for one in facts)
        said = ", ".join(dict.fromkeys(self._source(one) for one in facts))
        line = Line(key, fact.kind, fact.label, fact.value, fact.before, said, also=also)
        if key not in self._changes:
            return line
        value, label = self._changes[key]
        if not value:
            return line._replace(state=CLEARED)
        return line._replace(value=value, label=label, before=fact.value, state=CHANGED)

    def _kind(self, key: int) -> str:
        return self._same[key][0].kind

    def _source(self, fact: HeldFact) -> str:
        if fact.origin == "user":
            return "you"
        name = words.sources(fact.source)
        return f"{name} {fact.account}".strip() if fact.source in self._several else name
