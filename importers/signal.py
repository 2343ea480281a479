"""Signal, as the program signal-export writes it: a folder a chat, with text and data."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from core.errors import VitalfewError
from core.rules import kinds
from core.text import fold
from importers.charset import charset, text_of
from importers.decode import clean
from importers.left_out import counted
from importers.meta_text import lines as many
from importers.meta_text import objects, words
from importers.record import Problem, Sniffed
from importers.talk import Party, Talk
from importers.talk_keys import Keys
from importers.text_lines import LINE_LIMIT, first_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from importers.container import Container, Member
    from importers.left_out import Words
    from importers.talk import Moment, Reading

NAME: Final = "signal"
TITLE: Final = "Signal"
VERSION: Final = 1
TALKS: Final = True

_NAMES: Final = frozenset({"chat.md", "index.md"})
_JSON: Final = "data.json"
_ENDINGS: Final = (".txt", ".md", ".log")
_DATA, _TEXT, _LOOSE = "data", "text", "loose"  # what a file is; loose stands in no chat's folder
_LINE: Final = re.compile(
    r"[\ufeff\u200e\u200f]*\[(\d{4}-\d\d-\d\d(?:, \d\d:\d\d| \d\d:\d\d:\d\d))\] "
    r"(.{0,300}?):(?: (.*)|\Z)",
    re.DOTALL,
)
_OBJECT: Final = re.compile(r'\s*\{\s*"date"\s*:\s*"\d{4}-\d\d-\d\dT[^"]*"\s*,\s*"sender"\s*:')
_ME: Final = "Me"
_NOBODY: Final = frozenset({"", "no-sender", "none", "null"})
_GONE: Final = "(This message was deleted)"
_LONGEST: Final = 1_000_000
"""Characters of one message; what is behind them is counted as lines of no message."""

_REACTED: Final = re.compile(r"\n\(- .*? -\)", re.DOTALL)
_STICKER: Final = re.compile(r"\n?\(\( .{0,40} \)\)|\[[^\]\n]*\]\(\.\./exported_stickers/[^)\n]*\)")
_ATTACHED: Final = re.compile(r"(!?)\[([^\]\n]*)\]\((?:\./)?media/[^)\n]*\)")
_QUOTE: Final = re.compile(r"\A\s*\n(?:>[^\n]*(?:\n|\Z))+")
_CALL: Final = re.compile(
    r"(Incoming|Outgoing|Missed)(?: voice| video| group| direct)? call(?: \(([a-z ]*)(?:, )?"
    r"(?:(\d{1,5})m )?(?:(\d{1,5})s)?\))?",
    re.IGNORECASE,
)
_MEDIA: Final = (
    ("photo", (".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic")),
    ("video", (".mp4", ".mov", ".mkv", ".webm", ".3gp")),
    ("voice message", (".m4a", ".aac", ".mp3", ".ogg", ".opus", ".wav")),
)
_NUMBER: Final = re.compile(r"\+\d[\d ]{6,20}")
_SCOPE: Final = "contact"  # names are those of the owner's address book, the same in all chats
_PAIR: Final = 2
_FEW: Final = 50
"""Files of a container among which lines of a chat are looked for, whatever their names."""


class _Said(NamedTuple):
    where: str
    date: str
    by: str
    text: str


def sniff_talks(container: Container) -> Sniffed | None:
    """Knows chats by the names of their files and by how lines begin."""
    found = _files(container)
    if not found:
        return None
    loose = found[0].kind == _LOOSE
    what = "lines of [date time] name: text" if loose else "a folder for each chat"
    return Sniffed(92 if loose else 96, what, "", tuple(file.member.name for file in found))


def read_talks(container: Container, reading: Reading) -> Iterator[Talk | Problem]:
    """Every message and call, chat by chat."""
    left: Counter[Words] = Counter()
    found = _files(container)
    structured = {file.chat for file in found if file.kind == _DATA}
    for file in found:
        if file.kind != _TEXT or file.chat not in structured:
            yield from _Chat(file, reading, left).talks()
    if left:
        yield Problem(container.name, counted(left), fatal=False)


def owner(_container: Container) -> tuple[Party, ...]:
    """Nobody: what the owner wrote is by "Me"."""
    return ()


class _File(NamedTuple):
    """One file of a chat, what it is, and the name of the chat."""

    member: Member
    kind: str
    chat: str


def _files(container: Container) -> list[_File]:
    found = []
    few = len(container.members) <= _FEW
    for member in container.members:
        if kind := _kind(member, alone=len(container.members) == 1, few=few):
            folder, _, base = member.name.rpartition("/")
            if kind == _LOOSE:
                chat = base.rpartition(".")[0] or base
            else:
                around = container.name if container.name != member.name else ""
                chat = folder.rpartition("/")[2] or around
            found.append(_File(member, kind, clean(chat)))
    return found


def _kind(member: Member, *, alone: bool, few: bool) -> str:
    """What a file is; "" for what is no chat."""
    base = member.name.rpartition("/")[2].lower()
    if base == _JSON:
        head = first_lines(member)
        return _DATA if head and _OBJECT.match(head[0]) else ""
    if base not in _NAMES and not alone and not (few and base.endswith(_ENDINGS)):
        return ""
    first = next(filter(str.strip, first_lines(member)), "")
    if not _LINE.match(first):
        return ""
    return _TEXT if base in _NAMES else _LOOSE


class _Chat:
    """One chat: who takes part is known once it was read."""

    def __init__(self, file: _File, reading: Reading, left: Counter[Words]) -> None:
        self._member, self._kind, self._title = file
        self._reading = reading
        self._left = left
        self._parties: dict[tuple[str, str], Party] = {}

    def talks(self) -> Iterator[Talk | Problem]:
        """Every talk of the chat."""
        by = dict.fromkeys(one.by for one in self._said([], Counter()))
        mine = _ME in by or self._kind != _LOOSE
        names = [name for name in by if name != _ME and name.lower() not in _NOBODY]
        title = self._title
        pair = len(names) <= (1 if mine else _PAIR)
        if mine and not names and title:
            names = [title]
        same = len(names) == 1 and _alike(names[0], title)
        subject = "" if same or (pair and self._kind == _LOOSE) else title
        others = tuple(self._party(name) for name in names)
        problems: list[Problem] = []
        keys = Keys()
        for said in self._said(problems, self._left):
            found = self._talk(said, mine=mine, others=others, subject=subject)
            if isinstance(found, Talk):
                # Older versions write no seconds.
                own = keys.made(title, found.moment.written[:16], found.text)
                yield found._replace(key=own, thread=title)
            elif found:
                yield found
        yield from problems

    def _said(self, problems: list[Problem], left: Counter[Words]) -> Iterator[_Said]:
        rows = self._rows(problems)
        return self._objects(rows, problems) if self._kind == _DATA else self._lines(rows, left)

    def _rows(self, problems: list[Problem]) -> Iterator[str]:
        member = self._member
        try:
            with text_of(member.stream(), charset(member.stream)) as text:
                while row := text.readline(LINE_LIMIT):
                    yield row.rstrip("\r\n")
        except VitalfewError as error:
            problems.append(Problem(member.name, error.sentence))

    def _objects(self, rows: Iterator[str], problems: list[Problem]) -> Iterator[_Said]:
        for number, row in enumerate(rows, 1):
            where = f"{self._member.name} line {number:,}"
            if not row.strip():
                continue
            try:
                found = json.loads(row, parse_int=str, parse_float=str, parse_constant=str)
            except (ValueError, RecursionError):
                problems.append(Problem(where, "not JSON"))
                continue
            if not isinstance(found, dict):
                problems.append(Problem(where, "not a message"))
                continue
            text = many(found.get("body"), broken=False)
            if found.get("deleted") is True:
                text = _GONE
            paths = [
                words(one.get("path"), broken=False) for one in objects(found.get("attachments"))
            ]
            if not text:
                text = _shown(paths) or ("[sticker]" if found.get("sticker") else "")
            by = words(found.get("sender"), broken=False)
            yield _Said(where, words(found.get("date"), broken=False), by, text)

    def _lines(self, rows: Iterator[str], left: Counter[Words]) -> Iterator[_Said]:
        said: tuple[str, str, str] | None = None
        body: list[str] = []
        length = 0
        for number, row in enumerate(rows, 1):
            if found := _LINE.match(row):
                if said:
                    yield _Said(*said, _plain("\n".join(body)))
                where = f"{self._member.name} line {number:,}"
                said = (where, found[1], clean(found[2].strip()))
                body = [found[3] or ""]
                length = len(body[0])
            elif said and length < _LONGEST:
                body.append(row)
                length += len(row) + 1
            elif row.strip():
                left["line of no message", "lines of no message"] += 1
        if said:
            yield _Said(*said, _plain("\n".join(body)))

    def _talk(
        self, said: _Said, *, mine: bool, others: tuple[Party, ...], subject: str
    ) -> Talk | Problem | None:
        if said.text == _GONE:
            self._left["deleted message", "deleted messages"] += 1
            return None
        moment = self._moment(said.date)
        if moment is None:
            return Problem(said.where, "no time that can be read")
        out = mine and said.by == _ME
        by = said.by
        if not out and by.lower() in _NOBODY:
            if len(others) != 1:
                return Problem(said.where, "nobody is named as its sender")
            by = others[0].value
        call = _CALL.fullmatch(said.text)
        talk = Talk(
            where=said.where,
            key="",
            kind="message",
            moment=moment,
            sender=None if out else self._party(by, "from"),
            others=others,
            channel="signal",
            subject=subject,
            text=said.text,
            direction=("out" if out else "in") if mine else "",
        )
        return _called(talk, call) if call and mine and len(others) == 1 else talk

    def _moment(self, text: str) -> Moment | None:
        try:
            moment = datetime.fromisoformat(text.replace(", ", " "))
            return self._reading.aware(moment.replace(microsecond=0))
        except ValueError:
            return None

    def _party(self, name: str, role: str = "with") -> Party:
        at = (name, role)
        if (found := self._parties.get(at)) is None:
            number = _NUMBER.fullmatch(name)
            kind, scope = (kinds.PHONE, "") if number else (kinds.NAME, _SCOPE)
            found = self._parties[at] = Party(kind, name, "", role, scope)
        return found


def _called(talk: Talk, call: re.Match[str]) -> Talk:
    """A call, which older versions write as by the other one whoever called."""
    out = call[1].lower() == "outgoing"
    seconds = 60 * int(call[3] or 0) + int(call[4] or 0)
    missed = call[1].lower() == "missed"
    declined = "declined" in (call[2] or "")
    unspoken = "missed call" if missed else "rejected call" if declined else ""
    if out and (call[2] or "").startswith("unanswered"):
        unspoken = "not answered"
    return talk._replace(
        kind="call",
        sender=None if out else talk.sender or talk.others[0]._replace(role="from"),
        text=unspoken,
        seconds=seconds,
        direction="out" if out else "in",
    )


def _alike(name: str, title: str) -> bool:
    """Whether a chat is called as somebody, whose signs a folder's name may lack."""
    name, title = ("".join(filter(str.isalnum, fold(one))) for one in (name, title))
    return name == title


def _shown(paths: Sequence[str]) -> str:
    found = (
        next((what for what, ends in _MEDIA if path.lower().endswith(ends)), "file")
        for path in paths
    )
    return " ".join(f"[{what}]" for what in dict.fromkeys(found))


def _plain(text: str) -> str:
    """What somebody wrote, without what is quoted, attached or answered to it."""
    text = clean(text)
    if "\n>" in text:
        text = _QUOTE.sub("", text)
    if "\n(- " in text:
        text = _REACTED.sub("", text)
    names = [found[2] for found in _ATTACHED.finditer(text)] if "](" in text else []
    plain = _ATTACHED.sub("", text) if names else text
    sticker = _STICKER.search(plain)
    plain = (_STICKER.sub("", plain) if sticker else plain).strip()
    return plain or _shown(names) or ("[sticker]" if sticker else "")
