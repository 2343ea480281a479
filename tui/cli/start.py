"""What happens before anything heavy is loaded: protect, dispatch, and tell of failures.

`find`, `focus` and `query` are typed and scripted all day, so plain uses of them are taken apart
by hand; importing typer, and running a command by it, would triple their cost. Everything else,
and every question of usage, goes to `tui.cli.program`; both end in the same functions.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from core.errors import UsageError, VitalfewError
from tui.cli import output

if TYPE_CHECKING:
    from collections.abc import Sequence

FAILED: Final = 1
STOPPED: Final = 130
HELP: Final = Path(__file__).with_name("help.txt")
"""What typer says to ``--help``, kept so that it need not be loaded; a test holds it true."""

_ROOMS: Final = Path(__file__).resolve().parents[2]


class Plain(NamedTuple):
    """A command line without anything unusual in it."""

    words: tuple[str, ...] = ()
    form: output.Form = "words"
    limit: int | None = None


def start(arguments: Sequence[str]) -> int:
    """Run one command line.

    Args:
        arguments: without the program's name.

    Returns:
        The exit code: 0 well, 1 nothing found or failed, 2 not understood, 3 needs a decision,
        130 stopped.
    """
    _protect()
    try:
        code = _told(arguments)
        output.finish()
    except output.UnwritableError as error:
        output.give_up()
        if not error.reason:
            return 0  # whoever read had enough
        output.say(f"what was asked for could not be written: {error.reason}")
        return FAILED
    return code


def _protect() -> None:
    """Keep what is in memory out of dumps and logs, and have two streams to write to."""
    os.environ.pop("TEXTUAL_LOG", None)
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    output.have_streams()


def _told(arguments: Sequence[str]) -> int:
    try:
        return _dispatch(arguments)
    except VitalfewError as error:
        output.say(error.sentence)
        for line in error.lines:
            output.say(line)
        return error.exit_code
    except KeyboardInterrupt:
        return STOPPED
    except output.UnwritableError:
        raise
    except Exception as error:  # noqa: BLE001 — the last net: words without anybody's data
        output.say(f"vitalfew failed: {type(error).__name__} at {_place(error)}")
        return FAILED


def _dispatch(arguments: Sequence[str]) -> int:
    book, rest = take_book(arguments)
    if rest in ([], ["--veil"]):
        from tui.cli.screens import open_screens
        from tui.cli.shell import Shell

        return open_screens(Shell.of(book), veiled=bool(rest))
    if rest[0] == "--version":
        from core import __version__

        output.line(f"vitalfew {__version__}")
        return 0
    if rest in (["--help"], ["-h"]):
        for line in HELP.read_text("utf-8").splitlines():
            output.line(line)
        return 0
    code = _at_once(book, rest[0], rest[1:])
    if code is not None:
        return code
    from tui.cli.program import run

    return run(book, rest)


def _at_once(book: Path | None, command: str, rest: Sequence[str]) -> int | None:
    """Carry out a plain use of what is asked for all day; None for anything else."""
    if command not in {"query", "find", "focus"}:
        return None
    from tui.cli.shell import Shell

    if command == "query":
        from tui.cli import query

        asked = query.taken_apart(rest)
        return query.query(Shell.of(book), asked) if asked else None
    plain = taken_apart(rest)
    if plain is None:
        return None
    if command == "find" and plain.words:
        from tui.cli.people import find

        return find(Shell.of(book), plain.words, plain.form, plain.limit)
    if command == "focus" and not plain.words and plain.limit is None:
        from tui.cli.focus import focus

        return focus(Shell.of(book), plain.form)
    return None


def take_book(arguments: Sequence[str]) -> tuple[Path | None, list[str]]:
    """Take ``--db PATH`` out, before or after the command; the last one counts.

    Raises:
        UsageError: no path follows it.
    """
    book: Path | None = None
    rest: list[str] = []
    left = list(arguments)
    while left:
        word = left.pop(0)
        if word == "--":
            return book, [*rest, word, *left]
        if word == "--db" or word.startswith("--db="):
            named = word[5:] if word != "--db" else left.pop(0) if left else ""
            if not named:
                raise UsageError("--db wants the path of a book")
            book = Path(named).expanduser()
        else:
            rest.append(word)
    return book, rest


def taken_apart(arguments: Sequence[str]) -> Plain | None:
    """The words and known flags of a plain command line; None if anything else is in it."""
    words: list[str] = []
    forms: set[output.Form] = set()
    limit: int | None = None
    left = list(arguments)
    while left:
        word = left.pop(0)
        if word == "--json":
            forms.add("json")
        elif word == "--plain":
            forms.add("plain")
        elif word == "--limit" and left and left[0].isdecimal():
            limit = int(left.pop(0))
        elif word.startswith("-") or not word:
            return None
        else:
            words.append(word)
    if len(forms) > 1 or limit == 0:
        return None
    return Plain(tuple(words), forms.pop() if forms else "words", limit)


def _place(error: BaseException) -> str:
    """File and line of the innermost of our own frames, else of the innermost."""
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_ROOMS)]
    last = (ours or frames)[-1]
    path = Path(last.filename)
    name = path.relative_to(_ROOMS).as_posix() if path.is_relative_to(_ROOMS) else path.name
    return f"{name}:{last.lineno}"
