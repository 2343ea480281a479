"""Comparing what is new finds what comparing everything finds, and may be ended at any moment."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.commands.edit_person import EditPerson
from core.duplicates import Looked, bring_up, needed
from core.errors import BookError, CancelledError
from core.matching import find
from core.matching.model import Model
from core.queries.duplicates import lanes, of_person
from core.queries.entries import to_match
from core.rules.typed import Edit
from core.storage.candidates import Row
from core.storage.derived_tables import Candidate
from core.storage.triggers import columns
from tests.book import base, entry, fresh, raw, rows, storing
from tests.core.compared import add, compared, kept, marks, two_adas
from tests.support import HOSTILE, read

if TYPE_CHECKING:
    from core.bus import Bus

ROOT = Path(__file__).resolve().parents[2]
FIRST = ("Ada", "Robert", "Bob", "Mina")
_LIVE = "SELECT count(*) FROM command WHERE undone = 0"
LAST = ("Quuxly", "Smith", "Wu")


def _scored(path: Path) -> list[tuple[Any, ...]]:
    """What scoring all entries under the model that is kept comes to, without reasons."""
    model = Model.from_json(rows(path, "SELECT model FROM learned")[0][0])
    assert model is not None
    ids, records = read(path, to_match)
    found = find.pairs(records, model)
    odds = (found.odds * 1000).round().astype(int)
    might = {*found.low[odds > 0].tolist(), *found.high[odds > 0].tolist()}
    chance = (found.probability * 10_000).round().astype(int).tolist()
    return sorted(
        (ids[low], ids[high], int(odds[at]), chance[at], lane)
        for at, (low, high, lane) in enumerate(
            zip(found.low.tolist(), found.high.tolist(), found.lane.tolist(), strict=True)
        )
        if lane or {low, high} <= might
    )


def _counting(path: Path) -> list[tuple[Any, ...]]:
    """What was kept of the pairs, without those whose entries can be in no group any more."""
    found = kept(path)
    might = {card for row in found if row[2] > 0 for card in row[:2]}
    return [row[:5] for row in found if row[4] or {row[0], row[1]} <= might]


def _edited(bus: Bus, card: int, kind: str, value: str) -> None:
    ((fact,),) = rows(
        bus.path, "SELECT id FROM fact WHERE card_id = ? AND kind = ? LIMIT 1", card, kind
    )
    bus.run(EditPerson(card, (Edit(fact, kind, value),)))


def test_two_lists_with_one_person_make_a_pair(tmp_path: Path) -> None:
    bus = compared(tmp_path / "people.db")
    ada, other = two_adas(bus)
    assert read(bus.path, needed) == 2
    assert bring_up(bus.path) == Looked(2, 1, fitted=False)
    assert read(bus.path, needed) == 0
    (pair,) = read(bus.path, lambda view: of_person(view, ada))
    assert (pair.a, pair.b, pair.lane) == (ada, other, "certain")
    assert any("e-mail" in reason for reason in pair.why)
    assert bring_up(bus.path) == Looked(0, 0, fitted=False)


def test_an_edit_takes_a_pair_away_and_undo_brings_it_back(tmp_path: Path) -> None:
    bus = compared(tmp_path / "people.db")
    ada, other = two_adas(bus)
    bring_up(bus.path)
    before = kept(bus.path)
    _edited(bus, other, "email", "somebody.else@example.net")
    _edited(bus, other, "name", "Zoltan Bakker")
    assert marks(bus.path) == [other]
    bring_up(bus.path)
    assert not read(bus.path, lambda view: of_person(view, ada))
    bus.undo(sure=True)
    bus.undo(sure=True)
    bring_up(bus.path)
    assert kept(bus.path) == before


def test_an_import_taken_back_leaves_neither_pair_nor_mark(tmp_path: Path) -> None:
    bus = compared(tmp_path / "people.db")
    before = kept(bus.path)
    two_adas(bus)
    bring_up(bus.path)
    assert kept(bus.path) != before
    bus.undo(sure=True)
    bus.undo(sure=True)
    assert kept(bus.path) == before
    assert marks(bus.path) == []
    bus.redo()
    assert len(marks(bus.path)) == 1


@settings(max_examples=12, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.tuples(
                st.just("import"),
                st.sampled_from(("gmail", "phone", "linkedin")),
                st.tuples(st.sampled_from(FIRST), st.sampled_from(LAST)),
                st.sampled_from(("", "ada@quuxly.example", "bs@smith.example", "info@wu.example")),
            ),
            st.tuples(
                st.just("edit"),
                st.integers(0, 600),
                st.sampled_from(("name", "email", "org")),
                st.sampled_from((*FIRST, "ada@quuxly.example", "Smith")),
            ),
            st.tuples(st.just("undo")),
            st.tuples(st.just("compare")),
        ),
        min_size=2,
        max_size=9,
    )
)
def test_comparing_what_is_new_finds_what_comparing_all_finds(steps: list[tuple[Any, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        bus = compared(Path(folder) / "people.db")
        learned = rows(bus.path, "SELECT size, made, model FROM learned")
        before = rows(bus.path, _LIVE)
        for what, *given_ in steps:
            if what == "import":
                kind, name, mail = given_
                add(bus, kind, " ".join(name), *([("email", mail)] if mail else []))
            elif what == "edit":
                at, kind, value = given_
                cards = rows(bus.path, "SELECT id FROM card ORDER BY id DESC")
                card = cards[at % len(cards)][0]
                has = rows(
                    bus.path, "SELECT id FROM fact WHERE card_id = ? AND kind = ?", card, kind
                )
                bus.run(EditPerson(card, (Edit(has[0][0] if has else 0, kind, value),)))
            elif what == "compare":
                bring_up(bus.path)
            elif rows(bus.path, _LIVE) > before:  # the lists stay, for the model is to stay
                bus.undo(sure=True)
        bring_up(bus.path)
        bus.close()
        assert rows(bus.path, "SELECT size, made, model FROM learned") == learned
        assert _counting(bus.path) == _scored(bus.path)
        assert all(not row[6] or row[4] for row in kept(bus.path))


def test_a_first_run_keeps_what_scoring_all_finds(tmp_path: Path) -> None:
    bus = compared(tmp_path / "people.db")
    assert _counting(bus.path) == _scored(bus.path)
    assert read(bus.path, lanes).likely > 5


def test_a_book_that_grew_by_a_tenth_is_learned_anew(tmp_path: Path) -> None:
    bus = compared(tmp_path / "people.db")
    ((size, made),) = rows(bus.path, "SELECT size, made FROM learned")
    bus.run(storing(entry(f"Person Number{n}", key=str(n)) for n in range(size // 10 + 1)))
    looked = bring_up(bus.path)
    assert looked.fitted
    assert looked.cards == size + size // 10 + 1
    ((grown, remade),) = rows(bus.path, "SELECT size, made FROM learned")
    assert (grown, remade != made) == (looked.cards, True)


def test_it_is_learned_anew_on_request(tmp_path: Path) -> None:
    bus = compared(tmp_path / "people.db")
    before = kept(bus.path)
    assert bring_up(bus.path, refit=True).fitted
    assert kept(bus.path) == before


def test_a_model_of_another_version_is_learned_anew(tmp_path: Path) -> None:
    bus = compared(tmp_path / "people.db")
    before = kept(bus.path)
    with closing(raw(bus.path)) as connection:
        connection.execute("UPDATE learned SET model = json_set(model, '$.version', 0)")
    assert read(bus.path, needed) == len(rows(bus.path, "SELECT id FROM card"))
    assert bring_up(bus.path).fitted
    assert read(bus.path, needed) == 0
    assert kept(bus.path) == before


@pytest.mark.parametrize("size", [0, 1, 2, 3])
def test_a_book_of_hardly_anybody_is_compared(tmp_path: Path, size: int) -> None:
    bus = fresh(tmp_path / "people.db")
    for number in range(size):
        add(bus, f"list{number}", "Ada Quuxly", ("email", "ada@quuxly.example"))
    bring_up(bus.path)
    assert read(bus.path, needed) == 0
    assert read(bus.path, lanes).certain == size * (size - 1) // 2


def test_an_entry_changed_while_it_is_compared_waits_again(tmp_path: Path) -> None:
    bus = compared(tmp_path / "people.db")
    ada, other = two_adas(bus)
    changed = False

    def meanwhile(done: float) -> None:
        nonlocal changed
        if done >= 0.8 and not changed:
            changed = True
            _edited(bus, other, "email", "somebody.else@example.net")
            _edited(bus, other, "name", "Zoltan Bakker")

    bring_up(bus.path, meanwhile)
    assert changed
    assert marks(bus.path) == [other]
    assert not read(bus.path, lambda view: of_person(view, ada))
    bring_up(bus.path)
    assert not read(bus.path, lambda view: of_person(view, ada))
    assert marks(bus.path) == []


def test_an_entry_that_is_gone_when_it_was_compared_is_left_out(tmp_path: Path) -> None:
    bus = compared(tmp_path / "people.db")
    two_adas(bus)
    taken_back = False

    def meanwhile(done: float) -> None:
        nonlocal taken_back
        if done >= 0.8 and not taken_back:
            taken_back = True
            bus.undo(sure=True)

    before = kept(bus.path)
    bring_up(bus.path, meanwhile)
    assert taken_back
    assert kept(bus.path) == before


def test_a_run_that_another_overtook_starts_again(tmp_path: Path) -> None:
    bus = compared(tmp_path / "people.db")
    two_adas(bus)
    overtaken = False

    def meanwhile(done: float) -> None:
        nonlocal overtaken
        if done >= 0.8 and not overtaken:
            overtaken = True
            assert bring_up(bus.path) == Looked(2, 1, fitted=False)

    assert bring_up(bus.path, meanwhile) == Looked(0, 0, fitted=False)
    assert _counting(bus.path) == _scored(bus.path)


def test_two_runs_at_once_find_what_one_finds(tmp_path: Path) -> None:
    bus = compared(tmp_path / "people.db")
    two_adas(bus)
    runs = [Thread(target=bring_up, args=(bus.path,)) for _ in range(2)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert marks(bus.path) == []
    assert _counting(bus.path) == _scored(bus.path)


@pytest.mark.parametrize("refit", [False, True])
def test_a_run_that_is_stopped_writes_nothing(tmp_path: Path, *, refit: bool) -> None:
    bus = compared(tmp_path / "people.db")
    two_adas(bus)
    before, waiting = kept(bus.path), marks(bus.path)
    heard: list[float] = []
    bring_up(compared(tmp_path / "other.db").path, heard.append, refit=True)
    assert heard == sorted(heard)
    for part in (0.0, 0.5, 1.0):

        def stop(done: float, part: float = part) -> None:
            if done >= part:
                raise CancelledError("stopped")

        with pytest.raises(CancelledError):
            bring_up(bus.path, stop, refit=refit)
        assert kept(bus.path) == before
        assert marks(bus.path) == waiting
    bus.run(storing([entry("Still Writable")]))


def test_comparing_changes_no_word_of_the_book(tmp_path: Path) -> None:
    bus = compared(tmp_path / "people.db")
    two_adas(bus)
    before = base(bus.path)
    bring_up(bus.path)
    bring_up(bus.path, refit=True)
    assert base(bus.path) == before


def test_hostile_words_in_every_field_are_compared(tmp_path: Path) -> None:
    bus = compared(tmp_path / "people.db")
    for kind in ("gmail", "phone"):
        bus.run(
            storing(
                (
                    entry(
                        text,
                        *(
                            (field, text)
                            for field in ("given", "family", "email", "phone", "url", "org")
                        ),
                        *((field, text) for field in ("title", "birthday", "address", "nickname")),
                        ("email", "same@hostile.example"),
                        key=f"h{number}",
                    )
                    for number, text in enumerate(HOSTILE)
                ),
                kind=kind,
            )
        )
    bring_up(bus.path)
    assert read(bus.path, needed) == 0
    for row in kept(bus.path):
        assert len(str(row[6]).split("\n")) <= 3
        assert len(str(row[7]).split("\n")) <= 3


def test_a_row_is_what_the_table_has() -> None:
    assert list(Row._fields) == [name for name in columns(Candidate) if name != "id"]


def test_a_book_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="no book"):
        bring_up(tmp_path / "nobody.db")


def _process(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "core.duplicates", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_as_a_process_it_tells_how_far_it_is(tmp_path: Path) -> None:
    bus = compared(tmp_path / "people.db")
    two_adas(bus)
    process = _process(str(bus.path))
    out, err = process.communicate()
    *steps, last = out.decode().split()
    assert (process.returncode, err, last) == (0, b"", "done")
    assert [float(step) for step in steps] == sorted(float(step) for step in steps)
    assert marks(bus.path) == []


def test_as_a_process_it_refuses_in_one_sentence(tmp_path: Path) -> None:
    process = _process(str(tmp_path / "nobody.db"))
    _, err = process.communicate()
    assert process.returncode == 1
    assert len(err.decode().splitlines()) == 1
    assert b"no book" in err


def test_as_a_process_it_ends_when_nobody_reads_it(tmp_path: Path) -> None:
    bus = compared(tmp_path / "people.db")
    two_adas(bus)
    process = _process(str(bus.path))
    assert process.stdout is not None
    process.stdout.close()
    assert process.communicate()[1] == b""
    assert process.returncode == 1
    assert len(marks(bus.path)) == 2
