"""What came by mail, telephone and networks: letters and chats in the words of who wrote them."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from tui.sample.somebody import Somebody

Way = Literal["mail", "sms", "whatsapp", "linkedin"]

_SPREAD: Final = 3  # hours within which somebody writes
_PAUSE: Final = 7  # minutes from one line of a day to the next


class Chat(NamedTuple):
    """All that was said to and fro with one person in one place.

    Attributes:
        way: the place.
        name: of somebody in the cast, in ASCII where the script is another one; or of nobody.
        hour: of the day, from which on they write.
        lines: ``days-ago <|> text``, the oldest first; ``<`` they wrote, ``>`` the owner did.
        address: of who stands in no list; "" for the cast.
        about: what letters are about.
    """

    way: Way
    name: str
    hour: int
    lines: str
    address: str = ""
    about: str = ""


class Line(NamedTuple):
    """One of its lines: when, whether the owner wrote it, what."""

    at: datetime
    mine: bool
    text: str


CHATS: Final = (
    Chat("whatsapp", "Mateusz Wiśniewski", 19, """
71 < The hull is turned. Forty men, two cranes, one priest
71 > Did the priest push?
66 < He held the thermos. Are you coming in the spring?
66 > If there is a bed for the dog
52 < There is a bed for the dog, you sleep in the sauna
52 > Which sauna?
45 < The one I start on Saturday
31 < Do you know what a cubic metre of larch costs?
31 > No. Do I want to?
26 < No. How is Mila's wobbly tooth?
26 > Out. Swallowed. She wrote to the tooth fairy to explain"""),
    Chat("whatsapp", "Yusuf Demir", 4, """
68 < Up already. Looking at ovens on the internet
61 < Oven found. Third hand, from Bremerhaven
61 > Does it fit through the door?
54 < It does not fit through the door
47 < Door is wider now
47 > And the landlord?
40 < Gets simit for life
40 > Then I want to be your landlord
33 < Test run tomorrow at four, who is awake?
33 > Nobody, Yuyu. I will come at seven
26 < You missed number five. Sesame on both sides!"""),
    Chat("whatsapp", "Svenja Feldmann-Ruiz", 19, """
61 < Lift is broken again, fourth floor, two prams
54 < Max passed B2!!!
54 > Tell him in Spanish that I am proud of him
47 < Mama says you look thin. I said it was the camera
47 > It was the soup she did not bring
40 < Can you send the paper with Papa's stamp on it?
40 > Scanned, in your mail, four pages
33 < You are my favourite sister
33 > I am your only sister
27 < Still"""),
    Chat("sms", "Ulrike Feldmann", 8, """
62 < Good morning, did you arrive well? Mama
62 > Yes, in bed by ten
55 < The plums are ripe, who shall eat all this
48 < Eleven jars are standing here for you. Mama
48 > We come on Sunday with empty boxes
41 < The man for the heating was here, he wants six hundred euros
41 > Pay nothing, I call him
34 < You called him! He was very friendly all of a sudden
27 < Aunt Gisela wants to sell the caravan. What does one say to that?
27 > One says oh"""),
    Chat("sms", "Henrik Sommer", 17, """
72 < Boat four is out of the water, seam at the bow
65 < Sat 8:30, fours, are you in?
65 > In. I bring the tape
51 < Wind 5, we row on the canal
51 > Coward. In
44 < Who has the key to the shed
44 > You, Henrik
37 < I have the key to the shed
23 < Ratzeburg: we got lane one, the one with the reeds
23 > I will bring a scythe"""),
    Chat("sms", "Claire Beaulieu", 12, """
83 < Are you alive? C.
83 > In a port. So, half
69 < I have read it. I cried at page 200, you?
69 > Page 12
55 < The little one says Feldmann to every dog now
48 < In Hamburg in spring for three days, keep me the sofa
48 > The sofa waits
34 < Also the cake
27 < Quiet lunch here. You would hate it, nobody argues"""),
    Chat("mail", "Dieter Vogt", 6, """
58 < Mrs Feldmann, the board meets on the 14th. Two pages, please, no slides.
58 > Two pages, no slides. You have them on Monday.
51 < Received. Page two is better than page one.
44 < Who counted the night shift? The works council asks.
44 > I did, four nights, with a thermos. The sheet is attached.
37 < They believe you. They do not believe us.
30 < Would you explain it to them yourself?
30 > Gladly, if Mr Achterberg is there too.
23 < He will be.""", about="Night shift"),
    Chat("mail", "Graham Wetherby", 8, """
