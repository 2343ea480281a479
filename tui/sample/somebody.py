"""One invented entry of one of the owner's lists, and how the owner lives with that person."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from core.rules.names import shown_name

if TYPE_CHECKING:
    from collections.abc import Iterator

List = Literal["linkedin", "google", "iphone", "android"]

_UMLAUTS: Final = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "ł": "l",
        "ø": "o",
        "å": "aa",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
    }
)
_OTHER: Final = re.compile(r"[^a-z0-9]+")


class Work(NamedTuple):
    """An employment; the domain of mail addresses comes from the name."""

    org: str
    title: str


class Wait(NamedTuple):
    """A rest: set `since` days ago, ending in `ends` days (0 is today), with its why."""

    since: int
    ends: int
    why: str


class Promised(NamedTuple):
    """Something owed by the owner (``me``) or by ``them``.

    Attributes:
        ago: days since it was promised.
        due: days until it is due; negative if that was before today.
    """

    owed_by: str
    what: str
    ago: int
    due: int


class Somebody(NamedTuple):
    """An entry of a list.

    Attributes:
        source: the list it stands in.
        given, family: as written; `prefix` such as ``Dr.``.
        latin: given and family name in ASCII where the script is another one.
        work: the employment now; `was` the one in the older export, where it differs.
        birthday: ``YYYY-MM-DD``, ``--MM-DD`` or "".
        connected: days since the networks connected them; 0 if it is not known.
        circle: whose kind of talks they have, a heading of `tui.sample.words`; "" for none.
        every: usual days between two talks; 0 for none.
        most: no more of those than this.
        last: days since the last talk made up by `tui.sample.talks`; what stands in `said` is
            besides.
        said: own talks: lines of ``days-ago kind direction text``.
        tier: the letter the owner gave, or "".
        promised: what is open between the two.
        lost: not in the newer export any more.
        corrected: the job as the owner wrote it by hand since, or "".
    """

    source: List
    given: str
    family: str = ""
    prefix: str = ""
    latin: str = ""
    nickname: str = ""
    work: Work = Work("", "")
    was: Work | None = None
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    city: str = ""
    birthday: str = ""
    labels: tuple[str, ...] = ()
    profile: str = ""
    note: str = ""
    connected: int = 0
    circle: str = ""
    every: int = 0
    most: int = 99
    last: int = 0
    said: str = ""
    tier: str = ""
    wait: Wait | None = None
    promised: tuple[Promised, ...] = ()
    lost: bool = False
    corrected: str = ""

    @property
    def name(self) -> str:
        """The whole name as the list shows it."""
        return shown_name(self.prefix, self.given, "", self.family)

    @property
    def slug(self) -> str:
        """The name in an address: ``juergen-mueller``."""
        return slug(self.latin or f"{self.given} {self.family}")


def slug(text: str, joint: str = "-") -> str:
    """ASCII letters and digits of a Latin text: ``Jürgen Müller`` gives ``juergen-mueller``."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_UMLAUTS))
    return _OTHER.sub(joint, plain.encode("ascii", "ignore").decode()).strip(joint)


def domain(org: str) -> str:
    """The invented domain of an invented firm."""
    return f"{slug(org, '')}.example"


def address(latin: str, org: str) -> str:
    """A mail address at a firm: ``juergen.mueller@kielwerksystems.example``."""
    return f"{slug(latin, '.')}@{domain(org)}"


def born(today: date, ahead: int, age: int) -> str:
    """The birthday of who turns `age` in `ahead` days, or a little older if there was no such day.

    Nobody but a leap year's child has a birthday on 29 February.
    """
    coming = today + timedelta(days=ahead)
    return next(day.isoformat() for day in _same_days(coming, age))


def _same_days(day: date, years: int) -> Iterator[date]:
    while True:
        with suppress(ValueError):
            yield day.replace(year=day.year - years)
        years += 1
