"""What people ask of such a program, each as they ask it, through the shell itself.

Import and re-import. Elsewhere: people made of no-reply senders and newsletters belong to the
reading of mailboxes, where nobody becomes an entry by having written alone.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tui.cli.start import start

if TYPE_CHECKING:
    from pathlib import Path

CARD = (
    "BEGIN:VCARD\nVERSION:3.0\nUID:{uid}\nN:{family};{given};;Dr.;\nFN:Dr. {given} {family}\n"
    "{more}END:VCARD\n"
)
CONNECTIONS = (
    'Notes:\n"When exporting your connection data, you may notice that some of the email\n'
    'addresses are missing."\n\n'
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
)


class Shell:
    """A book and its command line."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys
        self.said = ""

    def __call__(self, *words: str, code: int = 0, book: str = "people.db") -> str:
        """What a command prints."""
        self._capsys.readouterr()
        came = start(["--db", str(self.folder / book), *words])
        out, self.said = self._capsys.readouterr()
        assert came == code, self.said
        return out

    def file(self, name: str, content: str | bytes) -> str:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    def take(self, name: str, content: str | bytes, *words: str) -> dict[str, Any]:
        """Import a file: what the document says of its one run."""
        told = self("import", self.file(name, content), "--json", *words)
        (run,) = json.loads(told)["runs"]
        assert isinstance(run, dict)
        return run

    def people(self, *words: str, book: str = "people.db") -> list[dict[str, Any]]:
        found = json.loads(self(*(words or ("people",)), "--json", book=book))["people"]
        return sorted(found, key=lambda person: str(person["name"]))

    def names(self) -> list[str]:
        return [person["name"] for person in self.people()]

    def facts(self, who: str) -> set[tuple[str, str]]:
        """Kind and value of everything that shows of somebody."""
        held = json.loads(self("show", who, "--json"))["person"]["facts"]
        return {(fact["kind"], fact["value"]) for fact in held if fact["shown"]}


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path, capsys)


def card(given: str, more: str = "", family: str = "Wong") -> str:
    return CARD.format(uid=given.lower(), given=given, family=family, more=more)


def counted(run: dict[str, Any]) -> tuple[int, ...]:
    return tuple(run[name] for name in ("new", "changed", "unchanged", "questions"))


def test_the_same_vcard_three_times_gives_one_of_each(shell: Shell) -> None:
    cards = card("Ada", "TEL:+442079460958\n") + card("Ben", "EMAIL:ben@x.example\n")
    assert counted(shell.take("contacts.vcf", cards)) == (2, 0, 0, 0)
    for _ in range(2):
        assert counted(shell.take("contacts.vcf", cards)) == (0, 0, 2, 0)
    assert len(shell.names()) == 2


def test_a_card_with_a_known_uid_is_updated_not_added(shell: Shell) -> None:
    shell.take("contacts.vcf", card("Ada", "TEL:+442079460958\n") + card("Ben"))
    renamed = card("Ada", "TEL:+442079460001\n", "Wayne") + card("Ben")
    assert counted(shell.take("contacts.vcf", renamed)) == (0, 1, 1, 0)
    assert shell.names() == ["Dr. Ada Wayne", "Dr. Ben Wong"]


def test_my_own_export_comes_back_whole(shell: Shell) -> None:
    shell.take(
        "Connections.csv", CONNECTIONS + "Ada,Wong,https://x.example/in/ada,,,CTO,12 Mar 2021\n"
    )
    shell.take("contacts.vcf", card("Ben", "TEL:+442079460958\nNOTE:met in Bern\n"))
    shell("edit", "Ada", "title=Chief Technologist", "phone=+442079460001")
    shell("tier", "Ada", "A")
    file = str(shell.folder / "book.jsonl")
    shell("export", file, "--jsonl")
    shell("import", file, book="other.db")
    assert shell.people(book="other.db") == shell.people()
    again = str(shell.folder / "again.jsonl")
    shell("export", again, "--jsonl", book="other.db")
    kept, came = (
        (shell.folder / name).read_text("utf-8") for name in ("book.jsonl", "again.jsonl")
    )
    assert came.splitlines()[1:-1] == kept.splitlines()[1:-1]


