"""What tests of screens stand on: the sample book of one day, and the program over it."""

from __future__ import annotations

import shutil
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from core.clock import FixedClock
from tui.app import VitalfewApp

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MORNING = FixedClock(datetime(2026, 11, 21, 9, 12))  # noqa: DTZ001 — a clock of the test's zone


@pytest.fixture(scope="session")
def made_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample book of the morning; not to be written to."""
    from tui.sample.book import make

    return make(tmp_path_factory.mktemp("sample"), MORNING)


@pytest.fixture
def book(made_book: Path, tmp_path: Path) -> Path:
    """A copy of the sample book."""
    copy = tmp_path / "people.db"
    shutil.copy(made_book, copy)
    return copy


@pytest.fixture
def vitalfew(book: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., VitalfewApp]:
    """Makes the program over the book; its keys are never deaf."""
    monkeypatch.setattr(VitalfewApp, "deaf_seconds", 0.0)

    def make(path: Path = book, **choices: Any) -> VitalfewApp:  # noqa: ANN401 — as the app takes them
        return VitalfewApp(path, clock=choices.pop("clock", MORNING), **choices)

    return make
