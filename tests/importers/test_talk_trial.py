"""What a trial of talks tells: who the user may be, and which talks are in the book already."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from core.errors import DecisionNeededError
from importers.choices import Options
from importers.run import import_paths
from tests.book import fresh, rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from importers.run import RunReport

CREW = ("Nora", "Ada", "Ben")


def chat(folder: Path, *said: str, who: Sequence[str] = CREW) -> Path:
    """A group of a chat, a line each in turn."""
    path = folder / "WhatsApp Chat with Crew.txt"
    lines = [
        f"1/{place + 1}/24, 9:{place:02} PM - {who[place % len(who)]}: {text}"
        for place, text in enumerate(said)
    ]
    path.write_text("\n".join([*lines, ""]), "utf-8")
    return path


def trial(book: Path, path: Path, **options: object) -> RunReport:
    (run,) = import_paths(None, book, [path], Options(**options)).runs  # type: ignore[arg-type]
    return run


def test_a_trial_names_who_may_be_the_user_and_asks_nobody(tmp_path: Path) -> None:
    path = chat(tmp_path, "a", "b", "c", "d")
    book = tmp_path / "people.db"
    run = trial(book, path)
    assert {(one.name, one.talks) for one in run.asks} == {("Nora", 2), ("Ada", 1), ("Ben", 1)}
    assert trial(book, path, me=("Nora",)).asks == ()


def test_whoever_is_chosen_of_those_is_the_user_and_is_remembered(tmp_path: Path) -> None:
    path = chat(tmp_path, "a", "b", "c", "d")
    with closing(fresh(tmp_path / "people.db")) as bus:
        with pytest.raises(DecisionNeededError):
            import_paths(bus, bus.path, [path], Options())
        nora = next(one for one in trial(bus.path, path).asks if one.name == "Nora")
        import_paths(bus, bus.path, [path], Options(me=(nora.party,)))
        said = rows(bus.path, "SELECT direction, text FROM interaction ORDER BY text")
        assert said == [("out", "a"), ("in", "b"), ("in", "c"), ("out", "d")]
        assert trial(bus.path, path).asks == ()


def test_a_trial_tells_talks_that_are_new_from_those_in_the_book(tmp_path: Path) -> None:
    with closing(fresh(tmp_path / "people.db")) as bus:
        path = chat(tmp_path, "a", "b", "c")
        import_paths(bus, bus.path, [path], Options(me=("Nora",)))
        stored = trial(bus.path, chat(tmp_path, "a", "b", "c", "d", "e")).stored
        assert (stored.talks, stored.unchanged) == (2, 3)


def test_a_trial_tells_how_much_was_kept_before(tmp_path: Path) -> None:
    with closing(fresh(tmp_path / "people.db")) as bus:
        path = chat(tmp_path, "a", "b", "c")
        assert trial(bus.path, path).kept_before == ""
        import_paths(bus, bus.path, [path], Options(me=("Nora",), keep="line"))
        run = trial(bus.path, path, keep="counts")
        assert (run.kept_before, run.taken.keep) == ("line", "counts")
