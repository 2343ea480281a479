"""A book whose lists come again month after month, and what the user does between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.bus import Bus
from core.commands.edit_person import EditPerson
from core.commands.settle_question import SettleQuestion
from core.queries import questions
from core.queries.held import of_person
from core.rules import three_way
from core.rules.typed import Edit
from importers.choices import Options
from importers.run import import_paths
from tests.book import at, fresh, person_row, rows
from tests.support import read

if TYPE_CHECKING:
    from pathlib import Path

    from core.commands.store_run import Stored
    from core.queries.questions import Question

LINKEDIN = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
GOOGLE = "First Name,Last Name,Birthday,E-mail 1 - Value,Organization Name,Organization Title\n"


class Months:
    """A book, and a list that comes again month after month."""

    def __init__(self, folder: Path) -> None:
        self.bus = fresh(folder / "people.db", clock=at("2026-01-10"))
        self.book = self.bus.path
        self.folder = folder
        self.month = 1

    def linkedin(
        self,
        title: str,
        firm: str = "Initech",
        *more: str,
        family: str = "Wong",
        given: str = "Ada",
    ) -> Stored:
        """The list of one connection, and of others by their first names."""
        lines = [f"{given},{family},https://www.linkedin.com/in/ada,,{firm},{title},12 Mar 2021\n"]
        lines += [f"{one},Ortiz,https://www.linkedin.com/in/{one},,,,12 Mar 2021\n" for one in more]
        return self.take("Connections.csv", LINKEDIN + "".join(lines))

    def google(self, birthday: str, title: str = "CTO") -> Stored:
        """The list of one contact."""
        line = f"Ada,Wong,{birthday},ada@x.example,Initech,{title}\n"
        return self.take("contacts.csv", GOOGLE + line)

    def take(self, name: str, text: str) -> Stored:
        """Import a file, a month after the last."""
        self.month += 1
        self.bus = Bus(self.book, clock=at(f"2026-{self.month:02}-10"), sitting="tests")
        path = self.folder / name
        path.write_text(text, "utf-8")
        tried = import_paths(None, self.book, [path], Options(dry_run=True)).runs[0].stored
        stored = import_paths(self.bus, self.book, [path], Options()).runs[0].stored
        assert tried.questions == stored.questions  # what is tried comes true
        return stored

    def edit(self, kind: str, value: str, person: int = 1) -> None:
        """What the user does in the form: edit the value that is there, or add one."""
        held = read(self.book, lambda view: of_person(view, person))
        there = next((one.id for one in held if one.kind == kind and one.shown), 0)
        self.bus.run(EditPerson(person, (Edit(there, kind, value),)))

    @property
    def asked(self) -> list[Question]:
        """The questions that wait."""
        found = read(self.book, questions.questions)
        present = [
            row[0] for row in rows(self.book, "SELECT id FROM card WHERE gone_run_id IS NULL")
        ]
        held = read(self.book, lambda view: questions.edited(view, present))
        assert sum(len(three_way.questions(facts)) for facts in held.values()) == len(found)
        assert read(self.book, questions.count) == len(found)
        return found

    def words(self) -> list[tuple[str, str, str, str]]:
        """The questions that wait: field, base, mine, theirs."""
        return [(one.field, one.base, one.mine, one.theirs) for one in self.asked]

    def settle(self, keep: str, value: str = "", *typed: Edit) -> str:
        """Answer the first question."""
        return self.bus.run(SettleQuestion(self.asked[0].fact, keep, value, typed)).label

    def shown(self, column: str = "title") -> str:
        """What lists show."""
        return str(person_row(self.book, 1)[column])
