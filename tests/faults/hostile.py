"""Words that would command a terminal, in every field of real lists, and a book made of them."""

from __future__ import annotations

import csv
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from core.bus import Bus
from core.clock import FixedClock
from core.commands.log_talk import LogTalks, Talk
from core.commands.set_tier import SetTier
from core.commands.set_wait import SetWait
from core.text import visible
from importers.choices import Options
from importers.run import import_paths
from tests.book import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

PAYLOADS: Final[Mapping[str, str]] = {
    "title": "\x1b]0;PWNED\x07",
    "title, long": "\x1b]2;PWNED\x1b\\",
    "clipboard": "\x1b]52;c;UFdORUQ=\x07",
    "clipboard, asked": "\x1b]52;c;?\x1b\\",
    "link": "\x1b]8;;https://pwned.example\x1b\\x\x1b]8;;\x1b\\",
    "colours": "\x1b]4;1;rgb:00/00/00\x07\x1b]11;?\x07",
    "place": "\x1b[6n\x1b[c\x1b[>q\x1b[21t",
    "clear": "\x1b[2J\x1b[3J\x1b[5;8m",
    "mode": "\x1b[?1049l\x1b[?25h\x1b[?47l\x1b[4h",
    "reset": "\x1bc\x1b#8\x1b(0\x1b=",
    "program": "\x1bP$qm\x1b\\",
    "picture": "\x1b_Gi=31,s=1,v=1,a=q;AAAA\x1b\\",
    "message": "\x1b^PWNED\x1b\\\x1bXPWNED\x1b\\",
    "C1 sequence": "\x9b6n\x9b5;8m",
    "C1 title": "\x9d0;PWNED\x9c",
    "C1 program": "\x90$qm\x9c\x9fGi=1\x9c\x9ePWNED\x9c\x85",
    "override": "\u202egnp.exe\u202c\u202a\u202b\u202d",
    "isolate": "\u2066a\u2067b\u2068c\u2069\u200e\u200f\u061c",
    "unseen": "a\u200bb\u00adc\ufeffd\u2060e\u180e",
    "tags": "\U000e0041\U000e0042\U000e007f",
    "closing": "[/]",
    "click": "[@click=app.quit]x[/]",
    "markup link": "[link='https://pwned.example']x[/link]",
    "word": "Bob [work] Zed",
    "open": "[bold [red \\[ $primary {name} %s :smile:",
    "breaks": "a\nb\r\nc\rd\u2028e\u2029f\x0bg\x0ch",
    "controls": "n\0d\x7fb\x08\x08\x08l\x07s\x0e\x0f\x1a\x05",
    "long": "x" * 10_000,
    "accents": "e" + "\u0301" * 10_000,
    "wide": "\U0001f469\u200d\U0001f469\u200d\U0001f467" * 1_000,
    "halves": "lone \ud83d half \udc00",
}
"""What it would do, and the words that do it."""
LARGE: Final = frozenset({"long", "accents", "wide", "halves"})
BIDI: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
UNSEEN: Final = frozenset("\u200b\u00ad\ufeff\u2060\u180e") | {chr(0xE0000 + n) for n in range(128)}
FILE: Final = "l\x1b]0;PWNED\x07\x9b6n\u202e[@click=app.quit]x\nz"
"""What files of hostile lists are called, before their endings."""
REGION: Final = "CH"
FILED: Final = "Filed"
NEW: Final = "Fresh"
EVERYTHING: Final = "Everything"
"""What finds the person who has nearly every payload in a field of its own."""


class Hostile(NamedTuple):
    """The book, and lists to import."""

    book: Path
    google: Path
    vcards: Path
    broken: Path
    unknown: Path


