"""Lists of people in the formats of their sources, to import and to change."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class Someone(NamedTuple):
    """A person as all three lists can tell of them."""

    given: str
    family: str
    email: str = ""
    phone: str = ""
    org: str = ""
    slug: str = ""
    labels: str = ""
    uid: str = ""


CAST = tuple(
    Someone(
        given,
        family,
        f"{given}@{family}.example".lower(),
        f"079 123 45 {number:02}",
        org,
        f"{given}-{family}".lower(),
    )
    for number, (given, family, org) in enumerate(
        [
            ("Ada", "Wong", "Initech"),
            ("Ben", "Ortiz", "Globex"),
            ("Chen", "Wei", "Wayne"),
            ("Dora", "Mar", ""),
            ("Emil", "Nolde", "Initech"),
            ("Fay", "Wray", "Globex"),
            ("Gus", "Grissom", "NASA"),
            ("Hedy", "Lamarr", "MGM"),
            ("Ida", "Rhodes", "NBS"),
            ("Jörg", "Müller", "Hof, Feld & Co"),
        ]
    )
)


def _table(headings: list[str], rows: Iterable[Iterable[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows(rows)
    return text.getvalue()


def google(folder: Path, people: Iterable[Someone], name: str = "contacts.csv") -> Path:
    """A Google list in its newer layout."""
    headings = ["First Name", "Middle Name", "Last Name", "Organization Name", "Organization Title"]
    headings += [
        "Labels",
        "E-mail 1 - Label",
        "E-mail 1 - Value",
        "Phone 1 - Label",
        "Phone 1 - Value",
    ]
    rows = (
        (one.given, "", one.family, one.org, "", one.labels, "* ", one.email, "Mobile", one.phone)
        for one in people
    )
    path = folder / name
    path.write_text(_table(headings, rows), "utf-8")
    return path


def linkedin(folder: Path, people: Iterable[Someone], name: str = "Connections.csv") -> Path:
    """A LinkedIn list with its notes on top."""
    headings = [
        "First Name",
        "Last Name",
        "URL",
        "Email Address",
        "Company",
        "Position",
        "Connected On",
    ]
    rows = (
        (
            *(one.given, one.family, f"https://www.linkedin.com/in/{one.slug}" if one.slug else ""),
            *(one.email, one.org, "", "12 Mar 2021"),
        )
        for one in people
    )
    path = folder / name
    notes = 'Notes:\n"When exporting your connection data, you may notice gaps."\n\n'
    path.write_text(notes + _table(headings, rows), "utf-8")
    return path


def archive(folder: Path, owner: str, people: Iterable[Someone]) -> Path:
    """All that LinkedIn hands out to one owner."""
    path = folder / f"{owner}.zip"
    linkedin(folder, people)
    with zipfile.ZipFile(path, "w") as made:
        made.write(folder / "Connections.csv", "Connections.csv")
        made.writestr("Email Addresses.csv", f"Email Address,Confirmed,Primary\n{owner},Yes,Yes\n")
        made.writestr("Profile.csv", "First Name,Last Name\nSome,Owner\n")
    (folder / "Connections.csv").unlink()
    return path


def vcards(folder: Path, people: Iterable[Someone], name: str = "phone.vcf") -> Path:
    """A phone's list."""
    cards = []
    for one in people:
        lines = ["BEGIN:VCARD", "VERSION:3.0", f"N:{one.family};{one.given};;;"]
        lines += [f"FN:{one.given} {one.family}"]
        lines += [f"UID:{one.uid}"] if one.uid else []
        lines += [f"EMAIL;TYPE=HOME:{one.email}"] if one.email else []
        lines += [f"TEL;TYPE=CELL:{one.phone}"] if one.phone else []
        lines += ["ORG:" + one.org.replace(",", "\\,")] if one.org else []
        cards.append("\r\n".join([*lines, "END:VCARD", ""]))
    path = folder / name
    path.write_bytes("".join(cards).encode())
    return path


WRITERS = {"google": google, "linkedin": linkedin, "vcard": vcards}
