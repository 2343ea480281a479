"""Importing into a real book: first, again, changed, and taken back."""

from __future__ import annotations

import hashlib
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from core.bus import Bus
from core.commands.set_tier import SetTier
from core.errors import CancelledError, UsageError, VitalfewError
from core.queries.sources import all_sources
from core.storage import connect
from importers.choices import Options
from importers.run import Step, import_paths
from tests.book import (
    at,
    base,
    derived,
    digest,
    fresh,
    is_empty,
    person_row,
    raw,
    rows,
    user_fact,
)
from tests.importers.lists import CAST, WRITERS, Someone, archive, google, linkedin, vcards

if TYPE_CHECKING:
    from pathlib import Path

    from importers.run import Report

HERE = Options(region="CH")


@pytest.fixture
def bus(tmp_path: Path) -> Bus:
    (tmp_path / "book").mkdir()
    return fresh(tmp_path / "book" / "people.db")


def bring(bus: Bus, *paths: Path, options: Options = HERE) -> Report:
    return import_paths(bus, bus.path, paths, options)


def counts(report: Report) -> list[tuple[int, int, int, int]]:
    """New, changed, unchanged, gone of each run."""
    return [
        (run.stored.new, run.stored.changed, run.stored.unchanged, run.stored.gone)
        for run in report.runs
    ]


def one(bus: Bus, name: str) -> dict[str, object]:
    ((person,),) = rows(bus.path, "SELECT id FROM person_row WHERE name = ?", name)
    return person_row(bus.path, person)


@pytest.mark.parametrize("kind", WRITERS)
def test_the_same_list_again_changes_nothing(bus: Bus, tmp_path: Path, kind: str) -> None:
    path = WRITERS[kind](tmp_path, CAST)
    assert counts(bring(bus, path)) == [(10, 0, 0, 0)]
    before = derived(bus.path), rows(bus.path, "SELECT * FROM fact")
    for _ in range(2):
        assert counts(bring(bus, path)) == [(0, 0, 10, 0)]
    assert (derived(bus.path), rows(bus.path, "SELECT * FROM fact")) == before


@pytest.mark.parametrize("kind", WRITERS)
def test_an_import_is_taken_back_to_nothing_and_done_again(
    bus: Bus, tmp_path: Path, kind: str
) -> None:
    bring(bus, WRITERS[kind](tmp_path, CAST))
    full = base(bus.path), derived(bus.path)
    bus.undo(sure=True)
    assert is_empty(bus.path)
    assert derived(bus.path) == []
    bus.redo()
    assert (base(bus.path), derived(bus.path)) == full


@pytest.mark.parametrize("kind", WRITERS)
def test_another_order_of_the_same_rows_changes_nothing(
    bus: Bus, tmp_path: Path, kind: str
) -> None:
    bring(bus, WRITERS[kind](tmp_path, CAST))
    assert counts(bring(bus, WRITERS[kind](tmp_path, CAST[::-1]))) == [(0, 0, 10, 0)]


@pytest.mark.parametrize("kind", ["google", "linkedin"])
def test_half_a_list_marks_nobody_gone_and_says_so(bus: Bus, tmp_path: Path, kind: str) -> None:
    bring(bus, WRITERS[kind](tmp_path, CAST))
    report = bring(bus, WRITERS[kind](tmp_path, CAST[:5]))
    assert counts(report) == [(0, 0, 5, 0)]
    assert "5 entries are not in these files" in report.runs[0].warnings[0].why
    assert rows(bus.path, "SELECT count(*) FROM card WHERE gone_run_id NOT NULL") == [(0,)]
    assert counts(
        bring(bus, WRITERS[kind](tmp_path, CAST[:5]), options=Options(complete=True))
    ) == [(0, 0, 5, 5)]


