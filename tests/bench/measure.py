"""Timing whole processes, and saying what came of it as a ratio."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_KEEPER = """
import json, os, subprocess, sys, time
nowhere = subprocess.DEVNULL
start = time.perf_counter()
done = subprocess.Popen(sys.argv[1:], stdin=nowhere, stdout=nowhere, stderr=nowhere)
_, status, used = os.wait4(done.pid, 0)
wall = time.perf_counter() - start
code = os.waitstatus_to_exitcode(status)
print(json.dumps([used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024, code]))
"""
"""A process is charged with the peak memory of the one that started it: a small one must."""


class Spent(NamedTuple):
    """CPU and wall seconds of a child process, its peak memory in MB, its exit code."""

    cpu: float
    wall: float
    memory: float
    code: int


def child(command: Sequence[str], runs: int = 5, **variables: str) -> Spent:
    """The best of several runs of a command whose output is thrown away."""
    return min((_once(command, variables) for _ in range(runs)), key=lambda spent: spent.cpu)


def _once(command: Sequence[str], variables: dict[str, str]) -> Spent:
    environment = {**os.environ, **variables}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    keeper = [sys.executable, "-I", "-S", "-c", _KEEPER, *command]
    told = subprocess.run(keeper, env=environment, capture_output=True, check=True).stdout
    return Spent(*json.loads(told))


def nothing() -> Spent:
    """What ``python -c pass`` takes here: the unit of most budgets."""
    return child([sys.executable, "-c", "pass"], runs=15)


def milliseconds(act: Callable[[], object], runs: int = 5) -> list[float]:
    """Wall milliseconds of each run of a function."""
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        act()
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def say(what: str, got: float, budget: float, unit: str, note: str = "") -> None:
    """Print one line: what, the figure, the budget, and whether it is met."""
    verdict = "met" if got <= budget else "OVER"
    sys.stdout.write(f"{what:<52}{got:>9.1f} {unit:<3} <= {budget:>6.1f}  {verdict}  {note}\n")
    sys.stdout.flush()
