"""What is known well enough to be named, but not to be read: a word of advice for each."""

from __future__ import annotations

import re
from typing import Final

_OLD_LOG: Final = "no reader knows its days and accounts well enough"
_KNOWN: Final = (
    (
        rb"(?:\xef\xbb\xbf)?\s{0,99}Session Start \([^\r\n]{1,200}\): ",
        f"a log of Trillian, of which {_OLD_LOG}",
    ),
    (
        rb"(?:\xef\xbb\xbf)?\s{0,99}<session type=\"start\" time=",
        f"a log of Trillian, of which {_OLD_LOG}",
    ),
    (rb"\s{0,99}Session Start: ", f"a log of a chat room, of which {_OLD_LOG}"),
    (rb"!BDN", "a data file of Outlook; readpst makes mailboxes of it, which are read"),
    (rb"SQLite format 3\0", "the database of a program; what that program exports may be read"),
)
_PATTERNS: Final = tuple((re.compile(pattern), words) for pattern, words in _KNOWN)


def named(head: bytes) -> str:
    """What a file is that begins so, and what can be done; "" if it is not known either."""
    return next((words for pattern, words in _PATTERNS if pattern.match(head)), "")
