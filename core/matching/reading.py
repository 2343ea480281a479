"""From a list as written to columns that can be compared."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from core.matching import codes, identifiers, logins, names
from core.matching.codes import Counts
from core.matching.columns import Column, Columns, Many, cleaned
from core.matching.records import ROLES, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from core.matching.codes import Codes, Flags, Ints
    from core.matching.names import Name
    from core.matching.records import Records

    Doubles = npt.NDArray[np.float64]

_TURNED: Final = 30.0
_MORE: Final = 4.0


@dataclass(slots=True)
class Known:
    """The names a list knows, which half-written names are completed by."""

    given: Counts
    family: Counts

    @classmethod
    def of(cls, names: _Names, apart: Sequence[str]) -> Known:
        """Count the names of a list; second given names where a source keeps them apart."""
        told = np.fromiter(map(bool, apart), np.bool_, len(apart))
        given = np.concatenate([names.given, names.middle[told]])
        return cls(Counts.of(given), Counts.of(names.family))


class _Names(NamedTuple):
    """Codes of the parts of each entry's name."""

    given: Codes
    middle: Codes
    family: Codes

    @classmethod
    def of(cls, parts: list[Name]) -> _Names:
        size = len(parts)
        return cls(
            Column.of([part.given for part in parts], size).rows,
            Column.of([part.middle for part in parts], size).rows,
            Column.of([part.family.replace(" ", "") for part in parts], size).rows,
        )


@dataclass(slots=True)
class Flat:
    """Lists of values laid end to end: the entry of each, and the values."""

    rows: Ints
    texts: list[str]

    @classmethod
    def of(cls, lists: Sequence[Sequence[str]]) -> Flat:
        """Lay lists end to end."""
        sizes = np.fromiter(map(len, lists), np.int32, len(lists))
        rows = np.repeat(np.arange(len(lists), dtype=np.int32), sizes)
        return cls(rows, list(chain.from_iterable(lists)))


def read(records: Records, known: Known | None = None) -> tuple[Columns, Known]:
    """The columns of a list.

    Args:
        records: the list.
        known: the names a model knows; None to learn them from this list.

    Returns:
        The columns, and the names they were completed by.
    """
    size = records.size
    parts = _parsed(records)
    coded = _Names.of(parts)
    known = known or Known.of(coded, records.given or [""] * size)
    many, own = _identifiers(records)
    _turned(parts, coded, known)
    told = _guessed(parts, own, known)
    also_given, also_family = [""] * size, [""] * size
    for row, texts in own.items():
        if not told[row] and (parts[row].given or parts[row].family):
            found = logins.learned(parts[row], texts)
            parts[row], also_given[row], also_family[row] = found
    one = _names(parts, also_given, also_family)
    if records.source:
        one["source"] = Column.of(records.source, size)
    plain = {"title": records.titles, "city": records.cities, **records.others}
    for role, column in plain.items():
        if column:
            kind = ROLES[role].kind if role in ROLES else Kind.WORDS
            one[role] = Column.of(cleaned(kind, column), size)
    if own:
        many["login"], many["username"] = _logins(own, parts, size)
    return Columns(size, one, many, told), known


def _parsed(records: Records) -> list[Name]:
    empty = [""] * records.size
    whole, given, family = records.name or empty, records.given or empty, records.family or empty
    found = list(map(names.parsed, whole, given, family))
    if records.orgs:
        for row, org in enumerate(records.orgs):
            if org:  # a name that ends with the firm it was saved under
                found[row] = names.without_firm(found[row], org)
    return found


def _names(parts: list[Name], also_given: list[str], also_family: list[str]) -> dict[str, Column]:
    size = len(parts)
    one: dict[str, Column] = {}
    for role, texts, others in (
        ("given", [part.given for part in parts], also_given),
        ("family", [part.family for part in parts], also_family),
    ):
        both = Column.of(chain(texts, others), 2 * size)
        one[role] = Column(both.ids[:size], both.values, both.codes)
        one["also " + role] = Column(both.ids[size:], both.values, both.codes)
    one["middle"] = Column.of((part.middle for part in parts), size)
    one["generation"] = Column.of((part.generation for part in parts), size)
    return one


