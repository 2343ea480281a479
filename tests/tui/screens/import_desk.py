"""What the tests of importing share: exports in a home of their own, and keys that are shown."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.support import frame, settle
from tui.actions import key_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from tui.app import VitalfewApp

    Make = Callable[..., VitalfewApp]

SAVED = datetime(2026, 11, 18, 12, tzinfo=UTC).timestamp()
"""When every file of the fixtures was saved: three days before the morning of the tests."""

_LINKEDIN = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
_NOTES = 'Notes:\n"When exporting, you may notice that some addresses are missing."\n\n'
_GOOGLE = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Organization Name,Organization Title,"
    "Birthday,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value"
)


def save(path: Path, text: str) -> Path:
    """A file of this text, saved on the day of the fixtures."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    os.utime(path, (SAVED, SAVED))
    return path


def linkedin(folder: Path, *names: str, deleted: int = 0) -> Path:
    """A list of connections; so many of them have deleted their account."""
    rows = [
        f"{first},{last},https://www.linkedin.com/in/{first}-{last},,Globex,Buyer,12 Mar 2021"
        for first, _, last in (name.partition(" ") for name in names)
    ]
    rows += [",,,,,,07 Feb 2018"] * deleted
    return save(folder / "Connections.csv", _NOTES + "\n".join([_LINKEDIN, *rows, ""]))


def google(folder: Path, *names: str, name: str = "contacts.csv") -> Path:
    """A table of contacts with addresses."""
    rows = [
        f"{first},,{last},,Wayne & Co,CTO,,* myContacts,* Work,{first.lower()}@wayne.example,,"
        for first, _, last in (one.partition(" ") for one in names)
    ]
    return save(folder / name, "\n".join([_GOOGLE, *rows, ""]))


def phone(folder: Path, *names: str, number: str = "+4917000") -> Path:
    """Cards of a phone; a number without a country if `number` has none."""
    cards = [
        f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nTEL;TYPE=CELL:{number}{place:05}\nEND:VCARD\n"
        for place, name in enumerate(names)
    ]
    return save(folder / "phone.vcf", "".join(cards))


def three_lists(home: Path) -> Path:
    """Three files among the downloads, ten people and one who is gone."""
    folder = home / "Downloads"
    google(folder, "Ada Wong", "José Peña", "Eva Müller")
    linkedin(folder, "Rachel Green", "Ben Ortiz", "Chen Wei", "Dana Reyes", deleted=1)
    phone(folder, "Mum", "Garage Kowalski", "Yuki Tanaka")
    return folder


def shows(app: VitalfewApp, key: str) -> bool:
    """Whether a key stands somewhere on the screen by itself, as people write it."""
    return key_name(key) in frame(app).replace("·", " ").split()


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, each only if it is shown just then."""
    for key in keys:
        app: VitalfewApp = pilot.app  # type: ignore[assignment]
        assert shows(app, key), f"{key} is not to be seen:\n{frame(app)}"
        await pilot.press(key)
        await settle(pilot)
