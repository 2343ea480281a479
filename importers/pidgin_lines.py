"""The files of Pidgin and Gaim: what their names and first lines say, and how entries look."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Final, NamedTuple

from importers.decode import decode
from importers.im_text import CLOCK, service, unescaped, words

if TYPE_CHECKING:
    from importers.container import Member

OWN: Final = "#16569e"
"""The colour of what the owner said."""
THEIRS: Final = "#a82f2f"

_HEAD: Final = 1 << 14
_TITLED: Final = 2_000
_ENDS: Final = (".html", ".htm", ".txt")
_SYSTEM: Final = ".system"
_ROOM: Final = ".chat"
_ERROR: Final = "#ff0000"
_NAME_LIMIT: Final = 80
_WORDS: Final = 5
_LEVELS: Final = 4
_NAME: Final = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)\.(\d\d)(\d\d)(\d\d)(?:([+-])(\d\d)(\d\d)[^.]*)?\.(?:html?|txt)",
    re.IGNORECASE,
)
_ABOUT: Final = re.compile(
    r"conversation with (.{1,200}?) at (.{1,80}?) on (\S{1,200}) \(([\w -]{1,40})\)\s*",
    re.IGNORECASE,
)
_FOREIGN: Final = re.compile(r"(?:\S+ ){2}(\S+) \D{0,40}\d.{4,60} \S+ (\S+) \(([\w-]{1,40})\)\s*")
_TITLE: Final = re.compile(r"<(title|h[13])>(.*?)</\1>", re.IGNORECASE | re.DOTALL)
_WHEN: Final = rf"((?:[\d./-]{{6,10}},?\s+)?{CLOCK})(?:\s[A-Z]{{2,5}})?"
HTML: Final = re.compile(
    rf'\s*(?:<font color="?(#[0-9a-f]{{6}})"?[^>]*>)?\s*(?:<font[^>]*>)?\s*\({_WHEN}\)(?:</font>)?',
    re.IGNORECASE,
)
TEXT: Final = re.compile(rf"()\({_WHEN}\)\s", re.IGNORECASE)
_BOLD: Final = re.compile(r"\s*<b>(.*?)</b>(?:</font>)?", re.IGNORECASE | re.DOTALL)
_AUTO: Final = re.compile(r"\s*<[A-ZÀ-Þ][A-ZÀ-Þ -]*>\Z")
_SAID: Final = re.compile(r"([^\n]{1,80}?):(?:[ \n]|\Z)")


class Log(NamedTuple):
    """One file: a conversation.

    Attributes:
        account: whose log it is, as the network knows them.
        buddy: with whom, or the room.
        start: with an offset where the name of the file has one; None if nothing tells.
    """

    member: Member
    network: str
    account: str
    buddy: str
    start: datetime | None
    is_room: bool
    is_html: bool


class Said(NamedTuple):
    """One entry: `name` is "" for a line of the system."""

    colour: str
    name: str
    text: str
    is_automatic: bool = False


def log(member: Member, *, loose: bool) -> Log | None:
    """What a file is; None if it is no log.

    Args:
        member: named as the program names its logs, or else `loose`.
        loose: the name need not tell; the first line does.
    """
    parts = member.name.split("/")
    named = _NAME.fullmatch(parts[-1])
    if not (named or loose) or _SYSTEM in parts or not parts[-1].lower().endswith(_ENDS):
        return None
    head = decode(member.head(_HEAD)).text
    is_html = not parts[-1].lower().endswith(".txt")
    found = _TITLE.search(head[:_TITLED]) if is_html else None
    first = words(found[2]) if found else head[:_TITLED].partition("\n")[0].strip()
    start = _started(named)
    room = len(parts) > 1 and parts[-2].endswith(_ROOM)
    if about := _ABOUT.fullmatch(first):
        network, account, buddy = about[4], about[3], about[1].strip()
        start = start or _written(about[2])
    elif not named or not any(map((HTML if is_html else TEXT).match, head.splitlines())):
        return None
    elif len(parts) >= _LEVELS:
        network, account, buddy = parts[-4], unescaped(parts[-3]), unescaped(parts[-2])
        buddy = buddy.removesuffix(_ROOM)
    elif foreign := _FOREIGN.fullmatch(first):
        buddy, account, network = foreign.groups()
    else:
        return None
    network = service(network)
    if network == "jabber":  # a device is no account
        account, buddy = account.partition("/")[0], buddy.partition("/")[0]
    return Log(member, network, account, buddy, start, room, is_html)


def _started(named: re.Match[str] | None) -> datetime | None:
    """When a log was begun, as the name of its file says."""
    if named is None:
        return None
    sign, hours, minutes = named[7], named[8], named[9]
    try:
        start = datetime(*map(int, named.groups()[:6]))  # type: ignore[arg-type]  # noqa: DTZ001 — six numbers, by the device's clock
        if sign is None:
            return start
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        return start.replace(tzinfo=timezone(-offset if sign == "-" else offset))
    except ValueError:
        return None


def _written(text: str) -> datetime | None:
    """When a log was begun, as its first line says, where that can be read one way only."""
    for form in ("%Y-%m-%d %H:%M:%S", "%m/%d/%Y %I:%M:%S %p"):
        try:
            return datetime.strptime(text.strip(), form)  # noqa: DTZ007 — by the device's clock
        except ValueError:
            continue
    return None


def parted(found: re.Match[str], body: str, *, is_html: bool, names: frozenset[str]) -> Said:
    """Who said what.

    Args:
        found: what `HTML` or `TEXT` found.
        body: what follows it.
        is_html: which of the two.
        names: those that are known, which may have many words.
    """
    colour = (found[1] or "").lower()
    if is_html:
        return _of_html(colour, body)
    if body.startswith("***"):
        name = max((one for one in names if body[3:].startswith(one)), key=len, default="")
        name = name or body[3:].partition(" ")[0]
        return Said("", name, body[3 + len(name) :].strip())
    told = _SAID.match(body)
    if told is None:
        return Said("", "", body)
    name, automatic = _automatic(told[1])
    if name not in names and len(name.split()) > _WORDS:  # a sentence with a colon
        return Said("", "", body)
    return Said("", name, body[told.end() :].strip(), automatic)


def _of_html(colour: str, body: str) -> Said:
    bold = _BOLD.match(body)
    if not colour or colour == _ERROR or bold is None:
        return Said(colour, "", "")
    shown = words(bold[1])
    rest = re.split(r"</body>", body[bold.end() :], maxsplit=1, flags=re.IGNORECASE)[0]
    if shown.startswith("***"):
        return Said(colour, shown[3:].strip(), words(rest))
    if not shown.endswith(":"):
        return Said(colour, "", "")
    name, automatic = _automatic(shown[:-1])
    return Said(colour, name[:_NAME_LIMIT], words(rest), automatic)


def _automatic(name: str) -> tuple[str, bool]:
    found = _AUTO.search(name)
    return (name[: found.start()].strip(), True) if found else (name.strip(), False)
