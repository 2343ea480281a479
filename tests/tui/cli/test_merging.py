from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests import twice
from tests.book import digest, rows
from tests.support import is_calm
from tui.cli import output

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.cli.conftest import Run

BACK = "vitalfew undo takes it back"


@pytest.fixture
def book(lists: Path, tmp_path: Path) -> Path:
    return twice.copied(lists, tmp_path / "people.db")


def ids(run: Run, name: str) -> list[str]:
    """The ids of all whom this name finds, lowest first."""
    found = run("people", name, "--json").json["people"]
    return sorted((str(one["id"]) for one in found), key=int)


def whole(run: Run, who: str) -> dict[str, object]:
    person: dict[str, object] = run("show", who, "--json").json["person"]
    return person


def values(run: Run, who: str) -> list[tuple[str, str, str]]:
    """Everything a person's entries hold."""
    facts = run("show", who, "--json").json["person"]["facts"]
    return sorted((fact["kind"], fact["value"], fact["source"]) for fact in facts)


def merged(run: Run) -> str:
    """Robert and Rob Smith as one; the id of both."""
    low, high = ids(run, "smith")
    assert run("merge", low, high).code == 0
    return low


def test_two_become_one_and_every_value_is_kept(run: Run) -> None:
    low, high = ids(run, "smith")
    before = sorted(values(run, low) + values(run, high))
    done = run("merge", low, high)
    assert (done.code, done.out) == (0, "")
    told = re.fullmatch(
        r"merged (.+): 2 entries, (\d+) values, all kept; 2 differ: name, work\n"
        rf"{BACK}; vitalfew unmerge {low} takes an entry out, whenever\n",
        done.err,
    )
    assert told is not None
    assert int(told[2]) == len(before)
    assert values(run, low) == before
    assert ids(run, "smith") == [low]
    assert whole(run, high)["id"] == int(low), "an entry's id still finds its person"


def test_people_are_named_as_everywhere(run: Run) -> None:
    low, high = ids(run, "haddad")
    assert run("merge", low, "vcard omar").code in {1, 3}
    assert run("merge", "sven lindqvist", "sven lindquist").code == 0
    assert len(ids(run, "sven")) == 1
    assert ids(run, "haddad") == [low, high]


def test_a_name_that_several_have_names_them_and_merges_nobody(run: Run, book: Path) -> None:
    before = digest(book)
    done = run("merge", "ada wong", "1")
    assert done.code == 3
    assert "2 people answer to “ada wong”" in done.err
    assert all(f"{ident}  Ada Wong" in done.err for ident in ids(run, "ada"))
    assert digest(book) == before


@pytest.mark.parametrize("words", [(), ("1",)])
@pytest.mark.parametrize("command", ["merge", "same", "different", "family"])
def test_one_alone_is_nobody_else(run: Run, command: str, words: tuple[str, ...]) -> None:
    assert run(command, *words).code == 2


def test_more_than_two_are_merged_at_once(run: Run) -> None:
    low, high = ids(run, "smith")
    other = ids(run, "keller")[0]
    done = run("same", low, high, other)
    assert "3 entries" in done.err
    assert len(whole(run, low)["entries"]) == 3  # type: ignore[arg-type]


def test_who_is_one_already_stays_so(run: Run, book: Path) -> None:
    one = merged(run)
    before = digest(book)
    high = str(max(entry["id"] for entry in run("show", one, "--json").json["person"]["entries"]))
    done = run("merge", one, high)
    assert done.code == 0
    assert done.err.endswith(f"(#{one}) is one person already\n")
    assert digest(book) == before


def test_a_trial_shows_what_differs_and_changes_nothing(run: Run, book: Path) -> None:
    before = digest(book)
    low, high = ids(run, "smith")
    done = run("merge", low, high, "--dry-run")
    assert done.code == 0
    head, kept, _, *table = done.out.splitlines()
    assert f"(#{low}, Google)" in head
    assert f"(#{high}, vCard)" in head
    count = len(values(run, low)) + len(values(run, high))
    assert kept.startswith(f"2 entries · {count} values, all kept")
    assert " equal" in kept
    told = [re.split(r" {2,}", line.strip()) for line in table]
    assert [line[0] for line in told if len(line) == 4] == ["name", "work"]
    assert {line[-1] for line in told} == {"shown", "also"} | {"formerly"} & {told[-1][-1]}
    assert {"Robert Smith", "Rob Smith"} <= {word for line in told for word in line}
    assert done.err == "this was a trial: nothing was merged\n"
    assert digest(book) == before


