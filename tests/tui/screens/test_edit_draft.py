from __future__ import annotations

from core.queries.held import HeldFact
from core.rules import form, kinds
from core.rules.typed import Edit
from tui.screens.edit_draft import CHANGED, CLEARED, MISSING, NEW, Draft, Line


def fact(ident: int, kind: str, value: str, **more: object) -> HeldFact:
    given = {
        "card_id": 1,
        "norm": value.lower(),
        "label": "",
        "origin": "source",
        "source": "google",
        "account": "",
        "before": "",
        "shown": True,
        **more,
    }
    return HeldFact(id=ident, kind=kind, value=value, **given)  # type: ignore[arg-type]


FACTS = (
    fact(1, kinds.NAME, "Robert Smith"),
    fact(2, kinds.NAME, "Bob Smith", card_id=2, source="linkedin", shown=False),
    fact(3, kinds.PHONE, "+41 79 123 45 67", label="mobile"),
    fact(4, kinds.EMAIL, "bob@x.example"),
    fact(5, kinds.EMAIL, "bob@x.example", card_id=2, source="linkedin", shown=False),
    fact(6, kinds.UID, "urn:uuid:1"),
)


def line(draft: Draft, key: int | str) -> Line:
    return next(one for one in draft.lines() if one.key == key)


def test_values_come_in_the_order_people_read_and_what_is_missing_comes_last() -> None:
    rows = Draft(FACTS).lines()
    there = [one.value for one in rows if one.state != MISSING]
    assert there == ["Robert Smith", "Bob Smith", "bob@x.example", "+41 79 123 45 67"]
    missing = [one.kind for one in rows if one.state == MISSING]
    assert missing[:2] == [kinds.NICKNAME, kinds.ORG]
    assert kinds.PHONE not in missing
    assert [one.state for one in rows[len(there) :]] == [MISSING] * len(missing)


def test_a_value_that_two_entries_say_is_one_row_that_names_both() -> None:
    assert line(Draft(FACTS), 4).said == "Google, LinkedIn"
    assert line(Draft(FACTS), 2).also
    assert not line(Draft(FACTS), 4).also


def test_entries_of_one_kind_of_source_are_told_apart_by_their_account() -> None:
    two = (
        fact(1, kinds.EMAIL, "a@x.example", account="home"),
        fact(2, kinds.EMAIL, "b@x.example", account="work", card_id=2),
    )
    assert [line(Draft(two), key).said for key in (1, 2)] == ["Google home", "Google work"]


def test_a_change_is_counted_shown_with_what_was_before_and_taken_back_by_the_old_value() -> None:
    draft = Draft(FACTS)
    draft.change(3, "+41 79 765 43 21")
    now = line(draft, 3)
    assert (now.state, now.value, now.before) == (CHANGED, "+41 79 765 43 21", "+41 79 123 45 67")
    assert draft.edits() == (Edit(3, kinds.PHONE, "+41 79 765 43 21", "mobile"),)
    draft.change(3, "+41 79 123 45 67")
    assert (draft.changes, draft.edits()) == (0, ())


def test_a_value_is_cleared_and_comes_back_by_the_same_key() -> None:
    draft = Draft(FACTS)
    draft.clear(4)
    assert line(draft, 4).state == CLEARED
    assert draft.edits() == (Edit(4, kinds.EMAIL, "", ""),)
    draft.clear(4)
    assert (line(draft, 4).state, draft.changes) == ("", 0)


def test_clearing_a_changed_value_clears_it_and_then_brings_back_what_the_source_says() -> None:
    draft = Draft(FACTS)
    draft.change(4, "other@x.example")
    draft.clear(4)
    assert draft.edits() == (Edit(4, kinds.EMAIL, "", ""),)
    draft.clear(4)
    assert line(draft, 4).value == "bob@x.example"


def test_a_new_value_stands_among_its_kind_and_is_dropped_by_clearing_it() -> None:
    draft = Draft(FACTS)
    key = draft.add(kinds.PHONE, "work", "031 123 45 67")
    rows = [one.key for one in draft.lines() if one.kind == kinds.PHONE]
    assert rows == [3, key]
    assert line(draft, key).state == NEW
    draft.change(key, "031 765 43 21")
    assert draft.edits() == (Edit(0, kinds.PHONE, "031 765 43 21", "work"),)
    draft.clear(key)
    assert draft.edits() == ()


def test_a_kind_of_which_there_is_one_is_changed_and_not_added_again() -> None:
    draft = Draft(FACTS)
    name = draft.one(kinds.NAME)
    assert name is not None
    assert name.value == "Robert Smith"
    assert draft.one(kinds.BIRTHDAY) is None
    assert draft.one(kinds.PHONE) is None


def test_the_text_of_a_form_tells_what_was_changed_here_and_brings_its_own_changes() -> None:
    draft = Draft(FACTS)
    draft.change(3, "+41 79 765 43 21")
    new = draft.add(kinds.NOTE, "", "met at the fair")
    draft.clear(4)
    values = draft.text()
    text = form.text("Robert Smith", values)
    assert "+41 79 765 43 21" in text
    assert "met at the fair" in text
    assert "bob@x.example" not in text
    assert "urn:uuid" not in text
    draft.take(form.edits(text, values))
    assert draft.changes == 3, "text that was not touched changes nothing"
    changed = text.replace("at the fair", "in Bern").replace("phone mobile", "phone work")
    draft.take(form.edits(changed + "given: Robert\n", values))
    assert line(draft, new).value == "met in Bern"
    assert (line(draft, 3).label, line(draft, 3).value) == ("work", "+41 79 765 43 21")
    assert Edit(0, kinds.GIVEN, "Robert", "") in draft.edits()
    assert any(one.kind == kinds.GIVEN for one in draft.lines()), "what is changed is to be seen"


def test_a_value_deleted_from_the_text_is_cleared() -> None:
    draft = Draft(FACTS)
    values = draft.text()
    text = form.text("Robert Smith", values)
    kept = "".join(row for row in text.splitlines(keepends=True) if "bob@" not in row)
    draft.take(form.edits(kept, values))
    assert draft.edits() == (Edit(4, kinds.EMAIL, "", ""),)
