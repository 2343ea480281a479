"""What is shown of a person, out of all that is known."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules import kinds
from core.rules.choices import FIELD_OF, FIELDS
from core.rules.normalise import norm_of
from core.rules.projection import SEARCH_LENGTH, Fact, project, shown_ids
from core.text import fold


def fact(number: int, kind: str, value: str, **given: object) -> Fact:
    known: dict[str, object] = {
        "id": number,
        "card_id": 1,
        "label": "",
        "part": 0,
        "detail": "",
        "preferred": 0,
        "origin": "source",
        "replaces_id": None,
        "since": "",
        "until": "",
        "rank": 0,
        **given,
    }
    kind, norm = norm_of(kind, value, str(known["label"]), "CH")
    return Fact(kind=kind, value=value, norm=norm, **known)  # type: ignore[arg-type]


FACTS = st.lists(
    st.builds(
        fact,
        st.integers(1, 50),
        st.sampled_from(kinds.ALL),
        st.text(max_size=20),
        card_id=st.integers(1, 3),
        part=st.integers(0, 2),
        preferred=st.integers(0, 1),
        origin=st.sampled_from(["source", "user"]),
        replaces_id=st.none() | st.integers(1, 50),
        since=st.sampled_from(["", "2026-01-01", "2026-06-01"]),
        until=st.sampled_from(["", "", "2026-06-01"]),
        rank=st.integers(0, 5),
    ),
    unique_by=lambda one: one.id,
    max_size=12,
)


@given(FACTS)
def test_any_facts_make_a_line(facts: list[Fact]) -> None:
    shown = project(facts)
    assert len(shown.search) <= SEARCH_LENGTH
    assert shown.channels >= 0
    assert bool(shown.news) == bool(shown.news_day)


@given(FACTS, st.randoms())
def test_the_order_in_which_facts_are_read_does_not_matter(
    facts: list[Fact], random: object
) -> None:
    mixed = list(facts)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert project(mixed) == project(facts)
    assert shown_ids(mixed) == shown_ids(facts)


@given(FACTS)
def test_of_a_kind_there_is_one_of_only_one_shows(facts: list[Fact]) -> None:
    chosen = shown_ids(facts)
    shown = [one for one in facts if one.id in chosen]
    assert all(not one.until and one.value for one in shown)
    single = [one.kind for one in shown if one.kind in kinds.ONE]
    assert len(single) == len(set(single))
    several = [(one.kind, one.norm) for one in shown if one.kind not in kinds.ONE]
    assert len(several) == len(set(several))


@given(FACTS)
def test_every_value_that_holds_shows_itself_or_one_like_it(facts: list[Fact]) -> None:
    chosen = shown_ids(facts)
    replaced = {one.replaces_id for one in facts if one.origin == "user"}
    for one in facts:
        holds = not one.until and one.value and not (one.origin == "source" and one.id in replaced)
        like = [
            other.id
            for other in facts
            if (other.kind == one.kind and (one.kind in kinds.ONE or other.norm == one.norm))
            or other.kind in FIELDS.get(FIELD_OF.get(one.kind, ""), ())
        ]
        assert not holds or chosen & set(like)


@given(st.text(min_size=1, max_size=40))
def test_the_folded_name_is_in_the_search_text(name: str) -> None:
    assert fold(name) in project([fact(1, "name", name)]).search


def test_the_users_word_comes_first_then_the_newest_source() -> None:
    old, new = fact(1, "org", "Initech", rank=1), fact(2, "org", "Globex", rank=2, card_id=2)
    assert project([old, new]).org == "Globex"
    mine = fact(3, "org", "Wayne", origin="user")
    assert project([old, new, mine]).org == "Wayne"


def test_a_replaced_value_does_not_show_and_a_clearing_leaves_none() -> None:
    given_name = fact(1, "nickname", "Addie")
    assert shown_ids([given_name, fact(2, "nickname", "Lady A", origin="user", replaces_id=1)]) == {
        2
    }
    assert shown_ids([given_name, fact(2, "nickname", "", origin="user", replaces_id=1)]) == set()


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ([("given", "Ada"), ("family", "Wong"), ("email", "a@example.com")], "Ada Wong"),
        ([("nickname", "Addie"), ("org", "Globex")], "Addie"),
        ([("org", "Globex"), ("email", "info@globex.example")], "Globex"),
        ([("email", "a@example.com"), ("phone", "079 123 45 67")], "a@example.com"),
        ([("phone", "079 123 45 67")], "079 123 45 67"),
        ([("note", "met in Bern")], "met in Bern"),
        ([], ""),
    ],
)
def test_somebody_without_a_name_is_called_by_the_next_best(
    facts: list[tuple[str, str]], name: str
) -> None:
    assert project([fact(n, kind, value) for n, (kind, value) in enumerate(facts)]).name == name


def test_the_title_belongs_to_the_employment_that_shows() -> None:
    facts = [
        fact(1, "org", "Initech", part=1),
        fact(2, "title", "Clerk", part=1),
        fact(3, "org", "Globex", part=0),
        fact(4, "title", "Head", part=0),
    ]
    assert project(facts)[2:4] == ("Globex", "Head")
    assert project(facts[:3])[2:4] == ("Globex", "")
    assert project([facts[1]])[2:4] == ("", "Clerk")


def test_the_city_is_the_first_that_an_address_names() -> None:
    where = json.dumps({"street": "Main 1", "city": "Zürich"})
    facts = [fact(1, "address", "somewhere"), fact(2, "address", "Main 1", detail=where)]
    shown = project(facts)
    assert shown.city == "Zürich"
    assert "zurich" in shown.search


def test_channels_are_mail_phone_and_each_network() -> None:
    facts = [
        fact(1, "email", "a@example.com"),
        fact(2, "email", "b@example.com"),
        fact(3, "phone", "079 123 45 67"),
        fact(4, "url", "https://www.linkedin.com/in/ada"),
        fact(5, "url", "https://github.com/ada"),
        fact(6, "url", "https://example.org"),
    ]
    assert project(facts).channels == 4


def test_only_a_change_at_one_source_is_news() -> None:
    before = fact(1, "org", "Initech", until="2026-11-15")
    assert (
        project([before, fact(2, "org", "Globex", since="2026-11-15")]).news == "Initech → Globex"
    )
    elsewhere = fact(2, "org", "Globex", since="2026-11-15", card_id=2)
    assert project([before, elsewhere]).news == ""
    assert project([fact(2, "org", "Globex", since="2026-11-15")]).news == ""


def test_the_newest_change_is_the_news() -> None:
    facts = [
        fact(1, "org", "Initech", until="2026-01-15"),
        fact(2, "org", "Globex", since="2026-01-15", until="2026-11-15"),
        fact(3, "org", "Wayne", since="2026-11-15"),
    ]
    shown = project(facts)
    assert (shown.news, shown.news_day) == ("Globex → Wayne", "2026-11-15")
