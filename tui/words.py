"""The words screens share: for kinds, sources, networks, talks, days and directions.

What comes back may hold foreign text (a source's own name, a label); `tui.safe` paints it.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from core.rules import kinds, partial_dates
from core.rules.when import ago, short

_NAMES: Final = {
    "linkedin": "LinkedIn",
    "google": "Google",
    "vcard": "vCard",
    "vtiger": "vTiger",
    "sugarcrm": "SugarCRM",
    "hubspot": "HubSpot",
    "monica_csv": "Monica",
    "aol": "AOL",
    "ldif": "LDIF",
    "abook": "abook",
    "mutt": "mutt",
    "github": "GitHub",
    "gitlab": "GitLab",
    "whatsapp": "WhatsApp",
    "youtube": "YouTube",
    "tiktok": "TikTok",
    "xing": "XING",
    "icq": "ICQ",
    "aim": "AIM",
    "msn": "MSN",
    "irc": "IRC",
    "qq": "QQ",
    "sms": "SMS",
}
"""Sources and networks that write themselves otherwise than with one capital at the front."""

FIRST_STEPS: Final = (
    ("7            ", "brings people in: Gmail, LinkedIn, a phone, a spreadsheet …"),
    ("+            ", "adds somebody by hand, in one line"),
    ("vitalfew demo", "in the shell opens a sample book to look around in"),
)
"""What to press or type while nobody is in the book, and what it does."""

EMPTY_BOOK: Final = "\n".join(
    ("Nobody is in the book yet.", "", *("   ".join(step) for step in FIRST_STEPS))
)

NOBODY: Final = "\n".join(
    (
        *("Nobody answers to “{}”.", ""),
        "Fewer letters find more; esc shows everybody again.",
        "Filters are tier: city: org: title: label: source: no:phone no:mail.",
    )
)
NO_TALK: Final = "no talk in the log yet: l writes the first line"
FOR_SOMEBODY: Final = (
    *("done", "not today", "more", "mark", "tier", "wait", "open", "edit", "profile"),
    *("copy", "opt-out", "promise"),
)
"""Words of the bottom line whose keys act on the person at the cursor."""
WAY: Final = 8
"""Cells for a word of `way`; a longer network is cut."""
_NO_NETWORK: Final = frozenset({"", "message", "mail", "phone", "call"})
"""Channels of messages that tell no more than that they are messages."""
ARROWS: Final = {"in": "←", "out": "→", "both": "↔"}
"""Direction of a talk to its sign: from them, to them, both ways; a note has none."""

KINDS: Final = {
    kinds.NAME: "name",
    kinds.NICKNAME: "nickname",
    kinds.MAIDEN: "born as",
    kinds.PHONETIC: "sounds",
    kinds.ORG: "work",
    kinds.TITLE: "work",
    kinds.DEPARTMENT: "work",
    kinds.ROLE: "work",
    kinds.EMAIL: "mail",
    kinds.PHONE: "phone",
    kinds.HANDLE: "networks",
    kinds.URL: "web",
    kinds.ADDRESS: "address",
    kinds.BIRTHDAY: "birthday",
    kinds.DATE: "dates",
    kinds.RELATION: "relations",
    kinds.LABEL: "labels",
    kinds.CONNECTED: "connected",
    kinds.LANGUAGE: "language",
    kinds.GENDER: "gender",
    kinds.ZONE: "time zone",
    kinds.CUSTOM: "own field",
    kinds.NOTE: "note",
}
"""Kind to its word, in the order people read; kinds that are not here are kept, not shown."""

_NOUNS: Final = {
    kinds.EMAIL: "e-mail",
    kinds.HANDLE: "profile",
    kinds.URL: "page",
    kinds.DATE: "date",
    kinds.RELATION: "relation",
    kinds.LABEL: "label",
    kinds.EXTRA: "other value",
    kinds.UID: "id",
}
"""Kinds whose word in `KINDS` cannot be counted, or that are not there."""
_WEEK: Final = 7
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def named(name: str) -> str:
    """A source or network as it writes itself: ``linkedin`` is LinkedIn; "" stays empty."""
    return _NAMES.get(name.lower()) or (name[:1].upper() + name[1:] if name.islower() else name)


def network(name: str) -> str:
    """A network in a sentence; of some profiles it is not known where they are."""
    return "an unknown network" if name == "other" else named(name)


def handle(norm: str, value: str) -> tuple[str, str]:
    """A network, "" if none is known, and the name there: (``LinkedIn``, ``ada-wong``).

    Args:
        norm: ``service:handle``.
        value: what to say where there is no handle.
    """
    service, _, there = norm.partition(":")
    return "" if service == "other" else named(service), there or value


def way(kind: str, channel: str = "") -> str:
    """How people talk, in a word: ``call``, ``mail``; of messages the network, if one is known."""
    return kind if kind != "message" or channel in _NO_NETWORK else named(channel)


def many(count: int, noun: str) -> str:
    """A count with its noun: ``1 talk``, ``2,400 talks``."""
    return f"{count:,} {noun}{'s' * (count != 1)}"


def asked_and_held(asked: int, held: int) -> str:
    """The sentence wherever tiers are set: what they ask for, against what the lists hold."""
    return f"These tiers ask for {many(asked, 'talk')} a week; your list holds {held:,}."


def values(count: int, kind: str) -> str:
    """So many values of a kind: ``1 e-mail``, ``2 addresses``."""
    noun = _NOUNS.get(kind) or KINDS.get(kind, kind)
    return f"{count:,} addresses" if noun == "address" and count != 1 else many(count, noun)


def dotted(*told: str) -> str:
    """What is not empty, with ``·`` between."""
    return " · ".join(filter(None, told))


def work(title: str, org: str) -> str:
    """What somebody does and where: ``CTO, Wayne & Co``."""
    return ", ".join(filter(None, (title, org)))


def sources(listed: str) -> str:
    """Sources with commas between, in words; an entry made by hand has none."""
    return ", ".join(named(name) for name in listed.split(",") if name) or "by hand"


def arrow(direction: str) -> str:
    """The sign of a direction: ``←`` from them, ``→`` to them, ``↔`` both, ``·`` neither."""
    return ARROWS.get(direction, "·")


def day(iso: str, today: date) -> str:
    """A stored day in few cells: ``2 Nov``, ``Mar 2024``; "" for none."""
    return short(date.fromisoformat(iso[:10]), today) if iso else ""


def exact_day(iso: str, today: date) -> str:
    """A stored day to the day: ``2 Nov``; of another year ``12 Feb 2019``."""
    told = day(iso, today)
    return told if told[:1].isdigit() else f"{int(iso[8:10])} {told}"


def weekday(day: date) -> str:
    """``Mon``, ``Tue`` ..."""
    return _WEEKDAYS[day.weekday()]


def since(iso: str, today: date) -> str:
    """How long ago a stored day is: ``3 weeks ago``; "" for none."""
    return ago(date.fromisoformat(iso[:10]), today) if iso else ""


def partial(norm: str) -> str:
    """A partial date in words: ``3 May 1985``, ``3 May``, ``May 1985``, ``1985``."""
    found = partial_dates.parse(norm) if norm else None
    if found is None:
        return norm
    month = _MONTHS[found.month - 1] if found.month else ""
    parts = (found.day, month, f"{found.year:04}" if found.year else "")
    return " ".join(str(part) for part in parts if part)


def birthday(norm: str, today: date) -> str:
    """A birthday with the present age: ``3 May 1985 (41)``."""
    born = partial_dates.parse(norm) if norm else None
    age = partial_dates.age_at(born, today) if born else None
    return f"{partial(norm)} ({age})" if age is not None else partial(norm)


def rhythm(cadence: int, due: str, today: date) -> str:
    """When the next talk is due: ``every 21 days · due 2 Dec``, ``… · 9 days late``; or ""."""
    if not cadence:
        return ""
    every = f"every {many(cadence, 'day')}"
    if not due:
        return every
    late = (today - date.fromisoformat(due)).days
    if late > 0:
        return f"{every} · {many(late, 'day')} late"
    return f"{every} · due {day(due, today) if late else 'today'}"


def wait(until: str, why: str, today: date) -> str:
    """``waits until 2 Dec: let her settle in``; "" once the day has come."""
    if until <= today.isoformat():
        return ""
    return f"waits until {day(until, today)}{f': {why}' if why else ''}"


def owed_by(by: str) -> str:
    """By whom something is owed: ``I owe``, ``owes me``."""
    return "I owe" if by == "me" else "owes me"


def by_when(due: str, today: date) -> str:
    """When a promise is due: ``today``, ``Fri``, ``2 Dec``, ``3 days late``; "" for no day."""
    if not due:
        return ""
    day_due = date.fromisoformat(due)
    left = (day_due - today).days
    if left < 0:
        return f"{many(-left, 'day')} late"
    if left <= 1:
        return "tomorrow" if left else "today"
    return weekday(day_due) if left < _WEEK else day(due, today)


def news(told: str, seen: str, today: date) -> str:
    """``new job, seen 20 Nov: Initech → Globex``; or ""."""
    return f"new job, seen {day(seen, today)}: {told}" if told and seen else ""
