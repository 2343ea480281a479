"""A seeded list of people as Google exports it, for books of any size."""

from __future__ import annotations

import csv
import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_GIVEN = (
    "Ada Ben Chen Dora Emil Fatima Georg Hanna Ines José Karin Lukas Mei Nadia Olga Paul Quentin"
    " Rosa Sven Tomás Ute Viktor Wanda Xenia Yusuf Zoë Anna Björn Carla Dmitri Elif François Greta"
).split()
_SYLLABLES = (
    "ba be bi bo da de do ga go ha he ka ki ko la le lo ma me mo na ne ra re ro sa se ta to"
).split()
_ENDINGS = "berg mann er i ic ova ez son stein wood field ler dahl ssen ini".split()
_ORGS = (
    "Globex Initech Umbra Wayne Stark Hooli Vehement Massive Acme Soylent Tyrell Cyberdyne".split()
)
_CITIES = "Zürich Berlin London Lyon Wien Porto Basel Genève Oslo Praha Milano Gent".split()
_TITLES = ("CEO", "Engineer", "Head of Sales", "Designer", "Counsel", "Analyst", "Nurse", "Teacher")

_NONE = ("", "", "", "")
HEADINGS = (
    *("First Name", "Middle Name", "Last Name", "Organization Name", "Organization Title"),
    *("Birthday", "Notes", "Labels", "E-mail 1 - Label", "E-mail 1 - Value"),
    *("E-mail 2 - Label", "E-mail 2 - Value", "Phone 1 - Label", "Phone 1 - Value"),
    *("Phone 2 - Label", "Phone 2 - Value", "Address 1 - Label", "Address 1 - Formatted"),
    *("Address 1 - City", "Address 1 - Country"),
)


def people(count: int, seed: int = 1) -> Iterator[tuple[str, ...]]:
    """Rows under `HEADINGS`."""
    chance = random.Random(seed)
    for number in range(count):
        given = chance.choice(_GIVEN)
        family = (chance.choice(_SYLLABLES) + chance.choice(_SYLLABLES)).title()
        family += chance.choice(_ENDINGS)
        host = f"{chance.choice(_ORGS).lower()}{chance.randrange(400)}.example"
        mobile = f"+41 7{chance.randrange(6, 10)} {chance.randrange(10**7):07}"
        land = f"044 {chance.randrange(10**7):07}"
        city = chance.choice(_CITIES)
        has = [chance.random() for _ in range(6)]
        yield (
            *(given, "", family),
            f"{chance.choice(_ORGS)} {chance.choice(_CITIES)}" if has[0] < 0.7 else "",
            chance.choice(_TITLES) if has[0] < 0.6 else "",
            _day(chance) if has[1] < 0.3 else "",
            "met at the spring fair" if has[2] < 0.1 else "",
            "* myContacts" + (" ::: Friends" if has[3] < 0.05 else ""),
            *("Work", f"{given}.{family}.{number}@{host}".lower()),
            *(("Home", f"{family}{number}@mail.example".lower()) if has[4] < 0.3 else ("", "")),
            *("Mobile", mobile),
            *(("Work", land) if has[5] < 0.4 else ("", "")),
            *(
                ("Home", f"Main Street {number}\n8000 {city}", city, "CH")
                if has[2] < 0.4
                else ("",) * 4
            ),
        )


def _day(chance: random.Random) -> str:
    return f"19{chance.randrange(40, 99)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"


def write(path: Path, count: int, seed: int = 1) -> Path:
    """Write a Google CSV of that many people."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerows(people(count, seed))
    return path


def write_cards(path: Path, count: int, seed: int = 2) -> Path:
    """Write a vdir folder: one vCard a file."""
    path.mkdir()
    for number, row in enumerate(people(count, seed)):
        given, family, org, mail, phone = row[0], row[2], row[3], row[9], row[13]
        (path / f"{number}.vcf").write_text(
            f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:bench-{number}\r\nN:{family};{given};;;\r\n"
            f"FN:{given} {family}\r\nORG:{org}\r\nEMAIL;TYPE=WORK:{mail}\r\n"
            f"TEL;TYPE=CELL:{phone}\r\nEND:VCARD\r\n",
            encoding="utf-8",
            newline="",
        )
    return path
