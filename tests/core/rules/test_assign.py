"""Edits typed as words: kind=value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DecisionNeededError, UsageError
from core.rules import assign, kinds
from core.rules.form import Line
from core.rules.typed import Edit

ADA = (
    Line(1, kinds.NAME, "", "Ada Wong"),
    Line(2, kinds.EMAIL, "work", "ada@wayne.example"),
    Line(3, kinds.PHONE, "mobile", "+44 7700 900123"),
    Line(4, kinds.PHONE, "", "+44 20 7946 0958"),
    Line(5, kinds.LABEL, "", "friends"),
    Line(6, kinds.LABEL, "", "golf"),
)


@pytest.mark.parametrize(
    ("word", "edit"),
    [
        ("email=a@x.example", Edit(2, kinds.EMAIL, "a@x.example", "work")),
        ("E-Mail=a@x.example", Edit(2, kinds.EMAIL, "a@x.example", "work")),
        ("email=", Edit(2, kinds.EMAIL, "", "work")),
        ("title=CTO", Edit(0, kinds.TITLE, "CTO")),
        ("phone+=+1 202 555 0101", Edit(0, kinds.PHONE, "+1 202 555 0101")),
        ("phone=+1 202=5", None),
        ("mobile=079", Edit(3, kinds.PHONE, "079", "mobile")),
        ("phone:home=079", Edit(0, kinds.PHONE, "079", "home")),
        ("phone-=+442079460958", Edit(4, kinds.PHONE, "")),
        ("phone-=900123", Edit(3, kinds.PHONE, "", "mobile")),
        ("label=+friends", Edit(0, kinds.LABEL, "friends")),
        ("label=-golf", Edit(6, kinds.LABEL, "")),
        ("label-=GOLF", Edit(6, kinds.LABEL, "")),
        ("note=a=b", Edit(0, kinds.NOTE, "a=b")),
        ("custom:Shoe size=42", Edit(0, kinds.CUSTOM, "42", "Shoe size")),
    ],
)
def test_a_word_says_what_to_change(word: str, edit: Edit | None) -> None:
    if edit is None:
        with pytest.raises(DecisionNeededError, match="2 of phone"):
            assign.edits([word], ADA)
    else:
        assert assign.edits([word], ADA) == (edit,)


@pytest.mark.parametrize("word", ["title=", "note+=", "label=+"])
def test_to_clear_what_is_not_there_is_nothing(word: str) -> None:
    assert assign.edits([word], ADA[:1]) == ()


@pytest.mark.parametrize("word", ["label=x", "label=", "phone-=", "label-=nobody", "email-=zzz"])
def test_which_of_several_is_meant_must_be_said(word: str) -> None:
    with pytest.raises(DecisionNeededError):
        assign.edits([word], ADA)


@given(st.text(max_size=30))
def test_any_word_is_understood_or_refused(word: str) -> None:
    try:
        found = assign.edits([word], ADA)
    except (UsageError, DecisionNeededError):
        return
    assert all(edit.kind in kinds.ALL for edit in found)
