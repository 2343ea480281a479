"""What a source said before, what it says now, and what the user made of it.

Only one-of-a-kind kinds can be at odds. A user's fact answers the source's fact that it replaces
(its base); once that one has ended, the source's present word is looked at anew.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from core.rules import kinds, names, partial_dates
from core.rules.choices import FIELD_OF, NAME, WORK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from core.rules.projection import Fact

_NAMES: Final = (kinds.PREFIX, kinds.GIVEN, kinds.MIDDLE, kinds.FAMILY, kinds.SUFFIX)
_TOLD: Final = (
    *(kinds.NAME, *_NAMES, kinds.SORT_AS),
    *(kinds.TITLE, kinds.ROLE, kinds.DEPARTMENT, kinds.ORG),
)
"""The order in which values that belong together are told."""


class Verdict(Enum):
    """What is to be done about a value of the user's."""

    UNCHANGED = "unchanged"  # the source says what it said
    THEIRS = "take theirs"  # the user has said nothing else than the source did
    MINE = "keep mine"  # the source says the same now, or nothing
    QUESTION = "question"


class Word(NamedTuple):
    """A value as written, and its normalised form; both "" for none, or for one cleared."""

    value: str
    norm: str


NONE: Final = Word("", "")


class Look(NamedTuple):
    """One fact of the user's whose base the source has left.

    Attributes:
        base: the fact it replaces, or None if it stood alone.
        theirs: what the source says in its place now, or None.
    """

    mine: Fact
    base: Fact | None
    theirs: Fact | None
    verdict: Verdict


class Part(NamedTuple):
    """One kind of a question: what it was at the source, the user's, the source's now; "" none."""

    kind: str
    base: str
    mine: str
    theirs: str


class Open(NamedTuple):
    """A question: values of one card that belong together.

    Attributes:
        field: ``work`` where several values of one employment changed, ``name`` for any part of
            the name, else the kind.
        looks: the user's facts that it is about; at least one.
        parts: every kind that changed at the source or that is asked about.
        day: since when the source says so.
    """

    field: str
    looks: tuple[Look, ...]
    parts: tuple[Part, ...]
    base: str
    mine: str
    theirs: str
    day: str


def judge(base: Word, theirs: Word, mine: Word) -> Verdict:
    """Decide about one value.

    Case and spacing make no difference, but for one: what the user wrote is given up unasked only
    if it is letter by letter what the source used to say.

    Args:
        base: what the source said when the user last looked; `NONE` for nothing.
        theirs: what it says now.
        mine: the user's; `NONE` for a clearing.
    """
    if _same(base, theirs):
        return Verdict.UNCHANGED
    if not theirs.norm or _same(mine, theirs):
        return Verdict.MINE
    return Verdict.THEIRS if mine == base else Verdict.QUESTION


def _same(one: Word, other: Word) -> bool:
    return _plain(one.norm) == _plain(other.norm)


def _plain(norm: str) -> str:
    return "".join(char for char in norm if char.isalnum()) or norm


def looks(facts: Sequence[Fact]) -> list[Look]:
    """The user's facts whose base the source has left, or beside which it says something since.

    Args:
        facts: all facts of these kinds of one card or of several.
    """
    own = [fact for fact in facts if _is_own(fact)]
    if not own or all(fact.origin == "user" for fact in facts):
        return []
    by_id = {fact.id: fact for fact in facts}
    answered = {fact.replaces_id for fact in own}
    found: list[Look] = []
    for mine in own:
        base = by_id.get(mine.replaces_id or 0)
        if base.until if base else mine.value and not mine.replaces_id:
            said = [fact for fact in facts if _is_like(fact, mine) and fact.id not in answered]
            theirs = _theirs(mine, base, said)
            verdict = judge(_word(base), _word(theirs), _word(mine))
            if verdict is Verdict.QUESTION and theirs and _agree(mine, theirs):
                verdict = Verdict.MINE
            found.append(Look(mine, base, theirs, verdict))
    return found


def waiting(facts: Sequence[Fact]) -> set[int]:
    """The ids of the sources' facts that do not show as long as the user has not decided."""
    return {
        look.theirs.id
        for look in looks(facts)
        if look.theirs is not None and look.verdict is Verdict.QUESTION
    }


