"""Writes the cast's lists as LinkedIn, Google and two telephones export them."""

from __future__ import annotations

import csv
import io
import os
import zipfile
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tui.sample.people import OWNER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from tui.sample.somebody import Somebody

_MONTHS: Final = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
_NOTES: Final = (
    "When exporting your connection data, you may notice that some of the email addresses are "
    "missing. You will only see email addresses for connections who have allowed it."
)
_GOOGLE: Final = (
    *("First Name", "Middle Name", "Last Name", "Phonetic First Name", "Phonetic Middle Name"),
    *("Phonetic Last Name", "Name Prefix", "Name Suffix", "Nickname", "File As"),
    *("Organization Name", "Organization Title", "Organization Department", "Birthday", "Notes"),
    *("Photo", "Labels", "E-mail 1 - Label", "E-mail 1 - Value", "Phone 1 - Label"),
    *("Phone 1 - Value", "Phone 2 - Label", "Phone 2 - Value", "Address 1 - Label"),
    *("Address 1 - Formatted", "Address 1 - Street", "Address 1 - City", "Address 1 - PO Box"),
    *("Address 1 - Region", "Address 1 - Postal Code", "Address 1 - Country"),
    "Address 1 - Extended Address",
)
_LINKEDIN: Final = (
    *("First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"),
)
_MESSAGES: Final = (
    *("CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO"),
    *("RECIPIENT PROFILE URLS", "DATE", "SUBJECT", "CONTENT", "FOLDER"),
)
_LEFT: Final = 4_400  # days since somebody connected who has left the network
_SOFT_BREAK: Final = 24  # bytes of quoted-printable on a line


def linkedin(  # noqa: PLR0913 — each is one thing of an archive
    folder: Path,
    people: Iterable[Somebody],
    messages: Iterable[Sequence[str]],
    today: date,
    moment: datetime,
    *,
    older: bool,
) -> Path:
    """The archive as it comes by mail.

    Args:
        folder: where to write it.
        people: those of other lists are passed over.
        messages: rows of what was written there.
        today: days of connection are counted from it.
        moment: when the archive was made.
        older: write the employments as they were, who has left since, and nobody who came after.

    Returns:
        The archive.
    """
    path = folder / f"Basic_LinkedInDataExport_{moment:%m-%d-%Y}.zip"
    members = {
        "Connections.csv": f'Notes:\r\n"{_NOTES}"\r\n\r\n'
        + _table(_LINKEDIN, _connections(people, today, moment.date(), older=older)),
        "Email Addresses.csv": _table(
            ("Email Address", "Confirmed", "Primary", "Updated On"),
            [(OWNER.email, "Yes", "Yes", "Not Available")],
        ),
        "Profile.csv": _table(
            ("First Name", "Last Name", "Maiden Name", "Address", "Birth Date", "Headline"),
            [(OWNER.given, OWNER.family, "", OWNER.city, "", OWNER.headline)],
        ),
        "messages.csv": _table(_MESSAGES, messages),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(zipfile.ZipInfo(name, moment.timetuple()[:6]), text.encode())
    os.utime(path, (moment.timestamp(), moment.timestamp()))
    return path


def google(folder: Path, people: Iterable[Somebody], moment: datetime) -> Path:
    """The list as Google Contacts exports it since 2024."""
    rows = [_google_row(one) for one in people if one.source == "google"]
    text = _table(_GOOGLE, [[row.get(heading, "") for heading in _GOOGLE] for row in rows], "\n")
    return dated_file(folder / "contacts.csv", text, moment)


def iphone(folder: Path, people: Iterable[Somebody], moment: datetime) -> Path:
    """The cards as an iPhone shares them: version 3.0, labels in groups."""
    cards = ("\r\n".join(_iphone_card(one)) for one in people if one.source == "iphone")
    return dated_file(folder / "iCloud vCards.vcf", "\r\n".join(cards) + "\r\n", moment)


def android(folder: Path, people: Iterable[Somebody], moment: datetime) -> Path:
    """The cards as an old Android telephone wrote them: version 2.1, quoted-printable."""
    cards = ("\r\n".join(_android_card(one)) for one in people if one.source == "android")
    return dated_file(folder / "00001.vcf", "\r\n".join(cards) + "\r\n", moment)


def dated_file(path: Path, text: str, moment: datetime) -> Path:
    """A file that was last changed at a moment."""
    path.write_bytes(text.encode())
    os.utime(path, (moment.timestamp(), moment.timestamp()))
    return path


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]], end: str = "\r\n") -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=end)
    writer.writerow(headings)
    writer.writerows(rows)
    return text.getvalue()


