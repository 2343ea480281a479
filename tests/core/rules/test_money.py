from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.rules import kinds, money
from core.rules.normalise import norm_of


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1.234,50 €", "1234.50"),
        ("$1,234", "1234"),
        ("1,234.5", "1234.50"),
        ("1 234 567,8", "1234567.80"),
        ("1\u202f234,00\u00a0€", "1234"),
        ("CHF 1\u2019234.50", "1234.50"),
        ("CHF 50.-", "50"),
        ("12,34,567.00", "1234567"),
        ("1.000.000", "1000000"),
        ("1.234", "1234"),
        ("0.125", "0.125"),
        ("1234.567", "1234.567"),
        ("12k", "12000"),
        ("€1.2M", "1200000"),
        ("3,5 Mio. EUR", "3500000"),
        ("(1,200)", "-1200"),
        ("\u22125", "-5"),
        ("5-", "-5"),
        ("-0.00", "0"),
        ("000120", "120"),
        ("R$ 1.000,00", "1000"),
        ("\uff11\uff12", "12"),
    ],
)
def test_an_amount_of_any_country_is_one_plain_number(written: str, amount: str) -> None:
    assert money.normal(written) == amount


@pytest.mark.parametrize(
    "written",
    [
        *("", "-", "n/a", "1e999", "12%", "3.5.1980", "2026-01-02", "1,2,3", "1..2", "12 5"),
        *("abc 12", "+41 79 123 45 67", "9" * 5_000, "1" * 31, "()", "\0", "\ud800", "٣"),
    ],
)
def test_what_is_no_amount_gives_none(written: str) -> None:
    assert money.normal(written) == ""


def test_what_is_no_amount_keeps_its_words_as_norm() -> None:
    assert norm_of(kinds.VALUE, "1e999") == (kinds.VALUE, "1e999")
    assert norm_of(kinds.VALUE, "N/A") == (kinds.VALUE, "n/a")
    assert len(norm_of(kinds.VALUE, "9" * 5_000)[1]) <= 500
    assert norm_of(kinds.VALUE, "1.234,50 €") == (kinds.VALUE, "1234.50")


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
@settings(max_examples=60)
def test_both_ways_to_part_thousands_mean_the_same(amount: Decimal) -> None:
    english = f"{amount:,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))
    swiss = english.replace(",", "'")
    assert money.normal(english) == money.normal(german) == money.normal(swiss)
    assert Decimal(money.normal(english)) == amount


@given(st.one_of(st.text(max_size=80), st.text("0123456789.,' -+()€k", max_size=20)))
@settings(max_examples=150)
def test_an_amount_read_again_is_the_same(written: str) -> None:
    once = money.normal(written)
    assert money.normal(once) == once
    assert not once or Decimal(once).is_finite()
