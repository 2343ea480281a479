"""The people the owner would name without a list; their talks are written out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.sample.somebody import Promised, Somebody, Wait, Work, address, born

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from tui.sample.names import Numbers


def vital(today: date, numbers: Numbers) -> Iterator[Somebody]:
    """The twelve of tier A.

    Args:
        today: the day the book is made for: birthdays and delays are counted from it.
        numbers: gives each a telephone number.
    """
    yield Somebody(
        "google", "Mateusz", "Wiśniewski", emails=("mateusz@wisniewscy.example",),
        phones=(numbers.mobile(),), city="Gdańsk", birthday=born(today, 0, 43),
        work=Work("Żuraw Logistyka", "Shipbuilder"), labels=("Friends", "University"),
        circle="university", every=24, last=140, tier="A", said="""
17 call = His father is out of hospital; they will come to Hamburg, all five
38 message < Sent the sauna he built: it leans, but it is hot
59 call = His father fell; flies home tonight, I keep the dog
83 message > Asked about the yard: half of them on short time
110 visit = Three days in Gdańsk. Mila speaks Polish to the dog now""",
    )  # fmt: skip
    camille = "camille.laurent@laurent.example"
    yield Somebody(
        "linkedin", "Camille", "Laurent", emails=(camille,), profile="camillelaurent",
        work=Work("Lumenfracht", "Head of Operations"), was=Work("Quai Neuf", "Terminal Manager"),
        connected=2190, circle="clients", every=22, last=124, tier="A", said="""
19 mail < Cannot say more yet, but keep a month free for me
41 call = Quai Neuf will not renew; she is looking, quietly
58 meeting = Dinner in Le Havre; her team is the reason it runs, not the system
77 mail > Sent her the gate figures before anybody else saw them
101 mail < Asks how other terminals pay their planners""",
    )  # fmt: skip
    yield Somebody(
        "google", "Tobias", "Rehn", emails=(address("Tobias Rehn", "Elbreederei Rehn"),),
        phones=(numbers.mobile(), numbers.fixed()), city="Hamburg", labels=("Clients",),
        work=Work("Elbreederei Rehn", "Managing Director"), birthday=born(today, 96, 55),
        circle="clients", every=16, last=107, tier="A", said="""
30 mail < Likes the pilot, wants it on the two small ships first
37 meeting = Breakfast on board the Annegret; the captain asked the best questions
52 mail > Two pages on what a pilot needs from him: one person, one day a week
66 call = His father still signs everything; the old man must see it first
89 meeting = Met the old man. He counts ships by looking out of the window""",
    )  # fmt: skip
    yield Somebody(
        "google", "Yusuf", "Demir", nickname="Yuyu", emails=("yusuf.demir@demir.example",),
        phones=(numbers.mobile(),), city="Hamburg", birthday=born(today, 5, 42),
        labels=("Friends", "* starred"), circle="friends", every=14, last=80, tier="A", said="""
23 message < The bakery is his! Opens before six, we must come in our pyjamas
28 call = Bank says yes if his brother signs too
46 meeting = Tasted eleven kinds of simit in his kitchen. Number four
63 call = Scared of the loan; made a list with him, scared of half of it""",
    )  # fmt: skip
    yield Somebody(
        "google", "Hanna", "Okafor", emails=("hanna@okaforadvisory.example",),
        phones=(numbers.mobile("english"),), city="London", labels=("Friends", "Colleagues"),
        work=Work("Okafor Advisory", "Consultant"), birthday=born(today, 141, 44),
        circle="friends", every=9, last=14, tier="A", said="""
3 call = Shared the Lisbon offer; she takes the customs part if I get it
8 message > Sent her my day rates, she raises hers""",
    )  # fmt: skip
    yield Somebody(
        "google", "Lukas", "Steiner", emails=(address("Lukas Steiner", "Hafenkontor Digital"),),
        phones=(numbers.mobile(), numbers.fixed()), city="Hamburg", labels=("Clients",),
        work=Work("Hafenkontor Digital", "CEO"), circle="clients", every=8, last=12, tier="A",
        said="""
2 meeting = Second phase signed; wants me at the staff meeting, not only the slides
5 mail > Offer for the second phase, as he asked: one page""",
    )  # fmt: skip
    yield Somebody(
        "google", "Priya", "Raman", prefix="Dr.", emails=("priya.raman@raman.example",),
        city="Zürich", work=Work("Helvion Trucks", "Board member"), labels=("Mentors",),
        birthday=born(today, 203, 61), circle="colleagues", every=30, last=47, tier="A", said="""
