from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.commands.log_talk import LogTalks, Talk
from core.commands.set_tier import SetTier
from core.commands.store_talks import NewTalk, Part, StoreTalks, TalkTally
from core.queries.talks import Hit, search
from tests.book import CLOCK, fresh, people
from tests.support import HOSTILE, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.bus import Bus

TODAY = date(2026, 11, 22)
ANNA, BEN = (
    Part("name", "anna meier", "a", "Anna Meier", "from"),
    Part("phone", "+41791", "", "", "to"),
)


def talk(at: str, text: str, who: Part = ANNA, **more: Any) -> NewTalk:  # noqa: ANN401 — fields of `NewTalk`
    fields: dict[str, Any] = {
        "kind": "mail",
        "direction": "in" if who.role == "from" else "out",
        "channel": "mail",
        "subject": "",
        **more,
    }
    return NewTalk(
        key=f"{at}{text}", at=f"{at}T10:00:00Z", day=at, zone="", thread="t", text=text, seconds=0,
        parts=(who,), **fields,
    )  # fmt: skip


SAID = (
    talk("2024-03-01", "Die Folien zeigt Frau Müller\nin der Großen Straße"),
    talk("2025-05-02", "slides for next week, not a draft"),
    talk("2023-01-31", "older slides, still a draft", BEN),
    talk("2026-11-20", "next the week", BEN, kind="message", channel="whatsapp", subject="Slides"),
    talk("2022-07-01", "東京で会いましょう", subject="plan"),
    talk("2021-07-01", "a call", BEN, kind="call", channel="phone"),
    talk("1950-07-01", "before the epoch"),
)


@pytest.fixture(scope="module")
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bus]:
    bus = fresh(tmp_path_factory.mktemp("talks") / "people.db")
    (anna,) = people(bus, "Anna Meier")
    bus.run(SetTier((anna,), "A"))
    bus.run(StoreTalks("mail", "", "Mail", (), "", SAID, TalkTally()))
    yield bus
    bus.close()


def hits(bus: Bus, words: str, **more: int) -> list[Hit]:
    return read(bus.path, lambda view: search(view, words, TODAY, **more))


def years(bus: Bus, words: str, **more: int) -> list[int]:
    return [int(hit.day[:4]) for hit in hits(bus, words, **more)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", [2026, 2025, 2024, 2023, 2022, 2021, 1950]),
        ("slides", [2025, 2023]),
        ("slid", [2025, 2023]),
        ("SLIDES draft", [2025, 2023]),
        ("slides -older", [2025]),
        ("-slides on:2023", []),
        ('slides -"still a draft"', [2025]),
        ('slides -"draft still"', [2025, 2023]),
        ("-channel:mail", [2026, 2021]),
        ("-with:anna -kind:call", [2026, 2023]),
        ("-tier:a before:2023", [2021]),
        ("-from:me slides", [2025]),
        ("-from:anna", [2026, 2023, 2021]),
        ("-on:2025-05 -before:2024 -after:2026-06", [2024]),
        ("-with:", [2026, 2025, 2024, 2023, 2022, 2021, 1950]),
        ("müller", [2024]),
        ("Mueller", [2024]),
        ("muller", [2024]),
        ("strasse", [2024]),
        ("grosse", [2024]),
        ('"next week"', [2025]),
        ('"frau mueller"', [2024]),
        ("week next", [2026, 2025]),
        ("with:anna", [2025, 2024, 2022, 1950]),
        ("with:anna slides", [2025]),
        ("with:nobody", []),
        ("with:+4179", [2026, 2023, 2021]),
        ("tier:a slides", [2025]),
        ("tier:b", []),
        ("from:me", [2026, 2023, 2021]),
        ("from:me slides", [2023]),
        ("from:anna folien", [2024]),
        ("channel:whatsapp", [2026]),
        ("channel:mail kind:call slides", [2025, 2023]),
        ("kind:call", [2021]),
        ("on:2024", [2024]),
        ("on:2025-05 slides", [2025]),
        ("before:2024 slides", [2023]),
        ("after:2024-12", [2026, 2025]),
        ("before:1960", [1950]),
        ("epoch", [1950]),
        ("plan", [2022]),
        ("東京", [2022]),
        ("会い", [2022]),
    ],
)
def test_a_search_finds_the_newest_first(bus: Bus, words: str, found: list[int]) -> None:
    assert years(bus, words) == found


def test_a_search_goes_on_where_it_ended(bus: Bus) -> None:
    assert years(bus, "", limit=2, skip=1) == [2025, 2024]
    assert years(bus, "slides", limit=1, skip=1) == [2023]


def test_the_line_in_which_the_words_stand_is_shown(bus: Bus) -> None:
    (hit,) = hits(bus, "strasse")
    assert hit.line == "in der Großen Straße"
    assert [hit.line[a:b] for a, b in hit.found] == ["Straße"]
    (person, name) = hit.people[0]
    assert (person > 0, name) == (True, "Anna Meier")


def test_where_only_the_subject_holds_the_words_it_is_the_line(bus: Bus) -> None:
    assert hits(bus, "plan")[0].line == "plan"


def test_who_is_not_in_the_book_is_told_by_the_address(bus: Bus) -> None:
    assert hits(bus, "kind:call")[0].people == ((0, "+41791"),)


def test_a_long_line_is_cut_around_the_words(tmp_path: Path) -> None:
    bus = fresh(tmp_path / "people.db")
    long = talk("2024-03-01", "x " * 400 + "slides " + "y " * 400)
    bus.run(StoreTalks("mail", "", "Mail", (), "", (long,), TalkTally()))
    (hit,) = hits(bus, "slides")
    assert len(hit.line) < 300
    assert [hit.line[a:b] for a, b in hit.found] == ["slides"]
    bus.close()


def test_what_was_logged_by_hand_is_found_too(tmp_path: Path) -> None:
    bus = fresh(tmp_path / "people.db")
    (anna,) = people(bus, "Anna")
    bus.run(LogTalks((Talk((anna,), CLOCK.today(), text="Kaffee in Zürich"),)))
    (hit,) = hits(bus, "zurich kaffee")
    assert hit.people == ((anna, "Anna"),)
    bus.close()


ODD = (
    '"',
    "*",
    "NEAR(",
    "col:x",
    "((((",
    "AND",
    "OR NOT",
    "a^2",
    "x" * 100_000,
    '"a',
    "-",
    "\ud800",
)


@pytest.mark.parametrize("words", [*ODD, *HOSTILE])
def test_no_search_is_an_error(bus: Bus, words: str) -> None:
    hits(bus, words)


@given(st.text(max_size=40))
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_is_a_search(bus: Bus, words: str) -> None:
    assert len(hits(bus, words)) <= len(SAID)
