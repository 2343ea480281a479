"""``tier``, ``log`` and ``wait``: decisions about people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.errors import UsageError
from tui.cli import output, who

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.bus import Done
    from core.work import Command
    from tui.cli.shell import Shell

_NAMED: Final = 5
_NO_TIER: Final = frozenset({"none", "unsorted"})
_NO_WAIT: Final = frozenset({"none", "over", "off"})


def tier(shell: Shell, words: Sequence[str]) -> int:
    """File people: all words but the last say who, the last is the letter."""
    from core.commands.set_tier import SetTier
    from core.rules.tiers import TIERS

    *people, letter = words
    wanted = "" if letter.lower() in _NO_TIER else letter.upper()
    if not people or (wanted and wanted not in TIERS):
        raise UsageError(
            "who, and then the tier: A, B, C, D or none, such as: vitalfew tier anna A"
        )
    with shell.reading() as view:
        lines = who.some(view, people)
    done = _do(shell, SetTier(tuple(line.id for line in lines), wanted))
    named = [line.name for line in lines[:_NAMED]] if len(lines) > 1 else []
    more = ["…"] if len(lines) > _NAMED else []
    _tell(done, ", ".join([*named, *more]))
    return 0


def log(shell: Shell, person: str, text: str, given: tuple[str, str, str]) -> int:
    """Write one line into somebody's log.

    Args:
        shell: the book.
        person: who.
        text: what was said; its first words may be a day.
        given: day, kind and direction as given by flags; "" where the words decide.
    """
    from dataclasses import replace

    from core.commands.log_talk import LogTalks, Talk
    from core.rules import lines, when

    day, kind, direction = given
    with shell.reading() as view:
        line = who.one(view, person)
    said = lines.talk(text, shell.today)
    talk = Talk((line.id,), said.day, said.kind, said.direction, text=said.text)
    if day:
        at = when.parse_day(day, shell.today, prefer="past")
        talk = replace(talk, day=at, text=text.strip())
    talk = replace(talk, kind=kind or talk.kind, direction=direction or talk.direction)
    done = _do(shell, LogTalks((talk,)))
    _tell(done, when.ago(talk.day, shell.today))
    return 0


def wait(shell: Shell, person: str, words: Sequence[str]) -> int:
    """Let somebody rest until a day; ``over`` ends it."""
    from core.commands.set_wait import SetWait
    from core.rules import lines

    if not words:
        raise UsageError("until when? try fri, +2w, 24 dec or 2026-12-24; over ends a wait")
    over = len(words) == 1 and words[0].lower() in _NO_WAIT
    until, why = (None, "") if over else lines.wait(" ".join(words), shell.today)
    with shell.reading() as view:
        line = who.one(view, person)
    _tell(_do(shell, SetWait((line.id,), until, why)))
    return 0


def _do(shell: Shell, command: Command) -> Done:
    with shell.writing() as bus:
        return bus.run(command)


def _tell(done: Done, more: str = "") -> None:
    told = f"{done.label}: {more}" if more else done.label
    output.say(told if done.command_id else f"{told} (as it was already)")
