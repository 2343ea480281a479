"""Looks through the parts of a workbook before it is parsed, so that none can fill the memory."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from core.errors import VitalfewError

if TYPE_CHECKING:
    import zipfile

MAX_ROWS: Final = 200_000
MAX_COLUMNS: Final = 200
MAX_PACKED: Final = 50_000_000  # bytes of the file
MAX_TOTAL: Final = 200_000_000  # bytes of all parts, unpacked
MAX_STRINGS: Final = 500_000
MAX_TEXT: Final = 1_000_000  # bytes of one cell; a spreadsheet program writes at most 32,767 signs
_MAX_PART: Final = 20_000_000  # of a part that is read as one tree: styles, names of sheets
_MAX_SHARED: Final = 50_000_000
_MAX_ENTRIES: Final = 5_000
_BLOCK: Final = 1 << 20
_WORKBOOK: Final = "xl/workbook.xml"
_SHARED: Final = "sharedstrings.xml"
_SHEETS: Final = "xl/worksheets/"
_OWN_DEFINITIONS: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_STRING: Final = re.compile(rb"[<:]si[ >/]")
_FORMULA: Final = re.compile(rb"[<:]f[ >/]")
_FAR_DOWN: Final = re.compile(rb' r="[A-Z]{1,3}([2-9][0-9]{5}|[0-9]{7,9})"[^>/]*>')
_NO_RESULT: Final = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]{1,3}[0-9]{1,7})"[^>]*>'
    rb"\s*<(?:\w+:)?f(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


class Lacking(NamedTuple):
    """Formulas of a sheet that no program has worked out yet."""

    cells: int
    first: str


def check(archive: zipfile.ZipFile, name: str) -> dict[str, Lacking]:
    """Refuses what no workbook of people needs.

    Args:
        archive: the workbook.
        name: for the sentence.

    Returns:
        The sheets that have formulas without a result, by the names of their parts.

    Raises:
        VitalfewError: no workbook, or over a limit, which the sentence names.
    """
    infos = archive.infolist()
    if not any(info.filename.lower().lstrip("/") == _WORKBOOK for info in infos):
        raise VitalfewError(f"{name} is not a workbook: no {_WORKBOOK} is in it.")
    if any(info.flag_bits & 0x1 for info in infos):
        raise VitalfewError(f"{name} is protected by a password: save it without one.")
    if len(infos) > _MAX_ENTRIES:
        raise VitalfewError(f"{name} has more than {_MAX_ENTRIES:,} parts, the limit.")
    if sum(info.file_size for info in infos) > MAX_TOTAL:
        raise VitalfewError(f"{name} unpacks to more than {MAX_TOTAL // 1_000_000} MB, the limit.")
    lacking: dict[str, Lacking] = {}
    for info in infos:
        part = info.filename.lower().lstrip("/")
        if part.endswith((".xml", ".rels")):
            if not part.startswith(_SHEETS):
                most = _MAX_SHARED if part.endswith(_SHARED) else _MAX_PART
                if info.file_size > most:
                    what = f"{name}: {info.filename} has more than {most // 1_000_000} MB"
                    raise VitalfewError(f"{what}, the limit.")
            if found := _look(archive, info, name):
                lacking[info.filename.lstrip("/")] = found
    return lacking


def _look(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Lacking | None:
    """One pass over a part, in blocks that end before a cell."""
    strings = formulas = 0
    first = ""
    rest = b""
    with archive.open(info) as stream:
        more = True
        while more:
            read = stream.read(_BLOCK)
            more = bool(read)
            block = rest + read
            cut = block.rfind(b"<c ") if more else len(block)
            if len(block) - cut > MAX_TEXT:  # no cell ends here, or there are none
                cut = block.rfind(b"<")
            if len(block) - cut > MAX_TEXT:
                raise VitalfewError(f"{name}: a cell is longer than {MAX_TEXT:,} bytes, the limit.")
            block, rest = block[:cut], block[cut:]
            strings += _checked(block, name)
            if strings > MAX_STRINGS:
                raise VitalfewError(f"{name} has more than {MAX_STRINGS:,} texts, the limit.")
            found = _NO_RESULT.findall(block) if _FORMULA.search(block) else []
            first = first or (found[0].decode("ascii") if found else "")
            formulas += len(found)
    return Lacking(formulas, first) if formulas else None


def _checked(block: bytes, name: str) -> int:
    """How many shared texts begin in a block.

    Raises:
        VitalfewError: definitions of its own, or a cell below the last row that is read.
    """
    if _OWN_DEFINITIONS.search(block):
        why = f"{name} holds definitions of its own (a DTD), as no workbook needs."
        raise VitalfewError(f"{why} It was not read.")
    if any(int(row) > MAX_ROWS for row in _FAR_DOWN.findall(block)):
        raise VitalfewError(f"{name} has cells below row {MAX_ROWS:,}, the limit.")
    return len(_STRING.findall(block))
