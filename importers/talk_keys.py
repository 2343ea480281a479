"""Ids of talks whose source gives them none, where the same file may come in several copies."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from typing import Final

_SIZE: Final = 12  # bytes: no two of a billion talks share one


class Keys:
    """The ids of the talks of one file.

    What is said twice in one file was said twice; what is said once in each of two files that are
    read together, such as two backups, was said once.
    """

    def __init__(self) -> None:
        self._said: Counter[bytes] = Counter()

    def made(self, *words: str) -> str:
        """The id of a talk.

        Args:
            words: what the source will say of it in the next export too.
        """
        text = "\x1f".join(" ".join(word.split()) for word in words)
        if not text.isascii():
            text = unicodedata.normalize("NFC", text)
        digest = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=_SIZE).digest()
        self._said[digest] += 1
        return f"{digest.hex()} {self._said[digest]}"
