"""Another program in this terminal: without a shell, and ctrl+c is its own while it runs."""

from __future__ import annotations

import signal
from contextlib import contextmanager, suppress
from subprocess import call
from typing import TYPE_CHECKING

from core.errors import UsageError, VitalfewError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.app import App


@contextmanager
def away(app: App[None]) -> Iterator[None]:
    """Leave the terminal to another program, and have it back even if that fails.

    `App.suspend` does not come back from what is raised inside it.
    """
    failed: VitalfewError | None = None
    with app.suspend():
        try:
            yield
        except VitalfewError as error:
            failed = error
    if failed:
        raise failed


def run(words: Sequence[str], called: str, after: str = "") -> None:
    """Run a program until it ends. In the screens, call it inside `away`.

    Args:
        words: the program and its arguments, each passed on as it is.
        called: what sentences call it, such as ``editor``.
        after: what they say once it has failed, such as ``; nothing was changed``.

    Raises:
        UsageError: it cannot be started.
        VitalfewError: it ended with an error.
    """
    # A handler, unlike SIG_IGN, is not inherited.
    before = None
    with suppress(ValueError):  # not in the main thread
        before = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    try:
        code = call(words)  # noqa: S603 — the user's own program, and no shell
    except (OSError, ValueError) as error:
        told = getattr(error, "strerror", None) or error
        raise UsageError(f"the {called} “{words[0]}” cannot be started: {told}") from None
    finally:
        if before is not None:
            signal.signal(signal.SIGINT, before)
    if code:
        told = f"ended with {code}" if code > 0 else "was stopped"
        raise VitalfewError(f"the {called} {told}{after}")
