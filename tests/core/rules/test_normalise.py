from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules import kinds
from core.rules.normalise import LONGEST, norm_of


@pytest.mark.parametrize(
    ("kind", "value", "label", "expected"),
    [
        ("email", "Ada@Example.org", "work", ("email", "ada@example.org")),
        ("email", "/o=Acme/cn=Ada", "", ("email", "/o=acme/cn=ada")),
        ("phone", "079 123 45 67", "mobile", ("phone", "+41791234567")),
        ("phone", "500", "", ("phone", "?500")),
        ("phone", "Handy", "", ("phone", "?handy")),
        ("handle", "@Ada", "Twitter", ("handle", "x:ada")),
        ("handle", "@", "Twitter", ("handle", "@")),
        ("url", "https://www.linkedin.com/in/Ada/", "", ("handle", "linkedin:ada")),
        ("url", "https://wa.me/41791234567", "", ("phone", "+41791234567")),
        ("url", "mailto:Ada@example.org", "", ("email", "ada@example.org")),
        ("url", "tel:0791234567", "", ("phone", "+41791234567")),
        ("url", "HTTP://WWW.Example.org:80/About/", "", ("url", "example.org/About")),
        ("url", "https://example.org", "", ("url", "example.org")),
        ("url", "example.org/a/?b=1#c", "", ("url", "example.org/a/?b=1#c")),
        ("url", "http://[::1", "", ("url", "http://[::1")),
        ("url", "My Home Page", "", ("url", "my home page")),
        ("birthday", "12 Mar 1980", "", ("birthday", "1980-03-12")),
        ("birthday", "in Spring", "", ("birthday", "in spring")),
        ("connected", "7-Feb-22", "", ("connected", "2022-02-07")),
        ("date", "3/5/1980", "anniversary", ("date", "3/5/1980")),
        ("name", " José \n PEÑA ", "", ("name", "jose pena")),
        ("note", "\u200b", "", ("note", "⟨200b⟩")),
        ("note", "\u00b4", "", ("note", "\u00b4")),
        ("note", "", "", ("note", "")),
    ],
)
def test_a_value_has_a_kind_and_a_norm(
    kind: str, value: str, label: str, expected: tuple[str, str]
) -> None:
    assert norm_of(kind, value, label, "CH") == expected


def test_a_long_norm_ends_in_its_hash() -> None:
    one = norm_of("note", "x" * 10_000 + "a")[1]
    other = norm_of("note", "x" * 10_000 + "b")[1]
    assert len(one) == len(other) == LONGEST
    assert one != other


@given(
    st.sampled_from(kinds.ALL),
    st.text(st.characters(codec=None), max_size=60),
    st.sampled_from(["", "x", "Skype", "home"]),
    st.sampled_from([None, "CH", "US", "??"]),
)
def test_no_value_is_too_strange(kind: str, value: str, label: str, region: str | None) -> None:
    found, norm = norm_of(kind, value, label, region)
    assert found in kinds.ALL
    assert norm or not value.strip()
    assert len(norm) <= LONGEST
    norm.encode("utf-8")
    assert "\0" not in norm


@given(st.sampled_from(["name", "org", "note", "email"]), st.text(max_size=40))
def test_a_norm_is_its_own_norm(kind: str, value: str) -> None:
    norm = norm_of(kind, value)[1]
    assert norm_of(kind, norm)[1] == norm


@given(
    st.sampled_from(["http://", "https://", "//", ""]),
    st.sampled_from(["www.", ""]),
    st.sampled_from(["/", ""]),
    st.from_regex(r"[a-z]{3,10}\.example(/[a-z]{1,5}){0,2}", fullmatch=True).filter(
        lambda rest: not rest.startswith("www.")
    ),
)
def test_an_address_is_one_address_with_or_without_its_trimmings(
    scheme: str, www: str, slash: str, rest: str
) -> None:
    assert norm_of("url", scheme + www + rest + slash) == ("url", rest)
