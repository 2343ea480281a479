"""What merging two people and taking them apart again costs, one by one, on a large book."""

from __future__ import annotations

import random
import time
from contextlib import closing
from typing import TYPE_CHECKING

from core.bus import Bus
from core.commands.merge import Merge
from core.commands.unmerge import Unmerge
from core.queries import merge, people
from core.storage import connect
from tests.bench.measure import milliseconds

if TYPE_CHECKING:
    from pathlib import Path

    from core.clock import Clock
    from core.work import Command

TIMES = 1_000


def taken(book: Path, clock: Clock, times: int = TIMES) -> dict[str, list[float]]:
    """Wall milliseconds, one by one, of reading what differs, of merging and of unmerging."""
    with closing(connect.view(book)) as view:
        ids = [line.id for line in people.everybody(view)]
        random.Random(5).shuffle(ids)
        pairs = [
            (min(one, two), max(one, two))
            for one, two in zip(ids[:times], ids[times : 2 * times], strict=True)
        ]
        read = [milliseconds(lambda pair=pair: merge.view(view, pair), 1)[0] for pair in pairs]  # type: ignore[misc]
    bus = Bus(book, clock=clock)
    merged = [_taken(bus, Merge(pair)) for pair in pairs]
    apart = [_taken(bus, Unmerge(pair[0], pair[1:])) for pair in pairs]
    bus.close()
    return {"what differs between two people": read, "merge": merged, "unmerge": apart}


def _taken(bus: Bus, command: Command) -> float:
    start = time.perf_counter()
    bus.run(command)
    return (time.perf_counter() - start) * 1000
