"""What a key costs on the screens over a large book, driven through Pilot."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from tui.app import VitalfewApp

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from core.clock import Clock

SIZE = (80, 24)


def keys(book: Path, clock: Clock, screen: str, pressed: Sequence[str]) -> list[float]:
    """Milliseconds from each key to its paint."""
    return asyncio.run(_keys(book, clock, screen, pressed))


async def _keys(book: Path, clock: Clock, screen: str, pressed: Sequence[str]) -> list[float]:
    VitalfewApp.deaf_seconds = 0.0  # this process measures, and does nothing else
    app = VitalfewApp(book, clock=clock, start=screen)
    painted: list[float] = []
    display = app._display

    def painting(*what: object) -> None:
        display(*what)  # type: ignore[arg-type]
        painted.append(time.perf_counter())

    app._display = painting  # type: ignore[method-assign, assignment]
    taken: list[float] = []
    async with app.run_test(size=SIZE) as pilot:
        await _settled(app)
        await pilot.press("escape")
        for key in pressed:
            await pilot.pause(0.02)
            painted.clear()
            start = time.perf_counter()
            app.simulate_key(key)
            for _ in range(200):
                await asyncio.sleep(0.001)
                if painted:
                    break
            if painted:  # a key at the end of a list changes nothing
                taken.append((painted[0] - start) * 1000)
            await app.workers.wait_for_complete()
    return taken


async def _settled(app: VitalfewApp) -> None:
    for _ in range(200):
        await asyncio.sleep(0.05)
        if not [worker for worker in app.workers if worker.is_running]:
            return