def _turned(parts: list[Name], coded: _Names, known: Known) -> None:
    """Put names the right way round by what the others in the list say; find second surnames."""
    first, middle, last = coded

    def ratio(values: Codes) -> Doubles:
        """How much commoner each is as a family name than as a given one."""
        half = 0.5 / max(known.given.total, 1)
        shares = [
            np.where(codes.found_in(values, counts.codes), counts.share(values), half)
            for counts in (known.family, known.given)
        ]
        result: Doubles = shares[0] / shares[1]
        return result

    given_is_family, family_is_family, middle_is_family = ratio(first), ratio(last), ratio(middle)
    whole = (first != 0) & (last != 0)
    turned = whole & (given_is_family / family_is_family > _TURNED)
    second = (middle != 0) & (last != 0) & ~turned & (middle_is_family > _MORE)
    for row in np.flatnonzero(turned | second).tolist():
        part = parts[row]
        if len(part.middle) > 1 and second[row]:
            parts[row] = part._replace(middle="", family=f"{part.middle} {part.family}")
        elif turned[row] and len(part.given) > 1 and len(part.family) > 1:
            parts[row] = part._replace(given=part.family.replace(" ", ""), family=part.given)


def _guessed(parts: list[Name], own: dict[int, list[str]], known: Known) -> Flags:
    rows = [row for row, texts in own.items() if logins.needs_guess(parts[row], texts)]
    told = np.zeros(len(parts), np.bool_)
    found = logins.guessed([own[row] for row in rows], known.given, known.family)
    for row, name in zip(rows, found, strict=True):
        if name.given or name.family:
            parts[row] = name
            told[row] = True
    return told


def _identifiers(records: Records) -> tuple[dict[str, Many], dict[int, list[str]]]:
    """The lists of identifiers, and for each entry its logins with their signs."""
    size = records.size
    many: dict[str, Many] = {}
    own: dict[int, list[str]] = {}
    rows: list[Ints] = []
    firms: list[str] = []
    if records.orgs:
        rows.append(np.arange(size, dtype=np.int32))
        orgs = cleaned(identifiers.organisation, records.orgs)
        firms += map(identifiers.firm_label, orgs)
    if records.emails:
        flat = Flat.of(records.emails)
        rows.append(flat.rows)
        many["email"], hosts = _emails(flat, own, size)
        firms += hosts
    if records.phones:
        flat = Flat.of(records.phones)
        many["phone"] = Many.of(flat.rows, list(map(identifiers.phone, flat.texts)), size)
    if records.handles:
        many["handle"] = _handles(records, own)
    if rows:
        many["employer"] = Many.of(np.concatenate(rows), firms, size)
    return many, own


def _emails(flat: Flat, own: dict[int, list[str]], size: int) -> tuple[Many, list[str]]:
    """Personal addresses, and the employers that addresses name."""
    mails = list(map(identifiers.email, flat.texts))
    local = [mail.partition("@")[0] for mail in mails]
    desks = cleaned(identifiers.desk, local)
    personal = ["" if desk else mail for mail, desk in zip(mails, desks, strict=True)]
    for row, login, desk in zip(flat.rows.tolist(), local, desks, strict=True):
        if login and not desk:
            own.setdefault(row, []).append(login)
    hosts = [mail.rpartition("@")[2] for mail in mails]
    return Many.of(flat.rows, personal, size), cleaned(identifiers.employer_of_mail, hosts)


def _handles(records: Records, own: dict[int, list[str]]) -> Many:
    flat = Flat.of(records.handles)
    sources = records.source or [""] * records.size
    rows = flat.rows.tolist()
    found: list[str] = []
    for row, text in zip(rows, flat.texts, strict=True):
        platform, name = identifiers.handle(text, sources[row])
        found.append(f"{platform}:{name}" if name else "")
        if name:
            own.setdefault(row, []).append(identifiers.slug(name, platform))
    return Many.of(flat.rows, found, records.size)


def _laid(own: dict[int, list[str]]) -> tuple[Ints, list[str]]:
    rows = np.repeat(
        np.fromiter(own, np.int32, len(own)),
        np.fromiter(map(len, own.values()), np.int32, len(own)),
    )
    return rows, list(chain.from_iterable(own.values()))


def _logins(own: dict[int, list[str]], parts: list[Name], size: int) -> tuple[Many, Many]:
    """The logins, and those that say more than the names they were made of."""
    rows, texts = _laid(own)
    users = list(map(identifiers.username, texts))
    seen = Counter(users)
    again = [at for at, user in enumerate(users) if seen[user] > 1]
    who = [parts[row] for row in rows[again].tolist()]
    told = identifiers.telling(
        [users[at] for at in again],
        [name.given for name in who],
        [name.family.replace(" ", "") for name in who],
    )
    kept = [at for at, tells in zip(again, told, strict=True) if tells]
    telling = Many.of(rows[kept], [users[at] for at in kept], size)
    return Many.of(rows, users, size), telling