def test_a_trial_tells_if_nothing_differs(run: Run) -> None:
    done = run("merge", *ids(run, "rachel"), "--dry-run")
    assert "nothing differs\n" in done.err


def test_what_a_trial_foretells_is_what_shows(run: Run) -> None:
    low, high = ids(run, "smith")
    table = run("merge", low, high, "--dry-run").out.partition("\n\n")[2].splitlines()
    told = [re.split(r" {2,}", line.strip()) for line in table]
    name, work = (line[1] for line in told if line[-1] == "shown")
    run("merge", low, high)
    head = run("show", low).out.splitlines()[0]
    assert head == f"{name} · {work}"


def test_a_merge_is_taken_back_whole(run: Run, book: Path) -> None:
    before = digest(book)
    merged(run)
    assert digest(book) != before
    assert run("undo").err.startswith("took back: merged ")
    assert digest(book) == before


def test_all_certain_ones_are_told_and_wait_for_a_yes(run: Run, book: Path) -> None:
    before = digest(book)
    done = run("merge", "--certain")
    assert (done.code, done.out) == (3, "")
    head, *examples, question = done.err.splitlines()
    assert head == "10 of the people in the book are certainly 5:"
    assert len(examples) == 5
    assert all(re.search(r"\(#\d+, .+\) = .+\(#\d+, .+\): same ", line) for line in examples)
    assert question == "Merge them? --yes says so"
    assert digest(book) == before


def test_all_certain_ones_are_merged_as_one_step(run: Run, book: Path) -> None:
    before, count = digest(book), len(run("people", "--plain").out.splitlines())
    done = run("merge", "--certain", "--yes")
    assert done.code == 0
    assert "merged 10 certain duplicates into 5 people\n" in done.err
    assert done.err.splitlines()[-1].startswith(BACK)
    assert len(run("people", "--plain").out.splitlines()) == count - 5
    assert run("dupes", "--lane", "certain").code == 1
    assert run("undo").code == 0
    assert digest(book) == before


def test_ten_of_many_certain_ones_are_shown(run: Run, tmp_path: Path) -> None:
    twice.write_phone(
        tmp_path / "more.vcf",
        tuple(
            (f"{given} {family}", f"EMAIL:{email}")
            for given, family, *_, email, _phone in twice.GOOGLE[6:15]
        ),
    )
    assert run("import", str(tmp_path / "more.vcf"), "--source", "work").code == 0
    done = run("merge", "--certain", "--dry-run")
    assert done.code == 0
    assert done.err.count(" = ") == 10
    assert "  … and 4 more\n" in done.err
    assert done.err.endswith("this was a trial: nothing was merged\n")


