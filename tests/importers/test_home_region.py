"""The country of numbers that name none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.errors import UsageError
from importers import home_region

if TYPE_CHECKING:
    from pathlib import Path


def card(path: Path, number: str) -> Path:
    path.write_text(
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada\r\nTEL:{number}\r\nEND:VCARD\r\n", "utf-8"
    )
    return path


@pytest.mark.parametrize(
    ("number", "matters"),
    [("079 123 45 67", True), ("+41 79 123 45 67", False), ("0041 79 123 45 67", False)],
)
def test_only_numbers_that_name_no_country_matter(
    tmp_path: Path, number: str, matters: bool
) -> None:
    path = card(tmp_path / "phone.vcf", number)
    assert home_region.matters([path]) is matters
    assert home_region.matters([path], "vcard") is matters


def test_a_file_nobody_can_read_has_no_numbers(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Call me: 079 123 45 67")
    assert not home_region.matters([path])


@pytest.mark.parametrize(("typed", "code"), [("ch", "CH"), (" de ", "DE"), ("uk", "GB")])
def test_a_country_is_two_letters(typed: str, code: str) -> None:
    assert home_region.checked(typed) == code


@pytest.mark.parametrize("typed", ["", "Swiss", "XX", "41", "\x1b[2J", "ß"])
def test_what_is_no_country_is_not_understood(typed: str) -> None:
    with pytest.raises(UsageError):
        home_region.checked(typed)
