"""Two lists that share people, as files of two systems, and a book made of them by the shell."""

from __future__ import annotations

import csv
import shutil
from contextlib import closing
from typing import TYPE_CHECKING, Final

from core.bus import Bus
from tests.book import entry, rows, store
from tests.support import HOSTILE
from tui.cli.start import start

if TYPE_CHECKING:
    from pathlib import Path

HEADINGS: Final = (
    *("First Name", "Last Name", "Organization Name", "Organization Title", "Labels", "Notes"),
    *("E-mail 1 - Label", "E-mail 1 - Value", "Phone 1 - Label", "Phone 1 - Value"),
)
_GIVEN = "Ada Rachel Ben Joana Ewa Omar Chidi Sven Claire Kenji Petra Rita Jonas Luca Anna".split()
_FAMILY = (
    "Wong Green Ortiz Prado Kowalska Haddad Okafor Lindqvist Moreau Tanaka Novak Silva Brandt "
    "Rossi Keller"
).split()
GOOGLE: Final = (
    *(
        (given, family, "Globex", "", "", "", f"{given}.{family}@mail.example".lower(), "")
        for given, family in zip(_GIVEN, _FAMILY, strict=True)
    ),
    (
        *("Robert", "Smith", "Globex", "Head of Sales", "", "met in Bern"),
        *("rs@post.example", "+41 79 111 22 33"),
    ),
)
"""Given name, family name, firm, job, labels, note, address, number."""

PHONE: Final = (
    ("Ada Wong", "EMAIL:ada.wong@mail.example"),
    ("Rachel Green", "EMAIL:rachel.green@mail.example"),
    ("Ben Ortiz", "EMAIL:ben.ortiz@mail.example"),
    ("E. Kowalska", "EMAIL:ewa.kowalska@mail.example"),
    ("Omar Haddad", "ORG:Globex"),
    ("Sven Lindquist",),
    ("Chidi Okafor", "EMAIL:okafor@umbrella.example", "ORG:Umbrella"),
    (
        *("Rob Smith", "EMAIL:rs@post.example", "EMAIL:rob@home.example", "TEL:+41 79 111 22 33"),
        *("ORG:Acme", "NOTE:likes to sail"),
    ),
)
"""Names and lines of vCards: four address alike, one is known by another name as well."""


def write_google(path: Path, people: tuple[tuple[str, ...], ...] = GOOGLE) -> Path:
    """A list of Google's."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for *who, email, phone in people:
            writer.writerow((*who, "", email, "", phone))
    return path


def write_phone(path: Path, people: tuple[tuple[str, ...], ...] = PHONE) -> Path:
    """The vCards of a phone."""
    cards = []
    for name, *lines in people:
        given, _, family = name.partition(" ")
        begin = ("BEGIN:VCARD", "VERSION:3.0", f"FN:{name}", f"N:{family};{given};;;")
        cards.append("\r\n".join((*begin, *lines, "END:VCARD", "")))
    path.write_text("".join(cards), "utf-8")
    return path


def make(book: Path, folder: Path) -> Path:
    """A new book of both lists."""
    for path in (write_google(folder / "contacts.csv"), write_phone(folder / "phone.vcf")):
        assert start(["--db", str(book), "import", str(path), "--region", "CH"]) == 0
    return book


def add_hostile(book: Path) -> list[int]:
    """Names that a careless terminal obeys, each in two lists; ids of two who look alike in turn.

    A lone surrogate does not get into a book.
    """
    names = [f"{name} Mallory" for name in HOSTILE if "\ud83d" not in name]
    with closing(Bus(book)) as bus:
        ((newest,),) = rows(book, "SELECT max(id) FROM card")
        for account in ("one", "two"):
            store(
                bus,
                *(
                    entry(name, ("email", f"mallory{place}@post.example"), ("org", name), key=name)
                    for place, name in enumerate(names)
                ),
                account=account,
            )
    made = range(newest + 1, newest + 1 + len(names))
    return [card for low in made for card in (low, low + len(names))]


def copied(book: Path, target: Path) -> Path:
    """A copy of a book that nobody writes to."""
    for suffix in ("", "-wal", "-shm"):
        part = book.with_name(book.name + suffix)
        if part.exists():
            shutil.copy(part, target.with_name(target.name + suffix))
    return target
