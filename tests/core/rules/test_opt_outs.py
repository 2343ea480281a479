"""How people want to be contacted, of all that they said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UsageError
from core.rules.opt_outs import CHANNELS, RULES, OptedOut, allows, checked, strictest, words

SAID = st.lists(st.tuples(st.sampled_from(CHANNELS), st.sampled_from(RULES)))


@given(SAID, SAID)
def test_more_entries_never_allow_more(
    said: list[tuple[str, str]], more: list[tuple[str, str]]
) -> None:
    before = ",".join(strictest(said).never)
    after = ",".join(strictest([*said, *more]).never)
    for channel in CHANNELS:
        assert allows(before, channel) or not allows(after, channel)


@given(SAID)
def test_nobody_prefers_what_they_never_want(said: list[tuple[str, str]]) -> None:
    found = strictest(said)
    assert not found.prefers or allows(",".join(found.never), found.prefers)


def test_the_newest_preference_counts() -> None:
    said = [("mail", "prefer"), ("phone", "never"), ("message", "prefer")]
    assert strictest(said) == OptedOut(("phone",), "message")
    assert strictest([*said, ("all", "never")]) == OptedOut(("all",))


def test_what_was_said_in_words() -> None:
    assert words("mail,phone", "message") == "never mail, phone · prefers message"
    assert words("", "phone") == "prefers phone"
    assert words("all") == "never contact"
    assert words("") == ""


def test_words_for_channels_are_understood() -> None:
    assert checked("E-Mail", "Never") == ("mail", "never")
    assert checked("calls", "prefers") == ("phone", "prefer")
    for channel, rule in (("fax", "never"), ("all", "prefer"), ("mail", "maybe")):
        with pytest.raises(UsageError):
            checked(channel, rule)