def _google(path: Path, people: Iterable[str], firm: str) -> Path:
    kept = [what for what in PAYLOADS if what not in LARGE]
    headings = ["First Name", "Last Name", "Organization Name", "Organization Title", "Notes"]
    headings += ["Nickname", "Birthday", "Labels", "Address 1 - Label", "Address 1 - Formatted"]
    headings += ["Address 1 - City", "Own \x1b]0;PWNED\x07 heading"]
    for kind in ("E-mail", "Phone", "Website", "IM", "Event", "Relation"):
        headings += [f"{kind} 1 - {part}" for part in ("Label", "Value")]
    for number in range(1, len(kept) + 1):
        headings += [f"Custom Field {number} - {part}" for part in ("Label", "Value")]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        for what in people:
            bad = PAYLOADS[what]
            row = [bad, f"{FILED} {what}", f"{bad} {firm}", f"Title {bad}", f"Note {bad}"]
            everything = kept if what == "title" else []
            nick = EVERYTHING if everything else "Nick"
            row += [f"{nick} {bad}", f"1980 {bad}", f"Label {bad}", f"Place {bad}", f"At {bad}"]
            row += [f"City {bad}", f"Cell {bad}"]
            mail = f"{what.replace(' ', '.')}@example.com{bad}"
            for value in (mail, f"+1 202 {bad}", f"https://a.example/{bad}"):
                row += [f"Kind {bad}", value]
            row += [f"Service {bad}", f"me{bad}", f"Day {bad}", f"5 May {bad}", f"Kin {bad}", bad]
            for one in everything:
                row += [f"Field {PAYLOADS[one]}", f"Value {PAYLOADS[one]}"]
            writer.writerow(row)
    return path


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def _vcards(path: Path) -> Path:
    cards = []
    for what, payload in PAYLOADS.items():
        bad = _escaped(payload)
        cards.append(
            f"BEGIN:VCARD\r\nVERSION:3.0\r\nN:{NEW} {what};{bad};;;\r\nFN:{bad} {NEW} {what}\r\n"
            f"ORG:{bad} Firm;Unit {bad}\r\nTITLE:Title {bad}\r\nNOTE:Note {bad}\r\n"
            f"CATEGORIES:Label {bad}\r\nitem1.URL:https://b.example/{bad}\r\n"
            f"item1.X-ABLABEL:Kind {bad}\r\nTEL;TYPE=CELL:{bad}\r\nX-OWN:Own {bad}\r\n"
            f"EMAIL:{what.replace(' ', '.')}@b.example\r\nADR:;;Street {bad};City {bad};;;\r\n"
            f"BDAY:{bad}\r\nRELATED;TYPE=friend:{bad}\r\nEND:VCARD\r\n"
        )
    path.write_bytes("".join(cards).encode("utf-8", "surrogatepass"))
    return path


def _broken(path: Path) -> Path:
    """Cards of which most cannot be read, each for a reason that quotes it."""
    cards = ["BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Good\r\nTEL:079 1\r\nEND:VCARD\r\n"]
    for payload in PAYLOADS.values():
        bad = _escaped(payload)
        cards.append(f"BEGIN:VCARD\r\nVERSION:{bad}\r\n{bad}:x\r\nX{bad}\r\nEND:VCARD\r\n")
        cards.append(
            f"BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=k{bad};ENCODING=q{bad}:x\r\n"
            f"NOTE;ENCODING=BASE64:*{bad}\r\nBEGIN:{bad}\r\n{bad}\r\n"
        )
    path.write_bytes("".join(cards).encode("utf-8", "surrogatepass"))
    return path


def make(folder: Path) -> Hostile:
    """The book: everybody of one list filed, due and talked with; those of the other unsorted."""
    folder.mkdir(exist_ok=True)
    book = folder / "people.db"
    now = datetime.now(UTC)

    def bus(days: int) -> Bus:
        return Bus(book, clock=FixedClock(now - timedelta(days=days)), sitting="tests")

    filed = [what for what in PAYLOADS if what != "halves"]
    before = _google(folder / f"{FILE}.old.csv", filed, "Before")
    google = _google(folder / f"{FILE}.csv", filed, "After")
    vcards = _vcards(folder / f"{FILE}.vcf")
    broken = _broken(folder / f"{FILE}.broken.vcf")
    unknown = folder / f"{FILE}.bin"
    unknown.write_bytes(b"\0\1\2 nothing that anybody knows \x1b]0;PWNED\x07")
    options = Options(region=REGION)
    with closing(bus(200)) as old:
        import_paths(old, book, [before], options)
        everybody = tuple(row[0] for row in rows(book, "SELECT id FROM person_row ORDER BY id"))
        for who in everybody:
            old.run(SetTier((who,), "A"))
    with closing(bus(150)) as old:
        old.run(
            LogTalks(
                tuple(
                    Talk((who,), old.clock.today(), "mail", "in", f"way {bad}", f"Talk {bad}")
                    for who, bad in zip(everybody, map(PAYLOADS.get, filed), strict=True)
                )
            )
        )
    with closing(bus(40)) as old:
        until = old.clock.today() + timedelta(days=20)
        for who, what in zip(everybody[::2], filed[::2], strict=True):
            old.run(SetWait((who,), until, f"Why {PAYLOADS[what]}"))
    with closing(bus(3)) as old:
        import_paths(old, book, [google, vcards], options)
    return Hostile(book, google, vcards, broken, unknown)


def looks(what: str) -> tuple[str, ...]:
    """How a payload may begin where it is shown; whoever is named by it may have lost breaks."""
    if what == "halves":
        return ("lone ",)
    if what == "accents":
        return ("e" + "\u0301" * 4, "é" + "\u0301" * 4)
    if what == "breaks":
        return ("a⏎b", "a b")
    if what == "controls":
        return ("n\N{REPLACEMENT CHARACTER}d␡b␈␈",)
    return (visible(PAYLOADS[what])[: 3 if what == "wide" else 8],)


def in_home(folder: Path, settings: str) -> dict[str, str | None]:
    """The variables of a new home with these settings."""
    config = folder / "config" / "vitalfew"
    config.mkdir(parents=True)
    (config / "settings.toml").write_text(settings, "utf-8")
    return {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder / "config")}
