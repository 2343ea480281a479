"""Several programs on one book."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.book import fresh, rows, sql

ROOT = Path(__file__).resolve().parents[3]
EACH = 15

COUNTING = f"""
import sys
from pathlib import Path
from core.bus import Bus
from core.work import Outcome

class AddOne:
    origin = "user"
    def handle(self, work):
        (value,) = work.raw.execute("SELECT value FROM setting WHERE key = 'count'").fetchone()
        work.raw.execute("UPDATE setting SET value = ?", (str(int(value) + 1),))
        return Outcome("added one")

bus = Bus(Path(sys.argv[1]))
for _ in range({EACH}):
    bus.run(AddOne())
"""


def _run(program: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments], cwd=ROOT, stderr=subprocess.PIPE
    )


def test_two_programs_lose_no_change_of_each_other(tmp_path: Path) -> None:
    bus = fresh(tmp_path / "people.db")
    bus.run(sql("INSERT INTO setting(key, value) VALUES ('count', '0')"))
    both = [_run(COUNTING, str(bus.path)) for _ in range(2)]
    told = [program.communicate()[1] for program in both]
    assert [program.returncode for program in both] == [0, 0], told
    assert rows(bus.path, "SELECT value FROM setting") == [(str(2 * EACH),)]
    for _ in range(2 * EACH):
        bus.undo()
    assert rows(bus.path, "SELECT value FROM setting") == [("0",)]


def test_two_programs_may_make_the_same_book_at_once(tmp_path: Path) -> None:
    path = tmp_path / "people.db"
    program = (
        "import sys; from pathlib import Path; from core.bus import Bus; Bus(Path(sys.argv[1]))"
    )
    both = [_run(program, str(path)) for _ in range(2)]
    told = [program.communicate()[1] for program in both]
    assert [program.returncode for program in both] == [0, 0], told
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]


def test_a_program_sees_what_another_did_and_can_take_it_back(tmp_path: Path) -> None:
    bus = fresh(tmp_path / "people.db")
    program = (
        "import sys; from pathlib import Path\n"
        "from core.bus import Bus; from tests.book import sql\n"
        "Bus(Path(sys.argv[1])).run(sql(\"INSERT INTO setting(key, value) VALUES ('a', 'b')\"))\n"
    )
    with _run(program, str(bus.path)) as other:
        assert other.wait() == 0
    assert rows(bus.path, "SELECT key FROM setting") == [("a",)]
    assert bus.undo().label == "did something"
    assert rows(bus.path, "SELECT key FROM setting") == []
