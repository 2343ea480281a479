"""Begins a mail, a call or a talk on a network: the only place where something of theirs is opened.

What it opens is shown in full before, and `core.rules.ways` says what may be.
"""

from __future__ import annotations

import os
import shlex
from typing import TYPE_CHECKING, Final

from textual.app import SuspendNotSupported

from core.errors import UsageError
from core.rules import ways
from tui import outside, safe

if TYPE_CHECKING:
    from core.rules.ways import Way
    from tui.app import VitalfewApp

_PLACE: Final = "{address}"


def begin(app: VitalfewApp, way: Way) -> str:
    """Open what a way leads to: a mail in the user's mailer, all else by the system.

    Returns:
        What was done, in words; "" if there was nothing to open.

    Raises:
        VitalfewError: it is nothing that is ever opened, or the mailer failed.
    """
    if not way.target:
        return ""
    ways.check(way.target)
    mailer = app.backend.settings.mailer.strip()
    if way.channel == ways.MAIL and mailer:
        words = command(mailer, way.value)
        try:
            with outside.away(app):
                outside.run(words, "mailer")
        except SuspendNotSupported:
            raise UsageError("a mailer cannot be opened from here") from None
        return f"{words[0]} was left"
    safe.open_page(app, way.target)
    return "your system was asked to open it; y copies it"


def command(mailer: str, address: str) -> list[str]:
    """The mailer with its arguments, of which the address is one, or the end of one.

    Args:
        mailer: as in the settings: ``mutt {address}``; without ``{address}`` it comes last.
        address: of whoever is written to.

    Raises:
        UsageError: the mailer cannot be understood, or takes the address for something else.
    """
    try:
        words = shlex.split(mailer, posix=os.name != "nt")
    except ValueError as error:
        raise UsageError(f"the mailer of the settings cannot be understood: {error}") from None
    if address.startswith("-") or not address.isprintable() or "@" not in address:
        raise UsageError("this address is not handed to a program: y copies it")
    if not any(_PLACE in word for word in words):
        words.append(_PLACE)
    return [word.replace(_PLACE, address) for word in words]