12 call = Told me to say no to one client this year; did not say which""",
    )  # fmt: skip
    yield Somebody(
        "linkedin", "Dieter", "Vogt", emails=(address("Dieter Vogt", "Ostsee Fährdienst"),),
        work=Work("Ostsee Fährdienst", "Chairman of the Supervisory Board"), connected=4015,
        profile="dieter-vogt-faehre", circle="clients", every=18, last=27, tier="A",
        promised=(Promised("me", "the spring roster", 6, 1),), said="""
6 mail < The works council is on our side, thanks to the night shift data""",
    )  # fmt: skip
    yield Somebody(
        "google", "Elena", "Marchetti", city="Genova", labels=("Clients",),
        emails=(address("Elena Marchetti", "Porto Alto Terminals"),),
        work=Work("Porto Alto Terminals", "Commercial Director"),
        birthday=born(today, 60, 48), circle="clients", every=20, last=44, tier="A",
        wait=Wait(25, 12, "after her board meeting"), said="""
25 mail < Loves it, cannot decide before the board has met""",
    )  # fmt: skip
    yield Somebody(
        "linkedin", "Sofia", "Lindqvist", emails=(address("Sofia Lindqvist", "Seemeile"),),
        profile="sofialindqvist", work=Work("Seemeile", "Editor in chief"), connected=1460,
        circle="conference", every=33, last=52, tier="A", said="""
15 mail < Wants 900 words on slot booking, by the end of next month
16 mail > Offered the piece about the six o'clock queue""",
    )  # fmt: skip
    yield Somebody(
        "iphone", "Svenja", "Feldmann-Ruiz", phones=(numbers.mobile(),), nickname="Sveni",
        emails=("svenja@feldmannruiz.example",), city="Valencia", birthday=born(today, 167, 39),
        circle="family", every=15, last=47, tier="A", said="""
9 call = They stay in Valencia. I was less brave about it than I wanted to be
16 message < Max has his papers; the flat by the market is theirs if they want it
24 call = Mama on the line too, all three talking, nobody listening
31 message > Photo of Mila in her old raincoat, it fits""",
    )  # fmt: skip
    yield Somebody(
        "iphone", "Ulrike", "Feldmann", nickname="Mama", phones=(numbers.mobile(), numbers.fixed()),
        city="Lüneburg", birthday=born(today, 34, 71), circle="family", every=10, last=26, tier="A",
        said="""
4 call = New tablet: she wants to see Mila when she calls. We set it up together
11 visit = Lüneburg for the day; cleared the cellar, found Papa's chess clock
18 call = Eye doctor says next year, not before. She would rather have it done""",
    )  # fmt: skip


