"""Which files are read together: those of one format and owner make one run."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from core.errors import UsageError
from importers import registry
from importers.choices import RunKey, over

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from importers.choices import Options
    from importers.container import Container
    from importers.record import Importer


class Group(NamedTuple):
    """What one run reads.

    Attributes:
        owner: whose list the files say they are, or "".
        headings: the set of headings of spreadsheets, else "".
        talks: the talks are read, not the people.
    """

    importer: Importer
    owner: str
    headings: str
    containers: tuple[Container, ...]
    talks: bool = False

    @property
    def key(self) -> RunKey:
        """Names the run that this group makes."""
        names = tuple(container.name for container in self.containers)
        kind = f"{self.importer.NAME} talks" if self.talks else self.importer.NAME
        return RunKey(kind, self.owner, names)


def grouped(
    containers: Sequence[Container], options: Options
) -> tuple[list[Group], list[Container]]:
    """The runs that these containers make, and the containers that nobody can read.

    Raises:
        UsageError: a column was named that no spreadsheet has.
    """
    found: dict[tuple[str, str, bool], dict[str, list[Container]]] = {}
    unknown: list[Container] = []
    for container in containers:
        claims = list(claimed(container, options.as_format))
        if not claims:
            unknown.append(container)
        for importer, owner, talks in claims:
            headings = _headings(container) if importer.NAME == registry.ANY_TABLE else ""
            owners = found.setdefault((importer.NAME, headings, talks), {})
            owners.setdefault(options.source or owner, []).append(container)
    for owners in found.values():
        if len(owners) == len(("", "one other")) and "" in owners:
            # A file that does not say whose it is lies beside one that does.
            nameless = owners.pop("")
            next(iter(owners.values())).extend(nameless)
    groups = [
        Group(_named(name, talks=talks), owner, headings, tuple(members), talks)
        for (name, headings, talks), owners in found.items()
        for owner, members in owners.items()
    ]
    # A list that only joins people comes after those that bring them, talks come last.
    groups.sort(key=lambda group: 2 if group.talks else not group.importer.NEW_PEOPLE)
    if options.columns:
        _check_columns(groups, options.columns)
    return groups, unknown


def _check_columns(groups: Sequence[Group], said: Mapping[str, str]) -> None:
    """Every column that was named stands in one of the spreadsheets.

    Raises:
        UsageError: one does not.
    """
    from importers import spreadsheet

    tables = [group for group in groups if group.importer.NAME == registry.ANY_TABLE]
    if not tables:
        raise UsageError("none of these is a spreadsheet; --as spreadsheet reads one as such")
    over([one for group in tables for one in spreadsheet.columns_of(group.containers[0])], said)


def claimed(container: Container, as_format: str = "") -> Iterator[tuple[Importer, str, bool]]:
    """The importers that read a container, and the owner each found; each its own members.

    Yields:
        The importer, the owner or "", whether it reads the talks and not the people.
    """
    if as_format:
        if as_format not in registry.TALK_NAMES or as_format in registry.NAMES:
            yield registry.by_name(as_format), "", False
        if as_format in registry.TALK_NAMES:
            yield _named(as_format, talks=True), "", True
        return
    taken: dict[str, str] = {}  # member: who reads it; one reader may find people and talks in it
    for guess in registry.recognise(container):
        name = guess.importer.NAME
        if all(taken.get(member, name) == name for member in guess.sniffed.members):
            taken.update(dict.fromkeys(guess.sniffed.members, name))
            yield guess.importer, guess.sniffed.account, guess.talks


def _named(name: str, *, talks: bool) -> Importer:
    return cast("Importer", registry.talks_by_name(name)) if talks else registry.by_name(name)


def _headings(container: Container) -> str:
    from importers import spreadsheet

    return spreadsheet.heading_set_of(container)
