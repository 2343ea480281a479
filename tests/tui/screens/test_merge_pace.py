from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from core.bus import Bus
from core.commands.merge import Merge
from tests.support import SMALL, frame, settle
from tests.tui.screens.merge_desk import (
    answers,
    current,
    draft,
    homes,
    merging,
    names,
    press,
    screen,
)
from tui.app import VitalfewApp
from tui.widgets.ask import AskLine

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.tui.screens.merge_desk import Make

SMITHS, GROUP, EQUALS = (1, 2), (3, 4, 5, 6), (7, 8)


async def test_a_verdict_is_deaf_while_nobody_can_have_read_the_pair(
    alike: Path, vitalfew: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = vitalfew(alike, start="merge")
    async with merging(app) as pilot:
        monkeypatch.setattr(VitalfewApp, "deaf_seconds", 1_000.0)
        await press(pilot, "n", "enter", "x", "z", "f")
        assert current(app).people == SMITHS
        await press(pilot, "right")
        assert draft(app).chosen(draft(app).fields[0]) == [1]
        monkeypatch.setattr(VitalfewApp, "deaf_seconds", 0.0)
        await press(pilot, "enter")
        assert current(app).people == GROUP
    assert answers(alike) <= {(1, 2, "same")}


async def test_keys_typed_in_one_breath_each_do_their_work(vitalfew: Make, alike: Path) -> None:
    app = vitalfew(alike, start="merge")
    async with merging(app) as pilot:
        for key in ("enter", "enter", "enter", "x"):
            app.simulate_key(key)
        await settle(pilot)
        assert screen(app).sitting.current is None
        assert "Nothing to merge" in frame(app)
    assert len(set(homes(alike).values())) == 5
    assert len(names(alike)) == 5


async def test_while_an_import_runs_it_is_refused_and_the_pair_is_back(
    vitalfew: Make, alike: Path
) -> None:
    app, done = vitalfew(alike, start="merge"), Event()

    def importing(_bus: Bus) -> None:
        done.wait(30)

    async with merging(app, notifications=True) as pilot:
        run = app.run_worker(app.backend.bring_in(importing), group="ask")
        await pilot.pause()
        await pilot.press("enter")
        for _ in range(20):
            await pilot.pause(0.01)
        assert current(app).people == EQUALS
        assert "an import is running" in frame(app)
        done.set()
        await run.wait()
        await press(pilot, "enter")
        assert current(app).people == SMITHS
    assert homes(alike)[8] == 7


async def test_what_somebody_else_merged_is_out_of_the_queue(vitalfew: Make, alike: Path) -> None:
    app = vitalfew(alike, start="merge")
    async with merging(app) as pilot:
        bus = Bus(alike)
        bus.run(Merge(EQUALS))
        bus.close()
        app.look()
        await settle(pilot)
        assert current(app).people == SMITHS


async def test_another_size_shows_the_same_pair(vitalfew: Make, alike: Path) -> None:
    app = vitalfew(alike, start="merge")
    async with merging(app, SMALL) as pilot:
        await press(pilot, "n", "j", "right")
        for size in ((160, 45), (80, 24), (60, 12), (30, 8), (110, 30)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            assert current(app).people == SMITHS
            assert draft(app).chosen(draft(app).fields[0]) == [1]
            assert "(•) Bob" in frame(app)


async def test_the_veil_hides_a_pair_and_shows_it_again_as_it_was(
    vitalfew: Make, alike: Path
) -> None:
    app = vitalfew(alike, start="merge")
    async with merging(app) as pilot:
        await press(pilot, "n")
        before = frame(app)
        await press(pilot, "V")
        assert "Smith" not in frame(app)
        assert "Globex" not in frame(app)
        await press(pilot, "e")
        assert not isinstance(app.screen, AskLine)
        await press(pilot, "V")
        assert frame(app) == before
