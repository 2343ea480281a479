"""What an import may have to ask at the terminal, and what it does where nobody is there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from core.errors import BookError, CancelledError, UsageError
from core.queries import sources
from importers import home_region
from importers.choices import Unasked
from tui.cli import output

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from importers.choices import Ask, Candidate
    from importers.guess import Guessed
    from importers.talk import Party
    from tui.cli.shell import Shell

_NO = frozenset({"n", "no"})
_YES = frozenset({"y", "yes"})


def who_answers(bar: output.Bar, *, asking: bool) -> Ask:
    """Whoever sits at the terminal, or nobody; the bar makes room for a question."""
    return _AtTheTerminal(bar) if asking else Unasked()


class _AtTheTerminal:
    """Asks in words; an empty answer is the one in brackets."""

    def __init__(self, bar: output.Bar) -> None:
        self._bar = bar

    def _ask(self, question: str) -> str:
        self._bar.rest()
        return output.ask(question).strip()

    def same_list(self, title: str, account: str, known: int, total: int) -> bool:
        """Whether it is a list that the book has already."""
        question = (
            f"{title}: the book knows {known:,} of these {total:,} entries from {account}. "
            "Is it the same list again? [yes]"
        )
        return self._ask(question).lower() not in _NO

    def columns(self, file: str, guessed: Sequence[Guessed]) -> Mapping[str, str]:
        """Each column that is not sure."""
        from importers.columns import column

        self._bar.rest()
        output.say(f"{file}: what do these columns hold? Enter takes what stands in brackets,")
        output.say("keep leaves a column as it is, skip leaves it out; name, email, phone …")
        said: dict[str, str] = {}
        for one in guessed:
            while not one.sure:
                example = f", such as “{one.example[:40]}”" if one.example else ""
                answer = self._ask(f"  {one.heading[:40]}{example} [{one.role}]")
                try:
                    column(answer or one.role)
                except UsageError as error:
                    output.say(error.sentence)
                    continue
                said[one.heading] = answer or one.role
                break
        return said or {one.heading: one.role for one in guessed}

    def gone(self, title: str, missing: int, present: int) -> bool:
        """Whether it was the whole list."""
        question = (
            f"{title}: {missing:,} of {present:,} entries are not in these files. "
            "Are they gone from the list? [no]"
        )
        return self._ask(question).lower() in _YES

    def owner(self, title: str, candidates: Sequence[Candidate]) -> Party | None:
        """A number, or nothing for nobody of them."""
        self._bar.rest()
        output.say(f"{title} does not say which of those who wrote is you:")
        for number, one in enumerate(candidates, 1):
            output.say(f"  {number} {one.name[:60]} ({one.talks:,} talks)")
        while answer := self._ask("Which one are you? A number, or nothing for none of them"):
            if answer.isdecimal() and 1 <= int(answer[:3]) <= len(candidates):
                return candidates[int(answer[:3]) - 1].party
        return None


def region_of(
    shell: Shell, said: str, paths: Sequence[Path], form: str, *, asking: bool
) -> str | None:
    """The country for numbers without one; None for what the book knows, or for no country.

    Args:
        shell: whose book.
        said: what ``--region`` named, or "".
        paths: what is imported.
        form: the format that ``--as`` named, or "".
        asking: somebody can be asked.
    """
    if said:
        return home_region.checked(said)
    if _known_region(shell):
        return None
    likely = home_region.of_locale(os.environ) or None
    if not (likely or asking) or not home_region.matters(paths, form):
        return None
    if asking:
        return _ask_region(likely)
    output.say(
        f"numbers without a country code are read as those of {likely}, by the locale; "
        "--region names another country"
    )
    return likely


def _ask_region(likely: str | None) -> str | None:
    usual = f" [{likely}]" if likely else ", or nothing to keep them as they are"
    while True:
        try:
            answer = output.ask(
                "Some numbers have no country code. In which country are they "
                f"(two letters, such as CH){usual}?"
            )
        except KeyboardInterrupt:
            raise CancelledError("stopped: nothing was imported") from None
        if not answer:
            return likely
        try:
            return home_region.checked(answer)
        except UsageError as error:
            output.say(error.sentence)


def _known_region(shell: Shell) -> str:
    if not shell.book.exists():
        return ""
    try:
        with shell.reading() as view:
            return sources.setting(view, "region")
    except BookError:
        return ""  # the import itself says what is wrong, or brings the book up to date
