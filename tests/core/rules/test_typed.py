"""A typed line about somebody, taken apart."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.errors import UsageError
from core.rules import fields, kinds
from core.rules.typed import Typed, person
from tests.support import HOSTILE

LINES = st.one_of(
    st.text(max_size=60),
    st.text(alphabet='abc ,;"#@:+0123456789./<>\n-', max_size=40),
    st.sampled_from(HOSTILE),
)


def test_a_line_falls_into_name_firm_address_and_number() -> None:
    assert person("Rachel Green, Globex, r@globex.example, +44 20 7946 0958") == (
        Typed(kinds.NAME, "Rachel Green"),
        Typed(kinds.ORG, "Globex"),
        Typed(kinds.EMAIL, "r@globex.example"),
        Typed(kinds.PHONE, "+44 20 7946 0958"),
    )


@pytest.mark.parametrize(
    ("piece", "typed"),
    [
        ("@ada", Typed(kinds.HANDLE, "@ada")),
        ("linkedin.com/in/ada", Typed(kinds.URL, "linkedin.com/in/ada")),
        ("https://ada.example", Typed(kinds.URL, "https://ada.example")),
        ("ada.example/about", Typed(kinds.URL, "ada.example/about")),
        ("x: @ada", Typed(kinds.HANDLE, "@ada", "x")),
        ("linkedin:ada", Typed(kinds.HANDLE, "ada", "linkedin")),
        ("city: Berlin", Typed(kinds.ADDRESS, "Berlin")),
        ("birthday 3 May 1985", Typed(kinds.BIRTHDAY, "3 May 1985")),
        ("Birthday: 3 May", Typed(kinds.BIRTHDAY, "3 May")),
        ("born 1985", Typed(kinds.BIRTHDAY, "1985")),
        ("1985-05-03", Typed(kinds.BIRTHDAY, "1985-05-03")),
        ("anniversary 3 May 2010", Typed(kinds.DATE, "3 May 2010", "anniversary")),
        ("#friends", Typed(kinds.LABEL, "friends")),
        ("label: close friends", Typed(kinds.LABEL, "close friends")),
        ("mobile 079 123 45 67", Typed(kinds.PHONE, "079 123 45 67", "mobile")),
        ("m: +41 79 123 45 67", Typed(kinds.PHONE, "+41 79 123 45 67", "mobile")),
        ("tel. (020) 7946-0958", Typed(kinds.PHONE, "(020) 7946-0958")),
        ("+1 (202) 555-0101 ext. 12", Typed(kinds.PHONE, "+1 (202) 555-0101 ext. 12")),
        ("email work: a@b.example", Typed(kinds.EMAIL, "a@b.example", "work")),
        ("spouse: Ben", Typed(kinds.RELATION, "Ben", "spouse")),
        ("Shoe size: 42", Typed(kinds.CUSTOM, "42", "Shoe size")),
        ("note: likes tea", Typed(kinds.NOTE, "likes tea")),
    ],
)
def test_a_piece_is_told_by_its_looks(piece: str, typed: Typed) -> None:
    assert person(f"Ada Wong, {piece}") == (Typed(kinds.NAME, "Ada Wong"), typed)


@pytest.mark.parametrize("words", ["Booking.com", "3 Suisses", "Re:Zero", "Route 66", "@ home"])
def test_what_only_looks_like_an_address_is_a_firm(words: str) -> None:
    assert person(f"Ada Wong, {words}")[1] == Typed(kinds.ORG, words)


def test_the_third_words_are_the_title_and_more_are_notes() -> None:
    said = person("Ada Wong; Wayne; CTO; met in Bern; likes tea")
    assert [one.kind for one in said] == [
        *(kinds.NAME, kinds.ORG, kinds.TITLE),
        *(kinds.NOTE, kinds.NOTE),
    ]


def test_what_a_key_has_said_is_not_guessed_again() -> None:
    said = person("org: Wayne, Ada Wong, CTO")
    assert said == (
        Typed(kinds.ORG, "Wayne"),
        Typed(kinds.NAME, "Ada Wong"),
        Typed(kinds.TITLE, "CTO"),
    )


def test_quotes_keep_a_comma_and_make_words_of_anything() -> None:
    said = person('"Wong, Ada", "Wayne, Inc.", note: "a, b; c", "+44 20 7946 0958"')
    assert said == (
        Typed(kinds.NAME, "Wong, Ada"),
        Typed(kinds.ORG, "Wayne, Inc."),
        Typed(kinds.NOTE, "a, b; c"),
        Typed(kinds.TITLE, "+44 20 7946 0958"),
    )


def test_a_quote_that_never_ends_is_a_sign_like_any_other() -> None:
    assert person('Robert "Bob Smith, Globex') == (
        Typed(kinds.NAME, 'Robert "Bob Smith'),
        Typed(kinds.ORG, "Globex"),
    )


def test_a_mailbox_is_a_name_and_an_address() -> None:
    assert person("Ada Wong <ada@wayne.example>") == (
        Typed(kinds.NAME, "Ada Wong"),
        Typed(kinds.EMAIL, "ada@wayne.example"),
    )


@pytest.mark.parametrize("line", ["", "  , ;", "#friends", "birthday 3 May", "note: x", '""'])
def test_who_cannot_be_known_by_anything_is_asked_for(line: str) -> None:
    with pytest.raises(UsageError, match="who is it"):
        person(line)


@given(LINES)
@example('"",a')
@example('a: ""')
def test_any_line_is_taken_apart_or_refused(line: str) -> None:
    said: tuple[Typed, ...] = ()
    with suppress(UsageError):
        said = person(line)
    assert all(one.kind in kinds.ALL and one.value.strip() for one in said)


PIECES = st.one_of(
    st.text(st.characters(exclude_characters=',;\n"<')),
    st.text(alphabet="tel mobilx:#@+0123456789./ ()-", max_size=14),
    st.sampled_from(
        ["m. 079 123 45 67", "born on 3 May", "email work: a@b.example", "Pet: Rex", "#x"]
    ),
).filter(str.strip)
NUMBERS = frozenset("tel telephone phone mobile cell work home office fax m t p f h w".split())
"""Words before a number, which tell its kind or label."""


@given(st.lists(PIECES, max_size=5))
@example(["note:x", "spouse : y"])
def test_of_each_piece_nothing_is_lost_but_the_word_for_its_kind(pieces: list[str]) -> None:
    said = person(",".join(["Ada", *pieces]))[1:]
    assert len(said) == len(pieces)
    for piece, one in zip(pieces, said, strict=True):
        assert piece.strip().endswith(one.value)
        word = piece.strip().removesuffix(one.value).rstrip().rstrip(":.").strip().removeprefix("#")
        known = not word or word == one.label or fields.known(word.split()[0])
        assert known or word.lower() in NUMBERS


@given(st.lists(st.text(alphabet="abcdefgh XYZ", min_size=1).filter(str.strip), min_size=1))
def test_words_between_commas_each_come_to_stand_alone(pieces: list[str]) -> None:
    said = person(",".join(pieces))
    assert [one.value for one in said] == [piece.strip() for piece in pieces]


@given(st.text(alphabet="abc,;:@#+1 ", min_size=1).filter(lambda text: text.strip(" ")))
def test_anything_in_quotes_is_kept_as_it_is(text: str) -> None:
    assert person(f'"{text}"') == (Typed(kinds.NAME, text.strip()),)
