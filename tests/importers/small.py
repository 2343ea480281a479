"""Small containers of fixtures, and what an importer makes of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from importers.container import open_container
from importers.record import Problem, Record
from tests.importers.vcard_cases import container

if TYPE_CHECKING:
    from collections.abc import Mapping

    from importers.record import Importer, Sniffed

DATA = Path(__file__).parents[1] / "data"


def sniffed(importer: Importer, path: Path) -> Sniffed | None:
    with open_container(path) as box:
        return importer.sniff(box)


def read(
    importer: Importer, source: Path | bytes | Mapping[str, bytes], name: str = "list"
) -> tuple[list[Record], list[Problem]]:
    """Records and problems of a path, of the bytes of one file, or of several files."""
    if isinstance(source, Path):
        with open_container(source) as box:
            found = list(importer.read(box))
    else:
        files = {name: source} if isinstance(source, bytes) else source
        found = list(importer.read(container(files)))
    records = [item for item in found if isinstance(item, Record)]
    return records, [item for item in found if isinstance(item, Problem)]


def said(record: Record, kind: str) -> list[tuple[str, str]]:
    """(label, value) of every value of a kind."""
    return [(value.label, value.value) for value in record.values if value.kind == kind]


def all_said(record: Record) -> list[tuple[str, str, str]]:
    return [(value.kind, value.label, value.value) for value in record.values]
