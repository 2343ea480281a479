"""Whose list it is, what is taken of it, and what is remembered for the next time."""

from __future__ import annotations

import os
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from core.commands.set_tier import SetTier
from core.errors import BookError, UsageError
from core.queries import sources
from core.rules import kinds
from core.storage import backup, connect
from importers import choices
from importers.choices import Options, Unasked
from importers.run import import_paths
from tests.book import base, fresh, rows
from tests.importers.lists import CAST, Someone, archive, google, linkedin, vcards

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from core.bus import Bus
    from importers.run import Report, RunReport

HERE = Options(region="CH")


@pytest.fixture
def bus(tmp_path: Path) -> Bus:
    (tmp_path / "book").mkdir()
    return fresh(tmp_path / "book" / "people.db")


def bring(bus: Bus, *paths: Path, options: Options = HERE, **given: object) -> RunReport:
    report: Report = import_paths(bus, bus.path, paths, options, **given)  # type: ignore[arg-type]
    return report.runs[0]


def aged(path: Path, days: int) -> Path:
    moment = path.stat().st_mtime - days * 86_400
    os.utime(path, (moment, moment))
    return path


class Answers(Unasked):
    """Somebody who answers as told, and remembers what was asked."""

    def __init__(self, *, same: bool = True, gone: bool = False) -> None:
        self.same, self.is_gone = same, gone
        self.asked: list[tuple[object, ...]] = []

    def same_list(self, title: str, account: str, known: int, total: int) -> bool:
        self.asked.append((title, account, known, total))
        return self.same

    def gone(self, title: str, missing: int, present: int) -> bool:
        self.asked.append((title, missing, present))
        return self.is_gone


def test_files_older_than_the_last_ones_change_nothing(bus: Bus, tmp_path: Path) -> None:
    bring(bus, linkedin(tmp_path, CAST))
    before = base(bus.path)
    old = aged(linkedin(tmp_path, CAST[:5], "old.csv"), 400)
    run = bring(bus, old)
    assert run.older
    assert run.stored.records == 0
    assert base(bus.path) == before


def test_older_files_are_taken_if_the_user_says_so(bus: Bus, tmp_path: Path) -> None:
    bring(bus, linkedin(tmp_path, CAST))
    older = [one._replace(org="Hooli") for one in CAST]
    old = aged(linkedin(tmp_path, older, "old.csv"), 400)
    assert bring(bus, old, options=HERE._replace(older=True)).stored.changed == len(CAST)


def test_a_trial_says_that_files_are_older(bus: Bus, tmp_path: Path) -> None:
    bring(bus, linkedin(tmp_path, CAST))
    old = aged(linkedin(tmp_path, CAST, "old.csv"), 400)
    (run,) = import_paths(None, bus.path, [old], HERE).runs
    assert run.older


def test_a_file_known_from_one_source_is_asked_about(bus: Bus, tmp_path: Path) -> None:
    bring(bus, vcards(tmp_path, CAST), options=HERE._replace(source="phone"))
    answers = Answers()
    run = bring(bus, vcards(tmp_path, CAST, "again.vcf"), ask=answers)
    assert answers.asked == [("vCard", "phone", 10, 10)]
    assert (run.source, run.stored.unchanged) == ("phone", 10)
    assert run.match
    assert (run.match.known, run.match.total) == (10, 10)


def test_a_no_makes_it_a_list_of_its_own(bus: Bus, tmp_path: Path) -> None:
    bring(bus, vcards(tmp_path, CAST), options=HERE._replace(source="phone"))
    run = bring(bus, vcards(tmp_path, CAST, "her phone.vcf"), ask=Answers(same=False))
    assert (run.source, run.stored.new) == ("her phone", 10)


def test_a_whole_list_of_strangers_is_somebody_elses(bus: Bus, tmp_path: Path) -> None:
    bring(bus, google(tmp_path, CAST[:5]))
    answers = Answers()
    run = bring(bus, google(tmp_path, CAST[5:], "hers.csv"), ask=answers)
    assert (run.source, run.stored.new, answers.asked) == ("hers", 5, [])
    again = [bring(bus, google(tmp_path, part)) for part in (CAST[:5], CAST[5:])]
    assert [(one.source, one.stored.unchanged) for one in again] == [("google", 5), ("hers", 5)]


