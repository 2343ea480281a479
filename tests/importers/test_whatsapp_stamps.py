"""The times of lines that are read together are those that each line has alone."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from importers.whatsapp_lines import Stamps, stamped

DATES = st.sampled_from(
    ("04/01/2016, ", "4/1/16, ", "4.1.16, ", "4.1.2016. ", "2016-01-04 ", "5/1/16, ", "4. 1. 16 ")
)
BEFORE = st.sampled_from(("", "", "", "AM ", "오후 ", "PM "))
TIMES = st.sampled_from(("08:13", "8:13", "12:05", "8.13", "8:13:22", "12:05:07", "25:61"))
AFTER = st.sampled_from(("", "", "", " PM", "\u202fAM", " p.m.", " Uhr"))
ENDS = st.sampled_from((" - ", "] ", ": ", " ", " \u2013 ", " -", "]"))
SAID = st.sampled_from(("Ada: yes", "\u200eAda: a - b", "Ada - PM - x", "12:05 - Ada: no", ""))
LINES = st.builds(
    "".join,
    st.tuples(st.sampled_from(("", "", "[", "\u200e[")), DATES, BEFORE, TIMES, AFTER, ENDS, SAID),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(LINES | st.text(max_size=30), max_size=40))
def test_a_line_is_read_as_if_it_stood_alone(lines: list[str]) -> None:
    stamps = Stamps()
    assert [stamps.of(line) for line in lines] == [stamped(line) for line in lines]


def test_the_bracket_of_another_line_is_no_help() -> None:
    stamps = Stamps()
    for line in ("[4/1/16, 8:13] Ada: one", "4/1/16, 8:13] Ada: two", "[4/1/16, 8:13 - Ada: three"):
        assert stamps.of(line) == stamped(line)
