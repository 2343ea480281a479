from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.matching import find
from core.matching.explain import explain, explain_all
from core.matching.records import Records
from tests.core.matching.small import learned, reasons, records, rows
from tests.support import HOSTILE

OWN_WORDS = re.compile(r"[a-z0-9 ,:-]*")


def told(text: str) -> str:
    """What of a reason is in our own words: all but what stands between quotes."""
    assert text.isprintable()
    assert "  " not in text
    head, quote, rest = text.partition("'")
    return head + rest.rpartition("'")[2] if quote else text


def test_a_shared_number_and_a_shared_name_are_told_in_plain_words() -> None:
    one = {"source": "gmail", "name": "Paula Castillo", "phones": "020 7946 0018", "city": "Graz"}
    two = {"source": "phone", "name": "Paula Castillo", "phones": "+44 20 7946 0018"}
    said = reasons(one, two).in_favour
    assert "same phone number, on 2 entries only" in said
    assert any(re.fullmatch(r"both 'Paula Castillo', 1 in \d+ here", words) for words in said)


def test_what_differs_is_told_with_both_sides() -> None:
    one = {"source": "gmail", "name": "Ada Keller", "emails": "ada@one.example"}
    two = {"source": "gmail", "name": "Georg Keller", "emails": "ada@one.example"}
    said = reasons(one, two)
    assert "same e-mail address, on 2 entries only" in said.in_favour
    assert "different given name: 'Ada', 'Georg'" in said.against


def test_a_short_form_is_called_one() -> None:
    one = {"source": "gmail", "name": "Bob Pellegrini", "city": "Lyon"}
    two = {"source": "linkedin", "name": "Robert Pellegrini", "city": "Lyon"}
    assert "'Bob' may be 'Robert'" in reasons(one, two).in_favour


def test_at_most_three_reasons_stand_on_each_side() -> None:
    one = {
        "source": "gmail",
        "name": "Ada Keller",
        "emails": "a@one.example",
        "phones": "020 7946 0018",
        "handles": "https://x.com/adak",
        "org": "Tin Whistle Labs",
        "city": "Graz",
    }
    said = reasons(one, {**one, "source": "phone"})
    assert len(said.in_favour) == 3
    assert said.against == ()
    strangers = reasons(one, {"source": "gmail", "name": "Carl Moreau", "city": "Porto"})
    assert len(strangers.against) <= 3
    assert strangers.in_favour == ()


def test_reasons_do_not_hang_on_which_entry_comes_first() -> None:
    one = {"source": "gmail", "name": "Ada Keller", "city": "Graz", "org": "North Quay Press"}
    two = {"source": "phone", "name": "Ada Keller", "city": "Porto", "org": "Tin Whistle Labs"}
    assert reasons(one, two) == reasons(two, one)


def test_many_pairs_at_once_are_told_as_each_alone() -> None:
    model, found = learned()
    book = records(rows())
    some = np.flatnonzero(found.probability >= 0.05)
    at_once = explain_all(book, model, found.low[some], found.high[some])
    assert len(at_once) == len(some)
    for at in range(0, len(some), 7):
        low, high = int(found.low[some[at]]), int(found.high[some[at]])
        assert at_once[at] == explain(book, model, low, high)
    assert explain_all(book, model, found.low[:0], found.high[:0]) == []


def test_a_mistyped_birthday_is_not_called_the_same() -> None:
    days = ["1981-04-12"] * 2 + [
        "1981-04-13",
        *(f"19{at + 50}-0{at % 9 + 1}-1{at % 7}" for at in range(39)),
    ]
    names = ["Ada Keller"] * 3 + [
        f"{chr(97 + at % 26)}arl M{chr(97 + at // 3)}reau" for at in range(39)
    ]
    book = Records(42, name=names, others={"birthday": days})
    model, _ = find.full(book)
    assert "same birthday" in explain(book, model, 0, 1).in_favour
    assert "nearly the same birthday" in explain(book, model, 0, 2).in_favour


def test_names_the_other_way_round_are_told_once() -> None:
    one = {"source": "gmail", "name": "Quillon Featherby"}
    two = {"source": "phone", "given": "Featherby", "family": "Quillon"}
    said = reasons(one, two).in_favour
    assert said == ("'Quillon Featherby' is 'Featherby Quillon' the other way round",)


def test_a_name_that_was_read_off_an_address_is_told() -> None:
    held = rows()
    name = next(
        row["name"] for row in held if re.fullmatch("[A-Z][a-z]{3,} [A-Z][a-z]+", row["name"])
    )
    box = {"source": "phone", "emails": name.lower().replace(" ", ".") + "@rare.example"}
    said = reasons({"source": "gmail", "name": name}, box)
    assert any(name in words for words in said.in_favour)


@pytest.mark.parametrize("text", HOSTILE)
def test_foreign_text_stands_only_between_quotes_on_one_line(text: str) -> None:
    one = {"source": text, "name": f"Ada {text}", "family": text, "org": text, "titles": text}
    two = {**one, "name": f"{text} Keller", "given": "Ada", "cities": text, "emails": text}
    for pair in ((one, two), (one, one), (two, two)):
        for words in (*reasons(*pair).in_favour, *reasons(*pair).against):
            assert OWN_WORDS.fullmatch(told(words)), words
            assert all(len(part) <= 40 for part in words.split("'")[1:-1] if "'" not in text)


@given(st.lists(st.tuples(st.text(max_size=60), st.text(max_size=60)), min_size=2, max_size=2))
@settings(max_examples=40, deadline=None)
def test_any_two_names_are_told_of_on_one_line(names: list[tuple[str, str]]) -> None:
    entries = [{"given": one, "family": two} for one, two in names]
    said = reasons(*entries)
    for words in (*said.in_favour, *said.against):
        assert OWN_WORDS.fullmatch(told(words)), words