def test_at_a_terminal_it_asks(run: Run, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest(book)
    asked: list[str] = []
    answers = iter(["n", "y"])

    def ask(question: str) -> str:
        asked.append(question)
        return next(answers)

    monkeypatch.setattr(output, "can_ask", lambda: True)
    monkeypatch.setattr(output, "ask", ask)
    assert run("merge", "--certain").err.endswith("nothing was changed\n")
    assert digest(book) == before
    assert run("merge", "--certain").code == 0
    assert asked == ["Merge them? [y/N]"] * 2
    assert digest(book) != before


def test_nobody_is_certainly_twice_any_more(run: Run) -> None:
    run("merge", "--certain", "--yes")
    done = run("merge", "--certain", "--yes")
    assert done.code == 1
    assert "vitalfew dupes" in done.err


def test_certain_ones_or_named_ones(run: Run) -> None:
    assert run("merge", "--certain", "1", "2").code == 2


def test_of_two_entries_the_newer_one_is_taken_out(run: Run) -> None:
    low, high = ids(run, "smith")
    mine, theirs = values(run, low), values(run, high)
    one = merged(run)
    done = run("unmerge", one)
    assert done.code == 0
    assert re.fullmatch(
        rf"took 1 entry out of .+ Smith, now #{low} and #{high}; {BACK}\n", done.err
    )
    assert ids(run, "smith") == [low, high]
    assert (values(run, low), values(run, high)) == (mine, theirs)
    assert run("dupes", "--lane", "certain", "--json").json["lanes"]["certain"] == 4


def test_of_several_entries_one_is_to_be_named(run: Run, book: Path) -> None:
    low, high = ids(run, "smith")
    other = ids(run, "keller")[0]
    run("merge", low, high, other)
    before, one = digest(book), min((low, high, other), key=int)
    done = run("unmerge", one)
    assert done.code == 3
    listed = {line.split()[0]: line for line in done.err.splitlines()[1:]}
    assert set(listed) == {low, high, other}
    assert re.fullmatch(r" +\d+  vCard, since \d{4}-\d\d-\d\d", listed[high])
    assert digest(book) == before
    assert run("unmerge", one, high).code == 0
    assert len(whole(run, one)["entries"]) == 2  # type: ignore[arg-type]
    assert whole(run, high)["id"] == int(high)


def test_an_entry_names_itself(run: Run) -> None:
    low, high = ids(run, "smith")
    other = ids(run, "keller")[0]
    run("merge", low, high, other)
    assert run("unmerge", high).code == 0
    assert whole(run, high)["id"] == int(high)
    assert whole(run, low)["id"] == whole(run, other)["id"]


def test_somebody_is_called_by_several_words(run: Run) -> None:
    one = merged(run)
    entry = max(int(x["id"]) for x in run("show", one, "--json").json["person"]["entries"])
    name = str(whole(run, one)["name"]).split()
    assert run("unmerge", *name, str(entry)).code == 0
    assert whole(run, str(entry))["id"] == entry


def test_an_entry_of_somebody_else_is_refused(run: Run, book: Path) -> None:
    one = merged(run)
    before = digest(book)
    done = run("unmerge", one, ids(run, "keller")[0])
    assert done.code == 1
    assert "is no entry of" in done.err
    assert digest(book) == before


def test_a_single_entry_cannot_be_taken_out(run: Run, book: Path) -> None:
    before = digest(book)
    done = run("unmerge", "keller")
    assert done.code == 1
    assert done.err.endswith("is a single entry: nothing to take out\n")
    one = merged(run)
    both = [str(entry["id"]) for entry in run("show", one, "--json").json["person"]["entries"]]
    assert run("unmerge", one, *both).code != 0
    run("undo")
    assert digest(book) == before


def test_show_names_the_entries_with_their_ids(run: Run) -> None:
    low, high = ids(run, "smith")
    merged(run)
    assert f"entries: google (#{low}), vcard (#{high})\n" in run("show", low).out


@pytest.mark.parametrize("verdict", ["different", "family"])
def test_an_answer_is_asked_once(run: Run, book: Path, verdict: str, tmp_path: Path) -> None:
    low, high = ids(run, "smith")
    pair = {int(low), int(high)}
    known = run("dupes", "--json").json["pairs"]
    assert pair in [{one["a"], one["b"]} for one in known]
    done = run(verdict, low, high)
    assert done.code == 0
    assert done.err.endswith(f"; {BACK}\n")
    assert run(verdict, low, high).err.endswith("(as it was already)\n")
    twice.write_phone(tmp_path / "phone.vcf")
    run("import", str(tmp_path / "phone.vcf"))
    run("dupes", "--refit")
    left = run("dupes", "--json").json["pairs"]
    assert len(left) == len(known) - 1
    assert pair not in [{one["a"], one["b"]} for one in left]
    assert ids(run, "smith") == [low, high]
    assert rows(book, "SELECT DISTINCT verdict FROM answer") == [(verdict,)]
    assert run("undo").code == 0
    assert rows(book, "SELECT * FROM answer") == []
    assert len(run("dupes", "--json").json["pairs"]) == len(known)


def test_who_is_one_person_cannot_be_two_by_a_word(run: Run) -> None:
    low, high = ids(run, "smith")
    merged(run)
    done = run("different", low, high)
    assert done.code == 1
    assert f"vitalfew unmerge {low} parts them" in done.err


def test_hostile_names_are_drawn(run: Run, book: Path) -> None:
    odd = [str(card) for card in twice.add_hostile(book)]
    for low, high in zip(odd[::2], odd[1::2], strict=True):
        for arguments in (
            ("merge", low, high, "--dry-run"),
            ("merge", low, high),
            ("unmerge", low),
            ("family", low, high),
        ):
            done = run(*arguments)
            assert done.code == 0
            assert is_calm(done.out + done.err), arguments
    done = run("merge", "--certain")
    assert is_calm(done.err)
