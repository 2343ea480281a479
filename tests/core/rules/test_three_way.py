"""Base, theirs, mine: when there is a question, and when there is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules import kinds, three_way
from core.rules.normalise import norm_of
from core.rules.projection import Fact, standing_values
from core.rules.three_way import NONE, Verdict, Word, judge

TITLES = ("CTO", "cto", "C T O", "VP", "Vice President", "Müller", "Muller", "—", "家族")
words = st.sampled_from(TITLES).map(lambda title: Word(title, norm_of("title", title)[1]))
maybe = words | st.just(NONE)


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "verdict"),
    [
        ("CTO", "CTO", "Chief", Verdict.UNCHANGED),
        ("CTO", "cto ", "Chief", Verdict.UNCHANGED),
        ("CTO", "VP", "Chief", Verdict.QUESTION),
        ("CTO", "VP", "", Verdict.QUESTION),
        ("CTO", "chief", "Chief", Verdict.MINE),
        ("CTO", "", "Chief", Verdict.MINE),
        ("CTO", "VP", "CTO", Verdict.THEIRS),
        ("CTO", "VP", "cto", Verdict.QUESTION),
        ("", "VP", "Chief", Verdict.QUESTION),
    ],
)
def test_each_case_has_its_verdict(base: str, theirs: str, mine: str, verdict: Verdict) -> None:
    given = (Word(text, norm_of("title", text)[1]) for text in (base, theirs, mine))
    assert judge(*given) is verdict


@given(maybe, maybe, maybe)
def test_only_three_different_words_are_a_question(base: Word, theirs: Word, mine: Word) -> None:
    verdict = judge(base, theirs, mine)
    asks = verdict is Verdict.QUESTION
    assert asks <= (len({base.value, theirs.value, mine.value}) == 3)
    assert asks <= (len({theirs.norm, base.norm}) == len({theirs.norm, mine.norm}) == 2)
    assert asks <= (theirs != NONE)
    if verdict is Verdict.THEIRS:
        assert mine == base != theirs  # nothing of the user's is given up unasked


@given(words, words)
def test_spelling_on_the_sources_side_is_never_asked_about(base: Word, mine: Word) -> None:
    spelled = Word(f" {base.value.upper()} ", norm_of("title", f" {base.value.upper()} ")[1])
    assert judge(base, spelled, mine) is Verdict.UNCHANGED


steps = st.tuples(
    st.sampled_from(["says", "says", "edits"]),
    st.sampled_from([kinds.TITLE, kinds.TITLE, kinds.ORG, kinds.NAME, kinds.FAMILY]),
    st.sampled_from((*TITLES, "")),
    st.sampled_from([0, 0, 1]),
)


def histories(steps: list[tuple[str, str, str, int]]) -> list[Fact]:
    """One card after its source said this and that, month by month, and the user edited it."""
    facts: dict[int, Fact] = {}
    for month, (who, kind, value, part) in enumerate(steps, 1):
        day = f"2026-{month:02}-10"
        slot = [fact for fact in facts.values() if (fact.kind, fact.part) == (kind, part)]
        now = next((one for one in slot if one.origin == "source" and not one.until), None)
        norm = norm_of(kind, value)[1]
        if who == "says":
            if now is not None and now.value == value:
                continue
            if now is not None:
                facts[now.id] = now._replace(until=day)
            replaces = None
        else:
            replaces = now.id if now else None
            mine = next((one for one in slot if one.origin == "user"), None)
            if mine is not None:
                facts[mine.id] = mine._replace(value=value, norm=norm)
                continue
        if value or replaces:
            origin = "source" if who == "says" else "user"
            since = day if who == "says" else ""
            facts[month] = Fact(
                *(month, 1, kind, value, norm, "", part, "", 0, origin, replaces, since, "")
            )
    return list(facts.values())


cards = st.lists(steps, min_size=3, max_size=12).map(histories)


@given(cards)
def test_what_is_asked_about_is_the_users_and_shows_meanwhile(facts: list[Fact]) -> None:
    held = {fact.id for fact in standing_values(facts)}
    asked = three_way.questions(facts)
    mine = [look.mine for one in asked for look in one.looks]
    assert len({fact.id for fact in mine}) == len(mine)
    for one in asked:
        assert one.day
        assert {look.mine.kind for look in one.looks} <= {part.kind for part in one.parts}
        for look in one.looks:
            assert look.mine.origin == "user"
            assert (look.mine.id in held) == bool(look.mine.value)
            assert look.theirs is not None
            assert look.theirs.id not in held
            assert not look.theirs.until
            assert look.theirs.norm != look.mine.norm


@given(cards)
def test_what_waits_is_of_a_source_and_never_what_is_there_unasked(facts: list[Fact]) -> None:
    waiting = three_way.waiting(facts)
    by_id = {fact.id: fact for fact in facts}
    assert all(by_id[one].origin == "source" for one in waiting)
    assert bool(waiting) == bool(three_way.questions(facts))


@given(cards)
def test_nothing_is_asked_once_mine_stands_for_what_they_say(facts: list[Fact]) -> None:
    asked = three_way.questions(facts)
    stands = {look.mine.id: look.theirs.id for one in asked for look in one.looks if look.theirs}
    settled = [fact._replace(replaces_id=stands.get(fact.id, fact.replaces_id)) for fact in facts]
    assert not {look.mine.id for one in three_way.questions(settled) for look in one.looks} & set(
        stands
    )
