from __future__ import annotations

import contextlib
import io
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DecisionNeededError, UsageError
from tui.cli import output

ANYTHING = st.text(st.characters(), max_size=60)
HOSTILE = st.sampled_from(
    ["\x1b]0;x\x07", "a\tb", "a\nb", "\u202e", "\udcff", "\x85", "\u2028", ""]
)


def controls(told: str) -> list[str]:
    """What a terminal would obey: C0, C1, direction overrides; and what it cannot take."""
    return [char for char in told if unicodedata.category(char) in {"Cc", "Cs"} or char == "\u202e"]


def printed(call: object, *arguments: object, **names: object) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        call(*arguments, **names)  # type: ignore[operator]
    return out.getvalue()


@given(st.lists(st.lists(ANYTHING | HOSTILE, min_size=2, max_size=2), max_size=5))
def test_a_plain_line_is_one_line_with_its_tabs(rows: list[list[str]]) -> None:
    told = printed(output.fields, rows)
    lines = told.split("\n")
    assert lines.pop() == ""
    assert [line.count("\t") for line in lines] == [1] * len(rows)
    assert not controls(told.replace("\n", "").replace("\t", ""))


@given(st.lists(st.lists(ANYTHING | HOSTILE, min_size=3, max_size=3), max_size=5))
def test_a_table_has_a_line_for_each_row_and_no_controls(rows: list[list[str]]) -> None:
    told = printed(output.table, rows)
    assert told.count("\n") == len(rows)
    assert not controls(told.replace("\n", ""))


def test_a_long_value_is_cut_in_a_table_and_whole_between_tabs() -> None:
    name = "x" * 10_000
    assert len(printed(output.table, [(name, "y")])) < 100
    assert name in printed(output.fields, [(name, "y")])


@given(st.lists(ANYTHING | HOSTILE, max_size=5))
def test_a_document_is_ascii_and_gives_values_back_raw(values: list[str]) -> None:
    told = printed(output.document, values=values)
    assert told.isascii()
    assert json.loads(told) == {"schema": 1, "values": values}


def test_two_forms_at_once_are_not_understood() -> None:
    with pytest.raises(UsageError):
        output.form(as_json=True, plain=True)
    assert output.form(as_json=False, plain=True) == "plain"


def test_nobody_is_asked_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(DecisionNeededError, match="--yes"):
        output.agree("Take it back?")
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("answer", "agreed"), [("y\n", True), ("Yes\n", True), ("n\n", False), ("", False)]
)
def test_only_a_yes_is_a_yes(monkeypatch: pytest.MonkeyPatch, answer: str, agreed: bool) -> None:
    monkeypatch.setattr(output, "can_ask", lambda: True)
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    if agreed:
        output.agree("Sure?")
    else:
        with pytest.raises(DecisionNeededError, match="nothing was changed"):
            output.agree("Sure?")