def test_a_source_that_is_named_is_not_asked_about(bus: Bus, tmp_path: Path) -> None:
    bring(bus, vcards(tmp_path, CAST), options=HERE._replace(source="phone"))
    answers = Answers()
    bring(bus, vcards(tmp_path, CAST), options=HERE._replace(source="tablet"), ask=answers)
    assert answers.asked == []


def test_half_a_whole_list_is_asked_about_and_a_yes_marks_the_rest_gone(
    bus: Bus, tmp_path: Path
) -> None:
    bring(bus, linkedin(tmp_path, CAST))
    answers = Answers(gone=True)
    run = bring(bus, linkedin(tmp_path, CAST[:4]), ask=answers)
    assert answers.asked == [("LinkedIn", 6, 10)]
    assert run.stored.gone == 6


def test_a_list_of_strangers_joins_only_who_is_in_the_book(bus: Bus, tmp_path: Path) -> None:
    bring(bus, vcards(tmp_path, CAST[:3]))
    run = bring(bus, google(tmp_path, CAST), options=HERE._replace(new_people=False))
    assert (run.stored.new, run.stored.joined, run.stored.left_out) == (3, 3, 7)
    people = rows(bus.path, "SELECT name, cards FROM person_row ORDER BY id")
    assert people == [("Ada Wong", 2), ("Ben Ortiz", 2), ("Chen Wei", 2)]
    again = bring(bus, google(tmp_path, CAST))
    assert (again.stored.new, again.stored.unchanged, again.stored.left_out) == (0, 3, 7)


def test_whoever_comes_into_the_book_later_is_joined_then(bus: Bus, tmp_path: Path) -> None:
    bring(bus, vcards(tmp_path, CAST[:3]))
    bring(bus, google(tmp_path, CAST), options=HERE._replace(new_people=False))
    bring(bus, vcards(tmp_path, CAST[3:5], "more.vcf"))
    assert bring(bus, google(tmp_path, CAST)).stored.joined == 2


def test_an_address_that_two_people_hold_joins_nobody(bus: Bus, tmp_path: Path) -> None:
    twins = [Someone("Ann", "Lee", "us@lee.example"), Someone("Bob", "Lee", "us@lee.example")]
    bring(bus, vcards(tmp_path, twins))
    guest = [Someone("A", "Lee", "us@lee.example")]
    run = bring(bus, google(tmp_path, guest), options=HERE._replace(new_people=False))
    assert (run.stored.joined, run.stored.left_out) == (0, 1)


def test_whoever_stands_in_several_lists_is_joined_by_the_name(bus: Bus, tmp_path: Path) -> None:
    bring(bus, vcards(tmp_path, CAST[:1]))
    bring(bus, linkedin(tmp_path, CAST[:1]))
    run = bring(bus, google(tmp_path, CAST[:1]), options=HERE._replace(new_people=False))
    assert (run.stored.joined, run.stored.left_out) == (1, 0)
    cards = rows(bus.path, "SELECT person_id FROM card ORDER BY id")
    assert cards == [(1,), (2,), (1,)]


def test_of_two_holders_the_one_of_that_name_is_joined(bus: Bus, tmp_path: Path) -> None:
    twins = [Someone("Ann", "Lee", "us@lee.example"), Someone("Bob", "Lee", "us@lee.example")]
    bring(bus, vcards(tmp_path, twins))
    bring(bus, google(tmp_path, twins[1:]), options=HERE._replace(new_people=False))
    assert rows(bus.path, "SELECT person_id FROM card ORDER BY id") == [(1,), (2,), (2,)]


def test_a_joined_entry_is_taken_back_with_its_import(bus: Bus, tmp_path: Path) -> None:
    bring(bus, vcards(tmp_path, CAST))
    before = base(bus.path)
    bring(bus, google(tmp_path, CAST), options=HERE._replace(new_people=False))
    bus.undo(sure=True)
    assert base(bus.path) == before


