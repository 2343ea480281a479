"""A person as text for an editor, and back."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.errors import UsageError
from core.rules import fields, form, kinds
from core.rules.form import Line
from core.rules.typed import Edit
from tests.support import HOSTILE

ADA = (
    Line(1, kinds.NAME, "", "Ada Wong"),
    Line(2, kinds.EMAIL, "work", "ada@wayne.example"),
    Line(3, kinds.PHONE, "mobile", "+44 7700 900123"),
    Line(4, kinds.PHONE, "", "+44 20 7946 0958"),
    Line(5, kinds.LABEL, "", "friends"),
    Line(6, kinds.NOTE, "", "likes tea\n\n  and Bern"),
)
TEXTS = st.one_of(
    st.text(max_size=20),
    st.text(alphabet=" \n\t\\:#u{}A\r\u2028=", max_size=12),
    st.sampled_from(HOSTILE),
)
VALUES = st.lists(
    st.builds(
        Line,
        st.integers(1, 9),
        st.sampled_from([kind for kind in kinds.ALL if kind not in fields.KEPT_AWAY]),
        TEXTS,
        TEXTS.filter(str.strip),
    ),
    max_size=5,
    unique_by=lambda line: line.fact_id,
)


class Held(NamedTuple):
    id: int
    kind: str
    value: str
    label: str = ""
    shown: bool = True


def changed(old: str, new: str) -> tuple[Edit, ...]:
    told = form.text("Ada Wong", ADA)
    assert told.count(old) == 1
    return form.edits(told.replace(old, new), ADA)


@given(TEXTS, VALUES)
@example("", [Line(1, "note", " a:\\ ", "\n\n x \n\\u{41}\n\n  \\\n")])
def test_a_form_that_is_saved_as_it_was_changes_nothing(name: str, values: list[Line]) -> None:
    told = form.text(name, values)
    assert form.edits(told, values) == ()
    assert form.edits(told.replace("\n", "\r\n"), values) == ()
    assert form.edits("\ufeff" + told, values) == ()


@given(TEXTS, VALUES)
def test_a_form_holds_no_sign_that_an_editor_acts_on(name: str, values: list[Line]) -> None:
    told = form.text(name, values)
    assert all(char.isprintable() or char in "\n\u200c\u200d\u3000" for char in told)
    told.encode()


@given(TEXTS)
def test_any_text_is_read_or_refused_by_its_line(text: str) -> None:
    refused = ""
    try:
        form.edits(text, ADA)
    except UsageError as error:
        refused = error.sentence
    assert not refused or refused.startswith("line ")


def test_what_is_changed_cleared_and_added_is_told_apart() -> None:
    assert changed("ada@wayne.example", "ada@x.example") == (
        Edit(2, kinds.EMAIL, "ada@x.example", "work"),
    )
    assert changed("phone mobile: +44 7700 900123\n", "") == (Edit(3, kinds.PHONE, "", "mobile"),)
    assert changed("title:", "title: CTO") == (Edit(0, kinds.TITLE, "CTO"),)
    assert changed("label: friends\n", "label: friends\nlabel: golf\n") == (
        Edit(0, kinds.LABEL, "golf"),
    )
    assert changed("\nlabel: friends\n", "\nlabel:\n") == (Edit(5, kinds.LABEL, ""),)


def test_a_new_label_is_an_edit_of_the_same_value() -> None:
    assert changed("phone: +44 20", "phone home: +44 20") == (
        Edit(4, kinds.PHONE, "+44 20 7946 0958", "home"),
    )


def test_of_two_values_the_one_that_stayed_is_left_alone() -> None:
    swapped = "phone: +44 20 7946 0958\nphone mobile: +44 7700 900124\n"
    told = "phone mobile: +44 7700 900123\nphone: +44 20 7946 0958\n"
    assert changed(told, swapped) == (Edit(3, kinds.PHONE, "+44 7700 900124", "mobile"),)


def test_a_note_may_have_several_lines() -> None:
    assert "note: likes tea\n\n      and Bern\n" in form.text("Ada", ADA)
    assert changed("likes tea", "likes tea\n    a lot") == (
        Edit(6, kinds.NOTE, "likes tea\na lot\n\n  and Bern"),
    )


@pytest.mark.parametrize(
    ("line", "edit"),
    [
        ("mobile: 079 1234567", Edit(0, kinds.PHONE, "079 1234567", "mobile")),
        ("company: Wayne", Edit(0, kinds.ORG, "Wayne")),
        ("custom Shoe size: 42", Edit(0, kinds.CUSTOM, "42", "Shoe size")),
        ("linkedin: ada", Edit(0, kinds.HANDLE, "ada", "linkedin")),
        ("Note:\ttea: green", Edit(0, kinds.NOTE, "tea: green")),
    ],
)
def test_a_field_is_known_by_the_words_that_people_use(line: str, edit: Edit) -> None:
    assert form.edits(line, ()) == (edit,)


def test_a_line_that_cannot_be_understood_is_named() -> None:
    with pytest.raises(UsageError, match=r"^line 3: “colour” is no field"):
        form.edits("# a\nname: Ada\ncolour: red\n", ())
    with pytest.raises(UsageError, match=r"^line 2: .* has no colon"):
        form.edits("name: Ada\nhello there\n", ())


def test_only_what_shows_and_what_a_hand_writes_is_in_the_form() -> None:
    facts = [
        Held(1, kinds.EMAIL, "a@b.example"),
        Held(2, kinds.NAME, "Ada"),
        Held(3, kinds.NAME, "Adda", shown=False),
        Held(4, kinds.PHOTO, "abc"),
        Held(5, kinds.EXTRA, "x", "X-FOO"),
    ]
    assert [line.fact_id for line in form.lines(facts)] == [2, 1]
