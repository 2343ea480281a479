"""Who goes out: by whom they are known, and what of them holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.queries import outgoing
from tests.book import entry, fresh, merge, rows, store, user_fact
from tests.support import read

if TYPE_CHECKING:
    from pathlib import Path


def test_people_come_in_the_order_asked_with_what_holds_of_all_their_entries(
    tmp_path: Path,
) -> None:
    bus = fresh(tmp_path / "people.db")
    store(bus, entry("Ada", ("org", "Acme")), entry("Ben"), account="one")
    store(bus, entry("Ada W.", ("org", "Globex")), account="two")
    bus.run(merge(1, 3))
    bus.run(user_fact(1, "name", "Ada Wong", replaces=1))
    ben, ada = read(bus.path, lambda view: list(outgoing.people(view, [2, 99, 1])))
    assert (ben.name, ada.name) == ("Ben", "Ada Wong")
    told = [(fact.kind, fact.value) for fact in ada.facts]
    assert told == [
        ("name", "Ada Wong"),
        ("name", "Ada W."),
        ("org", "Globex"),
        ("org", "Acme"),
    ]
    assert [(ada.uid,)] == rows(bus.path, "SELECT uid FROM card WHERE id = 1")
    assert ada.revised


def test_a_photo_that_is_not_there_is_no_photo(tmp_path: Path) -> None:
    bus = fresh(tmp_path / "people.db")
    store(bus, entry("Ada"))
    ((sha,),) = rows(bus.path, "SELECT raw_sha FROM card")
    assert b"Ada" in read(bus.path, lambda view: outgoing.blob(view, sha))
    assert read(bus.path, lambda view: outgoing.blob(view, "0" * 64)) == b""
