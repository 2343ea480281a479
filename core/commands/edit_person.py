"""Write down what the user knows better than the sources of a person."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.commands.decide import name_of
from core.commands.hand import clean_of, region, stored
from core.errors import NotFoundError, UsageError
from core.queries import choices
from core.rules import addresses, kinds, names, projection
from core.rules.choices import FIELD_OF
from core.rules.normalise import norm_of
from core.rules.typed import Edit, Typed
from core.text import clean
from core.work import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.storage.tables import Fact
    from core.work import Work

_PARTS: Final = (kinds.PREFIX, kinds.GIVEN, kinds.MIDDLE, kinds.FAMILY, kinds.SUFFIX)


@dataclass(frozen=True, slots=True)
class EditPerson:
    """Change, add and clear values of one person, as one step.

    The sources' own words are never touched: an edit of one is a fact of the user's on the same
    card that replaces it, and so is a clearing (an empty one). Equal values of other cards of the
    person follow, else the old one would show again. New values go to the home card, but for
    one-of-a-kind kinds, where the value that shows is the one that is edited. A value of the
    user's own that is cleared stays as "formerly".

    Attributes:
        person: the person's id.
        edits: what to do; ids of facts that were edited meanwhile find their present form.
    """

    person: int
    edits: tuple[Edit, ...]
    origin: str = "user"

    def handle(self, work: Work) -> Outcome:
        """Write the facts.

        Raises:
            NotFoundError: there is no such person, or a fact is not theirs.
            UsageError: nobody could be known by what would be left.
        """
        who = name_of(work, self.person)
        desk = _Desk(work, self.person)
        desk.carry_out(self.edits)
        if kinds.NAME not in desk.changed:
            desk.rename()
        if desk.changed and not desk.standing():
            raise UsageError("nothing would be left of them; D puts people away")
        counts = Counter(desk.changed)
        told = ", ".join(_counted(kind, count) for kind, count in counts.items())
        return Outcome(f"{who}: {told or 'no change'}", (self.person,))


class _Desk:
    """The facts of one person while they are edited."""

    def __init__(self, work: Work, person: int) -> None:
        from sqlmodel import col, select

        from core.storage.tables import Card, Fact

        self.work = work
        self.person = person
        self.region = region(work)
        self.changed: list[str] = []
        held = select(Fact, Card.run_id).join(Card, col(Card.id) == col(Fact.card_id))
        held = held.where(Card.person_id == person).order_by(col(Fact.id))
        self.facts: list[Fact] = []
        self.ranks: dict[int, int] = {}
        for fact, run in work.session.exec(held):
            self.facts.append(fact)
            self.ranks[fact.card_id] = run or 0
        self.choices = choices.of_person(work.raw, person)
        self.names_before = self._parts()

    def carry_out(self, edits: Sequence[Edit]) -> None:
        """Do the edits; what is as wanted already is left alone.

        What each is of is found first: two numbers may change places.
        """
        cleaned = [
            edit._replace(value=clean(edit.value).strip(), label=clean(edit.label).strip())
            for edit in edits
        ]
        changes = [(edit, self._meant(edit)) for edit in cleaned if edit.fact_id]
        for edit, fact, twins in [(edit, fact, self._twins(fact)) for edit, fact in changes]:
            self._apply(edit, fact, twins)
        for edit in cleaned:
            if not edit.fact_id:
                self._add(edit)

    def _apply(self, edit: Edit, fact: Fact, twins: Sequence[Fact]) -> None:
        """Do one edit of a fact, and of those that say the same where they would show again."""
        now = self._now(fact)
        same = edit.value and self._norm(edit) == (now.kind, now.norm)
        self._change(now, edit)
        for twin in () if same else twins:
            self._change(self._now(twin), edit._replace(label=twin.label))

    def standing(self) -> bool:
        """Whether any value is left."""
        return bool(self._held())

    def rename(self) -> None:
        """Let the shown name follow its parts, if they were edited and it was not."""
        parts = self._parts()
        shown = next((fact for fact in self._held() if fact.kind == kinds.NAME), None)
        if parts == self.names_before or shown is None:
            return
        guessed = dict(zip(_PARTS, names.split(shown.value), strict=True))
        for kind in _PARTS:
            if kind in parts or kind in self.names_before:
                guessed[kind] = parts.get(kind, "")
        name = names.shown_name(*guessed.values())
        if name:
            self.carry_out([Edit(shown.id or 0, kinds.NAME, name, shown.label)])

    def _meant(self, edit: Edit) -> Fact:
        """The fact that an edit names; of one that the user edited since, its source's."""
        fact = next((fact for fact in self.facts if fact.id == edit.fact_id), None)
        if fact is None:
            raise NotFoundError("that value is not one of theirs any more; look again")
        return self._source(fact) or fact

    def _now(self, fact: Fact) -> Fact:
        """What the user made of a fact, or the fact."""
        return next((mine for mine in self.facts if mine.replaces_id == fact.id), fact)

    def _source(self, fact: Fact) -> Fact | None:
        """The fact that one of the user's replaces."""
        return next((one for one in self.facts if one.id == fact.replaces_id), None)

    def _twins(self, fact: Fact) -> list[Fact]:
        """The other facts that stand for the same value now, each by its source's."""
        now = self._now(fact)
        held = self._held()
        if now not in held:
            return []
        same = [other for other in held if other is not now and _is_same(other, now)]
        return [self._source(other) or other for other in same]

    def _add(self, edit: Edit) -> None:
        typed = clean_of(Typed(*edit[1:]))
        held = self._held()
        best = projection.leading(self._seen(), self.choices).get(edit.kind)
        shown = next((fact for fact in held if best and fact.id == best.id), None)
        if shown is not None and edit.kind in kinds.ONE:
            self.carry_out([edit._replace(fact_id=shown.id or 0)])
            return
        if typed is None:
            return
        new = stored(typed, self._place(edit.kind), self.region)
        if any(_is_same(fact, new) and fact.label == new.label for fact in held):
            return
        self._write(new)
        self.facts.append(new)
        self.changed.append(new.kind)

    def _change(self, fact: Fact, edit: Edit) -> None:
        if (fact.kind, fact.value, fact.label) == edit[1:]:
            return
        if fact.origin == "source":
            if fact.until and not edit.value:
                return
            self._replace(fact, edit)
        elif not edit.value and fact.replaces_id is None:
            if fact.until:
                return
            fact.until = self.work.day
            self._write(fact)
        else:
            self._rewrite(fact, edit)
        self.changed.append(edit.kind)

    def _replace(self, fact: Fact, edit: Edit) -> None:
        new = stored(Typed(*edit[1:]), fact.card_id, self.region)
        if new.kind == kinds.ADDRESS:
            new.detail = addresses.detail(edit.value, fact.detail)
        new.part, new.preferred, new.replaces_id = fact.part, fact.preferred, fact.id
        self._write(new)
        self.facts.append(new)

    def _rewrite(self, fact: Fact, edit: Edit) -> None:
        """Change a value of the user's; one that says again what the source says is taken back."""
        source = self._source(fact)
        if source and not source.until and (source.kind, source.value, source.label) == edit[1:]:
            self.work.session.delete(fact)
            self.work.session.flush()
            self.facts.remove(fact)
            return
        before = fact.detail or (source.detail if source else "")
        fact.kind, fact.norm = self._norm(edit)
        fact.value, fact.label, fact.until = edit.value, edit.label, ""
        if fact.kind == kinds.ADDRESS:
            fact.detail = addresses.detail(edit.value, before)
        self._write(fact)

    def _write(self, fact: Fact) -> None:
        self.work.session.add(fact)
        self.work.session.flush()

    def _norm(self, edit: Edit) -> tuple[str, str]:
        return norm_of(edit.kind, edit.value, edit.label, self.region)

    def _place(self, kind: str) -> int:
        """The card that a new value goes to: the home card; parts of a name go to the name."""
        field = FIELD_OF.get(kind, "")
        return (projection.card_of(field, self._seen()) if field else 0) or self.person

    def _seen(self) -> list[projection.Fact]:
        """The facts that stand, best first."""
        seen = [
            projection.Fact(
                *(fact.id or 0, fact.card_id, fact.kind, fact.value, fact.norm, fact.label),
                *(fact.part, fact.detail, fact.preferred, fact.origin, fact.replaces_id),
                *(fact.since, fact.until, self.ranks.get(fact.card_id, 0)),
            )
            for fact in self.facts
        ]
        return projection.standing_values(seen, self.choices)

    def _held(self) -> Sequence[Fact]:
        """The same, as they are stored."""
        by_id = {fact.id: fact for fact in self.facts}
        return [by_id[fact.id] for fact in self._seen()]

    def _parts(self) -> dict[str, str]:
        best = projection.leading(self._seen(), self.choices)
        return {kind: best[kind].value for kind in _PARTS if kind in best}


def _counted(kind: str, count: int) -> str:
    ending = "" if count == 1 else "es" if kind.endswith("s") else "s"
    return f"{count} {kind}{ending}" if ending else kind


def _is_same(fact: Fact, other: Fact) -> bool:
    return (fact.kind, fact.norm) == (other.kind, other.norm)
