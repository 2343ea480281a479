"""A percentage is worth what it says, learned from the list alone."""

from __future__ import annotations

import numpy as np

from core.matching.calibrate import Calibration, calibrated, probability
from core.matching.levels import LEVELS, OTHER, SAME
from core.matching.weights import Evidence, Weights

PRIOR = 2.0**-10


def test_odds_become_chances() -> None:
    assert probability(np.array([0.0, 1000.0, -1000.0])).tolist() == [0.5, 1.0, 2.0**-60]
    assert Calibration(1.0, 0.5).odds(np.array([2.0])).tolist() == [2.0]


def test_a_boastful_score_is_brought_down_by_what_a_held_out_address_tells() -> None:
    """Scores claim twice the evidence there is; shared addresses show it."""
    rng = np.random.default_rng(5)
    size = 40_000
    truth = rng.normal(0, 4, size)  # log2 odds as they are
    same = rng.random(size) < probability(truth)
    agree = same & (rng.random(size) < 0.4)
    levels = np.where(agree, SAME, OTHER).astype(np.int8)[None, :]
    table = np.full((1, LEVELS), 0.5)
    weights = Weights(["email"], [True], table, table, np.zeros((1, LEVELS)), (PRIOR, PRIOR))
    surprise = np.zeros(size, np.float32)
    claimed = (2 * truth + 10).astype(np.float32)
    evidence = Evidence(levels, claimed, np.zeros(size, np.float32))
    found = calibrated(evidence, weights, {"email": surprise})
    odds = found.odds(2 * truth)
    taken = probability(odds) >= 0.5
    raw = probability(2 * truth)
    boast = raw[raw >= 0.5].mean() - same[raw >= 0.5].mean()
    assert boast > 0.06
    assert abs(probability(odds)[taken].mean() - same[taken].mean()) < boast / 1.5


def test_a_list_with_nothing_to_hold_out_is_left_as_it_is() -> None:
    levels = np.full((1, 10), SAME, np.int8)
    table = np.full((1, LEVELS), 0.5)
    weights = Weights(["given"], [True], table, table, np.zeros((1, LEVELS)), (PRIOR, PRIOR))
    nothing = np.zeros(10, np.float32)
    assert calibrated(Evidence(levels, nothing, nothing), weights, {}) == Calibration()
