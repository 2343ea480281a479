"""About how many records a container holds, from one quick pass over its bytes.

Only for the progress bar: a table's lines are counted, so quoted line breaks count too much, and
a folder of many cards is taken to hold one in each file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import VitalfewError

if TYPE_CHECKING:
    from importers.container import Container
    from importers.record import Importer
    from importers.talk import TalkReader

_BLOCK = 1 << 20
_MANY = 50
_SAMPLE = 16 << 20


def estimate(importer: Importer, container: Container) -> int:
    """The number of record beginnings in the members that the importer would read."""
    sniffed = importer.sniff(container)
    wanted = set(sniffed.members) if sniffed else {member.name for member in container.members}
    if len(wanted) > _MANY:
        return len(wanted)
    mark = b"BEGIN:VCARD" if importer.NAME == "vcard" else b"\n"
    found = 0
    for member in container.members:
        if member.name not in wanted:
            continue
        try:
            with member.open() as stream:
                while block := stream.read(_BLOCK):
                    found += block.upper().count(mark)
        except (VitalfewError, OSError):
            continue  # reading says what is wrong with it
    return found


def estimate_talks(reader: TalkReader, container: Container) -> int:
    """About how many talks a container holds, from the beginnings of its members.

    A reader may say in ``MARK`` which bytes begin a talk; else lines are counted.
    """
    sniffed = reader.sniff_talks(container)
    wanted = set(sniffed.members) if sniffed else {member.name for member in container.members}
    mark: bytes = getattr(reader, "MARK", b"\n")
    found = 0.0
    for member in container.members:
        if member.name in wanted:
            head = member.head(_SAMPLE) if len(wanted) <= _MANY else b""
            found += (
                max(1, head.count(mark)) * max(1.0, member.size / max(len(head), 1)) if head else 1
            )
    return int(found)
