"""Workbooks (XLSX): their sheets as tables with the face of `importers.table.Table`."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from defusedxml.common import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from core.errors import VitalfewError
from core.text import clean
from importers.headings import PREAMBLE, settle
from importers.record import Problem
from importers.table import Layout, Row
from importers.workbook_check import MAX_COLUMNS, MAX_PACKED, MAX_ROWS, Lacking, check

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from openpyxl.workbook.workbook import Workbook

    from importers.container import Member

SUFFIXES: Final = (".xlsx", ".xlsm", ".xltx", ".xltm")
_OLD_SUFFIXES: Final = (*SUFFIXES, ".xls", ".ods", ".xlsb", ".xlt")
_ZIP: Final = b"PK\3\4"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OPEN_DOCUMENT: Final = b"application/vnd.oasis.opendocument"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_BATCH: Final = 500  # rows read between two looks at the warnings
_DIGITS: Final = 15  # as many as a spreadsheet keeps of a number
_ZEROS: Final = re.compile("0{2,20}")
_SAVE_AS: Final = "open it in a spreadsheet program and save it as .xlsx or .csv"


def is_workbook(member: Member) -> bool:
    """Whether a member is a workbook of any kind, also of those that can only be named."""
    head = member.head()
    named = member.name.lower().endswith(_OLD_SUFFIXES)
    if head.startswith(_ZIP):
        return named or b"xl/" in head or (b"[Content_Types].xml" in head and b"word/" not in head)
    return named and (head.startswith(_OLE) or b"\0" in head or head.lstrip()[:1] == b"<")


class _Tally:
    """What could not be taken as it stands: how many cells, and where the first is."""

    def __init__(self) -> None:
        self.found: dict[str, tuple[int, str]] = {}

    def add(self, what: str, place: str) -> None:
        count, first = self.found.get(what, (0, place))
        self.found[what] = count + 1, first


class _Cell(NamedTuple):
    """Text of a cell and what is wrong with it, or ""."""

    text: str
    wrong: str = ""


class Sheet:
    """The rows of one sheet; each iteration reads it anew."""

    def __init__(self, name: str, sheet: Any, lacking: Lacking | None) -> None:  # noqa: ANN401 — its types are incomplete
        self.name = name
        self._sheet = sheet
        self._lacking = lacking
        head = [[cell.text for cell in row] for row in islice(self._cells(), PREAMBLE)]
        at, headings = settle(head)
        self.layout = Layout("", at, headings)

    def where(self, number: int) -> str:
        """The place of a row for people: ``customers.xlsx Sheet1 row 17``."""
        return f"{self.name} row {number}"

    def __iter__(self) -> Iterator[Row | Problem]:
        """Every row that is not empty; at the end what of the sheet could not be taken."""
        tally = _Tally()
        headings = self.layout.headings
        try:
            for number, cells in enumerate(self._cells(), 1):
                if number <= self.layout.line + 1:
                    continue
                if (why := _too_large(number, cells)) is not None:
                    yield Problem(self.name, why)
                    return
                for column, cell in enumerate(cells):
                    if cell.wrong:
                        tally.add(cell.wrong, f"{_letters(column)}{number}")
                found = {h: c.text for h, c in zip(headings, cells, strict=False) if c.text}
                found |= {
                    f"column {place}": cell.text
                    for place, cell in enumerate(cells[len(headings) :], len(headings) + 1)
                    if cell.text
                }
                if found:
                    yield Row(number, found)
        except VitalfewError as error:
            yield Problem(self.name, error.sentence)
        yield from self._doubts(tally)

    def _doubts(self, tally: _Tally) -> Iterator[Problem]:
        for what, (count, first) in tally.found.items():
            cells = f"{count:,} cells such as {first}" if count > 1 else f"cell {first}"
            yield Problem(self.name, f"{cells}: {what}.", fatal=False)
        if self._lacking:
            count, first = self._lacking
            cells = (
                f"{count:,} formulas such as {first}" if count > 1 else f"the formula in {first}"
            )
            why = "without a stored result, left out: open and save the workbook once"
            yield Problem(self.name, f"{cells}: {why}.", fatal=False)

    def _cells(self) -> Iterator[list[_Cell]]:
        """The rows from the first, blank ones included.

        Raises:
            VitalfewError: the sheet is damaged.
        """
        rows: Iterator[Sequence[Any]] = self._sheet.iter_rows(max_row=MAX_ROWS + 1)
        while True:
            with _explained(self.name), warnings.catch_warnings():
                warnings.simplefilter("ignore")  # about charts and rules, which are not read
                batch = [[_text(cell) for cell in row] for row in islice(rows, _BATCH)]
            yield from batch
            if len(batch) < _BATCH:
                return


class _explained:  # noqa: N801 — used as a word
    """Turns whatever a damaged workbook makes the library raise into one sentence."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> None: ...

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if error is None or isinstance(error, VitalfewError) or not isinstance(error, Exception):
            return
        cause: BaseException | None = error
        while cause is not None:
            if isinstance(cause, DefusedXmlException):
                why = f"{self._name} holds definitions of its own (a DTD), as no workbook needs."
                raise VitalfewError(f"{why} It was not read.") from error
            cause = cause.__cause__ or cause.__context__
        raise VitalfewError(f"{self._name} is damaged and cannot be read as a workbook.") from error


