"""The whole book as lines: what is in them, what is not, and of which moment they are."""

from __future__ import annotations

import base64
import hashlib
import json
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from core.commands.set_tier import SetTier
from core.exports import book_file
from core.queries import whole_book
from core.storage import connect
from core.storage.driver import wal_is_safe
from core.storage.journal import TABLES
from tests.book import Sql, entry, fresh, merge, people, row, store
from tests.core.exports.books import written

if TYPE_CHECKING:
    from pathlib import Path

    from core.bus import Bus


@pytest.fixture
def bus(tmp_path: Path) -> Bus:
    return fresh(tmp_path / "people.db")


def documents(bus: Bus, table: str) -> list[dict[str, Any]]:
    return [one for one in map(json.loads, written(bus.path)) if one.get("table") == table]


def test_every_table_that_undo_answers_for_goes_out() -> None:
    assert tuple(TABLES) == whole_book.TABLES


def test_ids_count_from_one_and_references_follow(bus: Bus) -> None:
    people(bus, "Gone", "Gone too")
    bus.undo(sure=True)
    people(bus, "Ada", "Ben")
    bus.run(merge(4, 3))
    assert [(card["id"], card["person_id"]) for card in documents(bus, "card")] == [(1, 2), (2, 2)]
    assert [(fact["id"], fact["card_id"]) for fact in documents(bus, "fact")] == [(1, 1), (2, 2)]


def test_of_decisions_only_the_order_goes_out(bus: Bus) -> None:
    people(bus, "Ada", "Ben", "Cy")
    for person, tier in ((2, "A"), (1, "B"), (2, "C")):
        bus.run(SetTier((person,), tier))
    orders = {one["card_id"]: one["set_by"] for one in documents(bus, "standing")}
    assert orders == {1: 1, 2: 2}


def test_who_took_part_stands_behind_each_talk(bus: Bus) -> None:
    (ada,) = people(bus, "Ada")
    for _ in range(2):
        bus.run(Sql((row("interaction", kind="mail", day="2026-01-01", direction="in"),)))
    for talk in (2, 1, 2):
        bus.run(Sql((row("participant", interaction_id=talk, card_id=ada),)))
    found = [
        (one["table"], one.get("interaction_id", one["id"]))
        for one in map(json.loads, written(bus.path)[1:-1])
        if one["table"] in {"interaction", "participant"}
    ]
    names = ("interaction", "participant")
    assert found == [(names[0], 1), (names[1], 1), (names[0], 2), (names[1], 2), (names[1], 2)]


def test_records_go_out_once_and_only_those_that_are_referred_to(bus: Bus) -> None:
    store(bus, entry("Ada"))
    store(bus, entry("Ada Wong", card=1))
    (blob,) = documents(bus, "blob")
    data = base64.b64decode(blob["data"])
    assert hashlib.sha256(data).hexdigest() == blob["sha256"]
    assert b"Ada Wong" in data


def test_all_is_ascii_and_the_last_line_fits_the_rest(bus: Bus) -> None:
    people(bus, "José \U0001f600 \x1b[2J \u202e")
    bus.run(Sql((row("promise", card_id=1, owed_by="me", what="nul \0"),)))
    lines = written(bus.path)
    assert b"".join(lines).isascii()
    assert all(line.endswith(b"\n") and line.count(b"\n") == 1 for line in lines)
    digest = hashlib.sha256(b"".join(lines[1:-1])).hexdigest()
    assert json.loads(lines[-1]) == {"end": {"lines": len(lines) - 2, "sha256": digest}}
    assert documents(bus, "promise")[0]["what"] == "nul \0"


def test_what_undo_keeps_stays_in_the_book(bus: Bus) -> None:
    people(bus, "Secret Person")
    bus.undo(sure=True)
    assert b"Secret" not in b"".join(written(bus.path))


@pytest.mark.skipif(not wal_is_safe(), reason="readers keep writers waiting without WAL")
def test_the_lines_are_of_one_moment(bus: Bus) -> None:
    people(bus, "Ada")
    before = written(bus.path)
    with closing(connect.view(bus.path)) as view, whole_book.snapshot(view):
        lines = book_file.lines(view, "2026-11-21T09:30:00Z")
        first = next(lines)
        people(bus, "Ben")
        assert [first, *lines] == before
    assert len(written(bus.path)) > len(before)
