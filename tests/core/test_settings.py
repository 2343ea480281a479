"""The user's choices, and what is said of those that cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.errors import UsageError
from core.settings import Settings, book_path, load

if TYPE_CHECKING:
    from pathlib import Path


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load(tmp_path / "settings.toml") == Settings()


def test_what_is_given_goes_over_the_defaults(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('budget = 7\n[cadence]\nC = 180\n[keys]\n"list.down" = "ctrl+n"\n')
    found = load(file)
    assert (found.budget, found.cadence) == (7, {"A": 21, "B": 60, "C": 180, "D": 0})
    assert found.keys == {"list.down": "ctrl+n"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("budget = ", "settings.toml cannot be read"),
        ("budgget = 5", "no setting is called 'budgget'"),
        ('budget = "five"', "budget wants a whole number"),
        ("budget = true", "budget wants a whole number"),
        ("budget = -1", "budget cannot be negative"),
        ("cadence = 3", "cadence wants a table"),
        ('cadence = {A = "often"}', "values of cadence"),
        ("cadence = {A = true}", "values of cadence"),
        ("cadence = {A = -3}", "cadence cannot be negative"),
        ("cadence = {E = 3}", "no E in cadence"),
        ("weights = {loud = 3}", "no loud in weights"),
        ("keys = {a = 1}", "values of keys"),
        ("\xff", "cannot be read"),
    ],
)
def test_each_mistake_has_its_sentence(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(UsageError, match=said) as told:
        load(file)
    assert "\n" not in told.value.sentence


def test_a_file_that_cannot_be_opened_is_told_in_words_without_its_error_number(
    tmp_path: Path,
) -> None:
    with pytest.raises(UsageError) as told:
        load(tmp_path)
    assert told.value.sentence == f"{tmp_path.name} cannot be read: Is a directory"


def test_a_setting_of_an_earlier_version_may_stay_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("talks_a_week = 25\nbudget = 7\n")
    assert load(file).budget == 7


def test_the_book_is_where_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    assert book_path() == home / ".local/share/vitalfew/people.db"
    monkeypatch.setenv("VITALFEW_DB", "~/other.db")
    assert book_path() == home / "other.db"
    assert book_path(tmp_path / "named.db") == tmp_path / "named.db"
