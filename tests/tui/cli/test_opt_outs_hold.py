"""Nothing that suggests somebody or lets them out goes against what they asked for."""

from __future__ import annotations

import csv
import io
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.bus import Bus
from core.clock import FixedClock, SystemClock
from core.commands.log_talk import LogTalks, Talk
from core.commands.set_tier import SetTier
from core.queries import people
from importers.vcard_blocks import blocks
from tests.support import read

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.cli.conftest import Run


@pytest.fixture
def asked(run: Run, book: Path) -> Run:
    """Long not talked with: Ben wants no mail, Ada Wong no call, Ada Green nothing at all."""
    known = [line for line in read(book, people.everybody) if "\x1b" not in line.name]
    long_ago = FixedClock(SystemClock().now() - timedelta(days=200))
    with closing(Bus(book, clock=long_ago, sitting="tests")) as bus:
        bus.run(SetTier(tuple(line.id for line in known), "A"))
        bus.run(LogTalks((Talk(tuple(line.id for line in known), long_ago.today(), "call"),)))
    for who, channel in (("ben", "mail"), ("ada wong", "phone"), ("ada green", "all")):
        assert run("optout", who, "never", channel, "--said-by", "them", "--on", "3d").code == 0
    return run


def test_the_focus_list_never_names_such_a_way_nor_who_wants_none(asked: Run) -> None:
    rows = asked("focus", "--json").json["rows"]
    assert {row["name"]: row["channel"] for row in rows} == {
        "Ben Ortiz": "call",
        "Ada Wong": "mail",
        "José Peña": "mail",
        "Wong": "mail",
    }
    for form in ((), ("--plain",)):
        assert "Ada Green" not in asked("focus", *form).out


def test_what_was_asked_of_the_last_way_leaves_none(asked: Run) -> None:
    asked("optout", "ben", "never", "phone")
    rows = asked("focus", "--json").json["rows"]
    ways = {row["name"]: row["channel"] for row in rows}
    assert ways.get("Ben Ortiz", "") not in {"mail", "call"}


def test_mail_programs_are_warned_or_not_told(asked: Run) -> None:
    mutt = asked("query", "globex.example").out
    for name in ("Ada Green", "Ben Ortiz"):
        assert f"{name}\tnever mail" in mutt
    assert "globex" not in asked("query", "--aerc", "globex.example").out
    assert "wong@" not in asked("query", "--aerc", "zzz").out
    assert "ada@wayne.example" in asked("query", "--aerc", "ada").out


def test_a_vcard_says_which_way_not_and_leaves_out_who_wants_none(asked: Run) -> None:
    ran = asked("export", "--vcard")
    by_name = {
        card.split("FN:")[1].split("\r\n")[0]: card for card in ran.out.split("BEGIN:VCARD")[1:]
    }
    assert "CATEGORIES:never mail" in by_name["Ben Ortiz"]
    assert "CATEGORIES:never phone" in by_name["Ada Wong"]
    assert "never" not in by_name["José Peña"]
    assert "Ada Green" not in by_name
    assert "1 never to be contacted left out; --all takes them too" in ran.err
    assert "2 must not be contacted by some way: a label says by which" in ran.err
    everybody = asked("export", "--vcard", "--all").out
    assert len(list(blocks(everybody.encode()))) == 6
    assert "CATEGORIES:never contact" in everybody
    assert "them" not in ran.out  # who said so is nobody else's business


def test_a_table_says_it_too(asked: Run) -> None:
    def labels(*flags: str) -> dict[str, str]:
        table = csv.DictReader(io.StringIO(asked("export", "--google", *flags).out))
        return {f"{row['First Name']} {row['Last Name']}": row["Labels"] for row in table}

    told = labels()
    assert told["Ben Ortiz"] == "* myContacts ::: never mail"
    assert told["Ada Wong"] == "* myContacts ::: never phone"
    assert "Ada Green" not in told
    assert labels("--all")["Ada Green"] == "* myContacts ::: never contact"


def test_only_those_who_want_no_contact_are_nobody_to_export(asked: Run) -> None:
    ran = asked("export", "--vcard", "-", "ada", "green")
    assert (ran.code, ran.out) == (1, "")
    assert "nobody to export but those left out" in ran.err


def test_importing_the_list_again_loses_nothing_that_was_asked(asked: Run, tmp_path: Path) -> None:
    from tests.tui.cli.conftest import write_people

    before = asked("optout", "ben", "--json").json["opt_outs"]
    assert [(one["channel"], one["rule"], one["said_by"]) for one in before] == [
        ("mail", "never", "them")
    ]
    again = write_people(tmp_path / "contacts.csv")
    assert asked("import", str(again), "--region", "GB").code == 0
    assert asked("optout", "ben", "--json").json["opt_outs"] == before
