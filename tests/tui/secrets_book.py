"""A book and lists whose every value says that it is a secret, and what finds one on a screen."""

from __future__ import annotations

import csv
import re
from contextlib import closing
from datetime import timedelta
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING, Final

from core.bus import Bus
from core.clock import FixedClock
from core.commands.add_person import AddPerson
from core.commands.edit_person import EditPerson
from core.commands.log_talk import LogTalks, Talk
from core.commands.opt_out import SetOptOut
from core.commands.promise import AddPromise, SettlePromise
from core.commands.set_home import SetHome
from core.commands.set_tier import SetTier
from core.commands.set_wait import SetWait
from core.commands.store_talks import Part
from core.rules.typed import Edit, Typed
from importers.choices import Options
from importers.run import import_paths
from tests.book import raw, rows
from tests.said import message, store
from tests.tui.conftest import MORNING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SECRET: Final = re.compile(r"zq\w*|1971|23 jul|july 23|55 ?531 ?1", re.IGNORECASE)
"""What every secret matches: words begin with zq, the birthday and the numbers are these."""
_KINDS: Final = ("Home", "Zqway")


def _table(path: Path, people: Iterable[str], firm: str) -> Path:
    headings = ["First Name", "Last Name", "Nickname", "Organization Name", "Organization Title"]
    headings += ["Organization Department", "Birthday", "Notes", "Labels"]
    headings += ["Address 1 - Label", "Address 1 - Formatted", "Address 1 - City"]
    kinds = ("E-mail", "Phone", "Website", "Relation", "Custom Field", "Event", "IM")
    headings += [f"{kind} 1 - {part}" for kind in kinds for part in ("Label", "Value")]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        for at, name in enumerate(people):
            row = [f"Zq{name}", f"Zqfamily{name}", f"Zqnick{name}", f"Zq{firm}{at % 3}", "Zqjob"]
            row += ["Zqdepartment", "1971-07-23", f"Zqnote {name}\nzqline", "Zqlabel ::: Family"]
            row += ["Zqplace", f"Zqstreet 1\nZqtown{at}", f"Zqtown{at % 2}"]
            row += ["Zqkind", f"zq.{name}@zqmail.example", "Mobile", f"+1 202 555 311{at % 10}"]
            row += ["Zqsite", f"https://zqpage{name}.example", "Zqkin", f"Zqcousin {name}"]
            row += ["Zqfield", f"Zqown {name}", "Zqday", "1971-07-23", "Skype", f"zqhandle{name}"]
            writer.writerow(row)
    return path


def _names(start: str, count: int) -> list[str]:
    return [f"{start}{chr(97 + at)}" for at in range(count)]


def _look_alike(book: Path, people: list[int], lane: int) -> None:
    """Have each of these be compared with each other."""
    why = "both 'Zqname Zqfamily', 1 in 3 here\nfamily name 'Zqo'k' is nearly 'Zqolk'"
    against = "given name 'Zqa' is not 'Zqb'"
    with closing(raw(book)) as connection:
        connection.execute("DELETE FROM unmatched")
        for low, high in combinations(people, 2):
            connection.execute(
                "INSERT INTO candidate(low_id, high_id, odds, chance, lane, tie, why, against) "
                "VALUES (?, ?, 5000, 9500, ?, 0, ?, ?)",
                (low, high, lane, why, against),
            )


def _strangers(bus: Bus) -> None:
    """Talks both ways with two who are not in the book; one bears the name of one who is."""
    names = (
        ("zqghost@zqmail.example", "Zqghost Stone"),
        ("zqsame@zqmail.example", "Zqolda Zqfamilyolda"),
    )
    talks = []
    for place, (norm, name) in enumerate(names):
        for back in (0, 1):
            part = Part("email", norm, "", name, "to" if back else "from")
            said = message(2 * place + back, f"Zqtalk of {name}", thread=norm, out=bool(back))
            talks.append(said._replace(parts=(part,)))
    store(bus, talks, "zqaccount")


def make(book: Path, home: Path) -> Path:
    """A book of ten who are filed and eight who are not, and two lists among the downloads."""
    downloads = home / "Downloads"
    downloads.mkdir(parents=True)
    first = _table(book.parent / "zqold.csv", _names("old", 10), "before")
    again = _table(book.parent / "zqnew.csv", _names("old", 10) + _names("new", 8), "after")

    def bus(days: int) -> Bus:
        clock = FixedClock(MORNING.now() - timedelta(days=days))
        return Bus(book, clock=clock, sitting="tests")

    options = Options(region="US", source="zqaccount")
    with closing(bus(200)) as old:
        import_paths(old, book, [first], options)
        old.run(SetHome("Zqhometown"))
        people = [row[0] for row in rows(book, "SELECT id FROM person_row ORDER BY id")]
        for place, person in enumerate(people):
            old.run(SetTier((person,), "ABCD"[place % 4]))
    with closing(bus(120)) as old:
        day = old.clock.today()
        for person in people:
            old.run(LogTalks((Talk((person,), day, "mail", "in", "", f"Zqtalk of {person}"),)))
        who = "zq.olda@zqmail.example"
        said = partial(message, subject="Zqgroup", thread="zqthread", channel="zqchannel")
        store(old, [said(at, "Zqmessage", who) for at in range(3)])
        old.run(SetOptOut((people[0],), "phone", "never", "zqmother", day.isoformat()))
        for owed_by in ("me", "them", "them"):
            old.run(AddPromise(tuple(people), owed_by, f"zqdeck of {owed_by}", "2026-12-24"))
        old.run(SettlePromise(21))
    with closing(bus(20)) as old:
        until = old.clock.today() + timedelta(days=10)
        old.run(SetWait((people[1],), until, "zqwhy to wait"))
        old.run(SetWait((people[4],), until + timedelta(days=90), "zqwhy to wait on"))
        ((firm,),) = rows(book, "SELECT id FROM fact WHERE kind = 'org' AND card_id = ?", people[3])
        old.run(EditPerson(people[3], (Edit(firm, "org", "Zqown firm"),)))  # asked about below
    with closing(bus(2)) as old:
        import_paths(old, book, [again], options)
        old.run(AddPerson((Typed("name", "Zqhand Made"), Typed("note", "zqnote by hand"))))
        old.run(EditPerson(people[0], (Edit(0, "custom", "zqvalue", "Zqown field"),)))
        _strangers(old)
    _look_alike(book, people[:2], 2)
    _look_alike(book, people[4:8], 2)
    _look_alike(book, people[8:10], 3)
    _table(downloads / "zqcontacts.csv", _names("more", 4), "fresh")
    lines = ["Name,Zqheading,E-mail", *(f"Zqperson {n},zqcell {n},zq{n}@zq.example" for n in "abc")]
    (downloads / "zqsheet.csv").write_text("\n".join([*lines, ",zqnobody,", ""]), "utf-8")
    return book
