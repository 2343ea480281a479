"""Calendars made for tests: one event after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from importers import calendar
from tests.importers.talking import READING, talks

if TYPE_CHECKING:
    from pathlib import Path

    from importers.record import Problem
    from importers.talk import Reading, Talk

ADA = "ATTENDEE;CN=Ada Wong;PARTSTAT=ACCEPTED:mailto:ada@wong.example"
NORA = "ORGANIZER;CN=Nora Feldmann:mailto:nora@feldmann.example"
BERLIN = "DTSTART;TZID=Europe/Berlin:20260302T100000"


def event(*lines: str, uid: str = "1@x.example", start: str = BERLIN) -> str:
    named = [f"UID:{uid}"] if uid else []
    return "\r\n".join(("BEGIN:VEVENT", *named, *([start] if start else []), *lines, "END:VEVENT"))


def written(*parts: str, head: str = "", end: str = "END:VCALENDAR\r\n") -> str:
    return "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", *filter(None, (head,)), *parts, end))


def single(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def read(
    path: Path, *parts: str, head: str = "", reading: Reading = READING
) -> tuple[list[Talk], list[Problem]]:
    return talks(calendar, single(path / "one.ics", written(*parts, head=head)), reading)


def one(path: Path, *parts: str, head: str = "") -> Talk:
    found, problems = read(path, *parts, head=head)
    assert problems == []
    assert len(found) == 1
    return found[0]


def days(found: list[Talk]) -> list[str]:
    return [talk.moment.day for talk in found]
