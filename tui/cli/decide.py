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


def log(shell: Shell, words: Sequence[str], given: tuple[str, str, str]) -> int:
    """Write one line into somebody's log: WHO [DAY] [TEXT], or a line that names people.

    Args:
        shell: the book.
        words: the first say who, as many as are a name.
        given: day, kind and direction as given by flags; "" where the words decide.
    """
    from core.commands.log_talk import LogTalks
    from core.rules import when
    from tui.cli import capturing

    with shell.reading() as view:
        talk, unknown = capturing.talk(view, words, given, shell.today)
    done = _do(shell, LogTalks((talk,)))
    _tell(done, when.ago(talk.day, shell.today))
    for name in unknown:
        output.say(f"{name} is not in your book")
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
