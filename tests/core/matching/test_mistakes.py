"""Each test is a mistake that once cost much."""

from __future__ import annotations

import numpy as np

from core.matching import weights
from core.matching.find import Lane, Pairs, clusters
from core.matching.levels import OTHER, SAME
from core.matching.weights import Evidence
from tests.core.matching.small import learned, verdict


def test_a_bare_given_name_before_the_at_is_no_evidence() -> None:
    one = {"source": "gmail", "name": "Elvia Prado", "emails": "elvia@one.example"}
    two = {"source": "linkedin", "name": "Elvia Strand", "emails": "elvia@two.example"}
    assert verdict(one, two).lane == Lane.NO


def test_a_user_name_made_of_the_name_is_not_counted_beside_it() -> None:
    plain = {"source": "gmail", "name": "Anna Keller", "city": "Graz"}
    other = {"source": "linkedin", "name": "Anna Keller", "city": "Porto"}
    alone = verdict(plain, other).probability
    both = verdict(
        {**plain, "emails": "annakeller@one.example"},
        {**other, "emails": "annakeller@two.example"},
    ).probability
    assert both <= alone + 1e-9


def test_an_initial_says_no_more_than_its_letter() -> None:
    one = {"source": "gmail", "name": "Karl Keller", "city": "Graz"}
    full = verdict(one, {**one, "source": "linkedin"}).probability
    initial = verdict(one, {**one, "source": "linkedin", "name": "K. Keller"}).probability
    assert initial < full + 0.02, "there are but two given names in K here"


def test_agreement_alone_is_never_taken_for_granted() -> None:
    kept = learned()[0].weights
    for row, name in enumerate(kept.fields):
        assert kept.same[row][SAME] < 0.999, name
        assert kept.same[row][OTHER] > 0, name


def test_an_address_that_only_the_pair_has_speaks_for_it() -> None:
    one = {"source": "gmail", "name": "Walter Okafor"}
    without = verdict(one, {**one, "source": "phone"}).probability
    mail = {"emails": "wok@rare.example"}
    shared = verdict({**one, **mail}, {**one, "source": "phone", **mail}).probability
    assert shared >= without


def test_relatives_share_a_family_name_by_kinship_and_a_given_name_by_chance() -> None:
    kept = learned()[0].weights
    owned = dict(zip(kept.fields, kept.owned, strict=True))
    assert owned["given"]
    assert owned["handle"]
    assert owned["username"]
    assert not owned["family"]
    assert not owned["phone"]


def test_overwhelming_evidence_is_still_a_number() -> None:
    levels = np.full((1, 50), SAME, np.int8)
    bits = np.full(50, 250.0, np.float32)
    evidence = Evidence(levels, bits, bits)
    found = weights.learned(
        evidence, ["email"], [False], np.zeros((1, 9)), 100, list[float]().append
    )
    assert np.isfinite(found.same).all()
    assert np.isfinite(weights.scores(evidence, found)).all()


def grouped(size: int, *pairs: tuple[int, int, float]) -> list[int]:
    """The groups that scored pairs make."""
    low, high, odds = (np.array(column) for column in zip(*pairs, strict=True))
    nothing = np.zeros(len(odds))
    ties = np.arange(len(odds)).astype(np.uint64)
    rows = low.astype(np.int32), high.astype(np.int32)
    found = clusters(size, Pairs(*rows, odds, nothing, nothing.astype(np.int8), ties))
    return [int(group) for group in found]


def test_many_weak_doubts_do_not_part_what_belongs_together() -> None:
    sure, doubts = [(0, 1, 9.0), (2, 3, 9.0), (0, 2, 9.0)], [(0, 3, -6.0), (1, 2, -1.0)]
    assert len(set(grouped(4, *sure, *doubts, (1, 3, -1.0)))) == 1


def test_a_chain_does_not_join_what_speaks_against_each_other() -> None:
    assert grouped(3, (0, 1, 5.0), (1, 2, 3.0), (0, 2, -8.0)) == [0, 0, 2]


def test_a_strong_no_is_a_veto() -> None:
    assert grouped(3, (0, 1, 31.0), (1, 2, 30.0), (0, 2, -13.0))[2] == 2


def test_large_groups_need_more_than_one_link() -> None:
    sides = [range(12), range(12, 24)]
    pairs = [(a, b, 8.0) for side in sides for a in side for b in side if a < b]
    assert len(set(grouped(24, *pairs, (0, 12, 2.0)))) == 2


def test_two_surnames_of_two_with_one_in_common_are_two_people() -> None:
    one = {"source": "gmail", "given": "Hilda", "family": "Moreau Sandoval"}
    two = {"source": "linkedin", "given": "Hilda", "family": "Moreau Castillo"}
    less = verdict(one, two).probability
    assert less < verdict(one, {**two, "family": "Moreau"}).probability


def test_names_the_other_way_round_are_the_same_names() -> None:
    one = {"source": "gmail", "name": "Quentin Zimmermann", "city": "Turku"}
    two = {"source": "phone", "given": "Zimmermann", "family": "Quentin", "city": "Turku"}
    assert verdict(one, two).lane >= Lane.UNSURE
