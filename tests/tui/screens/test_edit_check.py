from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UsageError
from core.rules import kinds
from tests.support import HOSTILE
from tui.screens import edit_check

TODAY = date(2026, 11, 21)


def read(kind: str, line: str, label: str = "", region: str = "CH") -> tuple[str, str]:
    return edit_check.reader(kind, label, region, TODAY)(line)


@pytest.mark.parametrize(
    ("kind", "line", "told"),
    [
        (kinds.BIRTHDAY, "3 may 85", "understood as 3 May 1985 (41)"),
        (kinds.BIRTHDAY, "3 May", "understood as 3 May"),
        (kinds.DATE, "2010-06-12", "understood as 12 June 2010"),
        (kinds.DATE, "when we met", "no date I know; kept as typed"),
        (kinds.PHONE, "079 123 45 67", "understood as +41 79 123 45 67"),
        (
            kinds.PHONE,
            "12",
            "! no full number: + and the country's code make it one; kept as typed",
        ),
        (kinds.EMAIL, "ada@x.example", "a mail address"),
        (kinds.EMAIL, "Ada <ADA@x.example>", "a mail address: ada@x.example"),
        (
            kinds.EMAIL,
            "ada at x",
            "! no address that mail reaches, as far as I can tell; kept as typed",
        ),
        (kinds.URL, "https://x.com/adawong", "X adawong · https://x.com/adawong"),
        (kinds.URL, "globex.example", "o opens it once it begins with https://"),
        (kinds.URL, "https://globex.example", "a page: globex.example"),
        (kinds.NOTE, " met at the fair ", "kept as typed"),
    ],
)
def test_a_line_is_kept_as_typed_and_says_how_it_was_understood(
    kind: str, line: str, told: str
) -> None:
    assert read(kind, line) == (line.strip(), told)


def test_a_handle_tells_its_network_and_page() -> None:
    value, told = read(kinds.HANDLE, "adawong", "github")
    assert value == "adawong"
    assert told == "GitHub adawong · https://github.com/adawong"


@pytest.mark.parametrize("line", ["soon", "31 february", "99", "[/]"])
def test_what_is_no_birthday_is_not_taken(line: str) -> None:
    with pytest.raises(UsageError, match="no birthday I know"):
        read(kinds.BIRTHDAY, line)


@pytest.mark.parametrize("kind", [kinds.NAME, kinds.BIRTHDAY, kinds.PHONE])
def test_nothing_typed_is_not_taken(kind: str) -> None:
    with pytest.raises(UsageError, match="nothing is typed"):
        read(kind, "  ")
    with pytest.raises(UsageError):
        edit_check.label("")


@given(st.sampled_from(kinds.ALL), st.one_of(st.sampled_from(HOSTILE), st.text()), st.text())
def test_any_line_is_read_or_refused_in_a_sentence(kind: str, line: str, label: str) -> None:
    try:
        value, told = read(kind, line, label)
    except UsageError as error:
        assert error.sentence  # noqa: PT017 — either is right
    else:
        assert value == line.strip()
        assert told