def _connections(
    people: Iterable[Somebody], today: date, made: date, *, older: bool
) -> Iterator[Sequence[str]]:
    """Rows, the newest connection first, and what is left of a deleted member: the day."""
    known = [one for one in people if one.source == "linkedin" and (older or not one.lost)]
    for one in sorted(known, key=lambda one: one.connected):
        work = one.was if older and one.was else one.work
        day = today - timedelta(days=one.connected)
        if day > made:
            continue
        yield (
            one.given,
            one.family,
            f"https://www.linkedin.com/in/{one.profile or one.slug}",
            one.emails[0] if one.emails else "",
            work.org,
            work.title,
            _written(day),
        )
    yield ("",) * (len(_LINKEDIN) - 1) + (_written(today - timedelta(days=_LEFT)),)


def _written(day: date) -> str:
    return f"{day.day:02} {_MONTHS[day.month - 1]} {day.year}"


def _google_row(one: Somebody) -> Mapping[str, str]:
    row = {
        "First Name": one.given,
        "Last Name": one.family,
        "Name Prefix": one.prefix,
        "Nickname": one.nickname,
        "Organization Name": one.work.org,
        "Organization Title": one.work.title,
        "Birthday": f" {one.birthday}" if one.birthday.startswith("--") else one.birthday,
        "Notes": one.note,
        "Labels": " ::: ".join((*one.labels, "* myContacts")),
    }
    if one.emails:
        row |= {
            "E-mail 1 - Label": "* Work" if one.work.org else "* ",
            "E-mail 1 - Value": one.emails[0],
        }
    for place, (label, phone) in enumerate(zip(("Mobile", "Work"), one.phones, strict=False), 1):
        row |= {f"Phone {place} - Label": label, f"Phone {place} - Value": phone}
    if one.city:
        row |= {"Address 1 - Label": "Home", "Address 1 - Formatted": one.city}
        row |= {"Address 1 - City": one.city}
    return row


def _iphone_card(one: Somebody) -> Iterator[str]:
    yield from ("BEGIN:VCARD", "VERSION:3.0", "PRODID:-//Apple Inc.//iPhone OS 18.5//EN")
    yield f"N:{_escape(one.family)};{_escape(one.given)};;{_escape(one.prefix)};"
    yield f"FN:{_escape(one.name or one.work.org)}"
    service, _, user = one.profile.partition(":")
    lines = (
        (one.nickname, "NICKNAME:{}"),
        (one.work.org, "ORG:{};"),
        (one.work.org and not one.name, "X-ABShowAs:COMPANY"),
        (one.note, "NOTE:{}"),
        (user, f"X-SOCIALPROFILE;type={service};x-user={user}:x-apple:{{}}"),
    )
    yield from (line.format(_escape(str(value))) for value, line in lines if value)
    for address in one.emails:
        yield f"EMAIL;type=INTERNET;type=HOME;type=pref:{address}"
    for kind, phone in zip(
        ("CELL;type=VOICE;type=pref", "HOME;type=VOICE"), one.phones, strict=False
    ):
        yield f"TEL;type={kind}:{phone}"
    if one.city:
        yield f"item1.ADR;type=HOME;type=pref:;;;{_escape(one.city)};;;"
        yield "item1.X-ABADR:de"
    if one.birthday.startswith("--"):
        yield f"BDAY;X-APPLE-OMIT-YEAR=1604:1604-{one.birthday[2:]}"
    elif one.birthday:
        yield f"BDAY:{one.birthday}"
    if one.labels:
        yield f"CATEGORIES:{','.join(map(_escape, one.labels))}"
    yield "END:VCARD"


def _android_card(one: Somebody) -> Iterator[str]:
    yield from ("BEGIN:VCARD", "VERSION:2.1")
    if one.name:
        yield from _quoted("N", f"{one.family};{one.given};;;")
        yield from _quoted("FN", one.name)
    for phone in one.phones:
        yield f"TEL;CELL:{phone}"
    for address in one.emails:
        yield f"EMAIL;HOME:{address}"
    yield "END:VCARD"


def _quoted(name: str, text: str) -> Iterator[str]:
    """A property in plain ASCII, else in quoted-printable with soft breaks."""
    if text.isascii():
        yield f"{name}:{text}"
        return
    signs = [";" if byte == ord(";") else f"={byte:02X}" for byte in text.encode()]
    lines = ["".join(signs[i : i + _SOFT_BREAK]) for i in range(0, len(signs), _SOFT_BREAK)]
    yield f"{name};CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:" + "=\r\n".join(lines)


def _escape(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text