def test_my_own_vcards_come_back_one_for_one_and_what_is_refused_says_why(shell: Shell) -> None:
    many = "".join(card(f"Given{place}", f"TEL:+4420794600{place:02}\n") for place in range(30))
    shell.take("contacts.vcf", many)
    shell("export", str(shell.folder / "out.vcf"), "--vcard")
    told = shell("import", str(shell.folder / "out.vcf"), "--json", book="other.db")
    (run,) = json.loads(told)["runs"]
    assert (run["new"], run["refused"]) == (30, [])
    broken = shell.take("broken.vcf", "BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n" + card("Zoe"))
    assert broken["new"] == 1
    assert [bool(one["where"] and one["why"]) for one in broken["refused"]] == [True]


def test_rows_with_a_known_mail_address_make_no_duplicates(shell: Shell) -> None:
    heading = "Name,E-mail,Company\n"
    first = "Ada Wong,ada@x.example,Initech\nBen Ortiz,ben@x.example,\n"
    shell.take("list.csv", heading + first, "--yes")
    second = "Wong Ada,ADA@x.example,Globex\nBen Ortiz,ben@x.example,\nCleo Diaz,cleo@x.example,\n"
    assert counted(shell.take("list.csv", heading + second, "--yes")) == (1, 1, 1, 0)
    assert len(shell.names()) == 3


def test_who_has_only_a_phone_is_not_dropped(shell: Shell) -> None:
    cards = "".join(
        f"BEGIN:VCARD\nVERSION:3.0\nFN:Plumber {place}\nTEL:+4420794600{place:02}\nEND:VCARD\n"
        for place in range(40)
    )
    lone = "BEGIN:VCARD\nVERSION:3.0\nTEL:+442079469999\nEND:VCARD\n"
    run = shell.take("phone.vcf", cards + lone)
    assert (run["records"], run["new"], run["refused"]) == (41, 41, [])
    assert len(shell.people("find", "Plumber", "--limit", "100")) == 40


def test_a_block_of_notes_before_the_connections_does_not_end_in_nothing(shell: Shell) -> None:
    row = "Ada,Wong,https://www.linkedin.com/in/ada,,Initech,CTO,12 Mar 2021\n"
    run = shell.take("Connections.csv", CONNECTIONS + row)
    assert (run["kind"], run["records"], run["new"]) == ("linkedin", 1, 1)


def test_a_list_that_holds_nobody_is_no_success(shell: Shell) -> None:
    shell("import", shell.file("notes.txt", "milk\neggs\n"), code=1)
    assert "notes.txt" in shell.said


def test_whom_i_put_away_stays_away_whichever_list_they_come_back_from(shell: Shell) -> None:
    row = "Eve,Gone,https://www.linkedin.com/in/eve,eve@x.example,,,12 Mar 2021\n"
    shell.take("Connections.csv", CONNECTIONS + row)
    shell("tier", "Eve", "D")
    shell.take("Connections.csv", CONNECTIONS + row.replace("12 Mar", "13 Mar"))
    file = shell.file("contacts.vcf", card("Eve", "EMAIL:eve@x.example\n", "Gone"))
    shell("import", file)
    assert "1 put away again, as their address is in D" in shell.said
    assert [person["tier"] for person in shell.people("people", "tier:d")] == ["D", "D"]


def test_the_history_says_what_the_last_import_brought(shell: Shell) -> None:
    shell.take("contacts.vcf", card("Ada") + card("Ben"))
    shell.take("contacts.vcf", card("Ada", "TEL:+442079460958\n") + card("Ben") + card("Cleo"))
    assert "imported vCard: 1 new, 1 updated" in shell("history")


def test_six_hundred_from_one_bad_import_leave_in_one_step(shell: Shell) -> None:
    shell.take("contacts.vcf", card("Ada"))
    bad = "".join(card(f"Blank{place}", family="X") for place in range(600))
    assert shell.take("bad.vcf", bad, "--source", "bad")["new"] == 600
    shell("undo", code=3)
    assert "“imported vCard: 600 new” was an import. Take it back?" in shell.said
    shell("undo", "--yes")
    assert shell.names() == ["Dr. Ada Wong"]


