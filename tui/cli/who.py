"""Whom a word of the command line means: an id, a name, or a fragment of what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.errors import DecisionNeededError, NotFoundError, VitalfewError
from core.queries import details, people
from core.queries.person import person_of
from core.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.queries.people import PersonLine
    from core.storage.driver import Connection

_SHOWN: Final = 20
_LARGEST_ID: Final = 2**63 - 1
_MOST_WORDS: Final = 6  # of a name


class AmbiguousError(DecisionNeededError):
    """Several people answer to a word; `lines` are the candidates with their ids.

    `people` are all of them.
    """

    people: Sequence[PersonLine] = ()


def one(view: Connection, who: str) -> PersonLine:
    """The one person that is meant.

    Raises:
        NotFoundError: nobody answers to it; the sentence names somebody near.
        AmbiguousError: several do.
    """
    known = _by_id(view, who)
    if known is not None:
        return known
    found = people.by_ids(view, details.called(view, who))
    if not found:
        # One more than is shown would do, but "and 31 more" wants the number.
        found = people.containing(view, who, limit=1_000)
        found = [line for line in found if fold(line.name) == fold(who.strip())] or found
    if len(found) == 1:
        return found[0]
    if found:
        raise ambiguous(who, found)
    near = people.resembling(view, who, limit=1)
    hint = f"; do you mean {near[0].name} ({near[0].id})?" if near else ""
    raise NotFoundError(f"nobody answers to “{_short(who)}”{hint}")


def some(view: Connection, words: Sequence[str]) -> list[PersonLine]:
    """The people that are meant: each word somebody, or all words together one person.

    Raises:
        VitalfewError: as of `one`, for the first word that is not clear.
    """
    found: dict[int, PersonLine] = {}
    try:
        for word in words:
            line = one(view, word)
            found[line.id] = line
    except VitalfewError:
        if len(words) == 1:
            raise
        try:
            return [one(view, " ".join(words))]
        except VitalfewError:
            pass
        raise
    return list(found.values())


def leading(view: Connection, words: Sequence[str]) -> tuple[PersonLine, list[str]]:
    """The one person that the first words mean, and the words after them.

    As many words belong to them as are words of their name; a fragment is one word alone.

    Raises:
        VitalfewError: as of `one`.
    """
    for count in range(min(len(words), _MOST_WORDS), 1, -1):
        name = " ".join(words[:count])
        try:
            line = one(view, name)
        except AmbiguousError as error:
            if any(_is_called(one, name) for one in error.people):
                raise
        except NotFoundError:
            pass
        else:
            if _is_called(line, name):
                return line, list(words[count:])
    return one(view, words[0] if words else ""), list(words[1:])


def _is_called(line: PersonLine, name: str) -> bool:
    known, said = (fold(text).replace("-", " ").split() for text in (line.name, name))
    return set(known).issuperset(said)


def _by_id(view: Connection, who: str) -> PersonLine | None:
    if not (who.isascii() and who.isdecimal()) or int(who[:20]) > _LARGEST_ID:
        return None
    person = person_of(view, int(who[:20]))
    return next(iter(people.by_ids(view, [person])), None)


def ambiguous(who: str, found: Sequence[PersonLine]) -> AmbiguousError:
    """The refusal that names those who answer to a word, each with its id."""
    lines = [_told(line) for line in found[:_SHOWN]]
    if len(found) > _SHOWN:
        lines.append(f"  … and {len(found) - _SHOWN:,} more")
    error = AmbiguousError(
        f"{len(found):,} people answer to “{_short(who)}”; name one by the number before it:", lines
    )
    error.people = found
    return error


def _told(line: PersonLine) -> str:
    known = (line.name, line.tier, line.title, line.org, line.city, line.email, line.phone)
    return f"  {line.id:>6}  " + " · ".join(part[:60] for part in known if part)


def _short(who: str) -> str:
    return who if len(who) <= 60 else who[:59] + "…"  # noqa: PLR2004 — as in `_told`
