"""What is being decided about one group: which value of each field shows, and who is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.commands.merge import Chosen, Merge
from core.commands.set_tier import SetTier
from core.commands.settle_question import SettleQuestion
from core.queries.merge import Field, MergeView, Option
from core.rules.choices import DECISIONS, TIER
from core.rules.typed import Edit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.queries.people import PersonLine
    from core.queries.questions import Question

MINE, THEIRS = 0, 1
"""Places of the two options of a question."""

_Name = tuple[int, str]


class Typed(NamedTuple):
    """What was typed for a field: in one text as it is shown, and kind by kind."""

    shown: str
    parts: tuple[tuple[str, str], ...]


class Draft:
    """The choices of one merge, or of one question.

    Args:
        view: who they are and where they differ.
    """

    def __init__(self, view: MergeView) -> None:
        self.view = view
        self.out: dict[int, PersonLine] = {}
        self._chosen: dict[str, list[_Name]] = {}
        self._typed: dict[str, Typed] = {}

    @property
    def people(self) -> tuple[int, ...]:
        """Who is to become one."""
        return tuple(person.id for person in self.view.people if person.id not in self.out)

    @property
    def fields(self) -> tuple[Field, ...]:
        """Where they differ, each with what was typed as its last option."""
        return tuple(
            field._replace(options=(*field.options, _as_option(self._typed[field.field])))
            if field.field in self._typed
            else field
            for field in self.view.fields
        )

    def field(self, name: str) -> Field | None:
        """One of the fields."""
        return next((field for field in self.fields if field.field == name), None)

    def chosen(self, field: Field) -> list[int]:
        """Places of the options that show, the first one first; what stands beside it after."""
        return self._touched(field) or [field.preselected]

    def _touched(self, field: Field) -> list[int]:
        """As `chosen`, but nothing where nobody chose, or what was chosen is gone."""
        names = [_name(option) for option in field.options]
        return [names.index(one) for one in self._chosen.get(field.field, ()) if one in names]

    def choose(self, name: str, place: int) -> None:
        """Have this option show, alone."""
        if (field := self.field(name)) and 0 <= place < len(field.options):
            self._chosen[name] = [_name(field.options[place])]

    def both(self, name: str, place: int) -> bool:
        """Have an option stand beside the one that shows, or no longer; False if it cannot.

        On the one that shows, the next one is meant.
        """
        field = self.field(name)
        if field is None or name in DECISIONS:
            return False
        first, *beside = self.chosen(field)
        meant = (place + 1) % len(field.options) if place == first else place
        if place == first and beside:
            beside = []
        elif meant in beside:
            beside.remove(meant)
        elif field.options[meant].of and field.options[first].of:
            beside.append(meant)
        else:
            return False  # what was typed is a value of its own, on no card yet
        self._chosen[name] = [_name(field.options[at]) for at in (first, *beside)]
        return True

    def type(self, name: str, typed: Typed) -> None:
        """Have words of the user's show."""
        self._typed[name] = typed
        if field := self.field(name):
            self.choose(name, len(field.options) - 1)

    def take_out(self, person: PersonLine) -> None:
        """Leave somebody out, or take them in again."""
        if person.id in self.out:
            del self.out[person.id]
        else:
            self.out[person.id] = person

    def agree(self, view: MergeView) -> None:
        """Take over what differs now; choices stay where there is still something to choose."""
        there = {person.id for person in view.people}
        out = [person for person in self.out.values() if person.id not in there]
        entries = [entry for entry in self.view.entries if entry.person in self.out]
        self.view = view._replace(
            people=tuple(sorted((*view.people, *out))), entries=(*view.entries, *entries)
        )

    def merge(self) -> Merge:
        """The command. What nobody touched is left to the rule, which may follow a source."""
        choices: list[Chosen] = []
        edits: list[Edit] = []
        for field in self.fields:
            options = [field.options[at] for at in self._touched(field)]
            if not options:
                continue
            if options[0].of:
                choices.append(Chosen(field.field, tuple(option.of for option in options)))
            elif field.field not in DECISIONS:
                edits += [Edit(0, kind, text) for kind, text in self._typed[field.field].parts]
        return Merge(self.people, tuple(choices), tuple(edits))

    def file(self) -> SetTier | None:
        """What follows the merge: a tier that was typed, as none of them had it."""
        field = self.field(TIER)
        options = [field.options[at] for at in self._touched(field)] if field else []
        typed = options and not options[0].of
        return SetTier((min(self.people),), options[0].value) if typed else None

    def settle(self, question: Question) -> SettleQuestion:
        """The command that answers a question."""
        field = self.fields[0]
        place = self.chosen(field)[0]
        if place in {MINE, THEIRS}:
            return SettleQuestion(question.fact, ("mine", "theirs")[place])
        typed = self._typed[field.field]
        if len(typed.parts) == 1:
            return SettleQuestion(question.fact, "typed", typed.parts[0][1])
        edits = tuple(Edit(0, kind, text) for kind, text in typed.parts)
        return SettleQuestion(question.fact, "typed", typed=edits)


def of_question(question: Question, people: Sequence[PersonLine]) -> Draft:
    """A question as a draft of one field: mine, which is preselected, and theirs."""
    person = question.person
    mine = Option._make((0, person, question.mine, "formerly", "", "", "user"))
    theirs = Option._make((0, person, question.theirs, "", question.source, question.day, "source"))
    field = Field(question.field, (mine, theirs), MINE)
    return Draft(MergeView(tuple(people), (), (field,), (), (), 0))


def _as_option(typed: Typed) -> Option:
    return Option._make((0, 0, typed.shown, "", "", "", "typed"))


def _name(option: Option) -> _Name:
    """What stays the same of an option when others come or go."""
    return option.of, "" if option.of else f"{option.origin} {option.value}"
