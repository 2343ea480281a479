"""What no address book is without: people twice, desks, scraps, and names that bite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.sample.somebody import Somebody, Work, born

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from tui.sample.names import Names, Numbers


def twice(today: date) -> Iterator[Somebody]:
    """People who stand in another list as well, a little differently; and some who only seem to.

    Args:
        today: birthdays are counted from it.
    """
    # The same person again.
    yield Somebody(
        "google", "Bob", "Smith", emails=("rob.smith@saltwickmarine.example",),
        phones=("+44 7700 900901",), labels=("Colleagues",), city="Bristol", tier="C",
        work=Work("Brandt & Voss Spedition", "Dispatcher"),
    )  # fmt: skip
    yield Somebody("android", "Juergen", "Mueller", phones=("0171 3920099",))
    yield Somebody(
        "linkedin", "Jürgen", "Müller", connected=3100,
        work=Work("Kielwerk Systems", "Software Engineer"),
    )  # fmt: skip
    yield Somebody(
        "linkedin", "Tobias", "Rehn", connected=1500, profile="tobiasrehn",
        work=Work("Elbreederei Rehn", "Geschäftsführer"),
    )  # fmt: skip
    yield Somebody(
        "linkedin", "Lukas", "Steiner", connected=620, profile="lukas-steiner-hafen",
        work=Work("Hafenkontor Digital", "CEO & Co-Founder"),
    )  # fmt: skip
    yield Somebody("iphone", "Lukas", "Hafenkontor", phones=("+49 171 3920098",))
    yield Somebody(
        "iphone",
        "Hanna",
        "O.",
        phones=("+44 7700 900001",),
        emails=("hanna@okaforadvisory.example",),
    )
    yield Somebody(
        "linkedin", "Hanna", "Okafor, MBA", connected=2600, profile="hannaokafor",
        work=Work("Okafor Advisory", "Independent Consultant"),
    )  # fmt: skip
    yield Somebody(
        "google", "Sofia", "Lindqvist", emails=("sofia.lindqvist@seemeile.example",),
        city="Göteborg", work=Work("Leuchtfeuer Media", "Journalist"),
    )  # fmt: skip
    yield Somebody("iphone", "Yusuf", "Bäckerei", phones=("+49 171 3920097",), note="opens 5:30")
    yield Somebody(
        "linkedin", "Ingrid", "Halvorsen", connected=410, work=Work("Fjordtråd AS", "CDO")
    )
    yield Somebody("google", "Wei", "Chen", emails=("chen.wei@cargolino.example",), city="上海")
    yield Somebody(
        "linkedin", "Benjamín", "Ortiz", connected=2900, profile="ben-ortiz-nyc",
        work=Work("Orbisline", "Senior Product Manager"),
    )  # fmt: skip
    yield Somebody("android", "Annika", "Brodersen", phones=("0171 3920096",))
    yield Somebody(
        "linkedin",
        "Yumiko",
        "Sato",
        connected=3300,
        work=Work("Blauwasser Analytics", "Researcher"),
    )
    yield from _moved_on(today)
    # Not the same person: she sells houses, the other one draws.
    yield Somebody(
        "google", "Anna", "Schmidt", emails=("a.schmidt@schmidtimmobilien.example",),
        phones=("+49 40 66969900",), city="Hamburg", work=Work("Schmidt Immobilien", "Inhaberin"),
        labels=("Neighbours",), circle="neighbours", every=120, most=3, last=64,
    )  # fmt: skip


def _moved_on(today: date) -> Iterator[Somebody]:
    """Of whom one list knows what the other does not know yet; and two who share a kitchen wall."""
    # One of them is years behind: another name, another day, another number.
    yield Somebody(
        "linkedin", "Katja", "Reimers", emails=("katja.woehler@woehler.example",), connected=2380,
        profile="katjawoehler", work=Work("Domkantorei Nord", "Chorleiterin"),
    )  # fmt: skip
    yield Somebody(
        "iphone", "Karin", "Lindgren", emails=("karin@lindgren.example",), city="Malmö",
        birthday=born(today, 117, 41),
    )  # fmt: skip
    yield Somebody(
        "iphone", "Tobi", "Rehn", emails=("tobias.rehn@elbreedereirehn.example",),
        phones=("0172 9925904",), birthday=f"-{born(today, 96, 55)[4:]}",
    )  # fmt: skip
    yield Somebody(
        "linkedin", "Anna", "Schmidt", connected=1750, profile="annaschmidt-grafik",
        work=Work("Uferstudio", "Art Director"),
    )  # fmt: skip
    # The same name in another town; and who answers that kitchen telephone?
    yield Somebody(
        "linkedin", "Ole", "Petersen", connected=1210, profile="ole-petersen-kapitaen",
        work=Work("Inselfähre", "Kapitän"),
    )  # fmt: skip
    yield Somebody("google", "Uwe", "Ivens", phones=("040 66969811",), city="Hamburg")
    yield Somebody("iphone", "", "Ivens", phones=("+49 40 66969811",))
    yield Somebody("android", "Grete", "Ivens", phones=("04066969811",))


def recruiters(names: Names, titles: Sequence[str]) -> Iterator[Somebody]:
    """Who connects with everybody."""
    for place, title in enumerate((*titles, *titles)):
        given, family = names.next(("english", "near", "southern")[place % 3])
        yield Somebody(
            "linkedin", given, f"{family} 🚀" if place == 2 else family,  # noqa: PLR2004 — one of them
            work=Work("", title), connected=20 + 71 * place,
        )  # fmt: skip


def desks() -> Iterator[Somebody]:
    """Mailboxes and firms that an address book picked up."""
    for address in (
        *(
            "info@hafenkontordigital.example",
            "no-reply@bahnticket.example",
            "jobs@wattgold.example",
        ),
        *("rechnung@stromhansa.example", "newsletter@seemeile.example", "office@quaineuf.example"),
        *(
            "support@kassenblitz.example",
            "info@kitaelbkinder.example",
            "bookings@hotelmole.example",
        ),
    ):
        yield Somebody("google", "", emails=(address,))
    for firm, mail in (
        ("Kita Elbkinder", "leitung@kitaelbkinder.example"),
        ("Stromhansa", ""),
        ("Hotel Mole 3", "rezeption@hotelmole.example"),
        ("Brückenwaage", ""),
    ):
        yield Somebody("google", "", emails=(mail,) if mail else (), work=Work(firm, ""))
    for place, firm in enumerate(
        ("Klempnerei Blohm", "Taxi Ottensen", "Zahnarztpraxis Dr. Ahrens")
    ):
        yield Somebody("iphone", "", phones=(f"+49 40 6696980{place}",), work=Work(firm, ""))


def scraps(numbers: Numbers) -> Iterator[Somebody]:
    """Entries of which only one value is left."""
    for _ in range(3):
        yield Somebody("android", "", phones=(numbers.mobile(home=True),))
    yield Somebody("iphone", "", phones=(numbers.fixed(),))
    for handle in ("telegram:lotse_hh", "signal:hummel.hummel", "twitter:kranfuehrerin"):
        yield Somebody("iphone", "", profile=handle)
    yield Somebody("google", "Mila Schule Sekretariat", phones=(numbers.fixed(),), note="Room 104")
    yield Somebody("google", "", emails=("h.u.m@post.example",))
    yield Somebody("android", "Handwerker nett", phones=(numbers.mobile(home=True),))
    yield Somebody("android", "NICHT RANGEHEN", phones=(numbers.fixed(),))


def hostile() -> Iterator[Somebody]:
    """Names that a careless program would obey, and one that no line can hold."""
    yield Somebody("google", "[/]", "Bauer [bold", emails=("bauer@post.example",))
    yield Somebody("google", "[@click=app.quit]x", emails=("x@post.example",))
    yield Somebody(
        "linkedin", "Mallory\x1b]0;gotcha\x07\x1b[31m", "\u202egnp.exe\u202c", latin="Mallory Exe",
        work=Work("Northwall Pallets", "Researcher"), connected=90,
    )  # fmt: skip
    yield Somebody(
        "google", "Maria del Carmen Guadalupe Inmaculada Concepción", "de Todos los Santos "
        "Fernández de Córdoba y Álvarez-Cienfuegos, vormals Freifrau von und zu Hohenfels-Rabenau",
        emails=("carmen@post.example",), work=Work("Terminal Sur", "Investor"),
    )  # fmt: skip