def near(today: date, numbers: Numbers) -> Iterator[Somebody]:
    """The eighteen of tier B; arguments as in `vital`."""
    yield Somebody(
        "google", "Ingrid", "Halvorsen", emails=(address("Ingrid Halvorsen", "Fjordtråd"),),
        city="Oslo", work=Work("Fjordtråd", "Chief Digital Officer"), labels=("Prospects",),
        circle="conference", every=70, last=190, tier="B",
        wait=Wait(45, 0, "back from leave: ask about the pilot"),
        promised=(Promised("them", "the berth times of Oslo", 61, -10),), said="""
48 mail < On leave until then; her deputy only says no
61 meeting = Met in Oslo, an hour; she draws while she thinks, good drawings
75 mail > Sent the Kiel case, as promised on the panel
118 meeting = Same panel in Bremen; the only one who answered the question""",
    )  # fmt: skip
    yield Somebody(
        "google", "Ben", "Ortiz", emails=("ben@ortiz.example",), city="New York",
        phones=(numbers.fixed("american"),), labels=("University",),
        work=Work("Orbisline", "Product Manager"),
        birthday=born(today, 250, 42), circle="university", every=55, last=220, tier="B", said="""
71 mail > Asked again; a parcel for the crib is on its way
79 mail > Congratulated; what is she called?
88 message < Became a father, sends one blurry foot
91 message > Asked whether there is news yet
96 call = They have a crib, a pram and no name. I voted for Ada
133 mail < Orbisline moves him to New York for good; the Elbe is too flat anyway
170 meeting = His last evening here, on the pontoon, with everybody""",
    )  # fmt: skip
    yield Somebody(
        "linkedin", "Marek", "Hrubý", emails=(address("Marek Hruby", "Rotorfeld"),),
        work=Work("Rotorfeld", "VP Ports & Terminals"), connected=900, profile="marekhruby",
        was=Work("Rotorfeld", "Project Lead"), corrected="Head of Port Projects",
        circle="clients", every=50, last=118, tier="B", said="""
64 call = Budget is for the year after next; stay in his ear""",
    )  # fmt: skip
    yield Somebody(
        "google", "Annika", "Brodersen", emails=("annika.brodersen@brodersen.example",),
        phones=(numbers.mobile(),), city="Kiel", labels=("School", "Friends"), circle="school",
        birthday=born(today, 78, 42), every=45, last=110, tier="B", said="""
60 call = Her school has no music teacher; asked whether Jonas would""",
    )  # fmt: skip
    yield Somebody(
        "google", "Graham", "Wetherby", emails=(address("Graham Wetherby", "Albion Boxes"),),
        phones=(numbers.fixed("english"),), city="Felixstowe", labels=("Clients",),
        work=Work("Albion Boxes", "Operations Director"), circle="clients", every=26, last=44,
        tier="B", promised=(Promised("me", "an honest yes or no", 18, 6),), said="""
18 call = Wants the same as Tobias, only bigger. Promised him an honest no if it is one""",
    )  # fmt: skip
    yield Somebody(
        "linkedin", "Robert", "Smith", emails=("rob.smith@saltwickmarine.example",),
        work=Work("Saltwick Marine", "Fleet Planner"), profile="robertsmith-saltwick",
        connected=1300, circle="colleagues", every=70, last=40, tier="B",
    )  # fmt: skip
    yield Somebody(
        "google", "Jürgen", "Müller", emails=("juergen@muellers.example",), city="Bremen",
        phones=("+49 171 3920099",), labels=("Colleagues",),
        work=Work("Kielwerk Systems", "Software Engineer"),
        birthday=born(today, 301, 58), circle="colleagues", every=48, last=31, tier="B",
    )  # fmt: skip
    yield Somebody(
        "google", "Anna", "Schmidt", emails=("anna.schmidt@uferstudio.example",), city="Berlin",
        phones=(numbers.fixed("berlin"),), work=Work("Uferstudio", "Designer"),
        labels=("Colleagues",), birthday=f"-{born(today, 147, 40)[4:]}",
        circle="colleagues", every=42, last=22, tier="B",
    )  # fmt: skip
    yield Somebody(
        "google", "Karin", "Lindgren", emails=("karin@lindgren.example",), city="Malmö",
        phones=(numbers.mobile("nordic"),), labels=("Friends",), birthday=born(today, 118, 41),
        circle="friends", every=30, last=36, tier="B",
    )  # fmt: skip
    yield Somebody(
        "linkedin", "Олексій", "Коваленко", latin="Oleksii Kovalenko",
        emails=("o.kovalenko@bosphordepo.example",), profile="oleksii-kovalenko", connected=2400,
        work=Work("Bosphor Depo", "Terminal Manager"), circle="conference", every=38, last=27,
        tier="B",
    )  # fmt: skip
    yield Somebody(
        "google", "由美子", "佐藤", latin="Yumiko Sato", city="Tokyo", labels=("University",),
        emails=("yumiko.sato@sato.example",), work=Work("Blauwasser Analytics", "Researcher"),
        circle="university", every=52, last=33, tier="B",
    )  # fmt: skip
    yield Somebody(
        "linkedin", "Beatriz", "Nogueira", emails=(address("Beatriz Nogueira", "Terminal Sur"),),
        work=Work("Terminal Sur", "Procurement Lead"), profile="beatriz-nogueira", connected=130,
        tier="B",
    )  # fmt: skip
    yield Somebody(
        "google", "Henrik", "Sommer", emails=("henrik@sommer.example",), phones=(numbers.mobile(),),
        city="Hamburg", labels=("Club",), birthday=born(today, 2, 50), circle="club", every=14,
        last=5, tier="B",
    )  # fmt: skip
    yield Somebody(
        "google", "Claire", "Beaulieu", emails=("claire@beaulieu.example",), city="Nantes",
        phones=(numbers.mobile("french"),), labels=("Friends",), birthday=born(today, 188, 40),
        circle="friends", every=41, last=19, tier="B",
    )  # fmt: skip
    yield Somebody(
        "linkedin", "Wiebke", "Tiedemann", profile="wiebketiedemann",
        emails=(address("Wiebke Tiedemann", "Hafenkontor Digital"),),
        work=Work("Hafenkontor Digital", "Head of Product"),
        connected=510, circle="clients", every=12, last=7, tier="B",
    )  # fmt: skip
    yield Somebody(
        "linkedin", "Arne", "Achterberg", emails=(address("Arne Achterberg", "Ostsee Fährdienst"),),
        work=Work("Ostsee Fährdienst", "IT Director"), profile="aachterberg", connected=340,
        circle="clients", every=15, last=10, tier="B",
    )  # fmt: skip
    yield Somebody(
        "iphone", "Karl", "Feldmann", nickname="Onkel Kalle", phones=(numbers.fixed(),),
        city="Stade", birthday=born(today, 220, 77), circle="family", every=34, last=21, tier="B",
    )  # fmt: skip
    yield Somebody(
        "iphone", "Merle", "Thießen", emails=("merle@thiessen.example",), city="Hamburg",
        phones=(numbers.mobile(),), labels=("Friends",), birthday=born(today, 271, 43),
        circle="friends", every=14, last=36, tier="B",
    )  # fmt: skip