def sheets(member: Member) -> Iterator[Sheet | Problem]:
    """The sheets of a workbook that hold anything, in its order.

    Problems instead: no workbook, an old or a protected one, damaged, or over a limit.
    """
    try:
        book, lacking = _opened(member)
        worksheets: list[Any] = book.worksheets
        for sheet in worksheets:
            if not isinstance(sheet, ReadOnlyWorksheet):
                continue  # a chart
            sheet.reset_dimensions()  # what the file says of its size may be wrong
            path = str(getattr(sheet, "_worksheet_path", "")).lstrip("/")
            found = Sheet(f"{member.name} {clean(sheet.title)}", sheet, lacking.get(path))
            if found.layout.headings:
                yield found
    except VitalfewError as error:
        yield Problem(member.name, error.sentence)


def _opened(member: Member) -> tuple[Workbook, dict[str, Lacking]]:
    name = member.name
    if member.size > MAX_PACKED:
        raise VitalfewError(f"{name} is larger than {MAX_PACKED // 1_000_000} MB, the limit.")
    with member.open() as stream:
        data = stream.read(MAX_PACKED + 1)
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise VitalfewError(f"{name} is protected by a password: save it without one.")
        raise VitalfewError(f"{name} is a workbook of the old kind (.xls): {_SAVE_AS}.")
    if _OPEN_DOCUMENT in data[:200]:
        raise VitalfewError(f"{name} is an OpenDocument file: {_SAVE_AS}.")
    return _parsed(data, name)


@lru_cache(maxsize=1)  # looking through, guessing and reading follow each other
def _parsed(data: bytes, name: str) -> tuple[Workbook, dict[str, Lacking]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, _explained(name):
            lacking = check(archive, name)
    except zipfile.BadZipFile as error:
        raise VitalfewError(f"{name} is not a workbook, or it is cut off.") from error
    with _explained(name), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    return book, lacking


def _too_large(number: int, cells: Sequence[_Cell]) -> str | None:
    if number > MAX_ROWS and any(cell.text for cell in cells):
        return f"The sheet has more than {MAX_ROWS:,} rows, the limit."
    if len(cells) > MAX_COLUMNS and any(cell.text for cell in cells[MAX_COLUMNS:]):
        return f"The sheet has more than {MAX_COLUMNS} columns, the limit."
    return None


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _text(cell: Any) -> _Cell:  # noqa: ANN401, PLR0911 — openpyxl's; one answer a line
    """A cell as people see it."""
    value = cell.value
    if value is None or value == "":
        return _Cell("")
    if cell.data_type == "e":
        return _Cell("", f"an error ({str(value)[:20]}), left out")
    if isinstance(value, str):
        return _Cell(clean(unescape(value) if "_x" in value else value))
    if isinstance(value, bool):
        return _Cell("TRUE" if value else "FALSE")
    if isinstance(value, (int, float)):
        return _number(value, str(cell.number_format or ""))
    if isinstance(value, datetime):
        whole = value.time() == time(0)
        return _Cell(value.date().isoformat() if whole else value.isoformat(" ", "seconds"))
    if isinstance(value, (date, time)):
        return _Cell(value.isoformat())
    return _Cell(str(value) if isinstance(value, timedelta) else clean(str(value)))


def _number(value: float, shape: str) -> _Cell:
    """A number in full: ``41791234567``, never ``4.18E+10``; zeros in front if the cell says so."""
    if isinstance(value, float):
        if value in {float("inf"), float("-inf")} or value != value:  # noqa: PLR0124 — not a number
            return _Cell("", "a number too large to be one, left out")
        text = format(Decimal(format(value, f".{_DIGITS}g")), "f")
        text = text.rstrip("0").rstrip(".") if "." in text else text
    else:
        text = str(value)
    if _ZEROS.fullmatch(shape) and text.isdecimal():
        text = text.zfill(len(shape))
    wrong = "a number of more than 15 digits, whose last ones are lost"
    return _Cell(text, wrong if sum(map(str.isdecimal, text.lstrip("-0."))) > _DIGITS else "")
