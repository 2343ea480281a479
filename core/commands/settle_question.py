"""Settle what a re-import asked about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.commands.decide import name_of
from core.commands.edit_person import EditPerson
from core.errors import NotFoundError, UsageError
from core.queries import questions
from core.queries.person import person_of
from core.rules import kinds, names, three_way
from core.rules.choices import FIELD_OF, NAME
from core.rules.typed import Edit
from core.work import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from core.rules.projection import Fact
    from core.rules.three_way import Open
    from core.work import Work

_PARTS = (kinds.PREFIX, kinds.GIVEN, kinds.MIDDLE, kinds.FAMILY, kinds.SUFFIX)


@dataclass(frozen=True, slots=True)
class SettleQuestion:
    """Answer one question of a re-import.

    Attributes:
        fact: the question's (`core.queries.questions.Question.fact`).
        keep: ``mine``: the user's value stands until the source changes its mind again;
            ``theirs``: the source's shows, the user's stays as "formerly"; ``typed``: new words
            of the user's stand in place of the source's.
        value: what was typed, of a question of one kind, or as the whole name; "" clears.
        typed: what was typed kind by kind (`fact_id` 0), where there are several (``work``).
    """

    fact: int
    keep: str
    value: str = ""
    typed: tuple[Edit, ...] = ()
    origin: str = "user"

    def handle(self, work: Work) -> Outcome:
        """Write what was decided.

        Raises:
            NotFoundError: that question does not wait any more.
            UsageError: there is no such answer, or nothing says what was typed.
        """
        if self.keep not in {"mine", "theirs", "typed"}:
            raise UsageError(f"“{self.keep[:40]}” is no answer; there are mine, theirs, typed")
        card, facts = self._held(work)
        person = person_of(work.raw, card)
        asked = next(
            (
                one
                for one in three_way.questions(facts)
                if any(look.mine.id == self.fact for look in one.looks)
            ),
            None,
        )
        if asked is None:
            raise NotFoundError("that question is settled already; look again")
        edits: tuple[Edit, ...] = ()
        if self.keep == "theirs":
            edits = tuple(_followers(work, person, asked))
            _give_up(work, asked, facts)
            told = f"{asked.field} as its source has it now"
        else:
            _stand(work, asked)
            told = f"{asked.field}, your own kept"
            if self.keep == "typed":
                edits = tuple(self._edits(asked, facts))
        label = f"{name_of(work, person)}: {told}"
        if edits:
            work.session.flush()
            done = EditPerson(person, edits).handle(work)
            label = done.label if self.keep == "typed" else label
        return Outcome(label, (person,))

    def _held(self, work: Work) -> tuple[int, list[Fact]]:
        from core.storage.tables import Fact as Row

        row = work.session.get(Row, self.fact)
        held = questions.edited(work.raw, (row.card_id,)) if row else {}
        return next(iter(held.items()), (0, []))

    def _edits(self, asked: Open, facts: Sequence[Fact]) -> Iterator[Edit]:
        """What was typed, each on the value that stands for it now."""
        said = {edit.kind: edit.value for edit in self.typed}
        if not said:
            said = self._named(asked)
        for kind, value in said.items():
            if FIELD_OF.get(kind, kind) != FIELD_OF.get(asked.field, asked.field):
                raise UsageError(f"the question is not about “{kind[:40]}”")
            mine = next((one.mine for one in asked.looks if one.mine.kind == kind), None)
            there = mine or _present(asked.looks[0].mine, kind, facts)
            yield Edit(there.id if there else 0, kind, value, there.label if there else "")

    def _named(self, asked: Open) -> dict[str, str]:
        about = [part.kind for part in asked.parts]
        if asked.field != NAME:
            if len(about) > 1:
                raise UsageError(f"say which it is: {', '.join(about)}")
            return {about[0]: self.value}
        if kinds.NAME in about:
            return {kinds.NAME: self.value}
        parts = dict(zip(_PARTS, names.split(self.value), strict=True))
        return {kind: value for kind, value in parts.items() if value or kind in about}


def _stand(work: Work, asked: Open) -> None:
    """Let the user's values stand for what the source says now."""
    from core.storage.tables import Fact as Row

    for look in asked.looks:
        row = work.session.get_one(Row, look.mine.id)
        assert look.theirs is not None  # noqa: S101 — else nothing is asked
        row.replaces_id, row.part = look.theirs.id, look.theirs.part
        work.session.add(row)


def _give_up(work: Work, asked: Open, facts: Sequence[Fact]) -> None:
    """End the user's values; a whole name goes with all parts that were edited of it."""
    from core.storage.tables import Fact as Row

    ended = {look.mine.id for look in asked.looks}
    if asked.field == NAME:
        ended |= {
            fact.id
            for fact in facts
            if fact.origin == "user"
            and not fact.until
            and fact.replaces_id
            and FIELD_OF.get(fact.kind) == NAME
        }
    for fact in sorted(ended):
        row = work.session.get_one(Row, fact)
        row.until, row.replaces_id = work.day, None
        work.session.add(row)


def _followers(work: Work, person: int, asked: Open) -> Iterator[Edit]:
    """What the user wrote on the person's other entries in the same words follows the source.

    It would show again else; what was edited once on all entries is settled once as well.
    """
    from sqlmodel import col, select

    from core.storage.tables import Card
    from core.storage.tables import Fact as Row

    for look in asked.looks:
        mine = look.mine
        if not mine.value or look.theirs is None:
            continue
        twins = (
            select(Row)
            .join(Card, col(Card.id) == col(Row.card_id))
            .where(Card.person_id == person, Row.card_id != mine.card_id, Row.origin == "user")
            .where(Row.kind == mine.kind, Row.norm == mine.norm, Row.until == "")
        )
        for twin in work.session.exec(twins.order_by(col(Row.id))):
            yield Edit(twin.id or 0, twin.kind, look.theirs.value, twin.label)


def _present(mine: Fact, kind: str, facts: Sequence[Fact]) -> Fact | None:
    """What stands for a kind beside a value of the user's."""
    held = [
        fact
        for fact in facts
        if fact.kind == kind
        and not fact.until
        and (fact.part == mine.part or FIELD_OF.get(kind) == NAME)
    ]
    held.sort(key=lambda fact: (fact.origin != "user", not fact.preferred, fact.id))
    return held[0] if held else None