GOOGLE_OF_OLD = (
    "Name,Given Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,"
    "Phone 1 - Type,Phone 1 - Value\n"
    "Ada Wong,Ada,Wong,* myContacts ::: friends,* Work,ada@x.example ::: ada@y.example,"
    "Mobile,+44 20 7946 0958 ::: +44 20 7946 0001\n"
)


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_googles_old_columns_in_any_coding_keep_values_of_one_cell_apart(
    shell: Shell, coding: str
) -> None:
    run = shell.take("google.csv", GOOGLE_OF_OLD.encode(coding))
    assert (run["kind"], run["new"]) == ("google", 1)
    facts = shell.facts("Ada")
    assert {value for kind, value in facts if kind == "email"} == {"ada@x.example", "ada@y.example"}
    assert sum(kind == "phone" for kind, _ in facts) == 2
    assert ("label", "friends") in facts


def test_outlook_in_german_needs_no_mapping(shell: Shell) -> None:
    heading = "Vorname,Nachname,Firma,Position,E-Mail-Adresse,Mobiltelefon,Telefon geschäftlich\n"
    row = "Ada,Wong,Initech,Leiterin,ada@x.example,+49 170 1234567,+49 30 901820\n"
    run = shell.take("kontakte.csv", heading + row)
    assert (run["kind"], run["new"]) == ("outlook", 1)
    assert {("org", "Initech"), ("title", "Leiterin"), ("email", "ada@x.example")} <= shell.facts(
        "Ada"
    )


def test_a_number_at_home_and_the_same_from_abroad_are_one(shell: Shell) -> None:
    abroad, home = card("Ada", "TEL:+49 170 1234567\n"), card("Ada", "TEL:0170/1234567\n")
    shell.take("contacts.vcf", abroad, "--region", "DE")
    shell.take("contacts.vcf", home, "--region", "DE")
    (ada,) = shell.people()
    assert len(ada["phones"]) == 1
    for typed in ("01701234567", "+491701234567"):
        assert [person["id"] for person in shell.people("find", typed)] == [ada["id"]]


def test_a_new_job_between_two_exports_is_told(shell: Shell) -> None:
    row = "Ada,Wong,https://www.linkedin.com/in/ada,,{},{},12 Mar 2021\n"
    shell.take("Connections.csv", CONNECTIONS + row.format("Initech", "CTO"))
    shell("tier", "Ada", "A")
    file = shell.file("Connections.csv", CONNECTIONS + row.format("Globex", "CEO"))
    shell("import", file)
    assert "1 with a new job" in shell.said
    rows = json.loads(shell("focus", "--json"))["rows"]
    assert [row["why"] for row in rows if "Initech → Globex" in row["why"]] != []


def test_a_title_i_corrected_survives_the_next_export_and_only_a_third_asks(shell: Shell) -> None:
    row = "Ada,Wong,https://www.linkedin.com/in/ada,,Initech,{},12 Mar 2021\n"
    shell.take("Connections.csv", CONNECTIONS + row.format("CTO"))
    shell("edit", "Ada", "title=Chief Technologist")
    again = CONNECTIONS + row.format("CTO") + "Ben,Ortiz,https://x.example/in/ben,,,,1 May 2022\n"
    assert counted(shell.take("Connections.csv", again)) == (1, 0, 1, 0)
    third = again.replace("CTO", "VP")
    assert counted(shell.take("Connections.csv", third, "--dry-run")) == (0, 1, 1, 1)
    file = shell.file("Connections.csv", third)
    shell("import", file)
    assert "1 unchanged · 1 updated · 0 new · 1 question · 0 refused" in shell.said
    assert ("title", "Chief Technologist") in shell.facts("Ada")


def test_one_file_of_many_cards_keeps_nickname_and_name_apart(shell: Shell) -> None:
    cards = card("Ada", "NICKNAME:Countess\n") + "\r\n\r\n" + card("Ben")
    assert shell.take("contacts.vcf", cards)["new"] == 2
    shell("edit", "Ada", "nickname=Lady A")
    facts = shell.facts("Ada")
    assert {("nickname", "Lady A"), ("given", "Ada"), ("family", "Wong")} <= facts
    assert ("name", "Dr. Ada Wong") in facts


def test_five_hundred_of_abook_come_in(shell: Shell) -> None:
    entries = "".join(
        f"[{place}]\nname=Given{place} Wong\nemail=g{place}@x.example\n\n" for place in range(500)
    )
    text = f"# abook addressbook file\n\n[format]\nprogram=abook\nversion=0.6.1\n\n{entries}"
    run = shell.take("addressbook", text)
    assert (run["kind"], run["new"], run["refused"]) == ("abook", 500, [])
