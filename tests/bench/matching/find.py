"""Find the duplicates of one file and leave what was found beside it: a process to be timed."""

from __future__ import annotations

import gc
import sys

import numpy as np

from core.matching import find
from tests.bench.matching.lists import read


def main(path: str, out: str) -> None:
    gc.disable()  # a process that ends with its answer leaves nothing to collect
    records = read(path).records
    _, pairs = find.full(records)
    np.savez(
        out,
        low=pairs.low,
        high=pairs.high,
        probability=pairs.probability,
        certain=pairs.lane == find.Lane.CERTAIN,
        group=find.clusters(records.size, pairs),
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
