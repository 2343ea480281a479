"""Which card a record is, inside one source and one to one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.queries.sources import CardLine
from importers.align import Known
from tests.book import entry


def known(*cards: tuple[str, tuple[tuple[str, str], ...]]) -> Known:
    """A source whose cards have these keys and marks; ids count from 1."""
    found = Known()
    for number, (key, marks) in enumerate(cards, 1):
        found.cards[number] = CardLine(number, key, f"sha{number}", 1, gone=False)
        found._by_sha[f"sha{number}"].append(number)
        if key:
            found._by_mark["key", key].append(number)
        for mark in marks:
            found._by_mark[mark].append(number)
    return found


MAIL, NAME = ("email", "ada@example.com"), ("name", "ada wong")


def _cards(found: Known, *entries: object) -> list[int]:
    return [one.card_id for one in found.align(entries)]  # type: ignore[arg-type]


def test_the_sources_own_id_decides_before_anything_else() -> None:
    found = known(("u1", ()), ("u2", (MAIL, NAME)))
    assert _cards(found, entry("Ada Wong", MAIL, key="u1")) == [1]


def test_an_address_decides_where_there_is_no_id() -> None:
    assert _cards(known(("", (MAIL,)), ("", (NAME,))), entry("Ada Wong", MAIL)) == [1]


def test_an_address_of_two_cards_or_two_records_decides_nothing() -> None:
    assert _cards(known(("", (MAIL,)), ("", (MAIL,))), entry("X", MAIL)) == [0]
    assert _cards(known(("", (MAIL,))), entry("X", MAIL), entry("Y", MAIL)) == [0, 0]


def test_a_full_name_decides_last_and_only_if_it_is_the_only_one() -> None:
    assert _cards(known(("", (NAME,))), entry("Ada Wong")) == [1]
    assert _cards(known(("", (NAME,)), ("", (NAME,))), entry("Ada Wong")) == [0]
    assert _cards(known(("", (NAME,))), entry("Ada Wong"), entry("ADA WONG")) == [0, 0]


def test_of_two_cards_with_one_id_the_one_that_is_left_is_found() -> None:
    found = known(("u1", ()), ("u1", ()))
    assert found.same_bytes("sha1") is found.cards[1]
    assert _cards(found, entry("Ada Wong", key="u1")) == [2]


def test_the_same_bytes_claim_each_card_once() -> None:
    found = known(("", ()), ("", ()))
    found._by_sha["sha1"].append(2)
    claimed = [found.same_bytes("sha1") for _ in range(3)]
    assert claimed == [found.cards[1], found.cards[2], None]
    assert found.missing() == []


def test_what_was_not_claimed_is_missing_unless_it_was_gone_before() -> None:
    found = known(("", (MAIL,)), ("", (NAME,)), ("", ()))
    found.cards[3] = found.cards[3]._replace(gone=True)
    assert _cards(found, entry("", MAIL)) == [1]
    assert (found.missing(), found.share_found()) == ([2], 0.5)
    assert Known().share_found() == 1.0


MARKS = st.sampled_from(
    [("email", f"{letter}@example.com") for letter in "abc"] + [("name", "ada")]
)
CARDS = st.lists(
    st.tuples(
        st.sampled_from(["", "u1", "u2"]), st.lists(MARKS, max_size=3, unique=True).map(tuple)
    ),
    max_size=6,
)


@given(CARDS, CARDS)
def test_a_card_is_given_to_one_record_only(
    cards: list[tuple[str, tuple[tuple[str, str], ...]]],
    records: list[tuple[str, tuple[tuple[str, str], ...]]],
) -> None:
    entries = [entry("", *marks, key=key) for key, marks in records]
    found = list(known(*cards).align(entries))
    given_out = [one.card_id for one in found if one.card_id]
    assert len(given_out) == len(set(given_out))
    assert set(given_out) <= set(range(1, len(cards) + 1))
    assert [one._replace(card_id=0) for one in found] == entries


@given(CARDS)
def test_a_card_and_a_record_share_what_they_were_matched_by(
    cards: list[tuple[str, tuple[tuple[str, str], ...]]],
) -> None:
    entries = [entry("", *marks, key=key) for key, marks in cards[::-1]]
    for one in known(*cards).align(entries):
        if one.card_id:
            key, marks = cards[one.card_id - 1]
            mine = {(fact.kind, fact.norm) for fact in one.facts}
            assert (key and key == one.key) or mine & set(marks)
