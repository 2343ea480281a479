"""The shell's single door: data to stdout, words to stderr, foreign text through `visible`.

Three forms of data: words (a table for eyes), plain (tabs, for ``cut``), JSON (raw values in
ASCII, for programs).
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TextIO, TypeAlias

from core.errors import DecisionNeededError, UsageError
from core.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from signal import Signals
    from types import TracebackType
    from typing import Self

    from rich.progress import Progress, TaskID

Form: TypeAlias = Literal["words", "plain", "json"]
SCHEMA: Final = 1
_WIDEST: Final = 40
_LAST: Final = 160
_POINTS_A_CELL: Final = 16
_NO_TERMINAL: Final = 100_000


class UnwritableError(Exception):
    """Nothing more can be written to stdout or stderr.

    Not an `OSError`: typer would end the process on that one, and with a code of its own.

    Args:
        reason: the system's words; "" if who read has simply gone, as ``head`` does.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def form(*, as_json: bool, plain: bool) -> Form:
    """Which form the flags ask for.

    Raises:
        UsageError: both at once.
    """
    if as_json and plain:
        raise UsageError("--json and --plain are two forms of the same; choose one")
    return "json" if as_json else "plain" if plain else "words"


def document(**names: object) -> None:
    """One JSON document with its schema number; raw values, nothing but ASCII."""
    import json

    _put(sys.stdout, json.dumps({"schema": SCHEMA, **names}) + "\n")


def fields(rows: Iterable[Sequence[object]]) -> None:
    """Lines of values with tabs between; a tab or line break inside a value is drawn."""
    for row in rows:
        told = ("" if value is None else visible(str(value)) for value in row)
        _put(sys.stdout, "\t".join(told) + "\n")


def table(rows: Iterable[Sequence[object]]) -> None:
    """Columns for eyes, without a heading; long values are cut, on a terminal lines too."""
    from rich.cells import cell_len, set_cell_size

    cells = [
        [*(_cut(str(value), _WIDEST) for value in row[:-1]), _cut(str(row[-1]), _LAST)]
        for row in rows
    ]
    widths = [max(map(cell_len, column)) for column in zip(*cells, strict=True)]
    room = _room(sys.stdout)
    for row in cells:
        told = "  ".join(
            cell + " " * (width - cell_len(cell))
            for cell, width in zip(row, widths, strict=True)
            if width
        ).rstrip()
        if cell_len(told) > room:
            told = set_cell_size(told, room - 1).rstrip() + "…"
        _put(sys.stdout, told + "\n")


def short(words: str, room: int) -> str:
    """Foreign text in at most so many cells, safe to print."""
    return _cut(words, room)


def line(words: str = "") -> None:
    """One line of data for eyes."""
    _put(sys.stdout, visible(words) + "\n")


def data(written: bytes) -> None:
    """Data in a form of its own, such as vCards: bytes as they are, to programs and files."""
    _put(sys.stdout, "", flush=True)
    try:
        sys.stdout.buffer.write(written)
    except BrokenPipeError:
        raise UnwritableError("") from None
    except OSError as error:
        raise UnwritableError(error.strerror or str(error)) from None


def text(words: str) -> None:
    """Data of several lines for eyes; their line breaks are kept."""
    _put(sys.stdout, visible(words, lines=True))


def block(words: str) -> None:
    """Text of several lines, such as a help page; its line breaks are kept."""
    _put(sys.stderr, visible(words, lines=True).rstrip("\n") + "\n")


def finish() -> None:
    """Write what is still buffered.

    Raises:
        UnwritableError: it cannot be.
    """
    _put(sys.stdout, "", flush=True)


def say(sentence: str) -> None:
    """One sentence to whoever sits there."""
    _put(sys.stdout, "", flush=True)
    _put(sys.stderr, visible(sentence) + "\n", flush=True)


