"""Every known table belongs to one importer, whatever others are asked."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from importers import google, linkedin, newsletter, outlook, systems, thunderbird
from importers.choices import Options
from importers.container import open_container
from importers.dialects import open_local
from importers.record import Problem, Record
from importers.run import import_paths
from importers.table import Table, open_table
from tests.book import fresh
from tests.importers.lists import CAST
from tests.importers.lists import google as google_list
from tests.importers.lists import linkedin as linkedin_list
from tests.importers.reading import DATA, read, sniff, write
from tests.support import HOSTILE

if TYPE_CHECKING:
    from importers.record import Importer

SHARED = os.environ.get("VITALFEW_SHARED", "")
SAMPLES = Path(SHARED, "formats/samples") if SHARED else None
OURS: dict[str, Importer] = {
    "outlook": outlook,
    "thunderbird": thunderbird,
    "newsletter": newsletter,
    **systems.BY_NAME,
}
LISTS = [
    *(("outlook", path) for path in sorted((DATA / "outlook").iterdir())),
    *(("thunderbird", path) for path in sorted((DATA / "thunderbird").iterdir())),
    *(("newsletter", path) for path in sorted((DATA / "newsletter").iterdir())),
    *((path.stem, path) for path in sorted((DATA / "systems").iterdir())),
]


def open_source(path: Path) -> Table:
    with open_container(path) as container:
        opened = open_local(container.members[0])
        if not isinstance(opened, Table):  # headings that no mail program prints
            opened = open_table(container.members[0])
    assert isinstance(opened, Table)
    return opened


def claims(path: Path) -> list[str]:
    everybody = {**OURS, "google": google, "linkedin": linkedin}
    return [name for name, importer in everybody.items() if sniff(importer, path)]


@pytest.mark.parametrize(("owner", "path"), LISTS, ids=lambda found: Path(found).name)
def test_a_table_is_claimed_by_its_own_importer_only(owner: str, path: Path) -> None:
    assert claims(path) == [owner]


def test_googles_and_linkedins_lists_are_theirs(tmp_path: Path) -> None:
    assert claims(google_list(tmp_path, CAST)) == ["google"]
    assert claims(linkedin_list(tmp_path, CAST)) == ["linkedin"]


@pytest.mark.parametrize(("owner", "path"), LISTS, ids=lambda found: Path(found).name)
def test_an_entry_says_the_same_twice(owner: str, path: Path) -> None:
    assert read(OURS[owner], path) == read(OURS[owner], path) != []


@pytest.mark.parametrize(("owner", "path"), LISTS, ids=lambda found: Path(found).name)
def test_hostile_cells_under_known_headings_are_kept_or_refused(
    tmp_path: Path, owner: str, path: Path
) -> None:
    source = max(path.iterdir()) if path.is_dir() else path
    opened = open_source(source)
    head = opened.layout.headings
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    sent = [name.encode("utf-8", "replace").decode() for name in HOSTILE]
    writer.writerows([cell] * len(head) for cell in sent)
    hostile = write(tmp_path, text.getvalue(), source.name)
    assert claims(hostile) == [owner]
    found = read(OURS[owner], hostile)
    assert sum(isinstance(item, Record) for item in found) >= len([cell for cell in sent if cell])
    for item in found:
        for value in item.values if isinstance(item, Record) else ():
            assert "\0" not in value.value
            value.value.encode()


def test_the_same_lists_again_change_nothing(tmp_path: Path) -> None:
    bus = fresh(tmp_path / "people.db")
    some = {"outlook", "thunderbird", "newsletter", "hubspot", "monica_csv"}
    paths = [path for owner, path in LISTS if owner in some]
    first = import_paths(bus, bus.path, paths, Options(region="CH"))
    assert {run.kind for run in first.runs} == some
    again = import_paths(bus, bus.path, paths, Options(region="CH"))
    for run in again.runs:
        assert (run.stored.new, run.stored.changed, run.stored.gone) == (0, 0, 0)
        assert run.stored.records == run.stored.unchanged + run.stored.left_out
    bus.close()


REAL = (
    [
        ("outlook", "outlook-csv/Aster-Privacy+Aster-Mail--outlook.csv", ","),
        ("thunderbird", "thunderbird/mozilla+releases-comm-central--csv_semicolon.csv", ";"),
        ("thunderbird", "thunderbird/mozilla+releases-comm-central--export.txt", "\t"),
        ("thunderbird", "thunderbird/roundcube+roundcubemail--tb_plain.csv", ","),
        ("newsletter", "newsletter/TryGhost+migrate--fixtures_subscriber_emails.csv", ","),
        ("newsletter", "newsletter/TryGhost+migrate--subs-v1.csv", ","),
        ("newsletter", "newsletter/TryGhost+migrate--subs-v2.csv", ","),
        ("newsletter", "newsletter/TryGhost+migrate--unsubscribed.csv", ","),
        ("monica_csv", "monica/monicahq+monica--single_contact_stub.csv", ","),
    ]
    if SAMPLES
    else []
)


@pytest.mark.skipif(SAMPLES is None, reason="VITALFEW_SHARED names no samples")
@pytest.mark.parametrize(("owner", "name", "delimiter"), REAL)
def test_a_real_list_is_read_row_for_row(owner: str, name: str, delimiter: str) -> None:
    assert SAMPLES is not None
    path = SAMPLES / name
    assert claims(path) == [owner]
    with path.open(encoding="utf-8-sig", newline="") as text:
        _, *rows = csv.reader(text, delimiter=delimiter)
    found = read(OURS[owner], path)
    assert [item for item in found if isinstance(item, Problem)] == []
    assert len(found) == len([row for row in rows if any(row)])


@pytest.mark.skipif(SAMPLES is None, reason="VITALFEW_SHARED names no samples")
def test_what_is_no_known_table_among_the_real_lists_is_left_to_others() -> None:
    assert SAMPLES is not None
    folders = ("generic-csv", "vcard", "abook", "mastodon", "ics", "linkedin-archive", "mail")
    names = {name for _, name, _ in REAL}
    paths = [path for folder in folders for path in sorted((SAMPLES / folder).iterdir())]
    paths += [SAMPLES / "outlook-csv/roundcube+roundcubemail--outlook.csv"]
    paths += sorted((SAMPLES / "thunderbird").iterdir())
    for path in paths:
        if f"{path.parent.name}/{path.name}" not in names:
            assert [name for name in claims(path) if name in OURS] == [], path.name
