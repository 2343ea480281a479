from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.errors import CancelledError, NotFoundError, VitalfewError
from core.queries import people, sources
from core.settings import Settings
from importers import home_region
from tests.support import read
from tests.tui.conftest import MORNING
from tests.tui.screens.import_desk import google, linkedin, phone, save, three_lists
from tui.backend import Backend
from tui.importing import Import, on_this_machine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return tmp_path / "mine.db"


@pytest.fixture
def backend(mine: Path) -> Iterator[Backend]:
    made = Backend(mine, Settings(), MORNING)
    yield made
    made.close()


async def test_what_lies_on_this_machine_is_found_aside(backend: Backend, home: Path) -> None:
    three_lists(home)
    found = await on_this_machine(backend)
    assert [(one.kind, one.count) for one in found] == [
        ("linkedin", 4),
        ("google", 3),
        ("vcard", 3),
    ]


async def test_a_trial_counts_what_the_import_then_brings(
    backend: Backend, home: Path, mine: Path
) -> None:
    plan = Import(backend, [three_lists(home)])
    await plan.try_all()
    tried = {run.key: run.stored.new for run in plan.runs}
    assert read(mine, people.everybody) == []
    report = await plan.carry_out()
    assert {run.key: run.stored.new for run in report.runs} == tried
    assert len(read(mine, people.everybody)) == sum(tried.values()) == 10


async def test_a_wish_counts_one_list_again_and_leaves_the_others(
    backend: Backend, home: Path
) -> None:
    plan = Import(backend, [three_lists(home)])
    await plan.try_all()
    key = next(run.key for run in plan.runs if run.kind == "vcard")
    plan.say(key, plan.options(key)._replace(new_people=False))
    await plan.try_one(key)
    counts = {run.kind: (run.stored.new, run.stored.left_out) for run in plan.runs}
    assert counts == {"linkedin": (4, 0), "google": (3, 0), "vcard": (0, 3)}
    plan.say(key, plan.options(key)._replace(skip=True))
    assert [run.kind for run in plan.taken] == [run.kind for run in plan.runs if run.key != key]
    await plan.carry_out()
    assert {one.kind for one in await backend.read(sources.all_sources)} == {"linkedin", "google"}


async def test_a_region_that_is_named_holds_for_every_list(
    backend: Backend, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "de_CH.UTF-8")
    plan = Import(backend, [phone(home, "Mum", number="017000")])
    await plan.try_all()
    assert plan.trial.region == "CH"
    plan.name_region("DE")
    await plan.try_all()
    assert plan.trial.region == "DE"
    await plan.carry_out()
    assert read(backend.book, lambda view: sources.setting(view, "region")) == "DE"
    await plan.try_all()
    assert plan.trial.region is None, "the book knows it now"


async def test_where_no_number_needs_a_country_none_is_asked_for(
    backend: Backend, home: Path
) -> None:
    plan = Import(backend, [google(home, "Ada Wong")])
    await plan.try_all()
    assert plan.trial.region is None


@pytest.mark.parametrize(
    ("environ", "region"),
    [
        ({"LANG": "de_DE.UTF-8"}, "DE"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "fr_CH.UTF-8"}, "CH"),
        ({"LANG": "C.UTF-8"}, ""),
        ({"LANG": "eo"}, ""),
    ],
)
def test_the_likely_country_is_that_of_the_locale(environ: dict[str, str], region: str) -> None:
    assert home_region.of_locale(environ) == region


async def test_a_cancelled_trial_says_so(backend: Backend, home: Path) -> None:
    plan = Import(backend, [linkedin(home, *(f"Ann{place} Lee" for place in range(50)))])
    plan._begin = plan.cancel  # type: ignore[method-assign]  # cancelled before it begins
    with pytest.raises(CancelledError):
        await plan.try_all()
    assert plan.runs == []


async def test_a_path_that_is_gone_is_told_in_a_sentence(backend: Backend, tmp_path: Path) -> None:
    plan = Import(backend, [tmp_path / "gone.csv"])
    with pytest.raises(VitalfewError):
        await plan.try_all()


async def test_a_folder_says_what_it_passed_over(backend: Backend, home: Path) -> None:
    folder = three_lists(home)
    google(folder, "Ada Wong", name="contacts (1).csv")
    save(folder / "photo.jpg", "no people")
    plan = Import(backend, [folder])
    await plan.try_all()
    assert len(plan.trial.older) == 1
    assert plan.trial.passed_over == 1
    assert len(plan.runs) == 3


async def test_a_wish_that_makes_no_sense_is_refused(backend: Backend, home: Path) -> None:
    table = save(home / "x.csv", "Name,Mail,Ort\nAda Wong,ada@x.example,Berlin\n")
    plan = Import(backend, [table])
    await plan.try_all()
    (run,) = plan.runs
    plan.say(run.key, plan.options(run.key)._replace(columns={"None": "city"}))
    with pytest.raises(VitalfewError):
        await plan.try_one(run.key)


async def test_while_an_import_runs_commands_are_refused_and_afterwards_not(
    backend: Backend, home: Path
) -> None:
    import asyncio

    plan = Import(backend, [google(home, "Ada Wong")])
    await plan.try_all()
    running = asyncio.create_task(plan.carry_out())
    await asyncio.sleep(0)
    for write in (backend.undo, backend.redo):
        with pytest.raises(VitalfewError, match="an import is running"):
            await write()
    await running
    assert (await backend.undo(sure=True)).label.startswith("imported Google")
    with pytest.raises(NotFoundError):
        await backend.undo()