def can_ask() -> bool:
    """Whether there is a terminal to ask at."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str) -> str:
    """What is typed in answer to a question; "" at the end of input. Only where `can_ask`."""
    _put(sys.stderr, visible(question) + " ", flush=True)
    try:
        answer = sys.stdin.readline()
    except KeyboardInterrupt:
        _put(sys.stderr, "\n", flush=True)  # what is said next has a line of its own
        raise
    if not answer.endswith("\n"):
        _put(sys.stderr, "\n")
    return answer.strip()


def agree(question: str) -> None:
    """Go on only with a yes.

    Raises:
        DecisionNeededError: nobody can be asked, or the answer was no.
    """
    if not can_ask():
        raise DecisionNeededError(f"{question} --yes says so")
    if ask(f"{question} [y/N]").lower() not in {"y", "yes"}:
        raise DecisionNeededError("nothing was changed")


def have_streams() -> None:
    """Make sure of stdout and stderr, and that no letter of theirs can fail."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 — for good
            setattr(sys, name, nowhere)
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def give_up() -> None:
    """Let stdout go nowhere, and stderr too if it cannot be written: without a word at the end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    with suppress(OSError, ValueError):
        os.dup2(nowhere, sys.stdout.fileno())
    try:
        sys.stderr.flush()
    except (OSError, ValueError):
        with suppress(OSError, ValueError):
            os.dup2(nowhere, sys.stderr.fileno())
    os.close(nowhere)


class Bar:
    """A progress bar on stderr: rows, rows a second, time left; nothing where no terminal is."""

    def __init__(self) -> None:
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._title = ""
        self._signals: list[Signals] = []

    def __enter__(self) -> Self:
        """Be ready; the bar is seen once there is something to show."""
        if not sys.stderr.isatty():
            return self
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TextColumn("{task.completed:,.0f} of {task.total:,.0f}", markup=False),
            TextColumn("{task.fields[rate]}", markup=False),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._heed_signals()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the bar away."""
        if self._progress is not None:
            with suppress(OSError):  # the terminal may be gone
                self._progress.stop()
        for number in self._signals:
            signal.signal(number, signal.SIG_DFL)

    def show(self, title: str, done: int, total: int) -> None:
        """Say how far the work of this title is."""
        if self._progress is None:
            return
        self._progress.start()
        if self._task is None or title != self._title:
            self._task = self._progress.add_task(visible(title), total=total, rate="")
            self._title = title
        self._progress.update(self._task, completed=done, total=total)
        speed = self._progress.tasks[-1].speed
        self._progress.update(self._task, rate=f"{speed:,.0f} a second" if speed else "")

    def rest(self) -> None:
        """Take the bar away until there is something to show again."""
        if self._progress is not None:
            self._progress.stop()

    def _heed_signals(self) -> None:
        """Be stopped by what else ends a program as by ctrl+c: the bar hides the cursor."""
        for name in ("SIGHUP", "SIGTERM"):
            # Windows has no SIGHUP, and only the main thread may ask.
            with suppress(KeyError, ValueError):
                number = signal.Signals[name]
                if signal.getsignal(number) is signal.SIG_DFL:
                    signal.signal(number, _stop)
                    self._signals.append(number)


def _stop(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _put(stream: TextIO, text: str, *, flush: bool = False) -> None:
    try:
        stream.write(text)
        if flush:
            stream.flush()
    except BrokenPipeError:
        raise UnwritableError("") from None
    except OSError as error:
        raise UnwritableError(error.strerror or str(error)) from None


def _cut(text: str, room: int) -> str:
    from rich.cells import cell_len, set_cell_size

    bound = room * _POINTS_A_CELL
    shown = visible(text[:bound])
    if len(text) <= bound and cell_len(shown) <= room:
        return shown
    return set_cell_size(shown, room - 1).rstrip() + "…"


def _room(stream: TextIO) -> int:
    if not stream.isatty():
        return _NO_TERMINAL
    import shutil

    return max(shutil.get_terminal_size().columns, 20)
