"""A small book, imported once through the shell itself and copied for each test."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tests import twice
from tui.cli.start import start

if TYPE_CHECKING:
    from pathlib import Path

HEADINGS = (
    *("First Name", "Middle Name", "Last Name", "Organization Name", "Organization Title"),
    *("Labels", "E-mail 1 - Label", "E-mail 1 - Value", "Phone 1 - Label", "Phone 1 - Value"),
)
HOSTILE = "Eve\x1b]0;owned\x07 \u202e[@click=app.quit]x\tTab\nLine"
PEOPLE = (
    ("Ada", "Wong", "Wayne & Co", "CTO", "ada@wayne.example", "+44 20 7946 0958"),
    ("Ada", "Green", "Globex", "Head of Sales", "green@globex.example", ""),
    ("Ben", "Ortiz", "Globex", "", "ben@globex.example", "+1 202 555 0101"),
    ("José", "Peña", "", "", "jose@example.com", ""),
    ("Wong", "", "", "", "wong@example.com", ""),
    (HOSTILE, "", "Evil\x1b[2J", "", "eve@example.com", ""),
)


class Ran(NamedTuple):
    """What a command line came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 — whatever the document holds
        return json.loads(self.out)


Run = Callable[..., Ran]


def write_people(path: Path, people: tuple[tuple[str, ...], ...] = PEOPLE) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for given, family, org, title, email, phone in people:
            row = (given, "", family, org, title, "* myContacts", "", email, "", phone)
            writer.writerow(row)
    return path


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template")
    book = folder / "people.db"
    contacts = write_people(folder / "contacts.csv")
    assert start(["--db", str(book), "import", str(contacts), "--region", "GB"]) == 0
    return book


@pytest.fixture(scope="session")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of two lists that share people; nobody was compared yet."""
    folder = tmp_path_factory.mktemp("lists")
    return twice.make(folder / "people.db", folder)


@pytest.fixture
def book(template: Path, tmp_path: Path) -> Path:
    return twice.copied(template, tmp_path / "people.db")


@pytest.fixture
def run(book: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line on the book, in this process."""

    def carry_out(*arguments: str) -> Ran:
        capsys.readouterr()
        code = start(["--db", str(book), *arguments])
        return Ran(code, *capsys.readouterr())

    return carry_out