def test_a_list_that_knows_nobody_any_more_marks_nobody_gone(bus: Bus, tmp_path: Path) -> None:
    bring(bus, WRITERS["google"](tmp_path, CAST))
    report = bring(bus, WRITERS["google"](tmp_path, []), options=Options(complete=True))
    assert counts(report) == [(0, 0, 0, 0)]
    assert "none was marked gone" in report.runs[0].warnings[0].why


@pytest.mark.parametrize("kind", ["google", "linkedin"])
def test_a_row_that_is_missing_is_gone_and_is_back_when_it_is_back(
    bus: Bus, tmp_path: Path, kind: str
) -> None:
    bring(bus, WRITERS[kind](tmp_path, CAST))
    assert counts(bring(bus, WRITERS[kind](tmp_path, CAST[1:]))) == [(0, 0, 9, 1)]
    assert one(bus, "Ada Wong")["gone"] == 1
    assert counts(bring(bus, WRITERS[kind](tmp_path, CAST[1:]))) == [(0, 0, 9, 0)]
    assert counts(bring(bus, WRITERS[kind](tmp_path, CAST))) == [(0, 1, 9, 0)]
    assert one(bus, "Ada Wong")["gone"] == 0
    assert rows(bus.path, "SELECT count(*) FROM card") == [(10,)]


def test_cards_of_a_phone_are_never_gone_unless_told_they_are_all(bus: Bus, tmp_path: Path) -> None:
    bring(bus, vcards(tmp_path, CAST))
    report = bring(bus, vcards(tmp_path, CAST[1:]))
    assert counts(report) == [(0, 0, 9, 0)]
    assert report.runs[0].warnings == []
    assert counts(bring(bus, vcards(tmp_path, CAST[1:]), options=Options(complete=True))) == [
        (0, 0, 9, 1)
    ]


@pytest.mark.parametrize("kind", WRITERS)
def test_a_new_employer_is_news_and_the_old_one_stays_formerly(
    bus: Bus, tmp_path: Path, kind: str
) -> None:
    bring(bus, WRITERS[kind](tmp_path, CAST))
    later = Bus(bus.path, clock=at("2026-12-24"))
    moved = [CAST[0]._replace(org="Hooli"), *CAST[1:]]
    report = bring(later, WRITERS[kind](tmp_path, moved))
    assert counts(report) == [(0, 1, 9, 0)]
    assert report.runs[0].stored.news == 1
    ada = one(bus, "Ada Wong")
    assert (ada["org"], ada["news"], ada["news_day"]) == ("Hooli", "Initech → Hooli", "2026-12-24")
    assert rows(
        bus.path,
        "SELECT value, since, until FROM fact WHERE kind = 'org' AND card_id = ? ORDER BY id",
        ada["id"],
    ) == [("Initech", "", "2026-12-24"), ("Hooli", "2026-12-24", "")]


def test_a_new_address_of_a_profile_is_the_same_person(bus: Bus, tmp_path: Path) -> None:
    cast = [someone._replace(email="") for someone in CAST]
    bring(bus, linkedin(tmp_path, cast))
    renamed = [cast[0]._replace(slug="ada-the-great"), *cast[1:]]
    assert counts(bring(bus, linkedin(tmp_path, renamed))) == [(0, 1, 9, 0)]
    assert counts(bring(bus, linkedin(tmp_path, renamed))) == [(0, 0, 10, 0)]


def test_a_new_name_behind_the_same_address_is_the_same_person(bus: Bus, tmp_path: Path) -> None:
    bring(bus, google(tmp_path, CAST))
    married = [CAST[0]._replace(family="Ortiz"), *CAST[1:]]
    assert counts(bring(bus, google(tmp_path, married))) == [(0, 1, 9, 0)]
    assert one(bus, "Ada Ortiz")["id"] == 1


