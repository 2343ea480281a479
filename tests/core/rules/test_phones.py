from __future__ import annotations

import subprocess
import sys

import phonenumbers
import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from core.rules import phones

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
COMMON = ["CH", "DE", "AT", "US", "CA", "GB", "IT", "FR", "BR", "AR", "MX", "RU", "IN", "JP", "SM"]
region_names = st.one_of(st.sampled_from(COMMON), st.sampled_from(REGIONS))


@pytest.mark.parametrize(
    ("written", "region", "norm"),
    [
        ("+41 79 123 45 67", None, "+41791234567"),
        ("079 123 45 67", "CH", "+41791234567"),
        ("079/123.45.67", "ch", "+41791234567"),
        ("+41 (0)79 123 45 67", "US", "+41791234567"),
        ("0041 79 123 45 67", "CH", "+41791234567"),
        ("0041 79 123 45 67", None, "+41791234567"),
        ("(+41) 79 123 45 67", None, "+41791234567"),
        ("(415) 555-0132", "US", "+14155550132"),
        ("1 (800) 356-9377", "US", "+18003569377"),
        ("1-800-FLOWERS", "US", "+18003569377"),
        ("+39 06 1234567", None, "+39061234567"),
        ("07911 123456", "UK", "+447911123456"),
        ("tel:+1-418-656-9254;ext=102", None, "+14186569254;ext=102"),
        ("TEL:+1%20418%20656%209254", None, "+14186569254"),
        ("+1 415 555 0132 ext. 55", None, "+14155550132;ext=55"),
        ("+1 415 555 0132 x55", None, "+14155550132;ext=55"),
        ("+1 415 555 0132,,123#", "CH", "+14155550132;ext=123"),
        ("+1 415 555 0132p12w3", None, "+14155550132;ext=123"),
        ("+1 415 555 0132;77", None, "+14155550132;ext=77"),
        ("Tel. 079 123 45 67", "CH", "+41791234567"),
        ("079 123 45 67 (Mobil)", "CH", "+41791234567"),
        ("٠٧٩ ١٢٣ ٤٥ ٦٧", "CH", "+41791234567"),
        ("+49 1234 56789", None, "+49123456789"),
    ],
)
def test_the_ways_to_write_a_number_are_one_number(
    written: str, region: str | None, norm: str
) -> None:
    assert phones.normal(written, region) == norm


@pytest.mark.parametrize(
    ("written", "region"),
    [
        ("079 123 45 67", None),
        ("079 123 45 67", "ZZ"),
        ("500", "US"),
        ("112", "DE"),
        ("*100#", "CH"),
        ("7yy-zzz-xxx", "GB"),
        ("079 123 45 67 / 044 222 33 44", "CH"),
        ("sip:ada@example.org", "CH"),
        ("+...", "CH"),
        ("Handy", "DE"),
        ("+1 415 555", None),
        ("1" * 10_000, "CH"),
        ("", "CH"),
    ],
)
def test_what_is_not_certain_is_not_guessed(written: str, region: str | None) -> None:
    assert phones.normal(written, region) == ""


def test_an_uncertain_number_is_known_by_its_digits_else_by_its_words() -> None:
    assert phones.fallback("079 123-45 67") == "?0791234567"
    assert phones.fallback("*100#") == "?*100#"
    assert phones.fallback("7yy-zzz-xxx") == "?7yy-zzz-xxx"
    assert phones.fallback(" Handy  Büro ") == "?handy buro"


@st.composite
def written_numbers(draw: st.DrawFn) -> tuple[str, str | None]:
    region = draw(region_names)
    kind = draw(st.sampled_from([0, 1, 2, 3, 4, 6]))
    number = phonenumbers.example_number_for_type(region, kind)
    if number is None:
        reject()
    digits = list(phonenumbers.national_significant_number(number))
    for place in draw(st.lists(st.integers(0, len(digits) - 1), max_size=4)):
        digits[place] = draw(st.sampled_from("0123456789"))
    rest = draw(st.sampled_from(["", "0", "1", "8", "9"])) + "".join(digits)
    rest = rest[: len(rest) - draw(st.integers(0, 2))]
    if draw(st.booleans()):
        return f"+{number.country_code}{rest}", draw(st.none() | region_names)
    return rest, draw(st.sampled_from([region, "CH", "US"]))


@given(written_numbers())
def test_the_short_path_answers_what_the_library_answers(number: tuple[str, str | None]) -> None:
    written, region = number
    if written.startswith("+"):
        short = phones._short_abroad(written[1:])
    else:
        short = phones._short_home(written, str(region))
    assert short in {"", phones._by_library(written, region)}


def test_the_short_path_is_taken_for_ordinary_numbers() -> None:
    assert phones._short_abroad("41791234567") == "+41791234567"
    assert phones._short_home("0791234567", "CH") == "+41791234567"
    assert phones._short_home("4155550132", "US") == "+14155550132"


@given(st.sampled_from(REGIONS), st.sampled_from(REGIONS))
def test_a_normal_number_stays_as_it_is_and_can_be_read_back(region: str, home: str) -> None:
    example = phonenumbers.example_number(region)
    if example is None:
        reject()
    norm = phones.normal(
        phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.INTERNATIONAL), home
    )
    assert norm
    assert phones.normal(norm, home) == norm
    assert phones.normal(phones.shown(norm), home) == norm


@given(st.text(st.characters(codec=None), max_size=40), st.none() | st.text(max_size=4))
def test_no_text_is_too_strange(text: str, region: str | None) -> None:
    norm = phones.normal(text, region)
    assert norm == "" or phones.normal(norm, None) == norm
    assert phones.fallback(text).startswith("?")
    phones.shown(norm or phones.fallback(text), region)
    phones.region_of(norm or phones.fallback(text))
    phones.default_region(text)


def test_a_number_is_shown_as_dialled_at_home_and_with_plus_abroad() -> None:
    assert phones.shown("+41791234567", "CH") == "079 123 45 67"
    assert phones.shown("+41791234567", "DE") == "+41 79 123 45 67"
    assert phones.shown("+41791234567") == "+41 79 123 45 67"
    assert phones.shown("+14155550132;ext=5", "US") == "(415) 555-0132 ext. 5"
    assert phones.shown("?500", "CH") == "500"


def test_a_number_knows_its_country() -> None:
    assert phones.region_of("+41791234567") == "CH"
    assert phones.region_of("+14165551234") == "CA"
    assert phones.region_of("+80012345678") is None
    assert phones.region_of("?500") is None


@pytest.mark.parametrize(
    ("name", "region"),
    [
        *(("de_CH.UTF-8", "CH"), ("en-GB", "GB"), ("zh_Hans_CN", "CN"), ("sr_RS@latin", "RS")),
        *(("C", None), ("C.UTF-8", None), ("POSIX", None), ("de", None), ("es_419", None)),
        *(("", None), (None, None)),
    ],
)
def test_a_locale_names_a_country_or_none(name: str | None, region: str | None) -> None:
    assert phones.default_region(name) == region


def test_the_library_is_not_loaded_before_the_first_number() -> None:
    code = "import sys, core.rules.normalise; sys.exit('phonenumbers' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
