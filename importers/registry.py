"""The formats vitalfew reads, and which of them a container holds."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from core.errors import UsageError
from importers import unread
from importers.table import peek

if TYPE_CHECKING:
    from importers.container import Container
    from importers.record import Importer, Sniffed
    from importers.talk import TalkReader

SYSTEMS: Final = (
    *("vtiger", "sugarcrm", "dynamics", "hubspot", "zoho", "salesforce", "pipedrive", "dex"),
    *("clay", "cloze", "yahoo", "aol", "monica_csv"),
)
"""Profiles of one module, `importers.systems`."""

# Most specific first: what two claim with equal right goes to the earlier one.
NAMES: Final = (
    *("vitalfew", "linkedin", "google", "monica", "outlook", "thunderbird", "mastodon"),
    *("facebook", "instagram", "x", "telegram"),
    *("newsletter", *SYSTEMS, "ldif", "abook", "mutt", "lbdb", "vcard"),
)
TALK_NAMES: Final = (
    *("linkedin", "sms", "x", "signal", "facebook", "instagram", "calendar", "telegram"),
    *("adium", "msn", "pidgin", "whatsapp", "mail"),
)
"""Modules that read talks; some of them read people too."""

ANY_TABLE: Final = "spreadsheet"
IMPORTERS: tuple[Importer, ...]


class Guess(NamedTuple):
    """One importer that can read a container, and why; `talks` if it reads the talks in it."""

    importer: Importer
    sniffed: Sniffed
    talks: bool = False


def __getattr__(name: str) -> tuple[Importer, ...]:
    """`IMPORTERS` is made when it is asked for, so that a start loads no format."""
    if name == "IMPORTERS":
        return tuple(map(by_name, (*NAMES, ANY_TABLE)))
    raise AttributeError(name)


@cache
def by_name(name: str) -> Importer:
    """The importer of that name.

    Raises:
        UsageError: there is no such format.
    """
    if name not in {*NAMES, ANY_TABLE}:
        there = ", ".join(sorted((*NAMES, ANY_TABLE)))
        raise UsageError(f'"{name}" is not a format; there are {there}.')
    if name in SYSTEMS:
        from importers.systems import BY_NAME

        return BY_NAME[name]
    return cast("Importer", import_module(f"importers.{name}"))


@cache
def talks_by_name(name: str) -> TalkReader:
    """The reader of talks of that name.

    Raises:
        UsageError: there is no such format.
    """
    if name not in TALK_NAMES:
        raise UsageError(f'no talks are read of "{name}"; there are {", ".join(TALK_NAMES)}.')
    return cast("TalkReader", import_module(f"importers.{name}"))


def recognise(container: Container) -> list[Guess]:
    """Who can read the container, surest first; empty if nobody can.

    Several may: a Takeout folder can hold both tables and cards, an archive people and talks.
    """
    found = [(by_name(name), by_name(name).sniff(container)) for name in NAMES]
    guesses = [Guess(importer, sniffed) for importer, sniffed in found if sniffed]
    guesses += [
        Guess(cast("Importer", reader), sniffed, talks=True)
        for reader in map(talks_by_name, TALK_NAMES)
        if (sniffed := reader.sniff_talks(container))
    ]
    if not guesses and (sniffed := by_name(ANY_TABLE).sniff(container)):
        # Only where nobody knows better: the other tables of an archive are not about people.
        return [Guess(by_name(ANY_TABLE), sniffed)]
    return sorted(guesses, key=lambda guess: -guess.sniffed.confidence)


def unknown(container: Container) -> str:
    """The sentence for a container nobody can read: what it looks like."""
    return f"{container.name} is not a format vitalfew reads yet: {_looks_like(container)}."


def _looks_like(container: Container) -> str:
    members = [member for member in container.members if member.size]
    if not container.members:
        return "it is empty"
    if not members:
        return "there is nothing in it"
    if len(members) > 1:
        names = ", ".join(member.name for member in members[:3])
        return f"{len(members):,} files such as {names}"
    head = members[0].head()
    return unread.named(head) or _text_like(head)


def _text_like(head: bytes) -> str:
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "it is not text"
    layout = peek(head)
    if layout and len(layout.headings) > 1:
        headings = ", ".join(heading[:40] for heading in layout.headings[:4])
        return f"a table that begins with {headings}"
    return "text of another kind"
