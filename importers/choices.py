"""What the user decides about an import: beside the paths, when asked, and for good."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from core.errors import DecisionNeededError, UsageError
from core.queries import sources
from core.rules import kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from core.storage.driver import Connection
    from importers.guess import Guessed
    from importers.record import Importer
    from importers.talk import Party, TalkReader

PARTS: Final[Mapping[str, frozenset[str]]] = {
    "notes": frozenset({kinds.NOTE}),
    "photos": frozenset({kinds.PHOTO}),
    "phones": frozenset({kinds.PHONE}),
    "addresses": frozenset({kinds.ADDRESS, kinds.GEO}),
    "dates": frozenset({kinds.BIRTHDAY, kinds.DATE}),
    "relations": frozenset({kinds.RELATION}),
    "labels": frozenset({kinds.LABEL}),
    "money": frozenset({kinds.VALUE}),
    "others": frozenset({kinds.EXTRA, kinds.CUSTOM, kinds.KEY, kinds.GENDER}),
}
"""What can be left out of an entry, in the words of screens and shell."""

KEEPS: Final = ("full", "line", "counts")
"""How much is kept of a talk: all that was said, its first line, or only that it was."""

_SHOWN: Final = 6


class RunKey(NamedTuple):
    """Names one run of an import, the same in a trial and when it is done."""

    kind: str
    owner: str
    files: tuple[str, ...]


class Options(NamedTuple):
    """What the user said beside the paths.

    Attributes:
        as_format: an importer's name, or "" to find out.
        source: the account name of the source, or "" to find out.
        region: home region for phone numbers, such as ``CH``, or None for what the book knows.
        complete: the files are the whole list, so what is missing is gone.
        older: take files that are older than the last ones of their source.
        tier_field: the heading whose cells state a tier; None for what is remembered.
        columns: heading to role for spreadsheets, over what is guessed.
        sure: guessed columns are right as they are.
        leave: keys of `PARTS` that are not taken; None for what is remembered.
        new_people: whether people come in who are not in the book; None for what is remembered,
            or usual for the format.
        keep: one of `KEEPS`; None for what is remembered.
        me: names or addresses of the user, as chats write them, or one of those who wrote.
        skip: leave the run out.
        dry_run: count, write nothing.
        runs: other options for some of the runs.
    """

    as_format: str = ""
    source: str = ""
    region: str | None = None
    complete: bool = False
    older: bool = False
    tier_field: str | None = None
    columns: Mapping[str, str] = {}
    sure: bool = False
    leave: frozenset[str] | None = None
    new_people: bool | None = None
    keep: str | None = None
    me: tuple[str | Party, ...] = ()
    skip: bool = False
    dry_run: bool = False
    runs: Mapping[RunKey, Options] = {}


class Choices(NamedTuple):
    """What holds for one source, once and for all until it is said otherwise."""

    leave: frozenset[str] = frozenset()
    tier_field: str = ""
    new_people: bool = True
    keep: str = "full"

    @property
    def left_kinds(self) -> frozenset[str]:
        """The kinds of fact that are not taken."""
        return frozenset().union(*(PARTS[part] for part in self.leave))


class Candidate(NamedTuple):
    """Somebody who may be the user.

    Attributes:
        name: as the talks show it.
        talks: how many are from them.
        threads: in how many conversations.
    """

    party: Party
    name: str
    talks: int
    threads: int


class Ask(Protocol):
    """Who answers the few questions of an import."""

    def same_list(self, title: str, account: str, known: int, total: int) -> bool:
        """Whether files that do not say whose they are belong to the source that knows them."""
        ...

    def columns(self, file: str, guessed: Sequence[Guessed]) -> Mapping[str, str]:
        """Heading to role, where the guess is unsure."""
        ...

    def gone(self, title: str, missing: int, present: int) -> bool:
        """Whether so many entries that are not in the files are to be marked as gone."""
        ...

    def owner(self, title: str, candidates: Sequence[Candidate]) -> Party | None:
        """Which of those who wrote is the user; None for nobody of them."""
        ...


class Unasked:
    """Nobody is there to ask: what is usual is done, and nothing that cannot be known."""

    def same_list(self, title: str, account: str, known: int, total: int) -> bool:  # noqa: ARG002
        """Taken for the same list."""
        return True

    def columns(self, file: str, guessed: Sequence[Guessed]) -> Mapping[str, str]:
        """Not decided here.

        Raises:
            DecisionNeededError: always; its lines show the guess.
        """
        raise DecisionNeededError(
            f"the columns of {file} are guessed; --map corrects them, --yes takes them as they are",
            [f'  --map "{one.heading}={one.role}"' for one in guessed if not one.sure],
        )

    def gone(self, title: str, missing: int, present: int) -> bool:  # noqa: ARG002
        """Nobody is marked."""
        return False

    def owner(self, title: str, candidates: Sequence[Candidate]) -> Party | None:
        """Not decided here.

        Raises:
            DecisionNeededError: always; its lines name who it may be.
        """
        raise DecisionNeededError(
            f"{title} does not say which of those who wrote is you; --me names you",
            [f'  --me "{one.name}"' for one in candidates],
        )


def parts(words: Iterable[str]) -> frozenset[str]:
    """Checked keys of `PARTS`.

    Raises:
        UsageError: there is no such part.
    """
    wanted = frozenset(word.strip().lower() for word in words if word.strip())
    if unknown := sorted(wanted - set(PARTS)):
        raise UsageError(f"“{unknown[0][:40]}” cannot be left out; there are {', '.join(PARTS)}")
    return wanted


def mapping(text: str) -> dict[str, str]:
    """What ``--map`` says: ``Umsatz=value,Ort=city`` as heading to role.

    Raises:
        UsageError: a piece has no ``=``, or there is no such role.
    """
    from importers.columns import column

    found: dict[str, str] = {}
    for piece in filter(None, map(str.strip, text.split(","))):
        heading, equals, role = piece.rpartition("=")
        if not equals or not heading.strip():
            raise UsageError(f"“{piece[:40]}” is no HEADING=ROLE, such as Umsatz=value")
        column(role.strip())
        found[heading.strip()] = role.strip()
    return found


def over(guessed: Sequence[Guessed], said: Mapping[str, str]) -> dict[str, str]:
    """The roles of all columns: what was said over what was guessed.

    Raises:
        UsageError: there is no such heading.
    """
    headings = {one.heading.casefold(): one.heading for one in guessed}
    roles = {one.heading: one.role for one in guessed}
    for heading, role in said.items():
        if heading.casefold() not in headings:
            there = ", ".join(list(roles)[:_SHOWN])
            raise UsageError(f"there is no column “{heading[:40]}”; there are {there}")
        roles[headings[heading.casefold()]] = role
    return roles


def within(guessed: Sequence[Guessed], said: Mapping[str, str]) -> dict[str, str]:
    """The part of what was said that is about these columns."""
    headings = {one.heading.casefold() for one in guessed}
    return {heading: role for heading, role in said.items() if heading.casefold() in headings}


def usual(importer: Importer | TalkReader) -> Choices:
    """What holds for a format as long as nothing else was chosen."""
    return Choices(new_people=getattr(importer, "NEW_PEOPLE", True))


def kept_of_talks(word: str) -> str:
    """A checked word of `KEEPS`.

    Raises:
        UsageError: it is none.
    """
    if word not in KEEPS:
        raise UsageError(f"of talks {', '.join(KEEPS)} can be kept, not “{word[:40]}”")
    return word


def remembered(view: Connection | None, importer: Importer | TalkReader, account: str) -> Choices:
    """What was chosen for a source before, or what is usual for its format."""
    text = sources.setting(view, _key(importer, account)) if view else ""
    if not text:
        return usual(importer)
    before = json.loads(text)
    return Choices(
        frozenset(before.get("leave", ())) & set(PARTS),
        str(before.get("tier_field", "")),
        bool(before.get("new_people", usual(importer).new_people)),
        str(before.get("keep", "full")),
    )


def chosen(options: Options, before: Choices) -> Choices:
    """What holds now: what is said now, else what held before."""
    return Choices(
        before.leave if options.leave is None else options.leave,
        before.tier_field if options.tier_field is None else options.tier_field,
        before.new_people if options.new_people is None else options.new_people,
        before.keep if options.keep is None else options.keep,
    )


def kept(importer: Importer | TalkReader, account: str, choices: Choices) -> tuple[str, str]:
    """The setting that keeps the choices of a source: key and value."""
    said = choices._asdict() | {"leave": sorted(choices.leave)}
    return _key(importer, account), json.dumps(said)


def _key(importer: Importer | TalkReader, account: str) -> str:
    return f"take {importer.NAME} {account}".rstrip()


def columns_key(headings: str) -> str:
    """The setting that keeps the roles of a set of headings.

    Args:
        headings: what `importers.guess.heading_set` calls the set.
    """
    return f"columns {headings}"
