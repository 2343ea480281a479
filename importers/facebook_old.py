"""The page of friends in Facebook's downloads until 2018."""

from __future__ import annotations

from typing import TYPE_CHECKING

from importers.meta_html import Block, Page, blocks
from importers.record import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from importers.container import Member


class _Lists(Page[Block]):
    """The items of the first list below the navigation."""

    def __init__(self) -> None:
        super().__init__()
        self.items: list[str] = []
        self._nth = 0
        self._said: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count lists, open an item."""
        del attrs
        self.starts(tag)
        if tag == "ul" and self.heading:
            self._nth += 1
        elif tag == "li" and self._nth == 1:
            self._said = []

    def handle_endtag(self, tag: str) -> None:
        """Close an item."""
        self.ends(tag)
        if tag == "li" and self._said is not None:
            if text := " ".join("".join(self._said).split()):
                self.items.append(text)
            self._said = None
        elif tag == "ul" and self._nth == 1:
            self._nth += 1

    def handle_data(self, data: str) -> None:
        """Text."""
        self.heard(data)
        if self._said is not None:
            self._said.append(data)


def first_list(member: Member) -> Iterator[str]:
    """The friends as they stand, each with a day in brackets.

    Lists before the first heading are navigation; those after the first list are requests and
    people who were removed.
    """
    page = _Lists()
    for found in blocks(member, page):
        if isinstance(found, Problem):
            break
    yield from page.items
