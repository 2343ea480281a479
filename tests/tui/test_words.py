from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules import kinds
from tui import words

TODAY = date(2026, 11, 21)


def test_sources_and_networks_write_their_own_names() -> None:
    assert words.sources("linkedin,google,vcard") == "LinkedIn, Google, vCard"
    assert words.sources("") == "by hand"
    assert words.named("mastodon") == "Mastodon"
    assert words.named("Rotary Club") == "Rotary Club"
    assert words.named("") == ""
    assert words.named("msn") == "MSN"


@pytest.mark.parametrize(
    ("kind", "channel", "told"),
    [
        *(("call", "phone", "call"), ("call", "whatsapp", "call"), ("mail", "mail", "mail")),
        *(("message", "message", "message"), ("message", "", "message")),
        *(("message", "linkedin", "LinkedIn"), ("message", "sms", "SMS")),
        *(("meeting", "meeting", "meeting"), ("note", "", "note")),
    ],
)
def test_a_talk_is_told_by_its_kind_and_a_message_by_its_network(
    kind: str, channel: str, told: str
) -> None:
    assert words.way(kind, channel) == told


def test_a_handle_is_told_with_its_network_if_that_is_known() -> None:
    assert words.handle("linkedin:ada-wong", "linkedin.com/in/Ada-Wong") == ("LinkedIn", "ada-wong")
    assert words.handle("other:ada", "Ada") == ("", "ada")
    assert words.handle("", "Ada") == ("", "Ada")


def test_values_are_counted_in_words_whatever_their_kind() -> None:
    assert words.values(1, kinds.EMAIL) == "1 e-mail"
    assert words.values(2, kinds.ADDRESS) == "2 addresses"
    assert words.values(3, kinds.LABEL) == "3 labels"
    beside = set(kinds.ALL) - kinds.ONE - {kinds.PHONETIC}
    assert not any(words.values(2, kind).endswith("ss") for kind in beside)


def test_counts_waits_and_news_are_told_or_are_empty() -> None:
    assert [words.many(count, "talk") for count in (0, 1, 2400)] == [
        *("0 talks", "1 talk", "2,400 talks")
    ]
    assert words.wait("2026-12-02", "a new job", TODAY) == "waits until 2 Dec: a new job"
    assert words.wait("2026-12-02", "", TODAY) == "waits until 2 Dec"
    assert words.wait("2026-11-21", "over", TODAY) == words.wait("", "", TODAY) == ""
    assert words.news("Initech → Globex", "2026-11-20", TODAY) == (
        "new job, seen 20 Nov: Initech → Globex"
    )
    assert words.news("", "2026-11-20", TODAY) == ""


def test_every_direction_has_a_sign_of_one_cell() -> None:
    signs = [words.arrow(way) for way in ("in", "out", "both", "none", "?")]
    assert signs == ["←", "→", "↔", "·", "·"]


@pytest.mark.parametrize(
    ("norm", "told"),
    [
        ("1985-05-03", "3 May 1985 (41)"),
        ("1985-12-03", "3 December 1985 (40)"),
        ("--05-03", "3 May"),
        ("1985-05", "May 1985"),
        ("1985", "1985"),
        ("", ""),
        ("when the lilac bloomed", "when the lilac bloomed"),
    ],
)
def test_a_birthday_is_told_as_far_as_it_is_known(norm: str, told: str) -> None:
    assert words.birthday(norm, TODAY) == told


@pytest.mark.parametrize(
    ("cadence", "due", "told"),
    [
        (21, "2026-12-02", "every 21 days · due 2 Dec"),
        (21, "2026-11-21", "every 21 days · due today"),
        (60, "2026-11-20", "every 60 days · 1 day late"),
        (60, "2026-11-12", "every 60 days · 9 days late"),
        (1, "", "every 1 day"),
        (0, "", ""),
    ],
)
def test_the_rhythm_says_when_the_next_talk_is_due(cadence: int, due: str, told: str) -> None:
    assert words.rhythm(cadence, due, TODAY) == told


def test_days_and_distances_of_nothing_are_empty() -> None:
    assert words.day("", TODAY) == words.since("", TODAY) == ""
    assert words.day("2026-11-02", TODAY) == "2 Nov"
    assert words.since("2026-11-02T10:00:00Z", TODAY) == "2 weeks ago"


def test_every_kind_that_has_a_word_is_a_kind() -> None:
    assert set(words.KINDS) <= set(kinds.ALL)


@given(st.text(max_size=30))
def test_any_name_and_any_date_is_told(text: str) -> None:
    assert isinstance(words.named(text), str)
    assert isinstance(words.birthday(text, TODAY), str)
