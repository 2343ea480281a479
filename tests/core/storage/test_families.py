"""What the tier of one says of their family, and a city of who lives there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.commands.answer import AnswerPeople
from core.commands.merge import Merge
from core.commands.set_home import SetHome
from core.commands.set_tier import SetTier
from core.storage import derive
from tests.book import Sql, fresh, people, person_row, row, sql

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.bus import Bus


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[Bus]:
    bus = fresh(tmp_path / "people.db")
    people(bus, "Ada Wong", "Ben Wong", "Cleo Wong", "Dan")
    yield bus
    bus.close()


def tiers(bus: Bus) -> list[object]:
    return [person_row(bus.path, person)["family_tier"] for person in (1, 2, 3, 4)]


def score(bus: Bus, person: int) -> int:
    return int(person_row(bus.path, person)["score"])


def test_the_highest_tier_of_a_family_stands_on_the_rows_of_the_others(bus: Bus) -> None:
    bus.run(AnswerPeople((1, 2, 3), "family"))
    plain = score(bus, 2)
    assert tiers(bus) == ["", "", "", ""]
    bus.run(SetTier((1,), "B"))
    assert tiers(bus) == ["", "B", "B", ""]
    bus.run(SetTier((3,), "A"))
    assert tiers(bus) == ["A", "A", "B", ""]
    assert score(bus, 2) == plain + 15
    bus.undo()
    assert tiers(bus) == ["", "B", "B", ""]
    assert score(bus, 2) == plain + 7
    bus.undo()
    assert tiers(bus) == ["", "", "", ""]
    bus.redo()
    assert tiers(bus) == ["", "B", "B", ""]


def test_an_answer_that_is_taken_back_leaves_no_family(bus: Bus) -> None:
    bus.run(SetTier((1,), "A"))
    bus.run(AnswerPeople((1, 2), "family"))
    assert tiers(bus) == ["", "A", "", ""]
    bus.run(AnswerPeople((1, 2), "different"))
    assert tiers(bus) == ["", "", "", ""]
    bus.undo()
    assert tiers(bus) == ["", "A", "", ""]
    bus.run(sql("DELETE FROM answer"))
    assert tiers(bus) == ["", "", "", ""]


def test_family_of_one_entry_is_family_of_the_person_it_was_merged_into(bus: Bus) -> None:
    bus.run(SetTier((1,), "A"))
    bus.run(AnswerPeople((1, 2), "family"))
    bus.run(Merge((2, 4)))
    assert tiers_of(bus, 2) == "A"
    bus.run(Merge((1, 3)))
    bus.run(SetTier((1,), "B"))
    assert tiers_of(bus, 2) == "B"
    bus.undo()
    bus.undo()
    bus.undo()
    assert tiers(bus) == ["", "A", "", ""]


def tiers_of(bus: Bus, person: int) -> object:
    return person_row(bus.path, person)["family_tier"]


def lives(card: int, city: str) -> tuple[str, tuple[object, ...]]:
    detail = f'{{"city": "{city}"}}'
    return row("fact", card_id=card, kind="address", value=city, origin="user", detail=detail)


def test_whoever_lives_in_the_users_own_city_gains_by_it(bus: Bus) -> None:
    bus.run(Sql((lives(1, "Zürich"), lives(2, "ZUERICH"), lives(3, "Bern"), lives(4, "Zug"))))
    plain = [score(bus, person) for person in (1, 2, 3, 4)]
    bus.run(SetHome(" zürich "))
    near = [score(bus, person) for person in (1, 2, 3, 4)]
    assert [more - less for more, less in zip(near, plain, strict=True)] == [6, 6, 0, 0]
    bus.run(SetHome("Bern"))
    assert [score(bus, person) for person in (1, 3)] == [plain[0], plain[2] + 6]
    bus.undo()
    assert [score(bus, person) for person in (1, 2, 3, 4)] == near
    bus.undo()
    assert [score(bus, person) for person in (1, 2, 3, 4)] == plain


def test_a_setting_that_is_no_city_makes_no_row_anew(
    bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    bus.run(Sql((lives(1, "Bern"),)))
    bus.run(SetHome("Bern"))
    made: list[int] = []
    refresh = derive.refresh
    monkeypatch.setattr(derive, "refresh", lambda *given: made.append(refresh(*given)))
    bus.run(Sql((row("setting", key="region", value="CH"),)))
    bus.run(SetHome("Basel"))
    assert made == [0, 1]
