from __future__ import annotations

from datetime import date

from core.queries.timeline import TimeLine
from tui.screens.person_newest import talk_rows

TODAY = date(2026, 11, 21)
CALL = TimeLine(
    *(1, "2026-11-21T09:00:00Z", "2026-11-21", "call", "both", "phone"),
    *("", "", "", 0, False),
)


def test_a_call_without_a_word_is_told_once() -> None:
    wordless, long = talk_rows([CALL, CALL._replace(seconds=60)], 2, TODAY, "tab")
    assert (wordless.way, wordless.words) == ("call", "")
    assert (long.way, long.words) == ("call", "1 min")
