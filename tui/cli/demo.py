"""``demo`` and ``path``."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from core.settings import config_folder
from tui.cli import output
from tui.cli.shell import at_a_terminal

if TYPE_CHECKING:
    from tui.cli.output import Form
    from tui.cli.shell import Shell


def demo(shell: Shell, form: Form) -> int:
    """Open the screens on a sample book that is thrown away, or print its list of today."""
    from tui.cli.focus import focus
    from tui.cli.screens import open_screens
    from tui.sample.book import make

    with tempfile.TemporaryDirectory(prefix="vitalfew-demo-", ignore_cleanup_errors=True) as folder:
        sample = shell._replace(book=make(Path(folder), shell.clock))
        if form == "words" and at_a_terminal():
            return open_screens(sample, sample=True)
        output.say("this is the sample book: nothing is kept")
        return focus(sample, form)


def path(shell: Shell, form: Form) -> int:
    """Print where the book, the settings and the copies lie."""
    from core.storage.backup import folder

    places = {
        "book": str(shell.book),
        "settings": str(config_folder() / "settings.toml"),
        "copies": str(folder(shell.book)),
    }
    if form == "json":
        output.document(**places)
    elif form == "plain":
        output.fields(places.items())
    else:
        for name, place in places.items():
            output.line(f"{name:<9} {place}")
    return 0
