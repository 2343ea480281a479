"""Writes docs/samples.md: what the readers make of real exports, counted twice.

Run ``python -m tests.sample_table`` with VITALFEW_SHARED naming the folder that holds the samples.
"""

from __future__ import annotations

import csv
import io
import os
import re
import sys
import zipfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from importers import registry, vcard
from importers.container import open_container
from importers.record import Record
from tests import sample_talks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs" / "samples.md"
FOLDERS = (
    *("vcard", "google-csv", "linkedin", "linkedin-archive", "outlook-csv", "generic-csv"),
    *("thunderbird", "abook", "mastodon", "newsletter", "monica"),
)

HEAD = """\
# What the readers make of real exports

Each line is one file that some program really wrote, or that was made to break readers. *There* is
counted without our readers: the lines `BEGIN:VCARD`, whatever the encoding, the lines `dn:` or
`[1]`, or the rows that the `csv` module finds below the headings. *Read* are the entries we took,
*refused* those we did not, with the reason. A card that is a *group* is no person: its members
carry its name. A table that lists no people is named to the user and left alone; its rows are
counted in brackets. Newsletters are read whole, but join only who is in the book.

`python -m tests.sample_table` writes this page anew; a test holds it to what the readers do.
"""


_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


class Line(NamedTuple):
    """One file: what is there by an independent count, and what our reader makes of it."""

    folder: str
    name: str
    format: str
    there: int | None
    read: int
    groups: int
    refused: Counter[str]
    other: int = 0  # rows of a table that lists no people


def samples() -> Path | None:
    """The folder of the samples, or None on a machine without them."""
    shared = os.environ.get("VITALFEW_SHARED")
    return Path(shared) / "formats" / "samples" if shared else None


def lines(folder: Path) -> Iterator[Line]:
    """Every file of the folders, in the order of their names."""
    for kind in FOLDERS:
        for path in sorted((folder / kind).iterdir(), key=lambda path: (_name(path), path.name)):
            yield _line(kind, path)


def _name(path: Path) -> str:
    return path.name.rpartition("--")[2]


def _line(kind: str, path: Path) -> Line:
    refused: Counter[str] = Counter()
    with open_container(path) as container:
        guesses = [guess for guess in registry.recognise(container) if not guess.talks]
        if not guesses:
            return Line(kind, _name(path), "", None, 0, 0, refused, _all_rows(path))
        importer = guesses[0].importer
        read = groups = 0
        for found in importer.read(container):
            if isinstance(found, Record):
                read += 1
            elif found.fatal:
                refused[found.why] += 1
            else:
                groups += found.why == vcard.GROUP
    count = _COUNTS.get(importer.NAME, _rows_of_its_own)
    return Line(kind, _name(path), importer.TITLE, count(path), read, groups, refused)


def _text(data: bytes) -> str:
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if data[1:2] == b"\0" or data[:1] == b"\0":
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be", "replace")
    return data.decode("utf-8", "replace")


def _cards(path: Path) -> int:
    text = _text(path.read_bytes())
    return sum(line.strip().upper() == "BEGIN:VCARD" for line in text.splitlines())


def _lines_that(pattern: str) -> Callable[[Path], int]:
    return lambda path: len(re.findall(pattern, _text(path.read_bytes()), re.MULTILINE))


def _rows_of_its_own(path: Path) -> int:
    """The rows below the first one, whatever parts the cells."""
    text = _text(path.read_bytes())
    between = max(",;\t", key=text.partition("\n")[0].count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=between)
    return max(0, sum(any(map(str.strip, row)) for row in rows) - 1)


def _rows(path: Path) -> int:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            found = [name for name in archive.namelist() if name.endswith("Connections.csv")]
            return sum(_below_headings(_text(archive.read(name))) for name in found)
    return _below_headings(_text(path.read_bytes()))


def _all_rows(path: Path) -> int:
    rows = csv.reader(io.StringIO(_text(path.read_bytes()), newline=""))
    return max(0, sum(any(map(str.strip, row)) for row in rows) - 1)


def _below_headings(text: str) -> int:
    rows = [row for row in csv.reader(io.StringIO(text, newline="")) if any(map(str.strip, row))]
    for place, row in enumerate(rows):
        if {"first name", "name", "given name"} & {cell.strip().lower() for cell in row}:
            return len(rows) - place - 1
    return 0


_COUNTS: Final[Mapping[str, Callable[[Path], int]]] = {
    "vcard": _cards,
    "google": _rows,
    "linkedin": _rows,
    "ldif": _lines_that("^dn:"),
    "abook": _lines_that(r"^\[\d+\]"),
}
"""How the entries of a format are counted without its reader; of others the rows are."""


def page(folder: Path) -> str:
    """The whole page."""
    parts = [HEAD]
    found = list(lines(folder))
    twice = Counter((line.folder, line.name) for line in found)
    seen: Counter[tuple[str, str]] = Counter()
    for kind in FOLDERS:
        mine = [line for line in found if line.folder == kind]
        known = [line for line in mine if line.there is not None]
        parts.append(f"\n## {kind}: {len(mine)} files\n")
        parts.append("| file | read as | there | read | groups | refused | why |")
        parts.append("|---|---|--:|--:|--:|--:|---|")
        for line in mine:
            mark = (line.folder, line.name)
            seen[mark] += 1
            name = f"{line.name} ({seen[mark]})" if twice[mark] > 1 else line.name
            why = "; ".join(f"{n} {why}" for why, n in sorted(line.refused.items()))
            if line.there is None:
                why = "lists no people: left alone"
            there = f"({line.other})" if line.there is None else str(line.there)
            cells = (
                name,
                line.format or "",
                there,
                line.read,
                line.groups or "",
                line.refused.total(),
                why,
            )
            parts.append("| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |")
        sums = (
            sum(line.there or 0 for line in known),
            sum(line.read for line in known),
            sum(line.groups for line in known),
            sum(line.refused.total() for line in known),
        )
        parts.append("| **all** | | **{}** | **{}** | **{}** | **{}** | |".format(*sums))
    return "\n".join(parts) + "\n" + sample_talks.page(folder)


def main() -> None:
    folder = samples()
    if folder is None:
        sys.exit("VITALFEW_SHARED does not name the folder of the samples")
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text(page(folder), "utf-8")


if __name__ == "__main__":
    main()
