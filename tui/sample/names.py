"""Names by the place they are from, and the firms, places and numbers of the sample book."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random


class Place(NamedTuple):
    """Given names, family names, cities of one part of the world."""

    given: str
    family: str
    cities: str


PLACES: Final[dict[str, Place]] = {
    "german": Place(
        "Anke Bernd Birgit Carsten Dörte Eike Frauke Gerrit Gesa Hauke Heike Henning Imke Inken "
        "Jörg Katrin Kerstin Lars Lena Malte Marlies Moritz Nele Niels Ole Petra Philipp Rüdiger "
        "Sabine Silke Sönke Stefan Thorsten Tjark Ute Volker Wiebke",
        "Albers Behrens Claußen Dierks Ehlers Fähnrich Gätjens Hansen Harms Ivens Janßen Köhler "
        "Lüders Mählmann Nissen Oltmanns Paulsen Quast Reimers Schröder Stüven Thießen Uhlig "
        "Vößing Wöhler Zühlke",
        "Hamburg Hamburg Hamburg Bremen Kiel Lübeck Berlin Rostock Hannover Köln",
    ),
    "english": Place(
        "Alice Callum Charlotte Fiona Gareth Hamish Imogen Jack Naomi Oliver Rhys Tamsin",
        "Ashdown Beckford Carmichael Ellery Fairweather Hargreave Llewellyn Mowbray Pemberton "
        "Ridley Thackeray Wetherby",
        "London Liverpool Felixstowe Glasgow Bristol",
    ),
    "french": Place(
        "Aurélie Benoît Chloé Élodie Fabrice Gaëlle Hervé Maëlys Noémie Rémi Thibault Zoé",
        "Beaulieu Chevallier Delacroix Fournier Girard Lefèvre Moreau Pelletier Rousseau Tréguier",
        "Paris Marseille Nantes Bruxelles",
    ),
    "polish": Place(
        "Agnieszka Bartosz Dorota Grzegorz Jolanta Kacper Małgorzata Paweł Stanisław Wojciech",
        "Dąbrowski Grabiec Jabłoński Kowalczyk Łukasik Pawlak Sikora Zieliński",
        "Gdańsk Gdynia Szczecin Poznań",
    ),
    "nordic": Place(
        "Åsa Bjørn Eskil Frida Gunnar Håkon Jukka Kirsten Lærke Maja Solveig Søren Torbjörn",
        "Aaltonen Bergström Dahl Engelbrektsen Håkansson Jørgensen Kjær Lindgren Nygård Østergaard",
        "Göteborg København Oslo Turku Malmö",
    ),
    "southern": Place(
        "Alessandra Beatriz Duarte Francesca Gonçalo Íñigo João Lucía Matteo Nuria Raúl Simone",
        "Almeida Bonfanti Carvalho Domínguez Esposito Ferreira Ibáñez Muñoz Pacheco Ricci Sousa",
        "Lisboa Genova Barcelona Porto Valencia",
    ),
    "near": Place(
        "Ayşe Bram Cem Daan Elif Femke Gökhan Joost Maartje Özlem Sander Tülay",
        "Aksoy de_Bruin Çelik Doğan Kaya van_Leeuwen Öztürk Verbeek van_der_Zee Yıldız",  # noqa: RUF001 — a Turkish name
        "Rotterdam Antwerpen İzmir Utrecht Hamburg",
    ),
}


class Foreign(NamedTuple):
    """A name in a script of its own: given, family, the same in ASCII, the city."""

    given: str
    family: str
    latin: str
    city: str


FOREIGN: Final = (
    Foreign("Мария", "Соколова", "Maria Sokolova", "Tallinn"),
    Foreign("Γιώργος", "Παπαδόπουλος", "Giorgos Papadopoulos", "Πειραιάς"),
    Foreign("静怡", "林", "Lin Jingyi", "高雄"),
    Foreign("健太", "中村", "Kenta Nakamura", "Kobe"),
    Foreign("민준", "김", "Kim Min-jun", "부산"),
    Foreign("서연", "박", "Park Seo-yeon", "Seoul"),
    Foreign("ليلى", "حداد", "Layla Haddad", "بيروت"),
    Foreign("عمر", "المنصوري", "Omar Al Mansoori", "Dubai"),
    Foreign("נועה", "לוי", "Noa Levy", "חיפה"),
    Foreign("प्रिया", "शर्मा", "Priya Sharma", "मुंबई"),
    Foreign("अर्जुन", "मेहता", "Arjun Mehta", "चेन्नई"),
)

FIRMS: Final = (
    *("Ankerwinkel", "Blauwasser Analytics", "Cargolino", "Dockmeister", "Fjordtråd"),
    *("Grünkern Labs", "Helvion Trucks", "Isarwerkstatt", "Kompassrobotik", "Leuchtfeuer Media"),
    *("Northwall Pallets", "Orbisline", "Pelikan & Söhne", "Quaymark", "Rotorfeld", "Seemeile"),
    *("Tidewater Ledger", "Uferstudio", "Vierlanden Kost", "Wattgold", "Zephyrline"),
    *("Tramontana Carga", "Bosphor Depo", "Żuraw Logistyka", "Kaiserspeicher", "Möwe & Partner"),
    *("Brückenwaage", "Saltwick Marine", "Terminal Sur", "Quai Neuf", "Lotsenhaus Software"),
)
FORMER: Final = ("Brandt & Voss Spedition", "Kielwerk Systems", "Nordlicht Beratung")
CLIENTS: Final = (
    *("Hafenkontor Digital", "Elbreederei Rehn", "Ostsee Fährdienst", "Lumenfracht"),
    *("Albion Boxes", "Porto Alto Terminals"),
)
TITLES: Final = (
    *("Head of Operations", "Product Manager", "Data Analyst", "Fleet Planner", "Terminal Manager"),
    *("Procurement Lead", "Founder", "Managing Director", "Key Account Manager", "Researcher"),
    *("Customs Specialist", "Software Engineer", "Project Lead", "Sustainability Officer"),
    *("Head of Sales", "HR Business Partner", "Journalist", "Investor", "Sales Manager EMEA"),
)
RECRUITERS: Final = (
    *("Talent Partner", "Executive Search Consultant", "Growth Hacker | I help founders scale"),
    *("Life & Business Coach", "Wealth Advisor", "Crypto Evangelist"),
)
_PARTICLES: Final = "_"
_SERIES: Final = 99  # +49 171 3920099 is given out by hand


class Names:
    """Names that are given out once each."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self._left: dict[str, Iterator[tuple[str, str]]] = {}

    def next(self, place: str) -> tuple[str, str]:
        """A given and a family name of a place that nobody has yet."""
        if place not in self._left:
            words = PLACES[place]
            pairs = list(product(words.given.split(), words.family.split()))
            self.dice.shuffle(pairs)
            self._left[place] = iter(pairs)
        given, family = next(self._left[place])
        return given, family.replace(_PARTICLES, " ")

    def any_place(self) -> str:
        """A part of the world, mostly the owner's own."""
        return self.dice.choices(list(PLACES), weights=[9, 2, 2, 2, 3, 3, 2])[0]

    def city(self, place: str) -> str:
        """One of the cities of a place."""
        return self.dice.choice(PLACES[place].cities.split())


