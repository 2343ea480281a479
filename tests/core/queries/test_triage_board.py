from __future__ import annotations

from typing import TYPE_CHECKING

from core.bus import Bus
from core.commands.set_tier import SetTier
from core.queries import history, people, triage
from core.rules import finding
from core.storage import connect
from importers.choices import Options
from importers.run import import_paths

if TYPE_CHECKING:
    from pathlib import Path

    from core.storage.driver import Connection


def made(folder: Path) -> tuple[Bus, Connection]:
    """A book of four people, and a view of it."""
    cards = "".join(
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nEND:VCARD\r\n"
        for name in ("Ada", "Ben", "Chen", "Dana")
    )
    path = folder / "phone.vcf"
    path.write_text(cards, encoding="utf-8")
    bus = Bus(folder / "people.db")
    import_paths(bus, bus.path, [path], Options(region="DE"))
    return bus, connect.view(bus.path)


def test_the_board_reads_only_lines_that_are_not_known(tmp_path: Path) -> None:
    bus, view = made(tmp_path)
    first = triage.board(view)
    assert first.unsorted == {line.id for line in first.new}
    ada, ben, *_ = sorted(first.unsorted)
    bus.run(SetTier((ben,), "B"))
    again = triage.board(view, {line.id for line in first.new} - {ada})
    assert [line.id for line in again.new] == [ada]
    assert again.unsorted == first.unsorted - {ben}
    assert [row.id for row in again.columns["B"]] == [ben]
    view.close()
    bus.close()


def test_the_mark_moves_with_each_step_undo_and_redo(tmp_path: Path) -> None:
    bus, view = made(tmp_path)
    marks = [history.mark(view)]
    person = min(triage.board(view).unsorted)
    bus.run(SetTier((person,), "A"))
    marks.append(history.mark(view))
    bus.undo()
    marks.append(history.mark(view))
    bus.redo()
    marks.append(history.mark(view))
    assert len(set(marks)) == len(marks) - 1  # done again is as it was done first
    assert marks[1] == marks[3]
    view.close()
    bus.close()


def test_tier_auto_finds_what_was_filed_as_suggested(tmp_path: Path) -> None:
    bus, view = made(tmp_path)
    ada, ben, *_ = sorted(triage.board(view).unsorted)
    bus.run(SetTier((ada,), "D", by="auto", why="never talked"))
    bus.run(SetTier((ben,), "D"))
    found = finding.narrow(people.everybody(view), finding.parse("tier:auto"))
    assert [line.id for line in found] == [ada]
    view.close()
    bus.close()