def test_what_is_left_out_is_left_out_the_next_time_too(bus: Bus, tmp_path: Path) -> None:
    leave = choices.parts(["phones", "Labels"])
    people = [one._replace(labels="Friends") for one in CAST]
    bring(bus, google(tmp_path, people), options=HERE._replace(leave=leave))
    held = rows(bus.path, "SELECT DISTINCT kind FROM fact")
    assert {kinds.PHONE, kinds.LABEL}.isdisjoint(kind for (kind,) in held)
    assert bring(bus, google(tmp_path, people)).stored.unchanged == len(CAST)


def test_what_was_left_out_comes_in_when_it_is_wanted(bus: Bus, tmp_path: Path) -> None:
    path = google(tmp_path, CAST)
    bring(bus, path, options=HERE._replace(leave=choices.parts(["phones"])))
    run = bring(bus, path, options=HERE._replace(leave=frozenset()))
    assert (run.stored.changed, run.stored.unchanged) == (len(CAST), 0)
    assert rows(bus.path, "SELECT count(*) FROM fact WHERE kind = 'phone'") == [(len(CAST),)]
    assert bring(bus, path).stored.unchanged == len(CAST)


def test_a_choice_that_makes_no_difference_changes_nothing(bus: Bus, tmp_path: Path) -> None:
    path = linkedin(tmp_path, CAST)
    bring(bus, path)
    run = bring(bus, path, options=HERE._replace(leave=choices.parts(["photos"])))
    assert (run.stored.changed, run.stored.unchanged) == (0, len(CAST))


def test_a_field_named_by_the_user_states_the_tier(bus: Bus, tmp_path: Path) -> None:
    path = tmp_path / "contacts.csv"
    path.write_text(
        "First Name,Last Name,E-mail 1 - Value,Custom Field 1 - Label,Custom Field 1 - Value,Rank\n"
        "Ada,Wong,ada@x.example,Klasse,a,\nBen,Ortiz,ben@x.example,Klasse,D,\n"
        "Cleo,Diaz,cleo@x.example,,,tier b\n",
        "utf-8",
    )
    bring(bus, path, options=HERE._replace(tier_field="klasse"))
    tiers = dict(rows(bus.path, "SELECT name, tier FROM person_row"))
    assert tiers == {"Ada Wong": "A", "Ben Ortiz": "D", "Cleo Diaz": ""}
    bring(bus, path, options=HERE._replace(tier_field="RANK"))
    assert dict(rows(bus.path, "SELECT name, tier FROM person_row"))["Cleo Diaz"] == "B"
    origins = rows(bus.path, "SELECT DISTINCT origin FROM standing")
    assert origins == [("auto",)]


def test_a_tier_of_the_user_is_never_overwritten_by_a_field(bus: Bus, tmp_path: Path) -> None:
    people = [one._replace(labels="Tier C") for one in CAST[:2]]
    path = google(tmp_path, people)
    bring(bus, path)
    ((ada,),) = rows(bus.path, "SELECT id FROM person_row WHERE name = 'Ada Wong'")
    bus.run(SetTier((ada,), "A"))
    bring(bus, path, options=HERE._replace(tier_field="Labels"))
    assert dict(rows(bus.path, "SELECT name, tier FROM person_row")) == {
        "Ada Wong": "A",
        "Ben Ortiz": "C",
    }


def test_of_two_whole_lists_in_one_go_the_newer_words_count(bus: Bus, tmp_path: Path) -> None:
    before = [one._replace(org="Before") for one in CAST]
    old = aged(linkedin(tmp_path, before, "old.csv"), 90)
    new = linkedin(tmp_path, CAST)
    run = bring(bus, old, new)
    assert (run.stored.new, run.stored.unchanged) == (len(CAST), len(CAST))
    assert rows(bus.path, "SELECT count(*) FROM fact WHERE value = 'Before'") == [(0,)]


