"""Every choice of the settings screen, and the lines that are typed for it."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UsageError
from core.rules.evidence import WEIGHTS
from core.settings import CADENCE, MOST, Settings
from core.settings_file import usual
from core.settings_list import BUDGET, IN_THE_BOOK, ITEMS, KEYS, MAILER, Item, read, shown
from tests.support import HOSTILE

NUMBERS = [item for item in ITEMS if item.unit]


def item(key: str) -> Item:
    return next(one for one in ITEMS if one.key == key)


def test_every_setting_is_on_the_list_but_d_which_is_never_due() -> None:
    of_tables = {"cadence": set(CADENCE) - {"D"}, "weights": set(WEIGHTS)}
    for table, keys in of_tables.items():
        assert {one.key for one in ITEMS if one.table == table} == keys
    tops = {one.key for one in ITEMS if not one.table} - {one.key for one in IN_THE_BOOK}
    assert tops == {one.name for one in fields(Settings)} - set(of_tables)


def test_what_each_does_fits_on_a_line() -> None:
    assert all(0 < len(one.about) <= 38 and len(one.title) <= 15 for one in ITEMS)


@pytest.mark.parametrize("one", NUMBERS, ids=lambda one: one.title)
def test_the_usual_value_can_be_typed_as_it_is_shown(one: Item) -> None:
    value = usual(one.table, one.key)
    assert one.most <= MOST
    assert read(one, str(value)) == value
    if one.unit == "days":
        assert read(one, shown(one, value)) == value


@pytest.mark.parametrize(
    ("key", "line", "value"),
    [
        ("A", "3w", 21),
        ("A", " every 2 months ", 60),
        ("C", "1y", 365),
        ("C", "none", 0),
        ("C", "Never", 0),
        ("stale_days", "-", 0),
        ("budget", "7", 7),
        ("phone", "0", 0),
        ("theme", " nord ", "nord"),
    ],
)
def test_lines_are_read_as_people_type_them(key: str, line: str, value: int | str) -> None:
    assert read(item(key), line) == value


@pytest.mark.parametrize(
    ("key", "line", "said"),
    [
        ("A", "often", "cadence of A is a number of days from 0 to 3,650, or none"),
        ("A", "20y", "from 0 to 3,650"),
        ("A", "-3", "from 0 to 3,650"),
        ("A", "3.5", "from 0 to 3,650"),
        ("A", "9" * 400, "from 0 to 3,650"),
        ("budget", "0", "people a day is a number of people from 1 to 100"),
        ("budget", "3w", "from 1 to 100"),
        ("budget", "none", "from 1 to 100"),
        ("rest_days", "never", "from 0 to 365"),
        ("phone", "", "phone is a number of points from 0 to 100"),
        ("mailer", "mutt", "{address} must stand"),
        ("mailer", "{address}", "{address} must stand"),
        ("mailer", 'mutt "{address}', "a quotation mark is open"),
    ],
)
def test_each_bad_line_has_its_sentence(key: str, line: str, said: str) -> None:
    with pytest.raises(UsageError) as told:
        read(item(key), line)
    assert said in told.value.sentence


def test_a_mailer_is_kept_as_it_is_typed_and_may_be_taken_off() -> None:
    assert read(MAILER, " mutt -s 'good morning' {address} ") == "mutt -s 'good morning' {address}"
    assert read(MAILER, "") == ""


@given(st.sampled_from([one for one in ITEMS if one != KEYS]), st.text() | st.sampled_from(HOSTILE))
def test_any_line_is_read_or_refused(one: Item, line: str) -> None:
    try:
        value = read(one, line)
    except UsageError:
        return
    assert isinstance(value, int if one.unit else str)
    assert not one.unit or one.least <= int(value) <= one.most
    assert isinstance(shown(one, value), str)


def test_one_is_told_apart_from_many() -> None:
    assert [shown(BUDGET, count) for count in (1, 5)] == ["1 person", "5 people"]
    assert [shown(item("phone"), count) for count in (0, 1)] == ["0 points", "1 point"]
    assert [shown(item("C"), days) for days in (0, 1, 1_000)] == ["none", "1 day", "1,000 days"]
