from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.decode import clean, decode, entities


@pytest.mark.parametrize(
    ("data", "text", "encoding", "doubtful"),
    [
        (b"", "", "utf-8", False),
        ("Zoë".encode("utf-8-sig"), "Zoë", "utf-8", False),
        ("Zoë".encode("utf-16"), "Zoë", "utf-16-le", False),
        (b"\xfe\xff" + "Zoë".encode("utf-16-be"), "Zoë", "utf-16-be", False),
        ("Zoë Mark".encode("utf-16-le"), "Zoë Mark", "utf-16-le", False),
        ("Zoë Mark".encode("utf-16-be"), "Zoë Mark", "utf-16-be", False),
        ("Zoë".encode("utf-32"), "Zoë", "utf-32-le", False),
        ("Zoë".encode(), "Zoë", "utf-8", False),
        ("éèàüö".encode() + b"\xff", "éèàüö\ufffd", "utf-8", True),
        ("Größe €".encode("cp1252"), "Größe €", "cp1252", True),
        (b"a\x81b", "a\x81b", "latin-1", True),
    ],
)
def test_each_step_of_the_ladder(data: bytes, text: str, encoding: str, doubtful: bool) -> None:
    assert decode(data) == (text, encoding, doubtful)


def test_the_fallback_is_tried_before_western_text() -> None:
    assert decode("Иван".encode("cp1251"), "cp1251").text == "Иван"


def test_a_fallback_that_does_not_fit_gives_way() -> None:
    assert decode(b"\x81\xff\xe9!", "cp932").encoding == "latin-1"


def test_a_number_without_end_names_no_character() -> None:
    assert entities("a &amp; b &#65;&#x42; &unknown;") == "a & b AB &unknown;"
    assert entities(f"a&amp;&#{'9' * 5_000};b&#65;") == "a&\ufffdbA"


def test_clean_replaces_what_no_store_takes() -> None:
    assert clean("a\0b\ud800c\udfffd\U0001f600") == "a\ufffdb\ufffdc\ufffdd\U0001f600"


@settings(max_examples=150)
@given(st.binary(max_size=300))
def test_no_bytes_stop_it(data: bytes) -> None:
    clean(decode(data).text).encode()


@settings(max_examples=100)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60))
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode()).text == text.removeprefix("\ufeff")
