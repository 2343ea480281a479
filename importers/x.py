"""X (Twitter): the archive one can ask for, with its messages and those one follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from core.rules import kinds
from importers import x_talks
from importers.json_text import canonical
from importers.record import Problem, Record, Sniffed, Value
from importers.talk import Party
from importers.x_files import entries, files, of_kind
from importers.x_names import Known, identity, learnt, nameless, own

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from importers.container import Container
    from importers.talk import Reading, Talk

NAME: Final = "x"
TITLE: Final = "X"
VERSION: Final = 1
WHOLE: Final = False  # somebody whose handle no tweet tells is not in the list we can make
NEW_PEOPLE: Final = False
TALKS: Final = True
MARK: Final = b"messageCreate"

_ROLES: Final = {"following": "following", "follower": "follower"}
_LABELS: Final = {"block": "blocked", "mute": "muted"}
_LISTS: Final = (*_ROLES, *_LABELS)


def sniff(container: Container) -> Sniffed | None:
    """Knows the archive's files by their beginning, ``window.YTD``."""
    found = files(container)
    if not found:
        return None
    names = tuple(member.name for member in of_kind(found, *_LISTS))
    return Sniffed(95, f"window.YTD.{found[0].kind}", own(found).handle, names)


def read(container: Container) -> Iterator[Record | Problem]:
    """Everybody followed, or following, whose handle the owner's tweets tell.

    The archive names the others by a number alone, which nobody knows them by; they are counted.
    """
    found = files(container)
    known = learnt(found) if any(of_kind(found, *_LISTS)) else {}
    roles: dict[str, list[str]] = {}
    places: dict[str, str] = {}
    for kind in _LISTS:
        for member in of_kind(found, kind):
            for entry in entries(member):
                if isinstance(entry, Problem):
                    yield entry
                elif number := identity(entry[1].get("accountId")):
                    roles.setdefault(number, []).append(kind)
                    places.setdefault(number, entry[0])
                else:
                    yield Problem(entry[0], "no account is named")
    for number, said in roles.items():
        if who := known.get(number):
            yield _record(places[number], number, who, said)
    if bare := len(roles.keys() - known.keys()):
        accounts = "1 account is" if bare == 1 else f"{bare:,} accounts are"
        yield Problem(container.name, f"{accounts} known by number only, left out", fatal=False)


def sniff_talks(container: Container) -> Sniffed | None:
    """Knows direct messages by their beginning."""
    found = files(container)
    names = tuple(member.name for member in of_kind(found, *x_talks.KINDS))
    return Sniffed(95, "direct messages", own(found).handle, names) if names else None


def read_talks(container: Container, reading: Reading) -> Iterator[Talk | Problem]:
    """Every direct message."""
    return x_talks.talks(files(container), reading)


def owner(container: Container) -> tuple[Party, ...]:
    """The account that the archive is of, else the one in all conversations."""
    found = files(container)
    who = own(found)
    if not who.id:
        number = x_talks.everywhere(found)
        return (nameless(number),) if number else ()
    parties = [nameless(who.id)]
    if who.handle:
        parties.append(Party(kinds.HANDLE, f"x:{who.handle}", who.name))
    if "@" in who.email:
        parties.append(Party(kinds.EMAIL, who.email, who.name))
    return tuple(parties)


def _record(where: str, number: str, who: Known, said: list[str]) -> Record:
    values = [Value(kinds.NAME, who.name)] if who.name else []
    values.append(Value(kinds.HANDLE, who.handle, NAME))
    values += [Value(kinds.EXTRA, _ROLES[kind], TITLE) for kind in said if kind in _ROLES]
    values += [Value(kinds.LABEL, _LABELS[kind]) for kind in said if kind in _LABELS]
    raw: Mapping[str, Any] = {
        "accountId": number,
        "screen_name": who.handle,
        "name": who.name,
        "lists": list(dict.fromkeys(said)),
    }
    return Record(where, canonical(raw), number, tuple(dict.fromkeys(values)))
