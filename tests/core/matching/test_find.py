"""What must hold whatever the list: order, new entries and a kept model change nothing."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.matching import find
from core.matching.model import Model
from core.matching.records import Records
from tests.core.matching.small import learned, records, rows
from tests.support import HOSTILE

FIELDS = ("name", "emails", "phones", "handles", "org", "city")
Decisions = dict[tuple[int, int], tuple[float, int]]


def decisions(found: find.Pairs, names: list[int] | None = None) -> Decisions:
    """Odds and lane of each pair, by what the rows are called."""
    kept = {}
    for low, high, odds, lane in zip(found.low, found.high, found.odds, found.lane, strict=True):
        one, two = (names[low], names[high]) if names else (int(low), int(high))
        kept[min(one, two), max(one, two)] = (round(float(odds), 6), int(lane))
    return kept


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_entries_changes_nothing(seed: int) -> None:
    order = list(range(len(rows())))
    random.Random(seed).shuffle(order)
    _, found = find.full(records(rows()).take(order))
    assert decisions(found, order) == decisions(learned()[1])


def test_groups_do_not_hang_on_the_order_either() -> None:
    held = rows()
    order = list(range(len(held)))
    random.Random(3).shuffle(order)

    def groups(pairs: find.Pairs, names: list[int]) -> set[frozenset[int]]:
        found: dict[int, set[int]] = {}
        for row, group in enumerate(find.clusters(len(held), pairs).tolist()):
            found.setdefault(group, set()).add(names[row])
        return {frozenset(members) for members in found.values()}

    _, turned = find.full(records(held).take(order))
    assert groups(turned, order) == groups(learned()[1], list(range(len(held))))


def test_a_kept_model_decides_as_it_did() -> None:
    model, found = learned()
    kept = Model.from_json(model.to_json())
    assert kept is not None
    assert decisions(find.pairs(records(rows()), kept)) == decisions(found)


def test_a_model_of_another_version_is_not_used() -> None:
    text = learned()[0].to_json().replace('"version":2', '"version":0', 1)
    assert Model.from_json(text) is None


@st.composite
def additions(draw: st.DrawFn) -> list[dict[str, str]]:
    """New entries: copies of old ones with a field changed, and hostile ones."""
    held = rows()
    found = []
    for _ in range(draw(st.integers(1, 6))):
        entry = dict(
            draw(st.sampled_from(held)), source=draw(st.sampled_from(["facebook", "gmail"]))
        )
        for field in draw(st.lists(st.sampled_from(FIELDS), max_size=2)):
            entry[field] = draw(st.sampled_from([*HOSTILE, *(row[field] for row in held[:40])]))
        found.append(entry)
    return found


@given(additions(), st.randoms(use_true_random=False))
@settings(max_examples=12, deadline=None)
def test_new_entries_are_scored_as_in_a_full_run_under_the_model(
    added: list[dict[str, str]], chance: random.Random
) -> None:
    held, model = rows()[:200], learned()[0]
    more = records([*held, *added])
    new = {*range(len(held), more.size), *chance.sample(range(len(held)), 5)}
    full = decisions(find.pairs(more, model))
    some = decisions(find.pairs(more, model, touching=new))
    assert some == {pair: what for pair, what in full.items() if new & set(pair)}
    before = decisions(find.pairs(records(held), model))
    assert {pair: what for pair, what in full.items() if max(pair) < len(held)} == before


@given(additions(), st.randoms(use_true_random=False))
@settings(max_examples=12, deadline=None)
def test_under_one_model_neither_order_nor_sides_change_a_decision(
    added: list[dict[str, str]], chance: random.Random
) -> None:
    entries, model = [*rows()[:150], *added], learned()[0]
    book = records(entries)
    plain = decisions(find.pairs(book, model))
    order = list(range(len(entries)))
    chance.shuffle(order)
    turned = find.pairs(book.take(order), model)
    assert decisions(turned, order) == plain
    backwards = order[::-1]
    assert decisions(find.pairs(book.take(backwards), model), backwards) == plain
    assert plain


def test_new_copies_are_found_by_the_pairs_that_touch_them() -> None:
    held, model = rows(), learned()[0]
    whole = [row for row in held if row["emails"] and " " in row["name"]][:20]
    more = records([*held, *(dict(row, source="facebook") for row in whole)])
    found = find.pairs(more, model, touching=range(len(held), more.size))
    certain = {int(high) for high in found.high[found.lane == find.Lane.CERTAIN]}
    assert len(certain) >= 15


@pytest.mark.parametrize(
    "stranger",
    [
        {"source": "phone", "name": "Carl Moreau", "phones": "07911123456"},
        *({"source": text, "name": text, "emails": text, "phones": text} for text in HOSTILE),
    ],
)
def test_an_unrelated_entry_changes_no_decision(stranger: dict[str, str]) -> None:
    held, model = rows()[:250], learned()[0]
    before = decisions(find.pairs(records(held), model))
    after = decisions(find.pairs(records([stranger, *held]), model))
    kept = {(low - 1, high - 1): what for (low, high), what in after.items() if low > 0}
    assert kept == before


def test_a_run_says_how_far_it_is_and_can_be_ended() -> None:
    told: list[float] = []
    find.full(records(rows()), told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0

    class Ended(Exception):  # noqa: N818 - what a user asks for is no error
        pass

    def end(_: float) -> None:
        raise Ended

    with pytest.raises(Ended):
        find.fit(records(rows()), end)


def test_most_of_the_small_book_is_found() -> None:
    truth = np.unique([row["person_id"] for row in rows()], return_inverse=True)[1]
    found = learned()[1]
    right = truth[found.low] == truth[found.high]
    taken = found.probability >= 0.5
    assert right[taken].mean() > 0.9
    assert (taken & right).sum() > 0.8 * right.sum()


@pytest.mark.parametrize("size", [0, 1, 2, 3])
def test_a_tiny_list_is_no_trouble(size: int) -> None:
    book = records(rows()[:size])
    model, found = find.full(book)
    assert len(find.clusters(size, found)) == size
    assert len(find.pairs(book, model)) == len(found)


def test_a_list_without_any_text_has_no_duplicates() -> None:
    _, found = find.full(Records(50, name=[""] * 50, emails=[[]] * 50))
    assert len(found) == 0


def test_hostile_text_in_every_column_does_no_harm() -> None:
    texts = [*HOSTILE, *HOSTILE]
    lists = [[text] for text in texts]
    others = {"birthday": texts, "street": texts, "postcode": texts, "national_number": texts}
    book = Records(
        len(texts), texts, texts, texts, texts, lists, lists, lists, texts, texts, texts, others
    )
    model, found = find.full(book)
    assert np.isfinite(found.odds).all()
    assert Model.from_json(model.to_json()) is not None


def test_a_column_must_be_as_long_as_the_list() -> None:
    with pytest.raises(ValueError, match="name has 1 values for 2 entries"):
        Records(2, name=["Ada"])
    with pytest.raises(ValueError, match="shoe_size is no role"):
        Records(1, others={"shoe_size": ["39"]})


@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8)), max_size=12))
@settings(max_examples=25, deadline=None)
def test_any_names_at_all_can_be_compared(names: list[tuple[str, str]]) -> None:
    given_names, family_names = [one for one, _ in names], [two for _, two in names]
    book = Records(len(names), given=given_names, family=family_names)
    _, found = find.full(book)
    assert ((found.probability >= 0) & (found.probability <= 1)).all()
    assert (found.low < found.high).all()
