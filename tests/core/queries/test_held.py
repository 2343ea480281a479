from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from core.queries import held
from tests.book import entry, fresh, merge, store, user_fact
from tests.support import read

if TYPE_CHECKING:
    from pathlib import Path

    from core.queries.held import HeldFact


def told(path: Path, person: int = 1) -> dict[str, HeldFact]:
    return {fact.value: fact for fact in read(path, partial(held.of_person, person=person))}


def test_a_value_holds_until_the_user_replaces_or_clears_it(tmp_path: Path) -> None:
    path = tmp_path / "book.db"
    bus = fresh(path)
    store(bus, entry("Ada Wong", ("phone", "079 123 45 67"), ("email", "ada@x.example")))
    ids = {value: fact.id for value, fact in told(path).items()}
    assert set(ids) == {"Ada Wong", "079 123 45 67", "ada@x.example"}
    bus.run(user_fact(1, "phone", "079 765 43 21", replaces=ids["079 123 45 67"]))
    bus.run(user_fact(1, "email", "", replaces=ids["ada@x.example"]))
    bus.close()
    now = told(path)
    assert set(now) == {"Ada Wong", "079 765 43 21"}
    mine = now["079 765 43 21"]
    assert (mine.origin, mine.before) == ("user", "079 123 45 67")
    assert (now["Ada Wong"].source, now["Ada Wong"].before) == ("vcard", "")


def test_what_only_another_entry_says_is_held_and_not_shown(tmp_path: Path) -> None:
    path = tmp_path / "book.db"
    bus = fresh(path)
    store(bus, entry("Bob Smith"))
    store(bus, entry("Robert Smith"), kind="google", account="me@x.example")
    bus.run(merge(1, 2))
    bus.close()
    now = told(path)
    assert now["Robert Smith"].shown
    assert not now["Bob Smith"].shown
    assert (now["Robert Smith"].source, now["Robert Smith"].account) == ("google", "me@x.example")