75 < Nora, who do I talk to about gate two?
75 > Me. Then your foreman, then me again.
61 < Foreman talked to. He wants it yesterday.
47 < Board wants a number, any number.
47 > Then they get the wrong one. Give me two weeks.
40 < Two weeks given.
33 < How did Tobias get it past his father?
33 > He showed him a ship that was on time.
26 < We have none of those. Call me on the landline.""", about="Gate two"),
    Chat("mail", "Elena Marchetti", 15, """
80 < Dear Nora, the yard plan as promised, in Italian, sorry.
80 > Understood two thirds; the drawings are beautiful.
66 < My colleague asks what happens when the crane stands still.
66 > The same as now, but everybody knows why.
59 < He laughed, which is rare.
45 < Can you make it two phases? The second one small.
45 > Yes. Attached, with a small second one.
38 < Perfetto. I read it on the train.
31 < Last question: who trains the night shift?
31 > I do, at night.""", about="Piano del piazzale"),
    Chat("mail", "Wiebke Tiedemann", 10, """
70 < The gate screen is live for us two, log in and break it
70 > Broke it: a lorry with two trailers
63 < Two trailers fixed, what else?
49 < Do drivers read German, Polish or pictures?
49 > Pictures
42 < Pictures it is. Lukas wants a logo on them
42 > Small
35 < Small it is
28 < Users: 40 drivers, complaints: 2, both about the coffee""", about="The gate screen"),
    Chat("linkedin", "Oleksii Kovalenko", 21, """
90 < Hello Nora, good panel. We count truck turns by hand here, 600 a day
90 > By hand is fine. Which hour is the worst?
76 < All of them :) but 17:00
62 < We tried your slots with one gate, with paper tickets
62 > Paper is a very good prototype
55 < The paper works! The drivers sell the tickets
41 < Now with names on the tickets
41 > And?
34 < Now they marry into the families with good slots"""),
    Chat("linkedin", "Marek Hrubý", 8, """
120 < Thanks for the connection, we met at the coffee in Bremen
120 > The one with the broken machine, I remember
106 < Do you work for rail ports as well?
106 > For anything with a queue before it
99 < We have a queue. When may I call?
92 < Call was useful, my boss wants to hear the same from you
92 > The same, slower
85 < He heard it. He asks for a number
85 > A small one first
78 < Not before the budget, I am afraid"""),
    Chat("mail", "Renate Kallweit", 9, """
66 < Dear Ms Feldmann, would you teach one day in our course on port planning?
65 > With pleasure, if it may be a day at a gate and not in a room.
51 < The gate is agreed, 22 students, helmets are ours.
24 < They still speak of it. Again in spring?
23 > Again in spring.""", "r.kallweit@elbakademie.example", "A day at the gate"),
    Chat("sms", "Frau Petri Hort", 14, """
57 < Mila has a temperature, can somebody come?
57 > My husband is on his way
29 < Pancake day on Friday, we need two kilos of flour
29 > Flour is with us
15 < Has Mila's yellow boot come home?""", "+49 176 04069097"),
    Chat("linkedin", "Aroha Ngata", 7, """
48 < Your piece on the six o'clock queue is on our wall in Tauranga
47 > Then I would like a photo of that wall
46 < Sent. Do you ever travel this far?
38 > Not yet. Which month has the worst queue?""", "aroha-ngata-ports"),
)  # fmt: skip


def lines(chat: Chat, today: date, upto: int) -> Iterator[Line]:
    """What was said in a chat, the oldest first.

    Args:
        chat: which.
        today: days are counted back from it; hours are by the clock of this machine.
        upto: days ago of the last that is told.
    """
    place, last = 0, 0
    for written in chat.lines.strip().splitlines():
        ago, arrow, text = written.split(" ", 2)
        place, last = (place + 1, int(ago)) if int(ago) == last else (0, int(ago))
        if last < upto:
            return
        day = today - timedelta(days=last)
        hour = time(chat.hour + last % _SPREAD, 3 + _PAUSE * place, last % 60)
        yield Line(datetime.combine(day, hour).astimezone(), arrow == ">", text)


def of(way: Way) -> Iterator[Chat]:
    """The chats of one place."""
    return (chat for chat in CHATS if chat.way == way)


def ways(people: Sequence[Somebody]) -> dict[int, str]:
    """The networks of those who chat, by their place in the cast."""
    chatting = {id(whose(chat, people)): chat.way for chat in CHATS if chat.way != "mail"}
    return {place: chatting[id(one)] for place, one in enumerate(people) if id(one) in chatting}


def whose(chat: Chat, people: Iterable[Somebody]) -> Somebody | None:
    """Who of the cast a chat is with: the first of that name; None for who stands in no list."""
    called = (one for one in people if chat.name in {one.latin, f"{one.given} {one.family}"})
    return None if chat.address else next(called)
