"""What the screens load before there is something to see, and what only after."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from core.bus import Bus
from core.clock import SystemClock
from core.commands.plan_day import PlanDay

ROOT = Path(__file__).parents[2]
HEAVY = {"sqlmodel", "sqlalchemy", "alembic", "pydantic", "phonenumbers", "rapidfuzz", "vobject"}

PROGRAM = """
import json, sys
from pathlib import Path
from tui import app as module
module.WARM_UP_SECONDS = 3600
from tests.support import frame

async def look(pilot):
    await pilot.pause()
    print(json.dumps([sorted(sys.modules), frame(pilot.app)]), file=sys.__stdout__)
    pilot.app.exit()

app = module.VitalfewApp(Path(sys.argv[1]), start=sys.argv[2])
app.run(headless=True, size=(80, 24), auto_pilot=look)
sys.exit(app.return_code)
"""


def started(book: Path, screen: str) -> tuple[set[str], str]:
    """The modules that are loaded once a screen is painted, and the screen."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(book), screen],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    modules, painted = json.loads(done.stdout.splitlines()[-1])
    return set(modules), painted


@pytest.mark.parametrize("screen", ["focus", "undo"])
def test_the_first_paint_loads_no_object_mapper(book: Path, screen: str) -> None:
    bus = Bus(book)
    bus.run(PlanDay(SystemClock().today()))  # else that is written, right after the first paint
    bus.close()
    modules, painted = started(book, screen)
    assert f"tui.screens.{screen}" in modules
    assert "Focus" in painted
    assert modules & HEAVY == set()


def test_focus_loads_no_other_screen(book: Path) -> None:
    modules, painted = started(book, "focus")
    assert "done" in painted
    others = {f"tui.screens.{name}" for name in ("triage", "people", "person", "undo")}
    assert modules & others == set()
