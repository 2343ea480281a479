"""How somebody must not, or would rather, be contacted. Of several entries the strictest counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

CHANNELS: Final = ("mail", "phone", "message", "post", "visit", "all")
NEVER: Final = "never"
PREFER: Final = "prefer"
RULES: Final = (NEVER, PREFER)
EVERY: Final = "all"
_SAME: Final = {
    **dict.fromkeys(("email", "e-mail", "mails", "newsletter"), "mail"),
    **dict.fromkeys(("call", "calls", "telephone", "tel"), "phone"),
    **dict.fromkeys(("messages", "chat", "sms", "text", "dm"), "message"),
    **dict.fromkeys(("letter", "letters"), "post"),
    **dict.fromkeys(("visits",), "visit"),
    **dict.fromkeys(("contact", "anything", "any", "everything"), EVERY),
}


class OptedOut(NamedTuple):
    """What counts for a person.

    Attributes:
        never: channels in the order of `CHANNELS`; only ``all`` where that was said.
        prefers: the channel they would rather be contacted by, or "".
    """

    never: tuple[str, ...] = ()
    prefers: str = ""


def checked(channel: str, rule: str) -> tuple[str, str]:
    """The channel and rule that two typed words mean: ``E-Mail``, ``prefers``.

    Raises:
        UsageError: there is no such channel or rule, or everything would be preferred.
    """
    channel, rule = channel.strip().lower(), rule.strip().lower()
    channel = _SAME.get(channel, channel)
    rule = PREFER if rule == "prefers" else rule
    if rule not in RULES:
        raise UsageError(f"“{rule[:20]}” is neither never nor prefer")
    if channel not in CHANNELS or (rule == PREFER and channel == EVERY):
        there = CHANNELS if rule == NEVER else CHANNELS[:-1]
        raise UsageError(f"“{channel[:20]}” is no way to {rule}: there are {', '.join(there)}")
    return channel, rule


def strictest(said: Iterable[tuple[str, str]]) -> OptedOut:
    """What counts of the (channel, rule) pairs of all entries, the newest last.

    Never beats prefer, and never ``all`` beats every other.
    """
    never: set[str] = set()
    prefers = ""
    for channel, rule in said:
        if rule == NEVER:
            never.add(channel)
        else:
            prefers = channel
    if EVERY in never:
        return OptedOut((EVERY,))
    ordered = tuple(channel for channel in CHANNELS if channel in never)
    return OptedOut(ordered, "" if prefers in never else prefers)


def allows(never: str, channel: str) -> bool:
    """Whether a channel is free by the text of a person's row: ``mail,phone`` or ``all``."""
    return never != EVERY and channel not in never.split(",")


def labels(never: str) -> list[str]:
    """What a person's row says, a word for each channel: ``never mail``, ``never phone``."""
    return [words(channel) for channel in never.split(",") if channel]


def words(never: str, prefers: str = "") -> str:
    """What a person's row says, for people: ``never mail, phone · prefers message``."""
    if never == EVERY:
        return "never contact"
    told = [f"never {never.replace(',', ', ')}"] if never else []
    return " · ".join([*told, *([f"prefers {prefers}"] if prefers else [])])
