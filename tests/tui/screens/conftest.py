"""A phone's book for the tests of screens."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from core.bus import Bus
from importers.choices import Options
from importers.run import import_paths
from tests.tui.conftest import MORNING
from tests.tui.screens import merge_desk
from tests.tui.screens.triage_desk import a_list
from tui.app import VitalfewApp


@pytest.fixture
def phone(tmp_path: Path) -> Path:
    """A book of thirty-two people, all unsorted, in whom no batch is to be seen."""
    book = tmp_path / "phone.db"
    bus = Bus(book, clock=MORNING)
    path = a_list(tmp_path, [f"Person {place:02}" for place in range(32)])
    import_paths(bus, book, [path], Options(region="DE"))
    bus.close()
    return book


@pytest.fixture(scope="session")
def made_alike(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of people who look alike; not to be written to."""
    book = tmp_path_factory.mktemp("alike") / "alike.db"
    merge_desk.sample(book)
    return book


@pytest.fixture
def alike(made_alike: Path, tmp_path: Path) -> Path:
    """A pair that is certain, one that is likely, a group of four, and one that is unsure."""
    return Path(shutil.copy(made_alike, tmp_path / "alike.db"))


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the system was asked to open; it opens nothing."""
    urls: list[str] = []

    def open_url(_app: VitalfewApp, url: str, *, new_tab: bool = True) -> None:
        assert new_tab
        urls.append(url)

    monkeypatch.setattr(VitalfewApp, "open_url", open_url)
    return urls