def test_namesakes_stay_apart(bus: Bus, tmp_path: Path) -> None:
    twins = [
        Someone("Anna", "Schmidt", "a@example.com"),
        Someone("Anna", "Schmidt", "b@example.com"),
    ]
    assert counts(bring(bus, google(tmp_path, twins))) == [(2, 0, 0, 0)]
    moved = [twin._replace(org="Globex") for twin in twins]
    assert counts(bring(bus, google(tmp_path, moved))) == [(0, 2, 0, 0)]
    assert rows(bus.path, "SELECT email FROM person_row ORDER BY id") == [
        ("a@example.com",),
        ("b@example.com",),
    ]


def test_two_cards_that_claim_one_id_both_stay_and_are_found_again(
    bus: Bus, tmp_path: Path
) -> None:
    cast = [CAST[0]._replace(uid="urn:uuid:1"), CAST[1]._replace(uid="urn:uuid:1")]
    assert counts(bring(bus, vcards(tmp_path, cast))) == [(2, 0, 0, 0)]
    assert counts(bring(bus, vcards(tmp_path, cast))) == [(0, 0, 2, 0)]
    changed = [cast[0], cast[1]._replace(email="new@example.com", phone="", family="Other")]
    assert counts(bring(bus, vcards(tmp_path, changed))) == [(0, 1, 1, 0)]
    both = [someone._replace(org="Hooli") for someone in changed]
    assert counts(bring(bus, vcards(tmp_path, both))) == [(0, 2, 0, 0)]


def test_the_same_row_twice_is_one_entry(bus: Bus, tmp_path: Path) -> None:
    path = linkedin(tmp_path, [*CAST, CAST[0]])
    assert counts(bring(bus, path)) == [(10, 0, 1, 0)]
    assert counts(bring(bus, path)) == [(0, 0, 11, 0)]


def test_whoever_is_in_d_stays_there_and_takes_new_entries_along(bus: Bus, tmp_path: Path) -> None:
    path = google(tmp_path, CAST)
    bring(bus, path)
    bus.run(SetTier((one(bus, "Ada Wong")["id"],), "D"))  # type: ignore[arg-type]
    bring(bus, path)
    bring(bus, google(tmp_path, [CAST[0]._replace(org="Hooli"), *CAST[1:]]))
    assert one(bus, "Ada Wong")["tier"] == "D"
    report = bring(bus, vcards(tmp_path, [Someone("A.", "W.", "ADA@wong.example")]))
    assert report.runs[0].stored.put_away == 1
    assert (one(bus, "A. W.")["tier"], one(bus, "A. W.")["tier_origin"]) == ("D", "auto")


def test_edits_and_tiers_outlive_every_import(bus: Bus, tmp_path: Path) -> None:
    bring(bus, linkedin(tmp_path, CAST))
    bus.run(user_fact(1, "name", "Ada the Great", replaces=1))
    bus.run(SetTier((1,), "A"))
    mine = rows(bus.path, "SELECT * FROM fact WHERE origin = 'user'")
    bring(bus, linkedin(tmp_path, [CAST[0]._replace(given="Adah", org="Hooli"), *CAST[1:]]))
    bring(bus, linkedin(tmp_path, CAST[1:]))
    assert rows(bus.path, "SELECT * FROM fact WHERE origin = 'user'") == mine
    ada = one(bus, "Ada the Great")
    assert (ada["tier"], ada["tier_origin"], ada["gone"]) == ("A", "user", 1)


def test_a_label_files_people_in_a_tier(bus: Bus, tmp_path: Path) -> None:
    bring(bus, google(tmp_path, [CAST[0]._replace(labels="Work ::: Tier A"), CAST[1]]))
    assert (one(bus, "Ada Wong")["tier"], one(bus, "Ada Wong")["tier_origin"]) == ("A", "auto")
    assert one(bus, "Ben Ortiz")["tier"] == ""


