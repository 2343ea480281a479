"""When the first rows of a program are on the screen of a real pseudo-terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

GIVE_UP_SECONDS = 20.0


def seconds_until(command: Sequence[str], word: str, runs: int = 5, **variables: str) -> float:
    """Wall seconds from the start of a program until a word is painted; the best of several.

    Raises:
        RuntimeError: it never was.
    """
    return min(_once(command, word.encode(), variables) for _ in range(runs))


def _once(command: Sequence[str], word: bytes, variables: dict[str, str]) -> float:
    environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **variables}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe(command[0], list(command), environment)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    seen = b""
    try:
        while time.perf_counter() - start < GIVE_UP_SECONDS:
            if select.select([terminal], [], [], 0.05)[0]:
                seen += os.read(terminal, 65536)
                if word in seen:
                    return time.perf_counter() - start
    except OSError:
        pass  # the program ended: the terminal is gone
    finally:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)
    raise RuntimeError(f"{command[-1]} never painted {word!r}: {seen[-400:]!r}")
