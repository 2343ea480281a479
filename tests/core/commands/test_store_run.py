"""One import of one source: what is written, what is refused, and what stays the user's."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from core.commands import store_run
from core.commands.set_tier import SetTier
from core.commands.store_run import NewFact, Tally
from core.errors import BookError, CancelledError
from core.storage import bulk
from tests.book import (
    at,
    base,
    derived,
    entry,
    fresh,
    is_empty,
    merge,
    people,
    person_row,
    rows,
    sql,
    store,
    storing,
    user_fact,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.bus import Bus
    from core.commands.store_run import Entry


@pytest.fixture
def bus(tmp_path: Path) -> Bus:
    return fresh(tmp_path / "people.db")


def test_a_run_is_kept_with_its_counts(bus: Bus) -> None:
    tally = Tally(records=3, unchanged=1)
    tally.refuse("phone.vcf card 3", "nothing to know anybody by")
    stored = store(bus, entry("Ada Wong", ("email", "ada@example.com")), tally=tally)
    assert (stored.records, stored.new, stored.changed, stored.unchanged) == (3, 1, 0, 1)
    ((records, added, unchanged, files, exported, refused),) = rows(
        bus.path, "SELECT records, added, unchanged, files, exported, refused FROM run"
    )
    assert (records, added, unchanged, exported) == (3, 1, 1, "2026-11-20")
    assert json.loads(files) == ["phone.vcf"]
    assert json.loads(refused) == [["phone.vcf card 3", "nothing to know anybody by"]]


def test_the_sources_own_words_are_kept(bus: Bus) -> None:
    given = entry("Ada Wong")
    store(bus, given._replace(media=(("f" * 64, b"\x89PNG"),)))
    assert rows(bus.path, "SELECT raw_sha FROM card") == [(given.raw_sha,)]
    assert rows(bus.path, "SELECT sha256, data FROM blob ORDER BY id") == [
        (given.raw_sha, given.raw),
        ("f" * 64, b"\x89PNG"),
    ]


def test_what_a_source_no_longer_says_ends_and_what_it_says_now_begins(bus: Bus) -> None:
    store(bus, entry("Ada Wong", ("org", "Initech"), ("email", "ada@example.com")))
    later = fresh_at(bus, "2026-12-24")
    stored = store(
        later, entry("Ada Wong", ("org", "Globex"), ("email", "ada@example.com"), card=1)
    )
    assert (stored.new, stored.changed, stored.news) == (0, 1, 1)
    assert rows(bus.path, "SELECT kind, value, since, until FROM fact ORDER BY id") == [
        ("name", "Ada Wong", "", ""),
        ("org", "Initech", "", "2026-12-24"),
        ("email", "ada@example.com", "", ""),
        ("org", "Globex", "2026-12-24", ""),
    ]
    row = person_row(bus.path, 1)
    assert (row["org"], row["news"], row["news_day"]) == (
        "Globex",
        "Initech → Globex",
        "2026-12-24",
    )


def fresh_at(bus: Bus, day: str) -> Bus:
    """The same book on another day."""
    from core.bus import Bus as Again

    return Again(bus.path, clock=at(day), sitting="tests")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["Initech"], ["INITECH"]),
        (["Initech"], []),
        ([], ["Globex"]),
        (["Initech"], ["Initech", "Globex"]),
        (["Initech", "Globex"], ["Globex"]),
    ],
)
def test_another_spelling_or_a_second_employer_is_no_news(
    bus: Bus, before: list[str], after: list[str]
) -> None:
    store(bus, entry("Ada Wong", *(("org", firm) for firm in before)))
    stored = store(bus, entry("Ada Wong", *(("org", firm) for firm in after), card=1))
    assert stored.news == 0
    assert person_row(bus.path, 1)["news"] == ""


def test_two_employers_that_changed_places_are_no_news(bus: Bus) -> None:
    one, two = (NewFact("org", name, name.lower()) for name in ("Initech", "Globex"))
    given = entry("Ada Wong")
    store(bus, given._replace(facts=(*given.facts, one, two._replace(part=1))))
    words = entry("Ada Wong", ("org", "Globex"), card=1)
    swapped = words._replace(facts=(given.facts[0], two, one._replace(part=1)))
    assert store(bus, swapped).news == 0
    assert person_row(bus.path, 1)["news"] == ""


@pytest.mark.parametrize(
    "bad",
    [
        entry("lone \ud83d surrogate"),
        entry("Bad", key="\udc00"),
        entry("Bad")._replace(facts=(NewFact("org", "Acme", "acme", part=2**63),)),
    ],
    ids=["a value", "a key", "a number"],
)
def test_an_entry_that_cannot_be_stored_is_refused_alone(bus: Bus, bad: Entry) -> None:
    tally = Tally()
    stored = store(bus, entry("Ada Wong"), bad, entry("Ben Ortiz"), tally=tally)
    assert stored.new == 2
    assert rows(bus.path, "SELECT name FROM person_row ORDER BY id") == [
        ("Ada Wong",),
        ("Ben Ortiz",),
    ]
    assert [refusal.where for refusal in tally.refused] == [bad.where]
    assert len(json.loads(rows(bus.path, "SELECT refused FROM run")[0][0])) == 1


def test_a_file_name_that_is_no_text_is_kept_readable(bus: Bus) -> None:
    store(bus, entry("Ada Wong"), files=("caf\udce9.vcf",))
    assert json.loads(rows(bus.path, "SELECT files FROM run")[0][0]) == ["caf\ufffd.vcf"]


def test_whoever_shares_an_address_with_somebody_in_d_starts_in_d(bus: Bus) -> None:
    store(
        bus,
        entry("Spam Sam", ("email", "Sam@example.com")),
        entry("Ada Wong", ("email", "ada@example.com")),
        entry("Linked Lou", ("url", "https://linkedin.com/in/lou")),
    )
    bus.run(SetTier((1, 3), "D"))
    bus.run(SetTier((2,), "A"))
    stored = store(
        bus,
        entry("S. Sam", ("email", "sam@EXAMPLE.com")),
        entry("A. Wong", ("email", "ada@example.com")),
        entry("Lou L.", ("url", "https://www.linkedin.com/in/Lou/?trk=x")),
        entry("Sam Spam", ("phone", "+41 79 123 45 67")),
        kind="google",
    )
    assert stored.put_away == 2
    tiers = rows(
        bus.path, "SELECT name, tier, tier_origin FROM person_row WHERE id > 3 ORDER BY id"
    )
    assert tiers == [
        ("S. Sam", "D", "auto"),
        ("A. Wong", "", ""),
        ("Lou L.", "D", "auto"),
        ("Sam Spam", "", ""),
    ]


def test_an_entry_once_in_d_whose_person_is_in_a_puts_nobody_away(bus: Bus) -> None:
    store(bus, entry("Ada Wong", ("email", "ada@example.com")), entry("A. Wong"))
    bus.run(SetTier((1,), "D"))
    bus.run(SetTier((2,), "A"))
    bus.run(merge(2, 1))
    assert store(bus, entry("Ada W.", ("email", "ada@example.com")), kind="google").put_away == 0


def test_a_label_files_in_a_tier_but_never_over_the_user(bus: Bus) -> None:
    store(bus, entry("Ada Wong", tier="B"), entry("Ben Ortiz", tier="C"))
    assert [row[:2] for row in _tiers(bus)] == [("B", "auto"), ("C", "auto")]
    bus.run(SetTier((1,), "A"))
    store(bus, entry("Ada Wong", ("org", "x"), card=1, tier="D"), entry("Ben", card=2, tier="D"))
    assert [row[:2] for row in _tiers(bus)] == [("A", "user"), ("D", "auto")]


def _tiers(bus: Bus) -> list[tuple[object, ...]]:
    return rows(bus.path, "SELECT tier, tier_origin FROM person_row ORDER BY id")


def test_the_users_own_values_and_decisions_outlive_the_source(bus: Bus) -> None:
    store(bus, entry("Ada Wong", ("org", "Initech")))
    bus.run(user_fact(1, "name", "Ada", replaces=1))
    bus.run(SetTier((1,), "A"))
    mine = rows(bus.path, "SELECT * FROM fact WHERE origin = 'user'")
    store(bus, entry("A. Wong", ("org", "Globex"), card=1))
    assert rows(bus.path, "SELECT * FROM fact WHERE origin = 'user'") == mine
    row = person_row(bus.path, 1)
    assert (row["name"], row["org"], row["tier"]) == ("Ada", "Globex", "A")


def test_what_is_gone_is_marked_and_comes_back(bus: Bus) -> None:
    people(bus, "Ada Wong", "Ben Ortiz")
    stored = store(bus, tally=Tally(gone=[1]))
    assert stored.gone == 1
    assert [row[0] for row in rows(bus.path, "SELECT gone FROM person_row ORDER BY id")] == [1, 0]
    store(bus, entry("Ada Wong", card=1))
    assert [row[0] for row in rows(bus.path, "SELECT gone FROM person_row ORDER BY id")] == [0, 0]


@pytest.mark.parametrize("after", [1, 2, 3, 4, 5])
def test_giving_up_leaves_the_book_as_it_was(
    bus: Bus, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    monkeypatch.setattr(store_run, "CHUNK", 2)
    people(bus, "Ada Wong")
    before = base(bus.path), derived(bus.path)
    calls = 0

    def progress(_count: int) -> None:
        nonlocal calls
        calls += 1
        if calls == after:
            raise CancelledError("stopped")

    with pytest.raises(CancelledError):
        bus.run(storing(entry(f"Person {n}") for n in range(8)), progress=progress)
    assert (base(bus.path), derived(bus.path)) == before
    assert len(people(bus, "Ben Ortiz")) == 1


def test_what_does_not_read_back_is_not_kept(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(bulk, "is_kept", lambda *_: False)
        with pytest.raises(BookError, match="does not read back"):
            store(bus, entry("Ada Wong"))
    lost = bulk.add_facts
    with monkeypatch.context() as broken:
        broken.setattr(
            bulk, "add_facts", lambda connection, given: lost(connection, list(given)[1:])
        )
        with pytest.raises(BookError, match="does not read back"):
            store(bus, entry("Ada Wong"))
    assert is_empty(bus.path)


def test_an_error_while_reading_leaves_the_book_as_it_was(bus: Bus) -> None:
    people(bus, "Ada Wong")
    before = base(bus.path)

    def breaking() -> Iterator[Entry]:
        yield from (entry(f"Person {number}") for number in range(store_run.CHUNK + 1))
        raise RuntimeError("the file is gone")

    with pytest.raises(RuntimeError):
        bus.run(storing(breaking()))
    assert base(bus.path) == before


def test_a_choice_that_came_with_an_import_is_kept_and_taken_back(bus: Bus) -> None:
    store(bus, entry("Ada Wong"), settings=(("region", "CH"),))
    store(bus, entry("Ben Ortiz"), settings=(("region", "DE"),))
    assert rows(bus.path, "SELECT key, value FROM setting") == [("region", "DE")]
    bus.undo(sure=True)
    assert rows(bus.path, "SELECT key, value FROM setting") == [("region", "CH")]


def test_an_import_without_news_is_no_step_of_the_user(bus: Bus) -> None:
    people(bus, "Ada Wong")
    store(bus)
    assert rows(bus.path, "SELECT origin FROM command ORDER BY id") == [("user",), ("system",)]
    bus.run(sql("INSERT INTO setting(key, value) VALUES ('a', 'b')"))
    bus.undo()
    assert rows(bus.path, "SELECT count(*) FROM card") == [(1,)]