@pytest.mark.parametrize(
    ("region", "norm"), [("CH", "+41791234500"), ("DE", "+49791234500"), (None, "?0791234500")]
)
def test_a_number_without_a_country_is_of_the_home_region(
    bus: Bus, tmp_path: Path, region: str | None, norm: str
) -> None:
    bring(bus, google(tmp_path, CAST[:1]), options=Options(region=region))
    assert rows(bus.path, "SELECT norm FROM fact WHERE kind = 'phone'") == [(norm,)]


def test_the_home_region_is_remembered(bus: Bus, tmp_path: Path) -> None:
    bring(bus, google(tmp_path, CAST[:1]), options=Options(region="CH"))
    bring(bus, vcards(tmp_path, CAST[1:2]), options=Options())
    assert rows(bus.path, "SELECT norm FROM fact WHERE kind = 'phone' AND card_id = 2") == [
        ("+41791234501",)
    ]


def test_a_file_nobody_knows_is_named_and_the_others_are_read(bus: Bus, tmp_path: Path) -> None:
    strange = tmp_path / "prices.csv"
    strange.write_text("fruit,price\napple,1\n")
    report = bring(bus, strange, google(tmp_path, CAST))
    assert counts(report) == [(10, 0, 0, 0)]
    ((name, why),) = report.unknown
    assert name == "prices.csv"
    assert "fruit, price" in why


def test_a_path_that_is_not_there_stops_before_anything_is_written(
    bus: Bus, tmp_path: Path
) -> None:
    before = digest(bus.path)
    with pytest.raises(VitalfewError):
        bring(bus, google(tmp_path, CAST), tmp_path / "missing.csv")
    with pytest.raises(UsageError):
        bring(bus, google(tmp_path, CAST), options=Options(as_format="fax"))
    assert digest(bus.path) == before


def test_a_dry_run_counts_and_writes_nothing(bus: Bus, tmp_path: Path) -> None:
    bring(bus, google(tmp_path, CAST))
    bus.close()
    before = _files(tmp_path / "book")
    path = google(
        tmp_path, [*CAST[1:9], CAST[9]._replace(org="Hooli"), Someone("New", "Body", "n@b.c")]
    )
    report = import_paths(None, bus.path, [path], Options(dry_run=True))
    assert counts(report) == [(1, 1, 8, 1)]
    assert _files(tmp_path / "book") == before


def test_a_dry_run_makes_no_book(tmp_path: Path) -> None:
    book = tmp_path / "nowhere" / "people.db"
    report = import_paths(None, book, [google(tmp_path, CAST)], Options(dry_run=True))
    assert counts(report) == [(10, 0, 0, 0)]
    assert not book.parent.exists()


def _files(folder: Path) -> dict[str, str]:
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.iterdir())
    }


@pytest.mark.parametrize("kind", WRITERS)
def test_a_dry_run_foretells_the_import(bus: Bus, tmp_path: Path, kind: str) -> None:
    bring(bus, WRITERS[kind](tmp_path, CAST))
    changed = [CAST[0]._replace(org="Hooli"), *CAST[2:], Someone("New", "Body", "new@body.example")]
    path = WRITERS[kind](tmp_path, changed)
    told = counts(import_paths(None, bus.path, [path], HERE))
    assert counts(bring(bus, path)) == told


def test_lists_of_two_owners_are_two_sources(bus: Bus, tmp_path: Path) -> None:
    archives = [
        archive(tmp_path, "ada@example.com", CAST[:6]),
        archive(tmp_path, "ben@example.com", CAST[4:]),
    ]
    report = bring(bus, *archives)
    assert counts(report) == [(6, 0, 0, 0), (6, 0, 0, 0)]
    assert [run.source for run in report.runs] == ["ada@example.com", "ben@example.com"]
    assert counts(bring(bus, *archives[::-1])) == [(0, 0, 6, 0), (0, 0, 6, 0)]
    with closing(connect.view(bus.path)) as view:
        assert {(line.account, line.entries) for line in all_sources(view)} == {
            ("ada@example.com", 6),
            ("ben@example.com", 6),
        }


