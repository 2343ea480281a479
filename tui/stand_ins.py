"""Stand-ins: other names, firms, numbers and texts than the real ones, for a shared screen.

The same value has the same stand-in as long as the program runs, and two names never share one.
They are dealt in an order that is drawn anew at each start, so nobody can look one up. Own code,
as the libraries that invent names deal twins and cost half a second to load.
"""

from __future__ import annotations

import secrets
from math import gcd, prod
from pathlib import Path
from random import Random
from threading import Lock
from typing import TYPE_CHECKING, Final

from core.rules import partial_dates
from core.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_FIRST: Final = tuple(
    """Ada Alba Alma Anouk Ansel Aria Arlo Aster Bea Bela Blair Bram Briar Callum Cara Celia Cleo
    Cora Dario Dora Edda Edgar Elio Elsa Emil Enid Esme Ezra Fay Felix Fern Finn Flora Freya Gia
    Greta Gus Hana Hazel Hugo Ida Ilse Imre Ines Iris Isla Ivo Jana Joan Jonas Jory Juno Kaja Kira
    Lark Leif Lena Lino Liv Lorne Lotte Lucia Luka Mabel Mara Marlo Mila Milo Mina Nell Nico Nina
    Noor Odile Olga Orla Oskar Otis Pia Quinn Rafe Remy Rhea Rosa Rufus Runa Sada Saul Selma Silas
    Sofia Sunny Tamsin Tess Thea Tilda Uma Una Vera Viggo Willa Wren Yara Yves Zelda""".split()  # noqa: SIM905 — reads best
)
_LAST: Final = tuple(
    """Abbott Alder Amber Archer Arden Ashby Barlow Beck Bell Birch Blythe Bright Brook Calder
    Carver Cliff Corbin Croft Dale Darrow Denby Dove Draper Easton Elder Ellis Fairley Falk Farrow
    Fenn Field Flint Forrest Frost Garland Glover Grove Hale Harper Hart Haven Heath Heron Holm
    Hollis Hythe Ingram Joyce Kestrel Kirk Lane Larch Linden Lorimer Lowell Maddox Maple March
    Marsh Mason Meadow Mercer Moor Moss North Oakley Orchard Page Parr Penn Pike Quill Rainer Reed
    Ridge Rowan Rush Sable Sawyer Sedge Shaw Sorrel Spruce Stone Swift Tanner Thorne Vale Vance
    Wade Ward Wells Weston Whitby Willow Winter Wood Yates""".split()  # noqa: SIM905 — reads best
)
_FIRMS: Final = tuple(
    """Acorn Alpine Ardent Aurora Basalt Beacon Birchwood Bluebell Bramble Bridgeway Cedar Cobalt
    Compass Copper Coral Crescent Delta Driftwood Elm Ember Falcon Fathom Foxglove Granite Harbor
    Hawthorn Hearth Indigo Ivory Juniper Keystone Lantern Laurel Lighthouse Linden Maple Marble
    Meridian Mosaic Nimbus Northwind Opal Orchard Pebble Pinecone Quarry Quartz Rowan Saffron
    Sextant Sparrow Sterling Summit Tamarind Tandem Thistle Timber Topaz Umber Velvet Walnut
    Westwind Willow Zephyr""".split()  # noqa: SIM905 — reads best
)
_KINDS: Final = (
    *("& Co", "Works", "Group", "Partners", "Labs", "Trading", "Brothers", "Studio", "Supply"),
    *("Systems", "& Daughters", "Press", "Foods", "House", "Union", "Lines"),
)
_JOBS: Final = (
    *("Buyer", "Editor", "Engineer", "Designer", "Analyst", "Architect", "Consultant", "Director"),
    *("Head of Sales", "Head of Design", "Head of Supply", "Office Manager", "Project Manager"),
    *("Partner", "Planner", "Producer", "Surveyor", "Teacher", "Technician", "Translator"),
)
_PLACES: Final = (
    *("Ashport", "Brookhaven", "Coldwater", "Dunmore", "Eastmere", "Fairhaven", "Glenrock"),
    *("Highbridge", "Inverloch", "Kingsmere", "Longford", "Millbrook", "Northgate", "Oakdale"),
    *("Port Amber", "Queensferry", "Redcliff", "Silverton", "Thornbury", "Upton", "Westhaven"),
)
_GROUPS: Final = (
    *("choir", "chess", "climbing", "garden", "harbour", "hiking", "jazz", "kayak", "library"),
    *("market", "neighbours", "orchestra", "pottery", "reading", "rowing", "sailing", "theatre"),
)
_WORDS: Final = tuple(
    """a of to in and for all old new one over many some from with then light table north water
    small about later still bright summer garden window letter lantern weather harbour morning
    together mountain afternoon carefully throughout everything neighbours""".split()  # noqa: SIM905 — reads best
)
_LONGEST_WORD: Final = max(map(len, _WORDS))
_BY_LENGTH: Final = {
    size: tuple(word for word in _WORDS if len(word) == size) for size in range(_LONGEST_WORD + 1)
}
_LONGEST_TEXT: Final = 4_000
_LONG_NAME: Final = 20
_STOPS: Final = ",.;:!?"
_ENDINGS: Final = frozenset(
    {
        *(".csv", ".tsv", ".txt", ".vcf", ".vcard", ".ldif", ".xlsx", ".json", ".jsonl", ".zip"),
        *(".tar", ".tgz", ".gz", ".db"),
    }
)