def kept(today: date, numbers: Numbers) -> Iterator[Somebody]:
    """Some of tier C whom the owner remembers for a reason; arguments as in `vital`."""
    yield Somebody(
        "linkedin", "Rafael", "Teixeira", work=Work("Seemeile", "Correspondent"),
        was=Work("Tramontana Carga", "Press Officer"), profile="rafaelteixeira", connected=1000,
        circle="conference", every=120, most=2, last=140,
    )  # fmt: skip
    yield Somebody(
        "linkedin", "陈伟", latin="Chen Wei", emails=("chen.wei@chenwei.example",), connected=800,
        profile="chenwei-ports", work=Work("Orbisline", "Founder"), circle="conference", every=90,
        was=Work("Cargolino", "Head of Asia"), last=150, tier="C", said="""
75 mail < Sends the Shanghai turn times, asks for ours""",
    )  # fmt: skip
    yield Somebody(
        "linkedin", "Fiona", "Kerr", work=Work("Isarwerkstatt", "Head of Sales"),
        was=Work("Albion Boxes", "Key Account Manager"), profile="fionakerr", connected=700,
        circle="clients", every=60, most=3, last=88,
    )  # fmt: skip
    yield Somebody(
        "google", "Ole", "Petersen", phones=(numbers.mobile(),), city="Hamburg", labels=("School",),
        birthday=born(today, 1, 42), circle="school", every=150, last=95, tier="C",
    )  # fmt: skip


def waiting(today: date, numbers: Numbers) -> Iterator[Somebody]:
    """Unsorted yet, though much speaks for them: the top of the queue; arguments as in `vital`."""
    yield Somebody(
        "iphone", "Gisela", "Brandes", nickname="Tante Gisela", phones=(numbers.fixed(),),
        city="Lüneburg", birthday=born(today, 47, 74), labels=("Family",), circle="family",
        every=29, last=26, said="""
13 call = Sells the caravan, wants it to stay in the family. Not to us, I hope""",
    )  # fmt: skip
    yield Somebody(
        "iphone", "Max", "Ruiz", emails=("max@feldmannruiz.example",), phones=(numbers.mobile(),),
        city="Valencia", labels=("Family",), circle="family", every=33, last=40,
    )  # fmt: skip
    yield Somebody(
        "iphone", "Katja", "Wöhler", emails=("katja.woehler@woehler.example",), city="Hamburg",
        phones=(numbers.mobile(),), birthday=born(today, 19, 43), labels=("Friends",),
        circle="friends", every=19, last=24, said="""
14 meeting = Her choir in the crypt; cried at the Rheinberger, both of us""",
    )  # fmt: skip
    yield Somebody(
        "google", "Ελένη", "Νικολάου", latin="Eleni Nikolaou", city="Θεσσαλονίκη",
        emails=("eleni.nikolaou@nikolaou.example",), labels=("University", "Friends"),
        birthday=born(today, 155, 42), circle="university", every=40, last=30,
    )  # fmt: skip
    yield Somebody(
        "google", "Lea 🌻", "Brandt", emails=("lea@leabrandt.example",), phones=(numbers.mobile(),),
        city="Hamburg", labels=("* starred",), circle="neighbours", every=21, last=8, said="""
5 visit = Has our key now, we have hers; her cat has both""",
    )  # fmt: skip
    yield Somebody(
        "linkedin", "Omar", "Hakimi", emails=("omar.hakimi@quaymark.example",), connected=75,
        work=Work("Quaymark", "Managing Director"), profile="omarhakimi", said="""
11 mail < Saw the article, asks whether I do this for inland ports too
10 mail > I do; offered two dates for a call
9 mail < Takes the second one, brings his planner""",
    )  # fmt: skip
    yield Somebody(
        "google", "Josefine", "Albers", emails=("josefine.albers@brandtvossspedition.example",),
        phones=(numbers.mobile(),), city="Hamburg", labels=("Colleagues",), circle="colleagues",
        work=Work("Brandt & Voss Spedition", "HR Business Partner"), every=64, most=6, last=37,
    )  # fmt: skip
