from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.errors import NotFoundError
from core.storage import connect
from tui.cli import who

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.storage.driver import Connection
    from tests.tui.cli.conftest import Run


@pytest.fixture
def view(book: Path) -> Iterator[Connection]:
    connection = connect.view(book)
    yield connection
    connection.close()


def test_an_id_is_somebody(view: Connection) -> None:
    ben = who.one(view, "ortiz")
    assert who.one(view, str(ben.id)) == ben


def test_a_number_that_is_no_id_is_looked_for_as_any_word(view: Connection) -> None:
    assert who.one(view, "5550101").name == "Ben Ortiz"
    with pytest.raises(NotFoundError):
        who.one(view, "9" * 400)


def test_a_whole_name_goes_before_those_who_only_hold_it(view: Connection) -> None:
    assert who.one(view, "WONG").name == "Wong"
    assert who.one(view, "jose pena").name == "José Peña"


def test_several_are_told_with_their_ids(view: Connection) -> None:
    with pytest.raises(who.AmbiguousError, match="2 people answer to “ada”") as caught:
        who.one(view, "ada")
    assert caught.value.exit_code == 3
    ids = [int(line.split()[0]) for line in caught.value.lines]
    assert {who.one(view, str(ident)).name for ident in ids} == {"Ada Wong", "Ada Green"}


def test_several_end_a_command_with_three_and_change_nothing(run: Run) -> None:
    done = run("tier", "ada", "A")
    assert (done.code, done.out) == (3, "")
    assert "Ada Wong · CTO" in done.err
    assert run("people", "tier:a").code == 1


def test_nobody_is_told_with_who_is_near(view: Connection) -> None:
    with pytest.raises(NotFoundError, match=r"do you mean Ben Ortiz \(\d+\)\?"):
        who.one(view, "ortizz")
    with pytest.raises(NotFoundError, match=r"nobody answers to “zzzzqqqq”$"):
        who.one(view, "zzzzqqqq")


def test_words_are_each_somebody_or_together_one(view: Connection) -> None:
    assert [line.name for line in who.some(view, ["ortiz", "peña"])] == ["Ben Ortiz", "José Peña"]
    assert [line.name for line in who.some(view, ["ada", "wayne"])] == ["Ada Wong"]
    with pytest.raises(who.AmbiguousError):
        who.some(view, ["ada", "zzzzqqqq"])


@pytest.mark.parametrize("word", ["", " ", '"', "*", "\udcff", "x" * 10_000])
def test_any_word_is_somebody_or_nobody(view: Connection, word: str) -> None:
    with pytest.raises(NotFoundError):
        who.one(view, word)
