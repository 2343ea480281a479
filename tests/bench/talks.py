"""A seeded mailbox and a seeded book of talks, of any size."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import accumulate
from typing import TYPE_CHECKING

from core.bus import Bus
from core.clock import stamp
from core.commands.store_talks import NewTalk, Part, StoreTalks, TalkTally
from core.queries import people as people_query
from core.storage import connect
from tests.bench import rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_WORDS = (
    "the a to of and we you it for on that this is was will can about next week talk meeting "
    "slides deck project budget plan draft call friday monday berlin zürich lunch coffee thanks "
    "please send see read look idea question answer agree later soon great fine über schön grüße "
    "straße größe café rené josé contract invoice offer price customer team train flight hotel"
).split()
_RARE = [f"{a}{b}{c}" for a in ("kar", "lum", "ven", "tos") for b in "aeiou" for c in ("dra", "x")]
_START = datetime(2016, 1, 4, 8, tzinfo=UTC)
_TALKED_WITH = 3_000


def sentences(chance: random.Random, words: int) -> str:
    """Words that look like what people write, a rare one now and then."""
    said = chance.choices(_WORDS, k=words)
    if chance.random() < 0.05:
        said[chance.randrange(words)] = chance.choice(_RARE) + str(chance.randrange(2_000))
    return " ".join(said)


def people(count: int) -> list[tuple[str, str]]:
    """Names and addresses."""
    return [(f"{row[0]} {row[2]}", row[9]) for row in rows.people(count, 3)]


def mails(count: int, seed: int = 5) -> Iterator[bytes]:
    """Mails as a mailbox holds them, with a body of some hundred words; one in eight is bulk."""
    chance = random.Random(seed)
    known = people(max(20, count // 40))
    me = "Nora Feldmann <nora@feldmann.example>"
    at = _START
    for number in range(count):
        at += timedelta(seconds=chance.randrange(60, 6_000))
        name, address = chance.choice(known)
        other = f"{name} <{address}>"
        writer, reader = (me, other) if chance.random() < 0.4 else (other, me)
        more = "List-Unsubscribe: <mailto:u@x.example>\n" if chance.random() < 0.125 else ""
        subject = sentences(chance, 5).encode("ascii", "ignore").decode()
        yield (
            f"From x@y.example {at:%a %b %d %H:%M:%S %Y}\n"
            f"Delivered-To: nora@feldmann.example\nReceived: by 2002:a05 with SMTP id x{number};\n"
            f"        {format_datetime(at)}\nMIME-Version: 1.0\nFrom: {writer}\nTo: {reader}\n"
            f"Date: {format_datetime(at)}\nSubject: {subject}\n"
            f"Message-ID: <{number}.{chance.randrange(10**9)}@mail.example>\n{more}"
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n"
            f"X-Mailer: some program 12.3\nX-Spam-Score: -1.2\n\n"
            + "\n".join(sentences(chance, 12) for _ in range(chance.randrange(3, 16)))
            + "\n\n"
        ).encode()


def write_mailbox(path: Path, count: int, seed: int = 5) -> Path:
    """Write an mbox file of that many mails."""
    with path.open("wb") as file:
        file.writelines(mails(count, seed))
    return path


def chat_lines(count: int, seed: int = 6) -> Iterator[str]:
    """A chat as a phone exports it; some messages are of several lines, some say but ok."""
    chance = random.Random(seed)
    at = _START
    left = count
    while left > 0:
        at += timedelta(seconds=chance.randrange(5, 900))
        who = "Nora Feldmann" if chance.random() < 0.45 else "Ada Wong"
        said = "ok" if chance.random() < 0.1 else sentences(chance, chance.randrange(2, 16))
        yield f"{at:%d/%m/%Y, %H:%M} - {who}: {said}\n"
        left -= 1
        if left and chance.random() < 0.05:
            yield f"{sentences(chance, 6)}\n"
            left -= 1


def write_chat(path: Path, count: int, seed: int = 6) -> Path:
    """Write a chat of that many lines."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(chat_lines(count, seed))
    return path


_SYLLABLES = (
    "ba be bi bo da de do fa ga go ha he ka ki ko la le lo ma me mo na ne ra re ro sa se ta to vü "
    "zö"
).split()


def vocabulary(count: int = 20_000) -> list[str]:
    """Words, the most frequent first; as in any language few are said often."""
    chance = random.Random(7)
    sizes = (1, 2, 2, 3, 3, 4)
    made = ("".join(chance.choices(_SYLLABLES, k=chance.choice(sizes))) for _ in range(2 * count))
    return list(dict.fromkeys(made))[:count]


def write_into(book: Path, count: int) -> None:
    """Write that many talks with three thousand of the people of a book, up to yesterday."""
    view = connect.view(book)
    known = [line for line in people_query.everybody(view) if line.email][:_TALKED_WITH]
    view.close()
    bus = Bus(book)
    parts = [(Part("email", line.email, "", line.name, "from"),) for line in known]
    bus.run(StoreTalks("mail", "", "Mail", ("mails",), "", _talks(count, parts), TalkTally()))
    bus.close()


def _talks(count: int, parts: Sequence[tuple[Part, ...]]) -> Iterator[NewTalk]:
    chance = random.Random(9)
    words = vocabulary()
    weights = list(accumulate(1 / (place + 3) for place in range(len(words))))
    gap = 2 * int((datetime.now(UTC) - timedelta(days=1) - _START).total_seconds()) // count
    at = _START
    for number in range(count):
        at += timedelta(seconds=chance.randrange(gap))
        said = " ".join(chance.choices(words, cum_weights=weights, k=chance.randrange(4, 40)))
        yield NewTalk(
            key=f"k{number}",
            kind="mail",
            at=stamp(at),
            day=at.date().isoformat(),
            zone="",
            direction="in" if number % 3 else "out",
            channel="mail",
            thread=f"t{number // 4}",
            subject="",
            text=said,
            seconds=0,
            parts=parts[int(chance.random() ** 2 * len(parts))],
        )


def searches() -> list[str]:
    """Words from frequent to rare, beginnings of words, several words, operators."""
    words = vocabulary()
    last = len(words) - 1
    alone = [words[place] for place in (0, 5, 30, 100, 400, 1_000, 3_000, 9_000, last // 2, last)]
    begun = [words[place][:4] for place in (300, 2_000, 9_000)]
    return [
        *("", "channel:mail", "on:2017-03", f"on:2017 {words[200]}", f"from:me {words[700]}"),
        *alone,
        *begun,
        *(f"{words[3]} {words[40]}", f"{words[100]} {words[900]}", f"{words[70]} -{words[3]}"),
        *(f"with:anna {words[50]}", "with:ben", f'"{words[2]} {words[9]}"'),
    ]
