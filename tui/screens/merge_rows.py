"""The rows of one group: the fields in which they differ, who is in it, what is equal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from core.rules import kinds
from core.rules.choices import CADENCE, TIER
from tui import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from core.queries.merge import Field, MergeEntry, Option
    from core.queries.people import PersonLine
    from tui.screens.merge_draft import Draft

OPTION, PERSON, EQUAL, TOLD, GAP = "option", "person", "equal", "told", "gap"
NOTHING: Final = "nothing"
CHOSEN, BESIDE, OTHER = "(•)", "(+)", "( )"
_IN, _OUT = "[x]", "[ ]"
_PAIR: Final = 2
_NOTHING: Final = "Nothing to decide: everything is kept. enter merges."
_HEADS: Final = {TIER: "tier", CADENCE: "talk"}


class Row(NamedTuple):
    """One line of the group.

    Attributes:
        key: what stays the same when it is painted again.
        kind: `OPTION`, `PERSON`, `EQUAL`, or `TOLD` and `GAP`, which the cursor passes over.
        field: whose option it is, and `place` which one.
        person: whose it is, 0 for nobody's.
        head: the word of its field, on the first row of it.
        mark: what it is to become: ``(•)`` shows, ``(+)`` beside it, ``( )`` neither.
        value: what is said.
        about: who says so and when.
        fate: what becomes of it.
    """

    key: str
    kind: str
    field: str = ""
    place: int = 0
    person: int = 0
    head: str = ""
    mark: str = ""
    value: str = ""
    about: str = ""
    fate: str = ""


def is_passed(row: Row) -> bool:
    """Whether the cursor does not stand on a row."""
    return row.kind in {TOLD, GAP}


def rows(
    draft: Draft, today: date, *, equal: bool, base: str | None = None, room: int = 0
) -> list[Row]:
    """The fields in which they differ, then who is in it.

    Args:
        draft: what was chosen so far.
        today: what days are told from.
        equal: show what is equal, too.
        base: of a question, what the source said before.
        room: lines there are; those of a pair are shown too if there is room.
    """
    found: list[Row] = []
    for field in draft.fields:
        found.append(Row(f"gap {field.field}", GAP))
        if base is not None:
            before = _value(field.field, base, today) or "nothing"
            found.append(Row("base", TOLD, head="before", value=before))
        found += _options(field, draft, today)
    if not draft.fields and len(draft.people) > 1:
        found += [Row("gap none", GAP), Row("none", NOTHING, value=_NOTHING)]
    if base is not None:
        return found
    people = _people(draft, today)
    if len(draft.view.people) > _PAIR or equal or len(found) + len(people) <= room:
        found += people
    return [*found, *_equal(draft, today)] if equal else found


def key_of(field: str, place: int) -> str:
    """The key of an option's row."""
    return f"{field} {place}"


def field_word(field: str) -> str:
    """A field as screens call it: ``born as``, ``time zone``."""
    return _HEADS.get(field) or words.KINDS.get(field, field)


def _options(field: Field, draft: Draft, today: date) -> Iterator[Row]:
    shown, *beside = draft.chosen(field)
    for place, option in enumerate(field.options):
        mark, fate = OTHER, f"stays as “{option.beside}”" if option.beside else ""
        if place == shown:
            mark, fate = CHOSEN, ""
        elif place in beside:
            mark, fate = BESIDE, "shows too"
        yield Row(
            key_of(field.field, place),
            OPTION,
            field.field,
            place,
            option.person,
            "" if place else field_word(field.field),
            mark,
            _value(field.field, option.value, today) or "(empty)",
            _said(option, field, today),
            fate,
        )


def _value(field: str, value: str, today: date) -> str:
    if field == kinds.BIRTHDAY:
        return words.birthday(value, today)
    if field == CADENCE:
        return f"every {words.many(int(value), 'day')}" if value.isdecimal() else value or "by tier"
    return (value or "none") if field == TIER else value


def _said(option: Option, field: Field, today: date) -> str:
    """Who says so, and when: ``LinkedIn, Mar 2024``."""
    kind, _, account = option.source.partition(" ")
    if option.origin == "auto":
        who = "as suggested"
    elif option.origin in {"user", "typed"}:
        who = "you"
    else:
        who = words.sources(kind)
        others = [one.source for one in field.options if one.source.partition(" ")[0] == kind]
        if len(set(others)) > 1 and account:
            who = f"{who} {account}"
    return ", ".join(filter(None, (who, words.day(option.day, today))))


def _people(draft: Draft, today: date) -> list[Row]:
    """Everybody in the group, and who was taken out of it."""
    found, many = [Row("gap people", GAP)], len(draft.view.people) > _PAIR
    named = len({person.name for person in draft.view.people}) > 1
    entries: dict[int, list[MergeEntry]] = {}
    for entry in draft.view.entries:
        entries.setdefault(entry.person, []).append(entry)
    for number, person in enumerate(draft.view.people):
        out = person.id in draft.out
        found.append(
            Row(
                f"person {person.id}",
                PERSON,
                person=person.id,
                head="" if number else "entries",
                mark=_OUT if out else _IN if many else "",
                value=_known_by(person, named=named),
                about=_entries(person, entries.get(person.id, ()), today),
                fate="left out" if out else "",
            )
        )
    return found


def _known_by(person: PersonLine, *, named: bool) -> str:
    """What tells one from the others: the name, unless it is everybody's, and how to reach them."""
    ways = (person.email, person.phone, person.city)
    if named:
        return words.dotted(person.name or "(no name)", next(filter(None, ways), ""))
    return words.dotted(*ways) or "no mail, no phone"


def _entries(person: PersonLine, entries: Sequence[MergeEntry], today: date) -> str:
    told = words.sources(person.sources)
    if len(entries) > 1:
        return f"{told}, {words.many(len(entries), 'entry')}".replace("entrys", "entries")
    made = words.day(entries[0].made, today) if entries else ""
    return ", ".join(filter(None, (told, made)))


def _equal(draft: Draft, today: date) -> list[Row]:
    if not draft.view.equal:
        return []
    found = [Row("gap equal", GAP)]
    before = ""
    for number, same in enumerate(draft.view.equal):
        word = field_word(same.field)
        shown = _value(same.field, same.value, today)
        head_ = "" if word == before else word
        found.append(Row(f"equal {number}", EQUAL, head=head_, mark=" = ", value=shown))
        before = word
    return found
