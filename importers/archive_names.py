"""Names of the members of archives: which are refused, repaired or passed over."""

from __future__ import annotations

import re
from typing import Final

_DRIVE: Final = re.compile(r"[A-Za-z]:")
_ARCHIVE: Final = re.compile(r"\.(zip|tar|tgz|gz|bz2|xz|7z|rar|zst|tbz2?|txz)\Z", re.IGNORECASE)
_NOISE: Final = frozenset({"__MACOSX", ".DS_Store", ".Radicale.cache"})


def is_noise(name: str) -> bool:
    """Whether it is what a Mac or a server of cards leaves beside the real files."""
    parts = name.replace("\\", "/").split("/")
    return any(part in _NOISE or part.startswith("._") for part in parts)


def is_archive(name: str) -> bool:
    """Whether the name is one of a packed file, which is not opened inside another."""
    return bool(_ARCHIVE.search(name))


def refusal(name: str, longest: int, longest_part: int) -> str:
    """Why a member of this name is not read, or "".

    Args:
        name: as the archive has it, with either slash.
        longest: characters the whole name may have.
        longest_part: characters one part may have.
    """
    parts = name.replace("\\", "/").split("/")
    if not name or "\0" in name:
        return "its name is empty or holds a NUL"
    if not parts[0] or _DRIVE.match(name):
        return "its name is absolute"
    if ".." in parts:
        return "its name leads out of the archive"
    if len(name) > longest or max(map(len, parts)) > longest_part:
        return f"its name is longer than {longest} characters or a part longer than {longest_part}"
    return ""


def repaired(name: str, *, utf8: bool) -> str:
    """The name as it was meant: UTF-8 that an archive without that mark shows as cp437.

    Args:
        name: as ``zipfile`` gives it.
        utf8: the archive marks the name as UTF-8.
    """
    if utf8 or name.isascii():
        return name
    try:
        return name.encode("cp437").decode()
    except UnicodeError:
        return name
