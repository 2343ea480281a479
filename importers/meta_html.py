"""Pages that Facebook and Instagram write for people to read, piece by piece.

Classes of newer pages are made up anew every few months; what stays is the order: a name, what
was said, a time. A tree of the whole page would not fit for those who talk much.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final, Generic, NamedTuple, TypeVar

from core.errors import VitalfewError
from importers.decode import clean
from importers.meta_dates import when
from importers.record import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from importers.container import Member

_CHUNK: Final = 1 << 12
_LONGEST_TAG: Final = 1 << 13  # the parser looks at what it waits for again and again
_LONGEST_SCRIPT: Final = 1 << 20
_LONGEST_TEXT: Final = 1 << 20
_DEEPEST: Final = 100
_VOID: Final = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
_BLOCKS: Final = frozenset(
    {"article", "body", "div", "footer", "h1", "h2", "h3", "header", "html", "li", "main", "p"}
    | {"section", "table", "tbody", "td", "th", "tr", "ul"}
)
_SHOWN: Final = {"img": "[photo]", "video": "[video]", "audio": "[voice message]"}
_UNSEEN: Final = frozenset({"style", "script", "title", "head"})
_HIDDEN: Final = frozenset({"style", "script", "title"})
_LONGEST_PIECE: Final = 1_000
_MOST_PAIRS: Final = 2_000
_REACTIONS: Final = "ul"
_LAYERS: Final = len(("name", "time"))


class Block(NamedTuple):
    """One entry of a page.

    Attributes:
        name: of the sender, or of the friend.
        text: what was said; "" if nothing is said there.
        when: the time that the page shows.
        shown: the time as it stands.
        thread: those who take part, as the old page names them above their messages.
    """

    name: str
    text: str
    when: datetime | None
    shown: str
    thread: str = ""


Found = TypeVar("Found")


class Page(HTMLParser, Generic[Found]):
    """A parser that is fed piece by piece, and gives what it found so far.

    Attributes:
        title: the title of the page.
        heading: the first heading of the page.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Found] = []
        self.title = ""
        self.heading = ""
        self._inside = ""

    def take(self) -> list[Found]:
        """What was found since the last time."""
        found, self.found = self.found, []
        return found

    def starts(self, tag: str) -> None:
        """Note where the title and the first heading begin."""
        if tag == "title" or (tag == "h1" and not self.heading):
            self._inside = tag

    def ends(self, tag: str) -> None:
        """Note where they end."""
        if tag == self._inside:
            self._inside = ""

    def heard(self, data: str) -> None:
        """Keep the text of the title and the first heading."""
        if self._inside == "title":
            self.title = _line(self.title + data)[:_DEEPEST]
        elif self._inside:
            self.heading = _line(self.heading + data)[:_DEEPEST]


def blocks(member: Member, page: Page[Found]) -> Iterator[Found | Problem]:
    """What a page finds in a file, while it is read; what is damaged ends it with a problem."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
    try:
        with member.stream() as stream:
            while data := stream.read(_CHUNK):
                page.feed(clean(decoder.decode(data)))
                if len(page.rawdata) > (_LONGEST_SCRIPT if page.cdata_elem else _LONGEST_TAG):
                    yield Problem(member.name, "a tag of this page never ends")
                    return
                yield from page.take()
        page.close()
        yield from page.take()
    except VitalfewError as error:
        yield Problem(member.name, error.sentence)
    except (AssertionError, ValueError) as error:  # what the parser says of broken declarations
        yield Problem(member.name, f"this page is broken: {error}")


class Pieces(Page[Block]):
    """A page as pieces of text, one for each stretch between two tags."""

    def __init__(self) -> None:
        super().__init__()
        self._text: list[str] = []
        self._unseen = 0

    def piece(self, text: str) -> None:
        """Take a piece, on one line and never empty."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A piece ends where a tag begins."""
        del attrs
        self._end()
        self.starts(tag)
        self._unseen += tag in _HIDDEN

    def handle_endtag(self, tag: str) -> None:
        """A piece ends."""
        self._end()
        self.ends(tag)
        self._unseen -= tag in _HIDDEN and self._unseen > 0

    def handle_data(self, data: str) -> None:
        """Text."""
        self.heard(data)
        if not self._unseen and len(self._text) < _DEEPEST:
            self._text.append(data)

    def close(self) -> None:
        """The end of the page."""
        super().close()
        self._end()

    def _end(self) -> None:
        if text := _line("".join(self._text))[:_LONGEST_PIECE]:
            self.piece(text)
        self._text.clear()


class _Pairs(Pieces):
    """Each piece with the one before it, as the pages of a profile set label and value."""

    def __init__(self) -> None:
        super().__init__()
        self.pairs: list[tuple[str, str]] = []
        self._label = ""

    def piece(self, text: str) -> None:
        """A value, and the label of the next one."""
        if len(self.pairs) < _MOST_PAIRS:
            self.pairs.append((self._label, text))
        self._label = text


def labelled(member: Member) -> list[tuple[str, str]]:
    """What a page says, each piece with the one before it as its label."""
    page = _Pairs()
    for found in blocks(member, page):
        if isinstance(found, Problem):
            break
    return page.pairs


