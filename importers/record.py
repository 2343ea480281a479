"""What any source may say about somebody, and what could not be read.

Everything here is picklable, so that reading can move into a child process.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from importers.container import Container


class Value(NamedTuple):
    """One value as its source wrote it; the normalised form is made later, by `core.rules`.

    Attributes:
        kind: one of `core.rules.kinds`.
        value: the text as written; no NUL, no lone surrogate.
        label: home, work, mobile, a service, or the source's own word; lower case if it is a
            standard one, "" if there is none.
        part: facts of one employment share a number; 0 is the first or only one.
        detail: JSON of the structured form where a kind has one, else "".
        preferred: the source marks it as the one to use.
    """

    kind: str
    value: str
    label: str = ""
    part: int = 0
    detail: str = ""
    preferred: bool = False


class Media(NamedTuple):
    """Bytes that belong to a record, such as a photo.

    A `Value` of kind photo refers to it by `sha256` in its value.
    """

    sha256: str
    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Record:
    """One entry of a source.

    Attributes:
        where: member and place for people to read, such as ``contacts.csv row 17``.
        raw: the source's own words for this entry: the bytes of a vCard block, or the row's
            non-empty cells as canonical JSON (``{"heading": "cell"}``, UTF-8, file order).
        key: the source's own id of the entry (vCard UID, LinkedIn slug) or "".
        values: in file order.
        media: photos that stood inline.
        revised: ISO date or moment the source says it last changed, or "".
    """

    where: str
    raw: bytes
    key: str
    values: tuple[Value, ...]
    media: tuple[Media, ...] = ()
    revised: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be taken, or was taken with a doubt.

    Attributes:
        where: as in `Record`.
        why: one sentence without the person's data.
        raw: the bytes in question, kept so that nothing is lost; b"" for whole members.
        fatal: True if the entry was refused, False if it was kept and this is a warning.
    """

    where: str
    why: str
    raw: bytes = b""
    fatal: bool = True


class Sniffed(NamedTuple):
    """How sure an importer is that a container is its own.

    Attributes:
        confidence: 0 (no) to 100 (certain).
        reason: a few words for the plan, such as ``heading 'First Name, Last Name, URL'``.
        account: the owner the export itself names (an e-mail or profile), or "".
        members: the names of the container's members that would be read.
    """

    confidence: int
    reason: str
    account: str
    members: tuple[str, ...]


class Importer(Protocol):
    """A module of this package that knows one format.

    Attributes:
        NAME: the source kind it makes: ``vcard``, ``google``, ``linkedin``.
        TITLE: for people: "vCard", "Google Contacts", "LinkedIn".
        VERSION: raised when the same bytes would give other values than before.
        WHOLE: the file is the whole list, so an entry that is missing is gone.
        NEW_PEOPLE: entries make new people; without, they only join those who are in the book
            by the same address or handle, unless the user asks for all.
    """

    NAME: str
    TITLE: str
    VERSION: int
    WHOLE: bool
    NEW_PEOPLE: bool

    def sniff(self, container: Container) -> Sniffed | None:
        """Look at names and first bytes only; None if the container is not of this format."""
        ...

    def read(self, container: Container) -> Iterator[Record | Problem]:
        """Every entry of the container, in file order; never raises for bad content."""
        ...
