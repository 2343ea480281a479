"""Reads files through one importer and looks at what came out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from importers.container import open_container
from importers.record import Problem, Record

if TYPE_CHECKING:
    from importers.record import Importer, Sniffed

DATA = Path(__file__).parent.parent / "data"


def sniff(importer: Importer, path: Path) -> Sniffed | None:
    with open_container(path) as container:
        return importer.sniff(container)


def read(importer: Importer, path: Path) -> list[Record | Problem]:
    with open_container(path) as container:
        return list(importer.read(container))


def people(importer: Importer, path: Path) -> list[Record]:
    """The records of a file that has nothing else."""
    found = read(importer, path)
    assert [item for item in found if isinstance(item, Problem)] == []
    return [item for item in found if isinstance(item, Record)]


def texts(record: Record, kind: str) -> list[str]:
    """The values of a kind, as ``value`` or ``label: value``."""
    return [
        f"{value.label}: {value.value}" if value.label else value.value
        for value in record.values
        if value.kind == kind
    ]


def write(folder: Path, text: str, name: str = "list.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path
