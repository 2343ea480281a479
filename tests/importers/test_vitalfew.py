"""A book of vitalfew as a file: known by its first line, whole by its last."""

from __future__ import annotations

import gzip
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from core.commands.set_tier import SetTier
from core.errors import VitalfewError
from core.storage import connect
from importers import registry, vitalfew
from importers.choices import Options
from importers.container import open_container
from importers.run import import_paths
from tests.book import fresh, is_empty, merge, people, person_row, rows
from tests.core.exports.books import written
from tests.importers.lists import CAST, vcards

if TYPE_CHECKING:
    from pathlib import Path

    from core.commands.store_run import Stored


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A file with two people, one of two entries."""
    bus = fresh(tmp_path / "book.db")
    people(bus, "Ada", "Ben", "Ada W.")
    bus.run(merge(1, 3))
    bus.run(SetTier((1,), "A"))
    file = tmp_path / "book.jsonl"
    file.write_bytes(b"".join(written(bus.path)))
    bus.close()
    return file


def trial(file: Path, here: Path | None = None) -> Stored:
    with open_container(file) as container:
        if here is None:
            return vitalfew.count(None, container)
        with closing(connect.view(here)) as view:
            return vitalfew.count(view, container)


def refused(file: Path, data: bytes, tmp_path: Path) -> str:
    """The sentence with which the file is refused, by a trial as well."""
    file.write_bytes(data)
    bus = fresh(tmp_path / "here.db")
    with open_container(file) as container, pytest.raises(VitalfewError) as refusal:
        vitalfew.store(bus, container)
    assert is_empty(bus.path)
    with pytest.raises(VitalfewError):
        trial(file)
    assert len(refusal.value.sentence) < 200
    return refusal.value.sentence


def test_it_is_known_by_its_first_line(book: Path) -> None:
    assert vitalfew.is_book(book)
    with open_container(book) as container:
        assert [guess.importer.NAME for guess in registry.recognise(container)] == ["vitalfew"]
    book.write_text('{"people": []}\n', encoding="utf-8")
    assert not vitalfew.is_book(book)
    assert not vitalfew.is_book(book.parent)
    with open_container(book) as container:
        assert vitalfew.sniff(container) is None


def test_a_trial_counts_what_would_come(book: Path, tmp_path: Path) -> None:
    here = fresh(tmp_path / "here.db")
    assert trial(book).new == trial(book, here.path).new == 3
    with open_container(book) as container:
        vitalfew.store(here, container)
    assert trial(book, here.path)[:5] == (0, 3, 0, 0, 3)


def test_import_brings_it_back_and_a_packed_one_too(book: Path, tmp_path: Path) -> None:
    bus = fresh(tmp_path / "here.db")
    packed = book.with_suffix(".jsonl.gz")
    packed.write_bytes(gzip.compress(book.read_bytes()))
    assert import_paths(None, bus.path, [book], Options()).runs[0].stored.new == 3
    assert is_empty(bus.path)
    (run,) = import_paths(bus, bus.path, [book], Options()).runs
    assert (run.kind, run.stored.new, run.command_id > 0) == ("vitalfew", 3, True)
    assert person_row(bus.path, 1)["tier"] == "A"
    assert rows(bus.path, "SELECT label FROM command") == [("imported vitalfew book: 3 new",)]
    (run,) = import_paths(bus, bus.path, [packed], Options()).runs
    assert (run.stored.new, run.stored.unchanged, run.command_id) == (0, 3, 0)


def test_a_file_that_is_cut_off_anywhere_is_refused(book: Path, tmp_path: Path) -> None:
    data = book.read_bytes()
    for share in (0.3, 0.5, 0.9, 1.0):
        sentence = refused(book, data[: int(len(data) * share) - 1], tmp_path)
        assert "cut off" in sentence
    lines = data.splitlines(keepends=True)
    assert "cut off" in refused(book, b"".join(lines[:-1]), tmp_path)


def test_a_file_that_was_changed_since_is_refused(book: Path, tmp_path: Path) -> None:
    data = book.read_bytes()
    assert "not as it was written" in refused(book, data.replace(b"Ben", b"Bob"), tmp_path)
    lines = data.splitlines(keepends=True)
    assert "not whole" in refused(book, b"".join(lines[:-2] + lines[-1:]), tmp_path)
    assert "line 5 " in refused(book, b"".join(lines[:4] + lines[5:]), tmp_path)
    assert "more follows" in refused(book, data + lines[3], tmp_path)


@pytest.mark.parametrize(
    "line",
    [
        b"[" * 100_000,
        b'{"table":"fact","value":' + b"[" * 100_000 + b"}",
        b'{"table":"fact","value":NaN',
        b'{"table":"fact","id":' + b"9" * 10_000 + b"}",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"",
        b'{"table":["fact"]}',
        b'{"end":null}',
        b'{"end":{"lines":true}}',
    ],
    ids=(
        *("deep", "deep inside", "cut", "long number", "list", "null", "bytes", "empty"),
        *("table a list", "end null", "end true"),
    ),
)
def test_a_line_that_cannot_be_read_is_named(book: Path, tmp_path: Path, line: bytes) -> None:
    lines = book.read_bytes().splitlines(keepends=True)
    assert "line 4 " in refused(book, b"".join([*lines[:3], line + b"\n", *lines[3:]]), tmp_path)


def test_another_file_that_is_called_one_is_refused(book: Path, tmp_path: Path) -> None:
    assert "no book" in refused(book, b'{"people":[]}\n', tmp_path)


def test_a_line_longer_than_the_limit_is_refused(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vitalfew, "LINE_LIMIT", 300)
    lines = book.read_bytes().splitlines(keepends=True)
    long = b'{"table":"fact","value":"' + b"x" * 400 + b'"}\n'
    assert "the limit" in refused(book, b"".join([*lines[:2], long]), tmp_path)


def test_halves_of_a_pair_are_shown_and_pairs_kept(tmp_path: Path) -> None:
    bus = fresh(tmp_path / "book.db")
    people(bus, "Ada \U0001f600")
    written_lines = [line for line in written(bus.path)[:-1] if b'"data"' not in line]
    half = [line.replace(b"Ada", b"\\udc00Ada\\\\ud800") for line in written_lines]
    file = tmp_path / "half.jsonl"
    file.write_bytes(b"".join([*half, b'{"end":{"lines":%d}}\n' % (len(half) - 1)]))
    here = fresh(tmp_path / "here.db")
    with open_container(file) as container:
        vitalfew.store(here, container)
    assert person_row(here.path, 1)["name"] == "\ufffdAda\\ud800 \U0001f600"


def test_a_book_beside_the_lists_it_was_made_of_doubles_nobody(tmp_path: Path) -> None:
    source = fresh(tmp_path / "source.db")
    cards = vcards(tmp_path, CAST)
    import_paths(source, source.path, [cards], Options(region="CH"))
    file = tmp_path / "book.jsonl"
    file.write_bytes(b"".join(written(source.path)))
    bus = fresh(tmp_path / "here.db")
    report = import_paths(bus, bus.path, [cards, file], Options(region="CH"))
    assert [run.kind for run in report.runs] == ["vitalfew", "vcard"]
    assert rows(bus.path, "SELECT count(*) FROM person_row") == [(len(CAST),)]
