"""How much is read of an input before it is taken for a mistake or an attack."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read before an input is taken for a mistake or an attack.

    Attributes:
        file: bytes of one member or one plain file that is held as a whole.
        stream: bytes of one that is read piece by piece, as mails and chats are.
        total: bytes of all members of an archive, unpacked.
        entries: members of an archive.
        folder_entries: files of a folder.
        ratio: unpacked to packed bytes of a member, once it is larger than `ratio_from`.
        ratio_from: bytes below which a member may be packed as tightly as it likes.
        name: characters of a member's name; `part`: of one part of it.
    """

    file: int = 200_000_000
    stream: int = 50_000_000_000
    total: int = 50_000_000_000
    entries: int = 20_000
    folder_entries: int = 500_000
    ratio: int = 200
    ratio_from: int = 1_000_000
    name: int = 1_000
    part: int = 255

    def largest(self, name: str) -> int:
        """How many bytes a file of this name may have: whether it holds talks shows in its end."""
        return self.stream if PurePosixPath(name.lower()).suffix in _STREAMED else self.file


_STREAMED: Final = frozenset({"", ".mbox", ".mbx", ".json", ".txt", ".xml"})
