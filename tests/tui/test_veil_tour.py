from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support import LARGE, SIZES, SMALL, frame, settle
from tests.tui import secrets_book
from tests.tui.secrets_book import SECRET
from tui.app import VitalfewApp

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    Make = Callable[..., VitalfewApp]

TOUR = {
    "focus": "1 j j space x t escape z escape l escape exclamation_mark escape m",
    "contact": "1 c j right l escape p escape space escape z escape o escape c y q",
    "person": "1 enter j j G tab j enter y q f 1 y escape tab y o e t escape u",
    "promises": "4 G enter p escape g space c escape p S o m e enter g space k u",
    "triage": "2 space escape escape right right right left enter a tab j space right enter",
    "columns": "tab enter escape q F escape escape slash o l escape",
    "merge": "3 j right v e z n A escape n j minus tab j tab slash o l d enter escape p q x u",
    "people": "4 j G g space space t escape slash o l d enter n n enter q escape",
    "found": "4 slash o r g colon a escape slash o x l d enter escape escape",
    "apart": "4 escape g space j space M enter 4 g enter U j j space enter M q escape",
    "added": "4 plus N e w space S o m e enter",
    "log": "5 j G g enter j p q escape 5 slash o f enter enter y n p q tab l escape 5",
    "ghosts": "5 b j space escape enter down z escape tab n q g plus u x u q",
    "balance": "6 j enter q t escape space u tab right enter q m escape G enter",
    "undo": "8 j j j enter escape slash o l escape G enter n u y ctrl+r",
    "imports": "7 j asterisk f w escape enter",
    "plan": "g enter j j j enter escape G q g j enter G enter escape q x x v j q q",
    "settings": "comma j j j j j j j enter escape x u G enter escape",
    "help": "1 question_mark escape colon escape 4 1 2 escape",
}
"""Screen to the keys of a walk through it, each of them as Textual calls it."""


@pytest.fixture
def secret(tmp_path: Path, home: Path) -> Path:
    return secrets_book.make(tmp_path / "secret.db", home)


class Painted:
    """Everything that an app paints, frame by frame, and which secrets were in it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.place = ""
        self.seen: dict[str, set[str]] = {}
        self.last: dict[str, str] = {}
        display = VitalfewApp._display

        def record(app: VitalfewApp, *given: object) -> None:
            display(app, *given)  # type: ignore[arg-type]
            text = frame(app)
            if found := set(SECRET.findall(text)):
                self.seen.setdefault(self.place, set()).update(found)
                self.last[self.place] = text

        monkeypatch.setattr(VitalfewApp, "_display", record)

    async def walk(self, pilot: Pilot[None]) -> None:
        for place, keys in TOUR.items():
            for key in keys.split():
                self.place = f"{place} {key}"
                await pilot.press(key)
                await settle(pilot)


@pytest.mark.faults
@pytest.mark.parametrize(
    "size",
    [pytest.param(SMALL, marks=pytest.mark.slow), LARGE],  # where there is room, more is painted
    ids=["80x24", "160x45"],
)
async def test_under_the_veil_no_screen_paints_anything_of_anybody(
    secret: Path, vitalfew: Make, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    painted = Painted(monkeypatch)
    app = vitalfew(secret, veiled=True)
    async with app.run_test(size=size, notifications=True) as pilot:
        await painted.walk(pilot)
        assert "veiled" in frame(app).splitlines()[0]
    assert painted.seen == {}, next(iter(painted.last.values()))


@pytest.mark.slow  # it shows that the walk above can fail, which does not change from day to day
@pytest.mark.faults
async def test_without_the_veil_the_same_walk_paints_secrets_on_every_screen(
    secret: Path, vitalfew: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted = Painted(monkeypatch)
    app = vitalfew(secret)
    async with app.run_test(size=LARGE, notifications=True) as pilot:
        await painted.walk(pilot)
    assert {place.partition(" ")[0] for place in painted.seen} >= set(TOUR) - {"help"}


@SIZES
async def test_the_veil_covers_what_was_shown_before_and_lifted_shows_it_again(
    secret: Path, vitalfew: Make, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    painted = Painted(monkeypatch)
    app = vitalfew(secret)
    async with app.run_test(size=size, notifications=True) as pilot:
        for key in "2 escape right 4 enter 8 7 j enter 1 t escape".split():
            await pilot.press(key)
            await settle(pilot)
        assert SECRET.search(frame(app))
        await pilot.press("V")
        await settle(pilot)
        painted.seen.clear()
        for key in "1 2 4 q 8 7 q 1".split():
            painted.place = key
            await pilot.press(key)
            await settle(pilot)
        assert painted.seen == {}, next(iter(painted.last.values()))
        for key in "124871":
            await pilot.press("V")
            await pilot.press(key)
            await settle(pilot)
            assert bool(SECRET.search(frame(app))) == (not app.backend.veiled)
