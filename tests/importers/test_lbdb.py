"""What lbdb collected from received mail."""

from __future__ import annotations

from importers import lbdb
from tests.importers.small import DATA, all_said, read, said


def test_collected_addresses_bring_their_day() -> None:
    (ada, ben), (problem,) = read(lbdb, DATA / "lbdb" / "m_inmail.list")
    assert all_said(ada) == [
        ("name", "", "Ada Wong"),
        ("email", "", "ada@wong.example"),
        ("extra", "last mail", "2024-05-01 10:11"),
    ]
    assert not said(ben, "name")
    assert problem.where == "m_inmail.list line 3"


def test_whoever_wrote_a_mail_is_nobody_new_in_the_book() -> None:
    assert not lbdb.NEW_PEOPLE
