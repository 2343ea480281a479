"""A file that only its owner may read, and that gets its name when it is whole."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import DecisionNeededError, NotFoundError, VitalfewError
from core.storage.backup import sync

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def private_file(target: Path, *, force: bool = False) -> Iterator[Callable[[bytes], object]]:
    """Write a file under a passing name beside its own, which it takes at the end.

    Args:
        target: where it shall be.
        force: replace a file that is there.

    Yields:
        What takes the bytes.

    Raises:
        DecisionNeededError: it is there already.
        VitalfewError: it cannot be written; what was there stays.
    """
    check(target, force=force)
    try:
        handle, name = tempfile.mkstemp(
            prefix=f".{target.name[:40]}.", suffix=".part", dir=target.parent
        )
        unfinished = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file.write
                file.flush()
                os.fsync(file.fileno())
            check(target, force=force)  # it may have come meanwhile
            unfinished.replace(target)
            sync(target.parent)
        finally:
            with suppress(FileNotFoundError):
                unfinished.unlink()
    except OSError as error:
        raise VitalfewError(
            f"{target} could not be written: {error.strerror or error}; nothing was left of it"
        ) from None


def check(target: Path, *, force: bool = False) -> None:
    """Refuse to write where something else would suffer.

    Raises:
        VitalfewError: there is no such folder, or something that is no plain file.
        DecisionNeededError: there is a file, and nobody said that it may be replaced.
    """
    if not target.parent.is_dir():
        raise NotFoundError(f"there is no folder {target.parent}")
    if target.is_symlink() or (target.exists() and not target.is_file()):
        raise VitalfewError(f"{target} is not a plain file; name another")
    if target.exists() and not force:
        raise DecisionNeededError(f"{target} is there already; --force replaces it")
