"""Writes letters and chats as a mail program, two apps of a telephone and LinkedIn export them."""

from __future__ import annotations

from datetime import UTC
from email.message import EmailMessage
from email.utils import format_datetime
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.sax.saxutils import quoteattr

from tui.sample import chats
from tui.sample.exports import dated_file
from tui.sample.people import OWNER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from tui.sample.chats import Chat, Line, Way
    from tui.sample.somebody import Somebody

_SELF: Final = f"{OWNER.given} {OWNER.family}"
_PROFILE: Final = "https://www.linkedin.com/in/{}"
_OWN_PROFILE: Final = _PROFILE.format("norafeldmann-ports")


class Desk(NamedTuple):
    """What the owner has before them when something is exported.

    Attributes:
        folder: where exports are written to.
        people: the cast.
        today: the day of the book, from which days are counted back.
        ago: days before it on which the export is made; what was said by then is in it.
    """

    folder: Path
    people: Sequence[Somebody]
    today: date
    ago: int


class _Told(NamedTuple):
    """A chat, the address of the other one, and the lines there are by now."""

    chat: Chat
    address: str
    lines: tuple[Line, ...]


def mails(desk: Desk, made: datetime) -> Path:
    """The mailbox of a mail program, written at a moment."""
    written = sorted(
        (
            (line.at, _mail(told, place))
            for told in _told("mail", desk)
            for place, line in _of(told)
        ),
        key=lambda each: each[0],
    )
    text = "\n".join(f"From - {at:%a %b %d %H:%M:%S %Y}\n{mail}" for at, mail in written)
    return dated_file(desk.folder / "Ports.mbox", text, made)


def sms(desk: Desk, made: datetime) -> Path:
    """The short messages of a telephone."""
    rows = [
        f"  <sms address={quoteattr(told.address)} date='{int(line.at.timestamp() * 1000)}'"
        f" type='{2 if line.mine else 1}' subject='null' body={quoteattr(line.text)}"
        f" readable_date='{line.at:%d.%m.%Y %H:%M:%S}'"
        f" contact_name={quoteattr(told.chat.name)} />"
        for told in _told("sms", desk)
        for _, line in _of(told)
    ]
    head = f"<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses count='{len(rows)}'>"
    return dated_file(
        desk.folder / f"sms-{made:%Y%m%d}.xml", "\n".join((head, *rows, "</smses>")), made
    )


def whatsapp(desk: Desk, made: datetime) -> list[Path]:
    """One file for each chat, as a telephone that speaks German shares it."""
    return [
        dated_file(
            desk.folder / f"WhatsApp Chat mit {told.chat.name}.txt",
            "\n".join(
                f"{line.at:%d.%m.%y, %H:%M} - {_SELF if line.mine else told.chat.name}: {line.text}"
                for line in told.lines
            ),
            made,
        )
        for told in _told("whatsapp", desk)
    ]


def linkedin(desk: Desk) -> Iterator[tuple[str, ...]]:
    """The rows of the messages in LinkedIn's archive, the newest first."""
    rows = [
        (line.at.astimezone(UTC), told, line)
        for told in _told("linkedin", desk)
        for line in told.lines
    ]
    for at, told, line in sorted(rows, key=lambda row: row[0], reverse=True):
        them, me = (told.chat.name, _PROFILE.format(told.address)), (_SELF, _OWN_PROFILE)
        sender, receiver = (me, them) if line.mine else (them, me)
        day = f"{at:%Y-%m-%d %H:%M:%S} UTC"
        yield (f"2-{told.address}", "", *sender, *receiver, day, "", line.text, "INBOX")


def _told(way: Way, desk: Desk) -> Iterator[_Told]:
    for chat in chats.of(way):
        one = chats.whose(chat, desk.people)
        lines = tuple(chats.lines(chat, desk.today, desk.ago + 1))
        if lines:
            yield _Told(chat, chat.address or (_address(way, one) if one else ""), lines)


def _address(way: Way, one: Somebody) -> str:
    if way == "linkedin":
        return one.profile
    return next(iter({"mail": one.emails, "sms": one.phones}.get(way, ())), "")


def _of(told: _Told) -> Iterator[tuple[int, Line]]:
    return enumerate(told.lines)


def _mail(told: _Told, place: int) -> str:
    line, them = told.lines[place], f"{told.chat.name} <{told.address}>"
    me = f"{_SELF} <{OWNER.email}>"
    mail = EmailMessage()
    mail["From"], mail["To"] = (me, them) if line.mine else (them, me)
    mail["Date"] = format_datetime(line.at)
    mail["Subject"] = f"{'Re: ' if place else ''}{told.chat.about}"
    mail["Message-ID"] = f"<{line.at:%Y%m%d%H%M}.{told.address}>"
    if not line.mine:
        mail["Delivered-To"] = OWNER.email
    mail.set_content(line.text)
    return mail.as_string()
