"""What the user knows better than the sources."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.commands.add_person import AddPerson
from core.commands.edit_person import EditPerson
from core.errors import NotFoundError, UsageError
from core.queries import held, sources
from core.queries import people as found
from core.queries import person as whole
from core.rules import form, kinds, typed
from core.rules.normalise import norm_of
from core.rules.typed import Edit, Typed
from tests.book import base, digest, entry, fresh, merge, person_row, rows, sql, store, user_fact
from tests.support import HOSTILE, read

if TYPE_CHECKING:
    from pathlib import Path

    from core.bus import Bus

ADA = (
    ("org", "Wayne"),
    ("title", "CTO"),
    ("email", "ada@wayne.example"),
    ("phone", "+44 20 7946 0958"),
    ("given", "Ada"),
    ("family", "Wong"),
)
"""Facts 1 (the name) to 7."""


@pytest.fixture
def bus(tmp_path: Path) -> Bus:
    bus = fresh(tmp_path / "people.db")
    store(bus, entry("Ada Wong", *ADA), entry("Ben Ortiz"))
    return bus


def shown(bus: Bus, person: int = 1) -> set[tuple[str, str]]:
    view = read(bus.path, lambda view: whole.view(view, person))
    assert view is not None
    return {(fact.kind, fact.value) for fact in view.facts if fact.shown}


def edit(bus: Bus, *edits: Edit, person: int = 1) -> str:
    return bus.run(EditPerson(person, edits)).label


def who(bus: Bus, words: str) -> list[int]:
    return [line.id for line in read(bus.path, lambda view: found.containing(view, words))]


def test_an_edit_shows_and_the_source_keeps_its_word(bus: Bus) -> None:
    before = rows(bus.path, "SELECT * FROM fact WHERE origin = 'source'")
    assert edit(bus, Edit(4, "email", "ada@x.example", "work")) == "Ada Wong: email"
    assert rows(bus.path, "SELECT * FROM fact WHERE origin = 'source'") == before
    assert rows(
        bus.path, "SELECT card_id, value, norm, label, replaces_id FROM fact WHERE origin = 'user'"
    ) == [(1, "ada@x.example", "ada@x.example", "work", 4)]
    assert person_row(bus.path, 1)["email"] == "ada@x.example"
    assert who(bus, "ada@x.example") == [1]
    assert who(bus, "ada@wayne") == []


def test_a_cleared_value_is_not_shown_and_not_found(bus: Bus) -> None:
    edit(bus, Edit(4, "email", ""), Edit(5, "phone", " "))
    assert {kind for kind, _ in shown(bus)} & {"email", "phone"} == set()
    assert person_row(bus.path, 1)["email"] == ""
    assert who(bus, "ada@wayne") == who(bus, "79460958") == []
    assert rows(bus.path, "SELECT count(*) FROM fact WHERE value <> ''") == [(8,)]


def test_one_step_takes_all_back_and_does_it_again(bus: Bus) -> None:
    before = digest(bus.path)
    label = edit(
        bus,
        Edit(4, "email", ""),
        Edit(0, "label", "friends"),
        Edit(0, "label", "golf"),
        Edit(0, "address", "Hauptstr. 1, 10115 Berlin"),
        Edit(0, "address", "Bern"),
    )
    assert label == "Ada Wong: email, 2 labels, 2 addresses"
    after, line = base(bus.path), person_row(bus.path, 1)
    assert (line["city"], line["labels"]) == ("Berlin", "friends\ngolf")
    bus.undo()
    assert digest(bus.path) == before
    assert person_row(bus.path, 1)["email"] == "ada@wayne.example"
    bus.redo()
    assert base(bus.path) == after
    assert person_row(bus.path, 1) == line


def test_what_is_so_already_is_no_step(bus: Bus) -> None:
    edit(bus, Edit(4, "email", "ada@x.example"), Edit(0, "label", "golf"))
    before = digest(bus.path)
    for same in (
        Edit(4, "email", "ada@x.example"),
        Edit(3, "title", "CTO"),
        Edit(0, "title", " CTO "),
        Edit(0, "label", "Golf"),
        Edit(0, "note", ""),
    ):
        assert bus.run(EditPerson(1, (same,))).command_id == 0
    assert bus.run(EditPerson(1, ())).command_id == 0
    assert digest(bus.path) == before


def test_an_edit_is_edited_and_cleared_in_place(bus: Bus) -> None:
    edit(bus, Edit(4, "email", "ada@x.example"))
    ((mine,),) = rows(bus.path, "SELECT id FROM fact WHERE origin = 'user'")
    edit(bus, Edit(mine, "email", "ada@y.example"))
    edit(bus, Edit(4, "email", "ada@z.example"))  # an old form: it finds what the fact is now
    user = "SELECT id, value, replaces_id, until FROM fact WHERE origin = 'user'"
    assert rows(bus.path, user) == [(mine, "ada@z.example", 4, "")]
    edit(bus, Edit(mine, "email", ""))
    assert rows(bus.path, user) == [(mine, "", 4, "")]
    assert person_row(bus.path, 1)["email"] == ""
    assert bus.run(EditPerson(1, (Edit(4, "email", ""),))).command_id == 0


def test_an_edit_back_to_the_word_of_the_source_ends_it(bus: Bus) -> None:
    before = rows(bus.path, "SELECT * FROM fact")
    edit(bus, Edit(4, "email", "ada@x.example"))
    edit(bus, Edit(4, "email", "ada@wayne.example"))
    assert rows(bus.path, "SELECT * FROM fact") == before
    bus.undo()
    assert person_row(bus.path, 1)["email"] == "ada@x.example"


def test_a_value_of_the_users_own_that_is_cleared_stays_as_formerly(bus: Bus) -> None:
    edit(bus, Edit(0, "phone", "+1 202 555 0101"))
    ((mine,),) = rows(bus.path, "SELECT id FROM fact WHERE origin = 'user'")
    edit(bus, Edit(mine, "phone", ""))
    assert rows(bus.path, "SELECT value, until FROM fact WHERE id = ?", mine) == [
        ("+1 202 555 0101", "2026-11-21")
    ]
    assert ("phone", "+1 202 555 0101") not in shown(bus)
    edit(bus, Edit(0, "phone", "+1 202 555 0101"))
    assert ("phone", "+1 202 555 0101") in shown(bus)


def test_another_label_or_spelling_is_an_edit_too(bus: Bus) -> None:
    edit(bus, Edit(5, "phone", "+44 20 7946 0958", "mobile"), Edit(2, "org", "WAYNE"))
    assert ("org", "WAYNE") in shown(bus)
    lines = read(bus.path, lambda view: held.of_person(view, 1))
    assert [line.label for line in lines if line.kind == "phone"] == ["mobile"]


def test_a_page_that_was_typed_becomes_a_handle(bus: Bus) -> None:
    edit(
        bus, Edit(0, "url", "https://www.linkedin.com/in/ada-wong/"), Edit(0, "handle", "@ada", "x")
    )
    norms = {row[0] for row in rows(bus.path, "SELECT norm FROM fact WHERE kind = 'handle'")}
    assert norms == {"linkedin:ada-wong", "x:ada"}


def test_the_shown_name_follows_its_parts(bus: Bus) -> None:
    edit(bus, Edit(7, "family", "Wong-Smith"), Edit(0, "prefix", "Dr."))
    line = person_row(bus.path, 1)
    assert (line["name"], line["sort_key"]) == ("Dr. Ada Wong-Smith", "wong smith ada")
    assert who(bus, "wong-smith") == [1]
    edit(bus, Edit(0, "prefix", ""), Edit(7, "family", "Wong"))
    assert person_row(bus.path, 1)["name"] == "Ada Wong"


def test_parts_that_nobody_has_said_are_taken_from_the_name(bus: Bus) -> None:
    edit(bus, Edit(0, "family", "Ortega"), person=2)
    assert person_row(bus.path, 2)["name"] == "Ben Ortega"


def test_an_edited_name_changes_the_name_alone_and_sorts_by_what_it_says(bus: Bus) -> None:
    edit(bus, Edit(1, "name", "Ada Smith"))
    line = person_row(bus.path, 1)
    assert (line["name"], line["sort_key"]) == ("Ada Smith", "smith ada")
    assert ("family", "Wong") in shown(bus)
    edit(bus, Edit(1, "name", "Ada Maria Wong"))
    assert person_row(bus.path, 1)["sort_key"] == "wong ada maria"


def test_the_title_that_shows_is_the_one_that_is_set(bus: Bus) -> None:
    edit(bus, Edit(0, "title", "CEO"))
    edit(bus, Edit(0, "title", "Chair"))
    assert rows(bus.path, "SELECT value, replaces_id FROM fact WHERE origin = 'user'") == [
        ("Chair", 3)
    ]
    line = person_row(bus.path, 1)
    assert (line["org"], line["title"]) == ("Wayne", "Chair")


def test_a_part_of_an_address_is_changed_within_it(bus: Bus) -> None:
    detail = {"street": "Hauptstr. 1", "city": "Berlin"}
    bus.run(
        sql(
            "INSERT INTO fact(card_id, kind, value, norm, label, part, detail, preferred, origin, "
            "since, until) VALUES (1, 'address', ?, 'x', 'home', 0, ?, 0, 'source', '', '')",
            "Hauptstr. 1\nBerlin",
            json.dumps(detail),
        )
    )
    ((address,),) = rows(bus.path, "SELECT id FROM fact WHERE kind = 'address'")
    edit(bus, Edit(address, "address", "Hauptstr. 1\nBern", "home"))
    assert person_row(bus.path, 1)["city"] == "Bern"
    ((kept,),) = rows(bus.path, "SELECT detail FROM fact WHERE origin = 'user'")
    assert json.loads(kept) == {**detail, "city": "Bern"}


def test_a_value_that_is_not_theirs_is_refused(bus: Bus) -> None:
    before = digest(bus.path)
    for strange in (8, 99, -1):
        with pytest.raises(NotFoundError):
            edit(bus, Edit(0, "label", "golf"), Edit(strange, "name", "Eve"))
    with pytest.raises(NotFoundError):
        edit(bus, Edit(1, "name", "Eve"), person=77)
    assert digest(bus.path) == before


def test_nobody_is_cleared_away(bus: Bus) -> None:
    with pytest.raises(UsageError, match="puts people away"):
        edit(bus, Edit(8, "name", ""), person=2)
    assert person_row(bus.path, 2)["name"] == "Ben Ortiz"


def test_reading_the_source_again_keeps_the_edit_and_counts_nothing(bus: Bus) -> None:
    edit(bus, Edit(4, "email", "ada@x.example"), Edit(5, "phone", ""), Edit(0, "title", "Chair"))
    marks = read(bus.path, lambda view: sources.marks(view, 1))
    assert ("email", "ada@wayne.example") in {mark[1:] for mark in marks}
    assert "ada@x.example" not in {norm for _, _, norm in marks}
    before = base(bus.path)["fact"]
    stored = store(bus, entry("Ada Wong", *ADA, card=1))
    assert base(bus.path)["fact"] == before
    assert (stored.new, stored.news) == (0, 0)
    newer = (("title", "Head"), *(pair for pair in ADA if pair[0] != "title"))
    store(bus, entry("Ada Wong", *newer, card=1))
    line = person_row(bus.path, 1)
    assert (line["email"], line["phone"], line["title"]) == ("ada@x.example", "", "Chair")
    view = read(bus.path, lambda view: whole.view(view, 1))
    assert view is not None
    assert {fact.value for fact in view.facts if fact.kind == "title"} == {"CTO", "Head", "Chair"}


def test_equal_values_of_a_merged_person_are_edited_together(bus: Bus) -> None:
    store(bus, entry("A. Wong", ("email", "Ada@Wayne.example"), ("org", "Initech")), kind="google")
    bus.run(merge(1, 3))
    before = base(bus.path)
    edit(bus, Edit(4, "email", "ada@x.example"))
    assert [pair for pair in shown(bus) if pair[0] == "email"] == [("email", "ada@x.example")]
    edit(bus, Edit(4, "email", ""))
    assert {kind for kind, _ in shown(bus)} & {"email"} == set()
    edit(bus, Edit(0, "label", "golf"))
    assert rows(bus.path, "SELECT card_id FROM fact WHERE kind = 'label'") == [(1,)]
    bus.run(merge(3, 3))  # taken apart again, each entry keeps what was done to it
    assert person_row(bus.path, 3)["email"] == ""
    for _ in range(4):
        bus.undo()
    assert base(bus.path)["fact"] == before["fact"]


def test_a_value_made_by_hand_is_edited_in_place(bus: Bus) -> None:
    (person,) = bus.run(AddPerson(typed.person("Rachel, Globex, r@globex.example"))).people
    ids = dict(rows(bus.path, "SELECT kind, id FROM fact WHERE card_id = ?", person))
    edit(bus, Edit(ids["org"], "org", "Initech"), Edit(ids["email"], "email", ""), person=person)
    assert shown(bus, person) == {("name", "Rachel"), ("org", "Initech")}
    assert rows(bus.path, "SELECT count(*) FROM fact WHERE card_id = ?", person) == [(3,)]


def test_the_form_of_a_person_asks_for_nothing_until_it_is_changed(bus: Bus) -> None:
    bus.run(user_fact(1, "note", "likes tea\n\nand Bern "))
    lines = form.lines(read(bus.path, lambda view: held.of_person(view, 1)))
    told = form.text("Ada Wong", lines)
    assert form.edits(told, lines) == ()
    edit(bus, *form.edits(told.replace("title: CTO", "title: CEO"), lines))
    assert person_row(bus.path, 1)["title"] == "CEO"


def test_two_values_may_change_places(bus: Bus) -> None:
    store(bus, entry("Chen", ("phone", "+44 20 7946 0001"), ("phone", "+44 20 7946 0002")))
    ids = [row[0] for row in rows(bus.path, "SELECT id FROM fact WHERE card_id = 3 ORDER BY id")]
    one, two = Edit(ids[1], "phone", "+44 20 7946 0002"), Edit(ids[2], "phone", "+44 20 7946 0001")
    edit(bus, one, two, person=3)
    user = "SELECT replaces_id, value FROM fact WHERE origin = 'user' ORDER BY replaces_id"
    assert rows(bus.path, user) == [(ids[1], one.value), (ids[2], two.value)]
    edit(bus, two._replace(value=""), one._replace(value=two.value), person=3)
    assert shown(bus, 3) == {("name", "Chen"), ("phone", "+44 20 7946 0001")}


VALUES = st.lists(
    st.tuples(
        st.sampled_from([kinds.EMAIL, kinds.LABEL, kinds.NOTE, kinds.TITLE]),
        st.sampled_from(["one@a.example", "two@b.example", "ONE@a.example", "x", " y ", "z\n\nw"]),
    ),
    max_size=5,
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(VALUES, VALUES, st.booleans())
def test_a_form_says_what_is_shown_when_it_is_saved(
    bus: Bus, before: list[tuple[str, str]], after: list[tuple[str, str]], by_hand: bool
) -> None:
    given_ = [*before, (kinds.TITLE, "CTO")]
    if by_hand:
        values = (Typed(kinds.NAME, "Ada"), *(Typed(*pair) for pair in given_))
        (person,) = bus.run(AddPerson(values)).people
    else:
        store(bus, entry("Ada", *given_))
        store(bus, entry("Ada", *before))
        ((last,),) = rows(bus.path, "SELECT max(id) FROM card")
        person = last - 1
        bus.run(merge(person, last))
    wanted = [(kinds.NAME, "Ada"), *after]
    wanted = [pair for pair in wanted if pair[0] != kinds.TITLE]
    wanted += [(kinds.TITLE, "CEO")]
    lines = form.lines(read(bus.path, lambda view: held.of_person(view, person)))
    told = form.text("Ada", [form.Line(0, kind, "", value) for kind, value in wanted])
    edit(bus, *form.edits(told, lines), person=person)
    seen = {(kind, norm_of(kind, value)[1]) for kind, value in shown(bus, person)}
    assert seen == {(kind, norm_of(kind, value)[1]) for kind, value in wanted}


EDITS = st.builds(
    Edit,
    st.integers(0, 14),
    st.sampled_from([kinds.NAME, kinds.EMAIL, kinds.PHONE, kinds.FAMILY, kinds.LABEL, kinds.NOTE]),
    st.one_of(st.text(max_size=8), st.sampled_from(["", "a@b.example", *HOSTILE])),
    st.sampled_from(["", "work"]),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(EDITS, min_size=1, max_size=4))
def test_any_edits_are_taken_back_whole(bus: Bus, edits: list[Edit]) -> None:
    before, lines = base(bus.path), person_row(bus.path, 1)
    try:
        done = bus.run(EditPerson(1, tuple(edits)))
    except (NotFoundError, UsageError):
        assert base(bus.path) == before
        return
    facts = rows(bus.path, "SELECT * FROM fact WHERE origin = 'source'")
    assert facts == [fact for fact in before["fact"] if fact[9] == "source"]
    if done.command_id:
        bus.undo(done.command_id)
    assert base(bus.path) == before
    assert person_row(bus.path, 1) == lines