def questions(facts: Sequence[Fact]) -> list[Open]:
    """What is to be asked, values that belong together as one.

    Args:
        facts: all facts of `kinds.ONE` of one card.
    """
    groups: dict[tuple[str, int], list[Look]] = {}
    for look in looks(facts):
        group = FIELD_OF.get(look.mine.kind, look.mine.kind)
        groups.setdefault((group, look.mine.part if group == WORK else 0), []).append(look)
    return [
        _opened(group, part, found, facts)
        for (group, part), found in groups.items()
        if any(look.verdict is Verdict.QUESTION for look in found)
    ]


def raised(facts: Sequence[Fact], first: int) -> int:
    """How many questions about a card follow from its source's facts with ids from `first` on."""
    return sum(
        any(look.theirs is not None and look.theirs.id >= first for look in one.looks)
        for one in questions(facts)
    )


def _is_own(fact: Fact) -> bool:
    return fact.origin == "user" and not fact.until and fact.kind in kinds.ONE


def _is_like(fact: Fact, mine: Fact) -> bool:
    """Whether it is a source's, of the same card and kind, now or before."""
    return (fact.card_id, fact.kind) == (mine.card_id, mine.kind) and fact.origin == "source"


def _word(fact: Fact | None) -> Word:
    return Word(fact.value, fact.norm) if fact else NONE


def _agree(mine: Fact, theirs: Fact) -> bool:
    """Whether two birthdays contradict each other in nothing that both say."""
    if mine.kind != kinds.BIRTHDAY:
        return False
    one, other = partial_dates.parse(mine.norm), partial_dates.parse(theirs.norm)
    if one is None or other is None:
        return False
    return partial_dates.includes(one, other) or partial_dates.includes(other, one)


def _theirs(mine: Fact, base: Fact | None, said: Sequence[Fact]) -> Fact | None:
    """What the source says now in place of the base; what only changed its place is not new."""
    now = [fact for fact in said if not fact.until]
    moved: set[str] = set()
    if base is not None:
        if again := [fact for fact in now if _same(_word(fact), _word(base))]:
            return _best(again)
        left = [fact for fact in said if fact.until == base.until]
        moved = {fact.norm for fact in left if fact.part != base.part}
    after = base.id if base else mine.id
    new = (fact for fact in now if fact.part == mine.part and fact.id > after)
    return _best(fact for fact in new if fact.norm not in moved)


def _best(facts: Iterable[Fact]) -> Fact | None:
    return min(facts, key=lambda fact: (fact.part, not fact.preferred, fact.id), default=None)


def _opened(group: str, part: int, found: Sequence[Look], facts: Sequence[Fact]) -> Open:
    asked = [look for look in found if look.verdict is Verdict.QUESTION]
    day = max(look.theirs.since for look in asked if look.theirs)
    here = [fact for fact in facts if group != WORK or fact.part == part]
    whole = list(_parts(group, day, found, here))
    changed = [
        one
        for one in whole
        if one.base != one.theirs or any(look.mine.kind == one.kind for look in asked)
    ]
    field = changed[0].kind if len(changed) == 1 and group == WORK else group
    told = whole if group == NAME else changed
    return Open(
        field,
        tuple(asked),
        tuple(changed),
        _told(group, {one.kind: one.base for one in told}),
        _told(group, {one.kind: one.mine for one in told}),
        _told(group, {one.kind: one.theirs for one in told}),
        day,
    )


def _parts(group: str, day: str, found: Sequence[Look], facts: Sequence[Fact]) -> Iterator[Part]:
    """Each kind of the group that holds, or held, a value."""
    looked = {look.mine.kind: look for look in found}
    members = {fact.kind for fact in facts if FIELD_OF.get(fact.kind, fact.kind) == group}
    for kind in sorted(members, key=lambda kind: _TOLD.index(kind) if kind in _TOLD else 0):
        if look := looked.get(kind):
            words = (_word(look.base), _word(look.mine), _word(look.theirs))
            yield Part(kind, *(word.value for word in words))
            continue
        of_kind = [fact for fact in facts if fact.kind == kind]
        said = [fact for fact in of_kind if fact.origin == "source"]
        now = _best(fact for fact in said if not fact.until)
        left = _best(fact for fact in said if fact.until == day)
        before = left or (None if now and now.since == day else now)
        mine = _best(fact for fact in of_kind if _is_own(fact)) or now
        if before or now or mine:
            yield Part(kind, *(_word(fact).value for fact in (before, mine, now)))


def _told(group: str, values: dict[str, str]) -> str:
    if group == NAME:
        parts = (values.get(kind, "") for kind in _NAMES)
        return values.get(kinds.NAME, "") or names.shown_name(*parts)
    return ", ".join(filter(None, values.values()))
