from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.partial_dates import PartialDate, age_at, in_year, next_occurrence, parse


@pytest.mark.parametrize(
    ("written", "norm"),
    [
        *(("1980-05-03", "1980-05-03"), ("19800503", "1980-05-03"), ("1980/5/3", "1980-05-03")),
        *(("--05-03", "--05-03"), ("--0503", "--05-03"), (" --05-03", "--05-03")),
        *(("1604-05-03", "--05-03"), ("0000-05-03", "--05-03"), ("16040503", "--05-03")),
        *(("1985", "1985"), ("1985-04", "1985-04"), ("1980-00-00", "1980")),
        *(("12 Mar 2021", "2021-03-12"), ("7-Feb-22", "2022-02-07"), ("7-Feb-62", "1962-02-07")),
        *(("15 September 2026", "2026-09-15"), ("Mar 12th, 2021", "2021-03-12")),
        *(("Sat, 12 Mar 2021 10:11", "2021-03-12"), ("March 1980", "1980-03")),
        *(("3. März 1980", "1980-03-03"), ("12 de marzo de 2021", "2021-03-12")),
        *(("1er août 1980", "1980-08-01"), ("12 Mar", "--03-12"), ("29 Feb", "--02-29")),
        *(("3.5.1980", "1980-05-03"), ("03.05.80", "1980-05-03"), ("24.12.", "--12-24")),
        *(("13/5/1980", "1980-05-13"), ("5/13/1980", "1980-05-13"), ("5/5/1980", "1980-05-05")),
        *(("12/31/99", "1999-12-31"), ("2021年3月4日", "2021-03-04")),
        *(("1987-09-27T08:30:00-06:00", "1987-09-27"), ("20190210T000033", "2019-02-10")),
        *(("1955-07-19T00:00:00Z", "1955-07-19"), ("2026-11-02 10:11:12 UTC", "2026-11-02")),
        *(("2000-02-29", "2000-02-29"), ("--02-29", "--02-29"), ("9999-12-31", "9999-12-31")),
    ],
)
def test_the_ways_to_write_a_date_are_one_date(written: str, norm: str) -> None:
    assert str(parse(written)) == norm


@pytest.mark.parametrize(
    "written",
    [
        *(
            "0/0/00",
            "00.00.00",
            "00-00-0000",
            "0000-00-00",
            "1899-12-31",
            "1899-12-30",
            "0001-01-01",
            "",
        ),
        *("02/03/04", "3/5/1980", "03-05-1980", "2/3/22, 4:05 PM"),
        *("206-12-15", "19723101", "2021-02-29", "1980-13-01", "31 Feb 1980", "32/1/1980"),
        *("---26", "--04", "99999-99-99", "1e999", "9" * 5000, "12", "x 12 Mar 2021", "spring"),
        *("12 Mar Apr 2021", "1 2 3 Mar", "2021 2022 Mar", "Mar", "1980-05-03-x"),
    ],
)
def test_what_is_not_certainly_a_date_is_none(written: str) -> None:
    assert parse(written) is None


def test_the_order_of_day_and_month_decides_where_both_are_possible() -> None:
    assert parse("3/5/1980", day_first=True) == PartialDate(1980, 5, 3)
    assert parse("3/5/1980", day_first=False) == PartialDate(1980, 3, 5)
    assert parse("02/03/04", day_first=True) == PartialDate(2004, 3, 2)
    assert parse("5/13/1980", day_first=True) == PartialDate(1980, 5, 13)


@given(st.dates())
def test_a_full_date_is_read_back(day: date) -> None:
    if (day.year, day.month, day.day) in {(1, 1, 1), (1899, 12, 30), (1899, 12, 31)}:
        return
    whole = parse(day.isoformat())
    assert whole is not None
    assert parse(str(whole)) == whole
    assert parse(day.strftime("%d ").lstrip("0") + f"{day:%B} {day.year:04}") == whole
    if day.year != 1604:
        assert whole.full() == day


@given(st.dates(), st.sampled_from(["year", "month", "both"]))
def test_a_part_of_a_date_is_read_back(day: date, missing: str) -> None:
    partial = {
        "year": PartialDate(None, day.month, day.day),
        "month": PartialDate(day.year),
        "both": PartialDate(day.year, day.month),
    }[missing]
    if day.year != 1604 or missing == "year":
        assert parse(str(partial)) == partial
    if missing != "year":
        assert partial.full() is None
        assert next_occurrence(partial, day) is None
        assert age_at(partial, day) is None


@given(st.text(st.characters(codec=None), max_size=30), st.none() | st.booleans())
def test_no_date_is_too_strange(text: str, day_first: bool | None) -> None:
    found = parse(text, day_first)
    assert found is None or parse(str(found)) == found


@given(st.text("0123456789-/. TMarDec:,", max_size=20))
def test_what_was_read_is_read_the_same_again(text: str) -> None:
    found = parse(text)
    assert found is None or parse(str(found)) == found


@given(st.dates(max_value=date(9990, 1, 1)), st.dates(max_value=date(9990, 1, 1)))
def test_a_birthday_comes_within_a_year(born: date, today: date) -> None:
    partial = PartialDate(born.year, born.month, born.day)
    coming = next_occurrence(partial, today)
    assert coming is not None
    assert 0 <= (coming - today).days <= 366
    age = age_at(partial, coming)
    assert (age is None) == (coming.year < born.year)
    if age is not None:
        assert age == coming.year - born.year


def test_a_leap_day_is_kept_on_the_28th_in_common_years() -> None:
    leap = PartialDate(2000, 2, 29)
    assert next_occurrence(leap, date(2026, 2, 28)) == date(2026, 2, 28)
    assert next_occurrence(leap, date(2026, 3, 1)) == date(2027, 2, 28)
    assert next_occurrence(leap, date(2028, 2, 28)) == date(2028, 2, 29)
    assert age_at(leap, date(2026, 2, 27)) == 25
    assert age_at(leap, date(2026, 2, 28)) == 26


def test_the_calendar_ends_without_a_crash() -> None:
    assert next_occurrence(PartialDate(None, 1, 1), date(9999, 12, 31)) is None
    assert next_occurrence(PartialDate(None, 12, 31), date(9999, 12, 31)) == date(9999, 12, 31)
    assert in_year(PartialDate(None, 1, 1), 0) is None
    assert age_at(PartialDate(2000, 1, 1), date(1, 1, 1)) is None


def test_new_year_is_no_gap() -> None:
    assert next_occurrence(PartialDate(None, 1, 1), date(2026, 12, 31)) == date(2027, 1, 1)
    assert next_occurrence(PartialDate(None, 12, 31), date(2027, 1, 1)) == date(2027, 12, 31)