@dataclass(slots=True)
class _Node:
    """An element that is open: the text of each of its parts, as far as it was not an entry."""

    tag: str
    parts: list[str] = field(default_factory=list)
    flat: list[bool] = field(default_factory=list)  # whether a part holds no further elements
    own: list[str] = field(default_factory=list)
    size: int = 0
    links: list[str] = field(default_factory=list)


class Entries(Page[Block]):
    """Pages since 2018: each entry is an element that begins with a name and ends with a time."""

    def __init__(self) -> None:
        super().__init__()
        self._open = [_Node("")]
        self._skipped: list[str] = []
        self._deep = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, or note a picture."""
        del attrs
        self.starts(tag)
        if self._skipped or tag in _UNSEEN or (tag == _REACTIONS and self._has_name()):
            if tag not in _VOID and len(self._skipped) < _DEEPEST:
                self._skipped.append(tag)
        elif tag in _SHOWN:
            self._say(_SHOWN[tag])
        elif tag == "br":
            self._say("\n")
        elif tag in _BLOCKS:
            if len(self._open) < _DEEPEST:
                self._settle(self._open[-1])
                self._open.append(_Node(tag))
            else:
                self._deep += 1

    def handle_endtag(self, tag: str) -> None:
        """Close an element: an entry, or a part of one."""
        self.ends(tag)
        if self._skipped:
            if tag in self._skipped:
                while self._skipped.pop() != tag:
                    pass
        elif tag in _BLOCKS and self._deep:
            self._deep -= 1
        elif tag in _BLOCKS and any(node.tag == tag for node in self._open):
            while self._shut().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Text."""
        self.heard(data)
        if not self._skipped:
            self._say(data.replace("\n", " "))

    def close(self) -> None:
        """The end of the page."""
        super().close()
        while len(self._open) > 1:
            self._shut()

    def _has_name(self) -> bool:
        """Whether a list stands inside an entry: there it holds reactions, not entries."""
        return any(node.parts or node.own for node in self._open[-4:] if node.tag != "body")

    def _say(self, text: str) -> None:
        node = self._open[-1]
        if node.size < _LONGEST_TEXT:
            node.own.append(text)
            node.size += len(text)

    def _settle(self, node: _Node) -> None:
        """What was said outside of inner elements becomes a part."""
        if node.own:
            text = _many("".join(node.own))
            node.own.clear()
            if text:
                node.parts.append(text)
                node.flat.append(True)

    def _shut(self) -> _Node:
        node = self._open.pop()
        self._settle(node)
        parts = node.parts
        if len(parts) >= _LAYERS and node.flat[0] and node.flat[-1]:
            moment = when(parts[-1])
            if moment is not None and "\n" not in parts[0]:
                said = "\n".join(parts[1:-1])
                self.found.append(Block(_line(parts[0]), said, moment, parts[-1]))
                return node
        outer = self._open[-1]
        if parts and outer.size < _LONGEST_TEXT:
            text = "\n".join(parts)
            outer.size += len(text)
            outer.parts.append(text)
            outer.flat.append(len(parts) == 1 and node.flat[0])
        return node


class OldThreads(Page[Block]):
    """Pages until 2018: the classes thread, user and meta say what is what."""

    def __init__(self) -> None:
        super().__init__()
        self._thread: list[str] = []
        self._name: list[str] = []
        self._shown: list[str] = []
        self._said: list[str] = []
        self._into: list[str] | None = None
        self._size = 0
        self._waiting = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Know a part by its class."""
        self.starts(tag)
        classes = set((dict(attrs).get("class") or "").split()) if tag in {"div", "span"} else ()
        if "thread" in classes:
            self._end()
            self._thread = self._into = []
        elif "message" in classes:
            self._end()
            self._waiting, self._into = True, None
        elif "user" in classes:
            self._into = self._name
        elif "meta" in classes:
            self._into = self._shown
        elif tag == "p" and self._waiting:
            if self._said:
                self._said.append("\n")
            self._into = self._said
        elif self._into is self._said and (tag == "br" or tag in _SHOWN):
            self._said.append(_SHOWN.get(tag, "\n"))

    def handle_endtag(self, tag: str) -> None:
        """A part ends with its element."""
        self.ends(tag)
        if tag in {"span", "p"}:
            self._into = None

    def handle_data(self, data: str) -> None:
        """Text of the part that is open."""
        self.heard(data)
        if self._into is not None and self._size < _LONGEST_TEXT:
            self._into.append(data)
            self._size += len(data)

    def close(self) -> None:
        """The end of the page."""
        super().close()
        self._end()

    def _end(self) -> None:
        """Give the message that is complete now."""
        if self._waiting:
            shown = _line("".join(self._shown))
            thread, said = _line("".join(self._thread)), _many("".join(self._said))
            self.found.append(Block(_line("".join(self._name)), said, when(shown), shown, thread))
        self._name, self._shown, self._said = [], [], []
        self._waiting, self._size = False, 0


def _line(text: str) -> str:
    return " ".join(text.split())


def _many(text: str) -> str:
    """A text with its line breaks, but without the white space that only lays out the page."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(filter(None, lines))