def test_a_lone_list_is_taken_for_the_archives_source(bus: Bus, tmp_path: Path) -> None:
    bring(bus, archive(tmp_path, "ada@example.com", CAST))
    report = bring(bus, linkedin(tmp_path, CAST))
    assert counts(report) == [(0, 0, 10, 0)]
    assert report.runs[0].source == "ada@example.com"


def test_another_phones_list_is_another_source(bus: Bus, tmp_path: Path) -> None:
    bring(bus, vcards(tmp_path, CAST[:5], "mine.vcf"))
    report = bring(bus, vcards(tmp_path, CAST[5:], "hers.vcf"))
    assert (counts(report), report.runs[0].source) == ([(5, 0, 0, 0)], "hers")
    again = bring(
        bus, vcards(tmp_path, [*CAST[5:], Someone("New", "Body", "n@b.c")], "renamed.vcf")
    )
    assert (counts(again), again.runs[0].source) == ([(1, 0, 5, 0)], "hers")


def test_a_source_can_be_named(bus: Bus, tmp_path: Path) -> None:
    bring(bus, vcards(tmp_path, CAST), options=Options(source="old phone"))
    report = bring(bus, vcards(tmp_path, CAST), options=Options(source="new phone"))
    assert (counts(report), report.runs[0].source) == ([(10, 0, 0, 0)], "new phone")
    report = bring(bus, vcards(tmp_path, CAST), options=Options(source="old phone"))
    assert (counts(report), report.runs[0].source) == ([(0, 0, 10, 0)], "old phone")


def test_several_files_of_one_list_are_one_run(bus: Bus, tmp_path: Path) -> None:
    files = [google(tmp_path, CAST[:4], "a.csv"), google(tmp_path, CAST[4:], "b.csv")]
    assert counts(bring(bus, *files)) == [(10, 0, 0, 0)]
    assert counts(bring(bus, *files[::-1])) == [(0, 0, 10, 0)]


def test_every_record_is_counted_once(bus: Bus, tmp_path: Path) -> None:
    cast = [*CAST, CAST[0], Someone("", "", "", "", "")]
    report = bring(bus, google(tmp_path, cast))
    for run in report.runs:
        stored = run.stored
        told = stored.new + stored.changed + stored.unchanged + len(run.refused)
        assert stored.records == told


def test_progress_comes_to_its_end_and_can_stop_the_import(bus: Bus, tmp_path: Path) -> None:
    steps: list[Step] = []
    import_paths(bus, bus.path, [vcards(tmp_path, CAST)], HERE, steps.append)
    assert (steps[-1].done, steps[-1].total) == (10, 10)
    before = digest(bus.path)

    def stop(_step: Step) -> None:
        raise CancelledError("stopped")

    with pytest.raises(CancelledError):
        import_paths(bus, bus.path, [google(tmp_path, CAST)], HERE, stop)
    assert digest(bus.path) == before


def test_a_newer_reader_reads_the_same_file_anew(
    bus: Bus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from importers import google as reader

    path = google(tmp_path, CAST)
    bring(bus, path)
    facts = rows(bus.path, "SELECT * FROM fact")
    monkeypatch.setattr(reader, "VERSION", reader.VERSION + 1)
    assert counts(bring(bus, path)) == [(0, 10, 0, 0)]
    assert rows(bus.path, "SELECT * FROM fact") == facts
    assert counts(bring(bus, path)) == [(0, 0, 10, 0)]


def test_the_bytes_of_each_entry_are_kept(bus: Bus, tmp_path: Path) -> None:
    path = vcards(tmp_path, CAST)
    bring(bus, path)
    with closing(raw(bus.path)) as connection:
        kept = connection.execute(
            "SELECT data FROM card JOIN blob ON blob.sha256 = card.raw_sha ORDER BY card.id"
        ).fetchall()
    assert b"\n".join(row[0] for row in kept).split() == path.read_bytes().split()
