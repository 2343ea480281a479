"""Makes the sample book: real exports, real imports, real commands, on days gone by."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from core.bus import Bus
from core.commands.edit_person import EditPerson
from core.commands.log_talk import LogTalks
from core.commands.promise import AddPromise
from core.commands.set_tier import SetTier
from core.commands.set_wait import SetWait
from core.duplicates import bring_up
from core.queries import held
from core.queries import people as people_query
from core.rules import kinds
from core.rules.tiers import VITAL
from core.rules.typed import Edit
from core.storage import connect
from importers.choices import Options
from importers.run import import_paths
from tui.sample import chat_exports, chats, exports
from tui.sample.chat_exports import Desk
from tui.sample.people import OWNER, cast
from tui.sample.talks import talk, talks

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from core.clock import Clock
    from tui.sample.somebody import Somebody
    from tui.sample.talks import Said

FILE: Final = "sample.db"
SITTING: Final = "sample"
"""What the book's own history was done in, so that undo in the demo starts with nothing."""

_SEED: Final = 20
_BEGAN, _PHONE, _NEWS = 64, 6, 1  # days ago: first imports, telephones, LinkedIn once more
_CORRECTED: Final = 40  # days ago: the owner knew better than LinkedIn
_A_THOUGHT: Final = 25  # seconds that filing somebody takes
_SOURCE: Final = {"linkedin": "linkedin", "google": "google", "iphone": "vcard", "android": "vcard"}


@dataclass
class _Almanac:
    """A clock that is set to the day on which the next thing was done."""

    real: datetime
    moment: datetime

    def now(self) -> datetime:
        return self.moment

    def today(self) -> date:
        return self.moment.date()

    def turn(self, ago: int, hour: int, minute: int) -> None:
        day = self.real - timedelta(days=ago)
        self.moment = day.replace(hour=hour, minute=minute, second=0, microsecond=0)


def make(folder: Path, clock: Clock) -> Path:
    """Build the book of an invented owner as it would be today.

    Args:
        folder: an empty folder; the exports are kept in it beside the book.
        clock: everything is dated relative to its today; the same day gives the same book.

    Returns:
        The file of the book.
    """
    made = _Maker(folder, clock)
    try:
        made.first_evening()
        made.weeks()
    finally:
        made.bus.close()
    bring_up(folder / FILE)
    return folder / FILE


class _Maker:
    def __init__(self, folder: Path, clock: Clock) -> None:
        self.today = clock.today()
        self.almanac = _Almanac(clock.now(), clock.now())
        self.almanac.turn(_BEGAN, 19, 40)
        self.dice = Random(_SEED)  # noqa: S311 — a story, not a secret
        self.people = cast(self.dice, self.today)
        self.ways = chats.ways(self.people)
        self.said = talks(self.dice, self.people, self.today)
        self.folder = folder
        self.exports = folder / "exports"
        self.exports.mkdir(parents=True)
        self.bus = Bus(folder / FILE, clock=self.almanac, sitting=SITTING)
        self.ids: dict[int, int] = {}

    def first_evening(self) -> None:
        """Two lists come in, the people who matter are filed, the old talks noted."""
        moment = self.almanac.moment
        self._import(
            self._linkedin(_BEGAN, older=True), exports.google(self.exports, self.people, moment)
        )
        self.almanac.turn(_BEGAN, 20, 15)
        self._sort([one for one in self._in("linkedin", "google") if not _is_new(one)])
        self.almanac.turn(_BEGAN, 21, 30)
        self._log([said for said in self.said if said.ago >= _BEGAN])

    def weeks(self) -> None:
        """Day by day since: talks, waits, the telephones, and LinkedIn again."""
        for ago in range(_BEGAN - 1, 0, -1):
            self.almanac.turn(ago, 18, 50)
            if ago == _CORRECTED:
                self._correct()
            if ago == _PHONE:
                self._telephones()
            if ago == _NEWS:
                self._import(self._linkedin(_NEWS, older=False))
                self._sort([one for one in self.people if _is_new(one)])
            self.almanac.turn(ago, 21, 10)
            self._log([said for said in self.said if said.ago == ago])
            self._waits(ago)
            self._promises(ago)

    def _correct(self) -> None:
        for who, one in enumerate(self.people):
            if one.corrected:
                with closing(connect.view(self.bus.path)) as view:
                    facts = held.of_person(view, self.ids[who])
                job = next(fact.id for fact in facts if fact.kind == kinds.TITLE)
                self.bus.run(EditPerson(self.ids[who], (Edit(job, kinds.TITLE, one.corrected),)))

    def _telephones(self) -> None:
        moment = self.almanac.moment
        new = exports.iphone(self.exports, self.people, moment)
        self._import(new, exports.android(self.exports, self.people, moment))
        desk = self._desk(_PHONE)
        self._import(chat_exports.mails(desk, moment), chat_exports.sms(desk, moment))
        self._import(*chat_exports.whatsapp(desk, moment))
        self._sort(self._in("iphone", "android"))
        vcards = {who for who, one in enumerate(self.people) if _SOURCE[one.source] == "vcard"}
        self._log([said for said in self.said if said.who in vcards and said.ago > _PHONE])

    def _linkedin(self, ago: int, *, older: bool) -> Path:
        messages = chat_exports.linkedin(self._desk(ago))
        moment = self.almanac.moment
        return exports.linkedin(
            self.exports, self.people, messages, self.today, moment, older=older
        )

    def _desk(self, ago: int) -> Desk:
        return Desk(self.exports, self.people, self.today, ago)

    def _import(self, *paths: Path) -> None:
        import_paths(self.bus, self.bus.path, paths, Options(region=OWNER.region))
        found: dict[tuple[str, str, str], int] = {}
        with closing(connect.view(self.bus.path)) as view:
            for line in people_query.everybody(view):
                found[line.sources, line.name, line.email] = line.id
        for who, one in enumerate(self.people):
            email = one.emails[0] if one.emails else ""
            if person := found.get((_SOURCE[one.source], one.name, email)):
                self.ids.setdefault(who, person)

    def _in(self, *lists: str) -> list[Somebody]:
        return [one for one in self.people if one.source in lists]

    def _sort(self, people: Sequence[Somebody]) -> None:
        for who, one in enumerate(self.people):
            if one.tier and one in people:
                self.bus.run(SetTier((self.ids[who],), one.tier))
                self.almanac.moment += timedelta(seconds=_A_THOUGHT)

    def _log(self, said: Sequence[Said]) -> None:
        known = tuple(
            talk(
                each, self.ids[each.who], self.ways.get(each.who, ""), self.almanac.real, self.dice
            )
            for each in said
            if each.who in self.ids
        )
        if known:
            self.bus.run(LogTalks(known))

    def _waits(self, ago: int) -> None:
        for who, one in enumerate(self.people):
            if one.wait and one.wait.since == ago:
                until = self.today + timedelta(days=one.wait.ends)
                self.bus.run(SetWait((self.ids[who],), until, one.wait.why))

    def _promises(self, ago: int) -> None:
        for who, one in enumerate(self.people):
            for each in one.promised:
                if each.ago == ago:
                    due = (self.today + timedelta(days=each.due)).isoformat()
                    self.bus.run(AddPromise((self.ids[who],), each.owed_by, each.what, due))


def _is_new(one: Somebody) -> bool:
    """Whether the owner means to get to know somebody: filed lately, never talked with."""
    return one.tier in VITAL and not one.every and not one.said
