"""Duplicates and merging: fifteen wishes of people who use programs like this one.

Each test is named after what somebody asked for; the number is that of the wish. Value by value
(2) is chosen on the screen: tests/tui/screens has it; that nothing but conflicts is shown there (5)
too. No wish is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests import twice
from tests.book import digest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.cli.conftest import Run


def found(run: Run, words: str) -> list[str]:
    """The ids of all whom these words find, lowest first."""
    lines = run("people", words, "--json").json["people"]
    return sorted((str(line["id"]) for line in lines), key=int)


def held(run: Run, *who: str) -> list[tuple[str, str, str]]:
    """Every value of these people with its source."""
    people = [run("show", one, "--json").json["person"] for one in who]
    return sorted(
        (fact["kind"], fact["value"], fact["source"]) for one in people for fact in one["facts"]
    )


def shown(run: Run, who: str, kind: str) -> list[str]:
    facts = run("show", who, "--json").json["person"]["facts"]
    return [fact["value"] for fact in facts if fact["kind"] == kind and fact["shown"]]


def pairs(run: Run) -> list[dict[str, object]]:
    listed: list[dict[str, object]] = run("dupes", "--json").json["pairs"]
    return listed


def lane(run: Run, one: str, other: str) -> str:
    """The list two people are on; "" if on none."""
    low, high = sorted((int(one), int(other)))
    found_in = [pair["lane"] for pair in pairs(run) if (pair["a"], pair["b"]) == (low, high)]
    return str(found_in[0]) if found_in else ""


def bring(run: Run, folder: Path, source: str, *people: tuple[str, ...]) -> None:
    path = twice.write_phone(folder / f"{source}.vcf", people)
    assert run("import", str(path), "--source", source, "--region", "DE").code == 0


def test_01_all_the_duplicates_that_came_with_the_import_can_be_merged(run: Run) -> None:
    assert len(found(run, "ada wong")) == 2
    assert run("merge", "--certain", "--yes").code == 0
    for name in ("ada wong", "rachel green", "ben ortiz", "kowalska", "smith"):
        assert len(found(run, name)) == 1


def test_02_namesakes_are_never_fused_by_themselves_and_nothing_is_lost(
    run: Run, book: Path, tmp_path: Path
) -> None:
    bring(run, tmp_path, "club", ("Petra Novak", "EMAIL:pn@club.example", "ORG:Rowing Club"))
    one, other = found(run, "petra novak")
    before, both = digest(book), held(run, one, other)
    assert lane(run, one, other) in {"", "unsure", "likely"}
    run("merge", "--certain", "--yes")
    assert found(run, "petra novak") == [one, other]
    assert run("merge", one, other).code == 0
    assert held(run, one) == both
    assert run("undo").code == run("undo").code == 0
    assert digest(book) == before


def test_03_it_support_of_two_firms_is_two_and_no_note_is_dropped(run: Run, tmp_path: Path) -> None:
    for firm, number in (("Hooli", "+49 30 1111111"), ("Initech", "+49 40 2222222")):
        note = f"NOTE:ring {firm} twice"
        bring(run, tmp_path, firm.lower(), ("IT-Support", f"ORG:{firm}", f"TEL:{number}", note))
    one, other = found(run, "it-support")
    assert lane(run, one, other) != "certain"
    run("merge", "--certain", "--yes")
    assert found(run, "it-support") == [one, other]
    assert run("different", one, other).code == 0
    assert lane(run, one, other) == ""
    (smith,) = found(run, "smith")  # merged, as they are certain
    assert sorted(shown(run, smith, "note")) == ["likes to sail", "met in Bern"]


def test_04_of_a_group_of_three_two_are_merged_and_the_third_is_left_alone(
    run: Run, tmp_path: Path
) -> None:
    bring(run, tmp_path, "work", ("Ada Wong", "EMAIL:ada.wong@mail.example"))
    one, two, three = found(run, "ada wong")
    alone = held(run, three)
    assert run("merge", one, two).code == 0
    assert found(run, "ada wong") == [one, three]
    assert held(run, three) == alone
    assert lane(run, one, three) == "certain", "and is asked about again"


def test_05_only_what_differs_is_to_be_compared(run: Run) -> None:
    told = run("merge", *found(run, "smith"), "--dry-run").out
    head, _, table = told.partition("\n\n")
    assert "equal" in head
    assert "Rob Smith" in table
    assert "rs@post.example" not in table
    assert "+41" not in table


def test_06_what_is_only_written_otherwise_is_no_conflict(run: Run, tmp_path: Path) -> None:
    bring(
        run,
        tmp_path,
        "one",
        ("Jürgen  Voss", "TEL:+49 170 1234567", "ORG:Voss GmbH", "URL:https://voss.example/"),
    )
    bring(
        run,
        tmp_path,
        "two",
        ("JÜRGEN VOSS", "TEL:0170 / 123 45 67", "ORG:VOSS GmbH ", "URL:https://voss.example"),
    )
    done = run("merge", *found(run, "voss"), "--dry-run")
    assert done.err.splitlines()[0] == "nothing differs"


def test_07_a_script_goes_through_every_pair_of_the_book(run: Run) -> None:
    lines = run("dupes", "--plain").out.splitlines()
    assert lines
    for line in lines:
        a, b, listed, *_ = line.split("\t")
        assert run("same" if listed == "certain" else "different", a, b).code == 0
    assert run("dupes").code == 1


def test_08_thirty_false_candidates_are_not_the_same_for_good(run: Run, tmp_path: Path) -> None:
    for pair in pairs(run):
        assert run("different", str(pair["a"]), str(pair["b"])).code == 0
    assert run("dupes") == (1, "", "no two people in the book look alike\n")
    for path in (twice.write_google(tmp_path / "g.csv"), twice.write_phone(tmp_path / "phone.vcf")):
        assert run("import", str(path), "--older").code == 0
    assert run("dupes", "--refit").code == 1


def test_09_a_merge_is_undone_by_anybody_long_after(run: Run, tmp_path: Path) -> None:
    one, other = found(run, "smith")
    mine, theirs = held(run, one), held(run, other)
    assert run("merge", one, other).code == 0
    for step in range(3):
        assert run("log", "smith", "yesterday", f"talk {step}").code == 0
    people = tuple((name, *lines, "TITLE:Skipper") for name, *lines in twice.PHONE)
    assert run("import", str(twice.write_phone(tmp_path / "phone.vcf", people))).code == 0
    assert run("unmerge", one).code == 0
    assert held(run, one) == mine
    changed = held(run, other)
    assert set(theirs) <= set(changed)
    assert [value for kind, value, _ in changed if kind == "title"] == ["Skipper"]


def test_10_taking_a_merge_back_keeps_what_was_edited_since_and_asks_before_more(
    run: Run, book: Path
) -> None:
    one, other = found(run, "smith")
    mine, theirs = held(run, one), held(run, other)
    assert run("merge", one, other).code == 0
    assert run("edit", one, "birthday=1980-04-01").code == 0
    assert run("undo", step(run, "merged")).code == 0
    assert held(run, one) == sorted([*mine, ("birthday", "1980-04-01", "you")])
    assert held(run, other) == theirs
    assert run("merge", one, other).code == run("unmerge", one).code == 0
    before = digest(book)
    asked = run("undo", step(run, "merged"))
    assert asked.code == 3
    assert "was built upon since: took 1 entry out" in asked.err
    assert digest(book) == before


def step(run: Run, label: str) -> str:
    """The newest step that begins so and was not taken back."""
    steps = run("history", "--json").json["steps"]
    return next(str(x["id"]) for x in steps if x["label"].startswith(label) and not x["undone"])


def test_11_history_promises_and_notes_of_both_come_together(run: Run) -> None:
    one, other = found(run, "smith")
    assert run("log", one, "yesterday", "coffee in Bern").code == 0
    assert run("log", other, "3d", "sailed to Rapperswil").code == 0
    assert run("merge", one, other).code == 0
    person = run("show", one, "--json").json["person"]
    assert [talk["text"] for talk in person["log"]] == ["coffee in Bern", "sailed to Rapperswil"]
    assert sorted(shown(run, one, "note")) == ["likes to sail", "met in Bern"]
    assert run("unmerge", one).code == 0
    (talk,) = run("show", other, "--json").json["person"]["log"]
    assert talk["text"] == "sailed to Rapperswil"


def test_12_hundreds_are_merged_by_rule_at_once_without_loss_and_undoably(
    run: Run, book: Path, tmp_path: Path
) -> None:
    crowd = [(f"Person {_word(n)}", f"EMAIL:p{n}@crowd.example", f"NOTE:n{n}") for n in range(60)]
    bring(run, tmp_path, "one", *crowd)
    bring(run, tmp_path, "two", *((name, mail, "NOTE:other") for name, mail, _ in crowd))
    ids = [str(line["id"]) for line in run("people", "--json").json["people"]]
    before, everything = digest(book), held_of_all(run)
    assert run("merge", "--certain", "--yes").code == 0
    left = [str(line["id"]) for line in run("people", "--json").json["people"]]
    assert len(ids) - len(left) >= 60
    assert held_of_all(run) == everything
    assert run("undo", "--yes").code == 0
    assert digest(book) == before


def held_of_all(run: Run) -> int:
    """How many values the whole book shows or keeps, as its own export counts them."""
    return sum(line.count('"kind"') for line in run("export", "--jsonl", "-").out.splitlines())


def _word(number: int) -> str:
    return "".join("abcdefghij"[int(digit)] for digit in f"{number:03}").capitalize() + "son"


def test_13_merging_never_loses_that_somebody_wants_no_mail(run: Run) -> None:
    one, other = found(run, "smith")
    assert run("optout", other, "never", "mail", "--said-by", "Rob").code == 0
    assert run("merge", one, other).code == 0
    assert _never(run, one) == ["mail"]
    assert run("unmerge", one).code == 0
    assert _never(run, other) == ["mail"]
    assert _never(run, one) == []


def _never(run: Run, who: str) -> list[str]:
    said = run("show", who, "--json").json["person"]["opt_outs"]
    return [one["channel"] for one in said if one["rule"] == "never"]


def test_14_a_couple_that_shares_a_landline_stays_two_for_good(run: Run, tmp_path: Path) -> None:
    bring(run, tmp_path, "her", ("Nora Winter", "TEL:+49 30 7654321", "EMAIL:home@winter.example"))
    bring(run, tmp_path, "him", ("Paul Winter", "TEL:+49 30 7654321", "EMAIL:home@winter.example"))
    nora, paul = found(run, "winter")
    assert lane(run, nora, paul) != "certain"
    assert run("family", nora, paul).code == 0
    assert lane(run, nora, paul) == ""
    run("dupes", "--refit")
    run("merge", "--certain", "--yes")
    assert found(run, "winter") == [nora, paul]


def test_14_one_address_under_two_forms_of_a_name_is_one_person(run: Run) -> None:
    robert, rob = found(run, "smith")
    assert lane(run, robert, rob) == "certain"


def test_15_the_check_runs_over_a_book_that_is_there_already(run: Run) -> None:
    listed = run("dupes")
    assert listed.code == 0
    keller, rossi = found(run, "keller")[0], found(run, "rossi")[0]
    assert lane(run, keller, rossi) == ""
    for word in ("name=Luca Rossi", "email+=luca.rossi@mail.example"):
        assert run("edit", keller, word).code == 0
    assert lane(run, keller, rossi), "and over what was written by hand since"
