"""The ways to reach somebody: what would be opened for each, and what never is. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol
from urllib.parse import quote

from core.errors import UsageError
from core.rules import handles, kinds, opt_outs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

MAIL, CALL, WEB = "mail", "call", "web"
_PLACES: Final = frozenset({"post", "visit"})
_CHANNELS: Final = {"mail": "mail", "call": "phone", "post": "post", "visit": "visit"}
_NUMBER: Final = re.compile(r"\+?[0-9]{3,20}(;ext=[0-9]{1,10})?", re.ASCII)
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_HOST: Final = re.compile(r"[^\s:/@]+\.[^\s:/@]+(/\S*)?")
# Pages on which these services begin a conversation with a number.
_BY_NUMBER: Final[Mapping[str, Callable[[str], str]]] = {
    "whatsapp": lambda number: f"https://wa.me/{number[1:]}",
    "telegram": lambda number: f"https://t.me/{number}",
    "signal": lambda number: f"https://signal.me/#p/{number}",
    "sms": lambda _number: "",
}


class Known(Protocol):
    """A value of somebody's, as `core.queries.person.FactLine` has it."""

    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def value(self) -> str: ...  # noqa: D102
    @property
    def norm(self) -> str: ...  # noqa: D102
    @property
    def label(self) -> str: ...  # noqa: D102
    @property
    def shown(self) -> bool: ...  # noqa: D102


class Way(NamedTuple):
    """A way to reach somebody.

    Attributes:
        channel: as of a row of the list: ``mail``, ``call``, ``visit``, a network; or `WEB`.
        value: the address, number or name there; "" where none is known.
        target: what is opened; "" where there is nothing to open.
        label: of the value, such as ``work``.
    """

    channel: str
    value: str = ""
    target: str = ""
    label: str = ""


def ways(facts: Iterable[Known], never: str = "", first: str = "") -> tuple[Way, ...]:
    """Every way that is open, those of the channel `first` before all others.

    Args:
        facts: what is known of somebody; what does not show is left out.
        never: channels that are not wanted, as on a person's row: none of them is offered.
        first: a channel as of a row of the list. Where no value is known for it, it is offered
            all the same, with nothing to open.
    """
    shown = [fact for fact in facts if fact.shown and fact.value]
    found = list(dict.fromkeys([*_by_number(shown, first), *_of(shown)]))
    if first and all(way.channel != first for way in found):
        address = next((one.value for one in shown if one.kind == kinds.ADDRESS), "")
        found.insert(0, Way(first, " ".join(address.split()) if first in _PLACES else ""))
    free = [way for way in found if allowed(never, way.channel)]
    return tuple(sorted(free, key=lambda way: (way.channel != first, way.channel == WEB)))


def allowed(never: str, channel: str) -> bool:
    """Whether somebody may be reached by a channel as of a row of the list."""
    return opt_outs.allows(never, _CHANNELS.get(channel, "message"))


def check(target: str) -> None:
    """Let pass what may be opened.

    Raises:
        UsageError: it is neither a page, nor a mail address, nor a number.
    """
    found = _SCHEME.match(target)
    scheme = found[1].lower() if found else ""
    page = scheme in {"http", "https"} and target[len(scheme) :].startswith("://")
    if page or scheme in {"mailto", "tel"}:
        return
    told = f"“{scheme[:20]}:” is" if scheme else "that is"
    raise UsageError(f"{told} not opened: only http, https, mailto and tel are")


def _of(shown: Sequence[Known]) -> Iterator[Way]:
    for fact in shown:
        if fact.kind == kinds.EMAIL and fact.norm:
            # Quoted, so that no address can carry a subject, a copy or an attachment along.
            yield Way(MAIL, fact.norm, f"mailto:{quote(fact.norm, safe='@')}", fact.label)
    for fact in shown:
        if fact.kind == kinds.PHONE and "fax" not in fact.label.lower():
            number = _NUMBER.fullmatch(fact.norm)
            yield Way(CALL, fact.value, f"tel:{number[0]}" if number else "", fact.label)
    for fact in shown:
        if fact.kind == kinds.HANDLE:
            service, _, handle = fact.norm.partition(":")
            known = bool(handle) and service != "other"
            page = handles.profile_url(fact.norm)
            yield Way(service if known else "message", handle or fact.value, page, fact.label)
    for fact in shown:
        # What a page field holds is somebody else's: a mail of its making might attach a file.
        if fact.kind == kinds.URL and not fact.value.lower().startswith(("mailto:", "tel:")):
            bare = _HOST.fullmatch(fact.value) is not None
            yield Way(WEB, fact.value, f"https://{fact.value}" if bare else fact.value, fact.label)


def _by_number(shown: Sequence[Known], first: str) -> Iterator[Way]:
    """A messenger that knows people by their numbers, where no name of theirs is known there."""
    page = _BY_NUMBER.get(first)
    named = any(one.kind == kinds.HANDLE and one.norm.startswith(f"{first}:") for one in shown)
    if page is None or named:
        return
    for fact in shown:
        if fact.kind == kinds.PHONE and "fax" not in fact.label.lower():
            whole = _NUMBER.fullmatch(fact.norm) and fact.norm.startswith("+")
            yield Way(first, fact.value, page(fact.norm) if whole else "", fact.label)
