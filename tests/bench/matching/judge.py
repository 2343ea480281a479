"""What was found against what is true, pair by pair, as one line of JSON.

python -m tests.bench.matching.judge FILE FOUND    what `find` left, or a group a line
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.bench.matching.lists import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Array = npt.NDArray[Any]

HALF = 0.5
STATED = (0.5, 0.9, 0.99)


def pairs_in(groups: Array) -> int:
    """How many pairs share a group."""
    sizes = np.unique(groups, return_counts=True)[1].astype(np.int64)
    return int((sizes * (sizes - 1) // 2).sum())


def f1(right: int, found: int, there: int) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * right / (found + there) if found + there else 1.0


def of_groups(groups: Array, truth: Sequence[str]) -> float:
    """Pairwise F1 of a grouping, its pairs taken transitively."""
    who = np.unique(np.array(truth), return_inverse=True)[1]
    both = np.unique(np.stack([groups.astype(np.int64), who]), axis=1, return_inverse=True)[1]
    return f1(pairs_in(both), pairs_in(groups), pairs_in(who))


def judged(found: dict[str, Array], truth: Sequence[str]) -> dict[str, Any]:
    """The figures of one run.

    Args:
        found: low, high, probability, certain of the pairs; group of the entries.
        truth: who each entry is.
    """
    who = np.unique(np.array(truth), return_inverse=True)[1]
    true = who[found["low"]] == who[found["high"]]
    there = pairs_in(who)
    probability, certain = found["probability"], found["certain"]
    taken = probability >= HALF
    right = int((taken & true).sum())
    calibration = {}
    for least in STATED:
        here = probability >= least
        if here.any():
            calibration[str(least)] = {
                "stated": round(float(probability[here].mean()), 4),
                "actual": round(float(true[here].mean()), 4),
                "pairs": int(here.sum()),
            }
    # A list in which nothing is certain has nothing wrong in that lane.
    lane = int(certain.sum())
    return {
        "pairs": int(taken.sum()),
        "precision": round(right / max(int(taken.sum()), 1), 4),
        "recall": round(right / max(there, 1), 4),
        "pair_f1": round(f1(right, int(taken.sum()), there), 4),
        "cluster_f1": round(of_groups(found["group"], truth), 4),
        "certain_precision": round(int((certain & true).sum()) / lane, 4) if lane else 1.0,
        "certain_recall": round(int((certain & true).sum()) / max(there, 1), 4),
        "calibration": calibration,
    }


def main(path: str, found: str) -> None:
    truth = read(path).truth
    if found.endswith(".npz"):
        with np.load(found) as kept:
            figures = {"rows": len(truth), **judged(dict(kept), truth)}
    else:
        groups = np.loadtxt(found, dtype=np.int64)
        figures = {"cluster_f1": round(of_groups(groups, truth), 4)}
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
