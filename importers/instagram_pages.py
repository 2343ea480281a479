"""Instagram's lists of accounts as pages for people to read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from core.text import fold
from importers.meta_dates import when
from importers.meta_html import Pieces, blocks
from importers.meta_text import NAME_LABELS, USERNAME_LABELS
from importers.record import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from importers.container import Member

_LINK: Final = re.compile(
    r"\s*https?://(?:www\.)?instagram\.com/(?:_u/)?([\w.]{1,30})/?(?:\?.*)?\Z", re.IGNORECASE
)
_HANDLE: Final = re.compile(r"@?[A-Za-z0-9._]{1,30}\Z")


class Found(NamedTuple):
    """An account of a page: its handle, the name shown, the ISO day."""

    handle: str
    name: str = ""
    day: str = ""


class _Accounts(Pieces):
    """Accounts by their links, or by the cells that follow a label; each with the next time."""

    def __init__(self) -> None:
        super().__init__()
        self.accounts: list[Found] = []
        self._label = ""
        self._name = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A link to an account."""
        super().handle_starttag(tag, attrs)
        if tag == "a" and (found := _LINK.match(dict(attrs).get("href") or "")):
            self._account(found[1])

    def piece(self, text: str) -> None:
        """A label, what it says, or a time."""
        label, self._label = self._label, fold(text)
        if label in USERNAME_LABELS:
            if _HANDLE.match(text):
                self._account(text)
        elif label in NAME_LABELS:
            self._name = text
        elif self.accounts and not self.accounts[-1].day and (moment := when(text)):
            self.accounts[-1] = self.accounts[-1]._replace(day=moment.date().isoformat())

    def _account(self, handle: str) -> None:
        handle = handle.lstrip("@")
        if not self.accounts or self.accounts[-1].handle.lower() != handle.lower():
            self.accounts.append(Found(handle))
        if self._name:
            self.accounts[-1] = self.accounts[-1]._replace(name=self._name)
            self._name = ""


def accounts_of(member: Member) -> Iterator[Found | Problem]:
    """Each account of a page, in its order."""
    page = _Accounts()
    for found in blocks(member, page):
        if isinstance(found, Problem):
            yield found
    yield from page.accounts
    if not page.accounts:
        yield Problem(member.name, "no account that can be read", fatal=False)
