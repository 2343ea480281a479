"""A program on a terminal of its own, with keys to press and every byte it sends kept."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import signal
    from collections.abc import Mapping
    from types import TracebackType
    from typing import Self

ROOT = Path(__file__).parents[2]
SCREENS = "import runpy; runpy.run_module('tui', run_name='__main__', alter_sys=True)"
"""What the program of a terminal does, unless a test has something done before."""
_OWN = """import fcntl, signal, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
signal.signal(signal.SIGINT, signal.default_int_handler)
"""
"""A terminal of its own, and the signals it sends: whoever runs the tests may ignore them."""
_ESCAPE = 0.13
"""Seconds until an escape that nothing follows is the key."""
_SOON = 0.15
"""Seconds in which a key is mostly painted."""
ESCAPE = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_].*?(?:\x07|\x1b\\|\x9c|\Z)|[ -/]*[0-~])", re.DOTALL
)
"""An escape sequence, wherever it comes from."""


class Terminal:
    """A terminal and the program in it.

    Args:
        arguments: the command line after the program's name.
        size: columns and lines.
        code: Python to run instead of the program.
        variables: of the environment, beside those there are; None takes one out.
    """

    def __init__(
        self,
        *arguments: str | bytes,
        size: tuple[int, int] = (80, 24),
        code: str = SCREENS,
        variables: Mapping[str, str | None] | None = None,
    ) -> None:
        self.sent = bytearray()
        self._asked = 0
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.modes = termios.tcgetattr(slave)
        given = {**os.environ, **(variables or {})}
        self.process = subprocess.Popen(
            [sys.executable, "-c", _OWN + code, *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            cwd=ROOT,
            env={name: value for name, value in given.items() if value is not None},
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.hang_up()
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    @property
    def text(self) -> str:
        """What was sent, as the terminal reads it; anything but UTF-8 is an error."""
        return self.sent.decode("utf-8")

    @property
    def words(self) -> str:
        """What was sent without the sequences."""
        return ESCAPE.sub("", self.sent.decode("utf-8", "replace"))

    def read(self, quiet: float = 0.1, longest: float = 10) -> None:
        """Take in what is sent until nothing is, for so many seconds."""
        end = time.monotonic() + longest
        while time.monotonic() < end and self._take(quiet):
            pass

    def until(self, words: str, longest: float = 20, *, at_once: bool = False) -> None:
        """Take in what is sent until the last keys have brought these words; then until quiet.

        `at_once` leaves the quiet out: a bar that moves on is not quiet before its end.
        """
        end = time.monotonic() + longest
        while words not in ESCAPE.sub("", self.sent[self._asked :].decode("utf-8", "replace")):
            if time.monotonic() > end or (not self._take(0.1) and self.process.poll() is not None):
                raise AssertionError(f"no {words!r} in {self.words[-3000:]!r}")
        if not at_once:
            self.read()

    def press(self, *keys: str, quiet: float = 0.03) -> None:
        """Press keys one after the other, each once what came of the one before is painted."""
        self._asked = len(self.sent)
        for key in keys:
            os.write(self._master, key.encode())
            if key == "\x1b":
                time.sleep(_ESCAPE)
            self._take(_SOON)
            self.read(quiet)

    def ends(self, longest: float = 10) -> int:
        """The exit code, once the program has left of itself."""
        end = time.monotonic() + longest
        while self.process.poll() is None:
            assert time.monotonic() < end, f"it stays: {self.words[-500:]!r}"
            self._take(0.05)
        self.read(0.05, 2)
        return self.process.returncode

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        self.process.send_signal(number)

    def hang_up(self) -> None:
        """Close the terminal, as closing its window does."""
        with contextlib.suppress(OSError):
            os.close(self._master)
        self._master = -1

    def modes_now(self) -> list[object]:
        """What the terminal does with keys and lines."""
        return termios.tcgetattr(self._master)

    def _take(self, seconds: float) -> bool:
        """Take in what is there or comes in time; False if nothing did."""
        if self._master < 0 or not select.select([self._master], [], [], seconds)[0]:
            return False
        try:
            part = os.read(self._master, 1 << 16)
        except OSError as error:
            if error.errno != errno.EIO:  # nobody has the terminal open any more
                raise
            part = b""
        self.sent += part
        return bool(part)
