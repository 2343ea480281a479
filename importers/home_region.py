"""The country in which phone numbers are read that name none."""

from __future__ import annotations

import locale
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Final, cast

from core.errors import UsageError
from core.rules import kinds
from core.rules.normalise import norm_of
from core.rules.phones import UNSURE
from importers.container import open_container
from importers.grouping import claimed
from importers.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from importers.container import Container
    from importers.talk import TalkReader

_TALKS: Final = 2_000
"""So many talks are looked at for numbers without a country."""


def checked(region: str) -> str:
    """The ISO code of a country, in capitals.

    Raises:
        UsageError: there is no such country.
    """
    from phonenumbers import SUPPORTED_REGIONS

    code = region.strip().upper()
    code = "GB" if code == "UK" else code
    if not region.isascii() or code not in SUPPORTED_REGIONS:
        raise UsageError(f"“{region[:20]}” is no country: two letters such as CH, DE or US")
    return code


def of_locale(environ: Mapping[str, str]) -> str:
    """The country that the locale names, or ""."""
    from core.rules.phones import default_region

    names = (environ.get(name) for name in ("LC_ALL", "LC_TELEPHONE", "LANG"))
    named = next(filter(None, names), None) or locale.getlocale()[0]
    try:
        return checked(default_region(named) or "")
    except UsageError:
        return ""


def matters(
    paths: Sequence[Path],
    as_format: str = "",
    progress: Callable[[int], None] = lambda _count: None,
) -> bool:
    """Whether any number in these files cannot be told without knowing the country.

    Args:
        paths: files, folders, archives.
        as_format: an importer's name, or "" to find out.
        progress: called for each entry that was read; may raise to stop.

    Raises:
        VitalfewError: a path cannot be opened.
    """
    for path in paths:
        with open_container(path) as container:
            for importer, _owner, talks in claimed(container, as_format):
                if talks:
                    if _talks_with_a_local_number(cast("TalkReader", importer), container):
                        return True
                    continue
                for found in importer.read(container):
                    progress(1)
                    if isinstance(found, Record) and _has_local_number(found):
                        return True
    return False


def _talks_with_a_local_number(reader: TalkReader, container: Container) -> bool:
    """Whether one of the first talks is with a number that names no country."""
    from importers.talk import Reading, Talk

    reading = Reading(datetime.now(UTC))
    for found in islice(reader.read_talks(container, reading), _TALKS):
        for party in (found.sender, *found.others) if isinstance(found, Talk) else ():
            if party and party.kind == kinds.PHONE and reading.mark(party)[1].startswith(UNSURE):
                return True
    return False


def _has_local_number(record: Record) -> bool:
    for value in record.values:
        if value.kind in {kinds.PHONE, kinds.URL}:
            kind, norm = norm_of(value.kind, value.value, value.label, None)
            if kind == kinds.PHONE and norm.startswith(UNSURE):
                return True
    return False
