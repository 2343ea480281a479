"""Who is who on X: its archive names people by number, by handle only where tweets do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from core.rules import kinds
from importers.meta_text import named, objects, words
from importers.record import Problem
from importers.talk import Party
from importers.x_files import entries, of_kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from importers.x_files import File

_TWEETS: Final = ("tweets", "tweet", "deleted_tweets", "community_tweet")
_LONGEST: Final = 25
"""Digits of a number of X."""


class Known(NamedTuple):
    """What is known of an account.

    Attributes:
        handle: without the @.
        name: as shown, or "".
        since: number of the tweet that says so; a later one knows better.
    """

    handle: str
    name: str
    since: int


class Owner(NamedTuple):
    """Whose archive it is; all "" if it does not say."""

    id: str = ""
    handle: str = ""
    name: str = ""
    email: str = ""


def own(files: Sequence[File]) -> Owner:
    """The owner, as the archive's own file of the account has it."""
    for member in of_kind(files, "account"):
        for found in entries(member):
            if not isinstance(found, Problem) and (number := identity(found[1].get("accountId"))):
                told = (
                    words(found[1].get(key), broken=False)
                    for key in ("username", "accountDisplayName", "email")
                )
                return Owner(number, *told)
    return Owner()


def identity(value: object) -> str:
    """The number of an account as a text of digits; "" if it is none."""
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or len(text) > _LONGEST:
        return ""
    return text if text.isascii() and text.isdecimal() and text.strip("0") else ""


def learnt(files: Sequence[File]) -> dict[str, Known]:
    """Handles and names by number, from everybody that tweets mention or answer."""
    found: dict[str, Known] = {}
    for member in of_kind(files, *_TWEETS):
        for entry in entries(member):
            if isinstance(entry, Problem):
                continue
            tweet = entry[1]
            since = int(identity(tweet.get("id_str") or tweet.get("id")) or 0)
            for number, handle, name in _spoken_of(tweet):
                before = found.get(number)
                if before is None or since >= before.since:
                    found[number] = Known(handle, name or (before.name if before else ""), since)
                elif not before.name and name:
                    found[number] = before._replace(name=name)
    return found


def _spoken_of(tweet: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Number, handle and name, or "", of those whom a tweet answers or mentions."""
    number = identity(tweet.get("in_reply_to_user_id_str") or tweet.get("in_reply_to_user_id"))
    handle = words(tweet.get("in_reply_to_screen_name"), broken=False)
    if number and handle:
        yield number, handle, ""
    for one in objects(named(tweet.get("entities"), "user_mentions")):
        number = identity(one.get("id_str") or one.get("id"))
        handle = words(one.get("screen_name"), broken=False)
        if number and handle:
            yield number, handle, words(one.get("name"), broken=False)


class People:
    """Parties by their numbers.

    Args:
        files: of the archive.
    """

    def __init__(self, files: Sequence[File]) -> None:
        self.own = own(files)
        self.known = learnt(files)
        self._parties: dict[tuple[str, str], Party] = {}

    def party(self, number: str, role: str = "with") -> Party:
        """By handle where it is known, else by a name that says the number and joins nobody."""
        at = (number, role)
        if (found := self._parties.get(at)) is None:
            if number == self.own.id and self.own.handle:
                found = Party(kinds.HANDLE, f"x:{self.own.handle}", self.own.name, role)
            elif known := self.known.get(number):
                found = Party(kinds.HANDLE, f"x:{known.handle}", known.name, role)
            else:
                found = nameless(number, role)
            self._parties[at] = found
        return found


def nameless(number: str, role: str = "with") -> Party:
    """An account of which only the number is known."""
    return Party(kinds.NAME, f"X user {number}", "", role, number)
