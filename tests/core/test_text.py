from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import clean, fold, folds, visible

ANY_TEXT = st.text(st.characters(codec=None), max_size=60)
DIRECTIONS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def test_a_plain_name_is_passed_as_it_is() -> None:
    name = "José Peña 王小明 [/] \\ :smile: [@click=app.quit]x"
    assert visible(name) is name


@pytest.mark.parametrize(
    ("hostile", "seen"),
    [
        ("A\x1b]0;PWNED\x07", "A␛]0;PWNED␇"),
        ("\x9b6n", "⟨009B⟩6n"),
        ("\x00\x7f", "␀␡"),
        ("a\u202eb", "a⟨202E⟩b"),
        ("\u2066\u200f\ufeff\u00ad\u200b", "⟨2066⟩⟨200F⟩⟨FEFF⟩⟨00AD⟩⟨200B⟩"),
        ("x\U000e0041", "x⟨E0041⟩"),
        ("\ud800", "⟨D800⟩"),
        ("a\r\nb\nc\rd\u2028e\tf", "a⏎b⏎c⏎d⏎e f"),
    ],
)
def test_what_a_terminal_could_act_on_is_shown(hostile: str, seen: str) -> None:
    assert visible(hostile) == seen


def test_line_breaks_and_tabs_stay_where_lines_are_wanted() -> None:
    assert visible("a\r\nb\rc\td\x1b\u2029e", lines=True) == "a\nb\nc\td␛\ne"


def test_emoji_and_persian_joiners_stay() -> None:
    for text in ("👩‍👩‍👧", "❤️", "می‌خواهم"):
        assert visible(text) == text


@given(ANY_TEXT)
def test_no_control_reaches_the_terminal(text: str) -> None:
    shown = visible(text)
    assert len(shown.splitlines()) <= 1
    for char in shown:
        assert unicodedata.category(char) not in {"Cc", "Cs", "Zl", "Zp"}
        assert unicodedata.bidirectional(char) not in DIRECTIONS
    assert not {"Cc", "Cs"} & {
        unicodedata.category(char) for char in visible(text, lines=True) if char not in "\n\t"
    }


@given(ANY_TEXT)
def test_what_is_visible_once_is_visible(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@given(ANY_TEXT)
def test_clean_text_can_be_stored(text: str) -> None:
    kept = clean(text)
    assert "\0" not in kept
    kept.encode("utf-8")
    assert clean(kept) == kept


def test_a_split_pair_is_joined_and_a_lone_half_replaced() -> None:
    assert clean("\ud83d\ude00 \ud83d. \ude00") == "😀 \ufffd. \ufffd"
    assert clean("a\0b") == "a\ufffdb"


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("JOSÉ Peña", "jose pena"),
        ("Straße", "strasse"),
        ("Łukasz Ørsted Æsir Þór Đặng", "lukasz orsted aesir thor dang"),
        ("İstanbul \u0131spanak", "istanbul ispanak"),
        ("\uff21\uff44\uff41\u00a0Ⅷ", "ada viii"),
        ("a\u202e\u200bb\u00ad\x1bc", "abc"),
        ("O\u2019Brien", "o'brien"),
        ("Алексей Ёлкин", "алексеи елкин"),
        ("Ωμέγα", "ωμεγα"),
        ("김철수", "김철수"),
        ("❤️", "❤"),
    ],
)
def test_folding_forgets_case_accents_and_invisible_signs(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_folding_keeps_marks_that_make_another_letter() -> None:
    assert fold("が") != fold("か")
    assert fold("नमस्ते") == "नमस्ते"


@given(ANY_TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert all(fold(form) == form for form in folds(text))


def test_every_single_character_folds_to_what_it_stays() -> None:
    once = [fold(chr(code)) for code in range(0x30000)]
    assert [fold(text) for text in once] == once


def test_an_umlaut_is_found_in_both_spellings() -> None:
    assert folds("Müller") == ("muller", "mueller")
    assert folds("Mu\u0308ller") == ("muller", "mueller")
    assert folds("José") == ("jose",)
    assert folds("Ada") == ("ada",)


def test_a_heap_of_marks_does_not_hold_up_the_fold() -> None:
    heap = "a" + "\u0301\u0316" * 50_000 + "\u093c\u094d" * 50_000
    assert len(fold(heap)) < 100