class Numbers:
    """Telephone numbers that are kept free for films and books, given out one by one."""

    def __init__(self) -> None:
        self._count: dict[str, int] = {}

    def _next(self, kind: str) -> int:
        self._count[kind] = self._count.get(kind, 0) + 1
        return self._count[kind]

    def mobile(self, place: str = "german", *, home: bool = False) -> str:
        """A mobile number as people write it; `home` without the country, as the old phone did."""
        if place == "english":
            return f"+44 7700 900{self._next('uk'):03}"
        if place == "french":
            return f"+33 6 39 98 {self._next('fr') // 100:02} {self._count['fr'] % 100:02}"
        if place == "nordic":
            return f"+46 70 174 06 {self._next('se') + 5:02}"
        count = self._next("de")
        series = ("171", "39200") if count < _SERIES else ("176", "040690")
        lead, number = series[0], f"{series[1]}{count % _SERIES:02}"
        return f"0{lead} {number}" if home else f"+49 {lead} {number}"

    def fixed(self, place: str = "german") -> str:
        """A number on somebody's desk or kitchen wall."""
        if place == "english":
            return f"+44 20 7946 0{self._next('london'):03}"
        if place == "american":
            return f"+1 212-555-01{self._next('us'):02}"
        if place == "berlin":
            return f"+49 30 23125{self._next('berlin'):03}"
        return f"+49 40 66969{self._next('hamburg'):03}"