def test_the_book_is_copied_before_a_large_import_and_not_before_a_small_one(
    bus: Bus, tmp_path: Path
) -> None:
    many = [Someone("P", f"N{number}", f"p{number}@x.example") for number in range(120)]
    assert import_paths(bus, bus.path, [google(tmp_path, CAST)], HERE).copy is None
    copy = import_paths(bus, bus.path, [linkedin(tmp_path, many)], HERE).copy
    assert copy
    assert copy.parent == backup.folder(bus.path)
    with closing(connect.view(copy)) as view:
        assert view.execute("SELECT count(*) FROM card").fetchone() == (len(CAST),)


def test_another_import_in_between_is_noticed(bus: Bus, tmp_path: Path) -> None:
    path = linkedin(tmp_path, CAST)
    bring(bus, path)
    other = google(tmp_path, CAST)

    class Meanwhile(Answers):
        def gone(self, title: str, missing: int, present: int) -> bool:
            bring(bus, other)
            return super().gone(title, missing, present)

    with pytest.raises(BookError, match="meanwhile"):
        bring(bus, linkedin(tmp_path, CAST[:2]), ask=Meanwhile())


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (lambda: choices.parts(["fotos"]), "fotos"),
        (lambda: choices.mapping("Umsatz"), "Umsatz"),
        (lambda: choices.mapping("Umsatz=gold"), "gold"),
        (lambda: choices.mapping("=email"), "email"),
    ],
)
def test_words_that_nobody_knows_are_told(words: Callable[[], object], wrong: str) -> None:
    with pytest.raises(UsageError, match=wrong):
        words()


def test_what_a_map_says_is_heading_and_role() -> None:
    assert choices.mapping("Umsatz=value, Ort = city ,a=b=skip") == {
        "Umsatz": "value",
        "Ort": "city",
        "a=b": "skip",
    }


def test_runs_can_be_left_out_or_decided_one_by_one(bus: Bus, tmp_path: Path) -> None:
    paths = [google(tmp_path, CAST), linkedin(tmp_path, CAST)]
    trial = import_paths(None, bus.path, paths, HERE)
    keys = {run.kind: run.key for run in trial.runs}
    given = HERE._replace(
        runs={
            keys["google"]: HERE._replace(skip=True),
            keys["linkedin"]: HERE._replace(source="me@x.example"),
        }
    )
    report = import_paths(bus, bus.path, paths, given)
    assert [(run.kind, run.source) for run in report.runs] == [("linkedin", "me@x.example")]


def test_two_archives_of_one_owner_are_one_run(bus: Bus, tmp_path: Path) -> None:
    mine = archive(tmp_path, "me@x.example", CAST)
    bring(bus, mine)
    with closing(connect.view(bus.path)) as view:
        (line,) = sources.all_sources(view)
    assert line.account == "me@x.example"
    assert bring(bus, mine).stored.unchanged == len(CAST)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("google.csv", "First Name,E-mail 1 - Value,Labels\nAda,ada@x.example,Tier B ::: Club\n"),
        (
            "outlook.csv",
            (
                "First Name,Last Name,E-mail Address,Mobile Phone,Categories\n"
                "Ada,Wong,ada@x.example,,Club;tier: b\n"
            ),
        ),
        (
            "Connections.csv",
            (
                "First Name,Last Name,Email Address,Current Company,Current Position,Tags\n"
                'Ada,Wong,ada@x.example,Globex,CTO,"Club, B"\n'
            ),
        ),
        (
            "phone.vcf",
            "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada\r\nCATEGORIES:Club,B\r\nEND:VCARD\r\n",
        ),
        ("people.csv", "Name,E-Mail,Tags\nAda,ada@x.example,Club; Tier B\n"),
        ("ranked.csv", "Name,E-Mail,Tier\nAda,ada@x.example,b\nBen,ben@x.example,\n"),
    ],
)
def test_a_label_of_any_list_files_people_by_itself(
    bus: Bus, tmp_path: Path, name: str, text: str
) -> None:
    path = tmp_path / name
    path.write_bytes(text.encode())
    run = bring(bus, path, options=HERE._replace(sure=True))
    assert not run.refused
    assert rows(bus.path, "SELECT tier, tier_origin FROM person_row ORDER BY id LIMIT 1") == [
        ("B", "auto")
    ]