class _Deal:
    """Deals stand-ins of one kind: each only once, in an order of its own.

    Args:
        pools: what a stand-in is put together from.
        made: the drawn parts to the stand-in.
    """

    def __init__(self, pools: Sequence[Sequence[str]], made: Callable[..., str]) -> None:
        self._pools, self._made = pools, made
        self.dealt: dict[str, str] = {}
        self._count = prod(map(len, pools))
        self._start = secrets.randbelow(self._count)
        self._step = next(
            step
            for step in iter(lambda: 1 + secrets.randbelow(self._count), 0)
            if gcd(step, self._count) == 1
        )
        self._next = 0
        self._dealing = Lock()  # readers, the writer and the screens ask

    def of(self, real: str) -> str:
        """The stand-in of a value; never the value itself."""
        found = self.dealt.get(real)
        if found is None:
            with self._dealing:
                while (found := self.dealt.get(real)) is None:
                    drawn = self._draw()
                    if fold(drawn) != fold(real):
                        self.dealt[real] = drawn
        return found

    def _draw(self) -> str:
        around, place = divmod(self._next, self._count)
        self._next += 1
        place = (self._start + place * self._step) % self._count
        parts = []
        for pool in self._pools:
            place, at = divmod(place, len(pool))
            parts.append(pool[at])
        return self._made(*parts) + (f" {around + 1}" if around else "")


class StandIns:
    """The stand-ins of one sitting; each method takes a real value and "" stays ""."""

    def __init__(self) -> None:
        self._salt = secrets.token_hex(16)
        self._people = _Deal((_FIRST, _LAST), "{} {}".format)
        self._long = _Deal((_FIRST, _FIRST, _LAST), "{} {} {}".format)
        self._firms = _Deal((_FIRMS, _KINDS), "{} {}".format)
        self._jobs = _Deal((_JOBS,), str)
        self._places = _Deal((_PLACES,), str)
        self._groups = _Deal((_GROUPS,), str)
        digits = tuple(map(str, range(10)))
        areas = tuple(map(str, range(201, 990)))
        # Numbers that nobody has: 555-0100 to 555-0199 of each area are kept for stories.
        self._phones = _Deal((areas, digits, digits), "+1 {} 555 01{}{}".format)
        self._links = _Deal((_WORDS[11:], _WORDS[11:], digits), "{}-{}-{}".format)
        self._marks = _Deal(
            (digits, digits, digits, digits, digits, digits), "·{}{}{}{}{}{}".format
        )
        self._mails: dict[str, str] = {}
        self._taken: set[str] = set()
        self._mailing = Lock()

    def person(self, real: str) -> str:
        """Another name, of three words for a long one."""
        if not real:
            return ""
        return (self._long if len(real) > _LONG_NAME else self._people).of(real)

    def firm(self, real: str) -> str:
        """Another firm."""
        return self._firms.of(real) if real else ""

    def job(self, real: str) -> str:
        """Another title."""
        return self._jobs.of(real) if real else ""

    def place(self, real: str) -> str:
        """Another city."""
        return self._places.of(real) if real else ""

    def group(self, real: str) -> str:
        """Another label."""
        return self._groups.of(real) if real else ""

    def dealt(self, real: str) -> str:
        """The city or firm that stands in for a value already; "" for none."""
        return self._places.dealt.get(real) or self._firms.dealt.get(real, "")

    def phone(self, real: str) -> str:
        """A number that nobody has."""
        return self._phones.of(real) if real else ""

    def mark(self, real: str) -> str:
        """A sign that is the same for the same value, where values are only compared."""
        return self._marks.of(real) if real else ""

    def slug(self, real: str) -> str:
        """Another name on a network."""
        return self._links.of(real) if real else ""

    def page(self, real: str) -> str:
        """Another page of the web."""
        return f"https://{self._links.of(real)}.example" if real else ""

    def mail(self, real: str, whose: str = "") -> str:
        """An address where no mail arrives.

        Args:
            real: the address.
            whose: the stand-in of whoever has it, if that is known.
        """
        if not real:
            return ""
        with self._mailing:
            if real not in self._mails:
                name = ".".join(fold(whose or self._people.of(real)).split())
                made, number = f"{name}@mail.example", 1
                while made in self._taken or made == real:
                    number += 1
                    made = f"{name}{number}@mail.example"
                self._taken.add(made)
                self._mails[real] = made
            return self._mails[real]

    def file(self, real: str | Path) -> Path:
        """Another path; its ending stays, as it says what kind of file it is."""
        ending = Path(real).suffix.lower()
        return Path(self.slug(str(real)) + (ending if ending in _ENDINGS else ""))

    def date(self, real: str) -> str:
        """Another day, known as far as the real one; age stays about what it was."""
        known = partial_dates.parse(real) if real else None
        if known is None:
            return self.text(real)
        chance = self._chance(str(known))
        year = max(1, known.year - chance.randint(1, 4)) if known.year else None
        month = 1 + (known.month + chance.randrange(11)) % 12 if known.month else None
        return str(
            partial_dates.PartialDate(year, month, chance.randint(1, 28) if known.day else None)
        )

    def text(self, real: str) -> str:
        """Words of about the same length, line by line."""
        if not real:
            return ""
        chance = self._chance(real)
        lines = (line.split(" ") for line in real[:_LONGEST_TEXT].split("\n"))
        made = "\n".join(" ".join(_word(word, chance) for word in line) for line in lines)
        return made if made != real and made.strip() else "…"

    def _chance(self, real: str) -> Random:
        seed = f"{self._salt} {real}".encode("utf-8", "surrogatepass")
        return Random(seed)  # noqa: S311 — salted; no key is made of it


def _word(real: str, chance: Random) -> str:
    bare = real.rstrip(_STOPS)
    if not bare:
        return real[:1]
    known = _BY_LENGTH[min(len(bare), _LONGEST_WORD)]
    return chance.choice(known) + (real[len(bare)] if len(bare) < len(real) else "")
