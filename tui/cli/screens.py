"""From the shell into the screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import UsageError
from tui.cli.shell import at_a_terminal

if TYPE_CHECKING:
    from tui.cli.shell import Shell


def open_screens(
    shell: Shell, *, start: str = "focus", sample: bool = False, veiled: bool = False
) -> int:
    """Open the screens; without a terminal, print today's list instead.

    Raises:
        UsageError: they are to be veiled, and there is no terminal to open them in.
    """
    if not at_a_terminal():
        if veiled:
            raise UsageError("the veil lies over the screens, and they need a terminal")
        from tui.cli.focus import focus

        return focus(shell, "words")
    from tui.app import VitalfewApp

    app = VitalfewApp(
        shell.book,
        shell.settings(),
        shell.clock,
        sample=sample,
        start=start,
        veiled=veiled,
        matching=True,
    )
    app.run()
    return app.return_code or 0
