"""Print the budgets on a seeded book of 100,000 people: ``make bench``.

``make bench ARGS=20000`` takes a smaller book; ``PEERS=1`` measures other programs beside.
Nothing here fails: figures are for people to read.
"""

from __future__ import annotations

import compileall
import os
import statistics
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from core.bus import Bus
from core.clock import FixedClock
from core.commands.set_tier import SetTiers
from core.queries import people
from core.queries import talks as query_talks
from core.storage import connect
from tests.bench import book as books
from tests.bench import merging, peers, rows, screens, talks
from tests.bench.measure import Spent, child, milliseconds, nothing, quantile, say
from tests.bench.paint import seconds_until
from tui.screens.people_found import Found

if TYPE_CHECKING:
    from core.storage.driver import Connection

US = [sys.executable, "-m", "tui"]
MORNING = FixedClock(datetime.now(UTC).replace(hour=9, minute=0))
TYPED = ("anna", "hanna bobeberk", "viktr lameson", "globx", "zurich", "+4179", "yusuf toto", "j")
KEYS = ("j",) * 40 + ("k",) * 20 + ("ctrl+d",) * 20 + ("G", "g") * 5


def main() -> None:
    """Measure and print."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else books.SIZE
    for room in ("core", "importers", "tui"):
        compileall.compile_dir(room, quiet=2)
    unit = nothing()
    sys.stdout.write(f"python -c pass: {unit.cpu * 1000:.1f} ms CPU, {unit.wall * 1000:.1f} wall\n")
    say("vitalfew --help", child([*US, "--help"]).cpu / unit.cpu, 8, "x")
    with tempfile.TemporaryDirectory(prefix="vitalfew-bench-") as name:
        folder = Path(name)
        _imports(folder, size)
        book = folder / "people.db"
        _sort_some(book)
        _shell(book, unit.cpu)
        _paint(book, unit.wall)
        _keys(book, "people", "triage", "focus")
        _find(book)
        _merge(book)
        _cards(folder)
        _conversations(folder, size)
        _safety(book)
        _log(book, 10 * size, unit)


def _imports(folder: Path, size: int) -> None:
    book, spent = books.make(folder, size)
    raw = books.raw_copy(book, folder / "raw.db")
    note = f"{spent.cpu:.1f} s CPU against {raw:.1f}"
    say(f"import of {size:,} Google rows, CPU to raw rows", spent.cpu / raw, 12, "x", note)
    say("  its memory", spent.memory, 400, "MB")


def _sort_some(book: Path) -> None:
    bus = Bus(book, clock=FixedClock(MORNING.moment - timedelta(days=40)))
    view = connect.view(book)
    ids = [line.id for line in people.everybody(view)]
    tiers = [(person, "ABBCCCCCC"[place % 9]) for place, person in enumerate(ids[:4500])]
    bus.run(SetTiers(tuple(tiers), "for the bench"))
    bus.close()
    view.close()


def _shell(book: Path, unit: float) -> None:
    for words, budget in ((("find", "ada"), 12), (("query", "ada"), 12), (("focus",), 18)):
        spent = child([*US, *words], VITALFEW_DB=str(book))
        note = "" if spent.code == 0 else f"exit code {spent.code}"
        say(f"vitalfew {' '.join(words)}", spent.cpu / unit, budget, "x", note)


def _paint(book: Path, unit: float) -> None:
    ours = seconds_until(US, "every", VITALFEW_DB=str(book))
    say("first rows of Focus, wall", ours / unit, 40, "x", f"{ours * 1000:.0f} ms")
    if os.environ.get("PEERS") == "1":
        for name, word in (("posting", "Collection"), ("harlequin", "Query Editor")):
            try:
                theirs = seconds_until([peers.program(name)], word)
            except RuntimeError:
                sys.stdout.write(f"  against {name}: it painted nothing\n")
                continue
            say(f"  against {name}", ours / theirs, 1, "x", f"it takes {theirs * 1000:.0f} ms")


def _keys(book: Path, *names: str) -> None:
    for screen in names:
        pressed = ("c",) * 40 if screen == "triage" else KEYS
        taken = screens.keys(book, MORNING, screen, pressed)
        note = f"p95 {quantile(taken, 0.95):.1f}"
        say(f"key to paint on {screen}, median", statistics.median(taken), 16, "ms", note)


def _find(book: Path) -> None:
    view = connect.view(book)
    lines = people.everybody(view)
    taken: list[float] = []
    for words in TYPED * 3:
        found = Found()
        found.load(lines)
        for end in range(1, len(words) + 1):
            taken += milliseconds(partial(_type, view, found, words[:end]), runs=1)
    note = f"median {statistics.median(taken):.1f}, longest {max(taken):.1f}"
    say("find as you type, typos forgiven, p95", quantile(taken, 0.95), 30, "ms", note)
    view.close()


def _merge(book: Path) -> None:
    for what, taken in merging.taken(book, MORNING).items():
        note = f"p95 {quantile(taken, 0.95):.1f}"
        say(f"{what}, {len(taken):,} times, median", statistics.median(taken), 5, "ms", note)


def _conversations(folder: Path, size: int) -> None:
    mailbox = talks.write_mailbox(folder / "mails.mbox", size)
    _against_loop(f"{size:,} mails", mailbox, "mail", "nora@feldmann.example")
    chat = talks.write_chat(folder / "WhatsApp Chat with Ada Wong.txt", 2 * size)
    _against_loop(f"a chat of {2 * size:,} lines", chat, "chat", "Nora Feldmann")


def _log(book: Path, count: int, unit: Spent) -> None:
    """What people do every day, with a million talks in the book."""
    sys.stdout.write(f"with {count:,} talks in the book:\n")
    talks.write_into(book, count)
    view = connect.view(book)
    today = MORNING.today()
    taken = [
        spent
        for words in talks.searches()
        for spent in milliseconds(partial(query_talks.search, view, words, today), runs=3)
    ]
    view.close()
    note = f"p95 {quantile(taken, 0.95):.1f}"
    say("search of what was said, median", statistics.median(taken), 50, "ms", note)
    _shell(book, unit.cpu)
    _paint(book, unit.wall)
    _keys(book, "focus", "log", "balance")


def _against_loop(what: str, path: Path, kind: str, me: str) -> None:
    command = [*US, "import", str(path), "--me", me]
    ours = child(command, runs=1, VITALFEW_DB=str(path.with_suffix(".db")))
    book = path.with_suffix(".loop.db")
    loop = child([sys.executable, "-m", "tests.bench.talk_loop", kind, str(path), str(book)], 1)
    note = f"{ours.cpu:.1f} s CPU against {loop.cpu:.1f}"
    note += f", exit code {ours.code}" if ours.code else ""
    say(f"import of {what}, CPU to a loop that splits", ours.cpu / loop.cpu, 4, "x", note)
    say("  its memory", ours.memory, 400, "MB")


def _safety(book: Path) -> None:
    for words in (("backup",), ("restore", "newest", "--yes")):
        spent = child([*US, *words], runs=1, VITALFEW_DB=str(book))
        note = "" if spent.code == 0 else f"exit code {spent.code}"
        sys.stdout.write(f"vitalfew {words[0]}: {spent.wall:.1f} s wall {note}\n")


def _type(view: Connection, found: Found, typed: str) -> None:
    found.find(typed)
    if found.wants_near:
        least = people.VERY_NEAR if found.hits else people.NEAR
        found.take_near(people.resembling(view, found.words, least=least))


def _cards(folder: Path) -> None:
    cards = rows.write_cards(folder / "cards", 6_500)
    command = [*US, "import", str(cards), "--region", "CH"]
    ours = child(command, runs=1, VITALFEW_DB=str(folder / "cards.db"))
    sys.stdout.write(f"import of 6,500 vCards: {ours.cpu:.2f} s CPU\n")
    if os.environ.get("PEERS") == "1":
        settings = peers.khard_settings(folder, cards)
        khard = child([peers.program("khard"), "-c", str(settings), "list"], runs=1)
        say("  against khard list", ours.cpu / khard.cpu, 1, "x", f"it takes {khard.cpu:.2f} s")


if __name__ == "__main__":
    main()
