"""From a list as written to columns that can be compared."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain, compress
from typing import TYPE_CHECKING, Final

import numpy as np

from core.matching import codes, identifiers, logins, names
from core.matching.codes import Counts
from core.matching.columns import Column, Columns, Many, Numbered, cleaned, column
from core.matching.names import Name
from core.matching.records import ROLES, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from core.matching.codes import Codes, Flags, Ints
    from core.matching.records import Records

    Doubles = npt.NDArray[np.float64]

_TURNED: Final = 30.0
_MORE: Final = 4.0
_SHORT_LIST: Final = 500


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
        # In a long list what stands there once is mostly a mistype; a short one has little else.
        least = 1 if len(apart) <= _SHORT_LIST else 2
        return cls(Counts.of(given, least=least), Counts.of(names.family, least=least))


class _Names:
    """The names of a list: their parts, and the numbers and codes of those.

    What is found out about a name later is noted by `put`, so that only that is numbered anew.
    """

    def __init__(self, parts: list[Name]) -> None:
        self.parts = parts
        texts = zip(*parts, strict=True) if parts else [()] * len(Name._fields)
        self.columns = dict(zip(Name._fields, map(Numbered, texts), strict=True))
        self.given = self.columns["given"].column().rows
        self.middle = self.columns["middle"].column().rows
        family = self.columns["family"]
        whole = [value.replace(" ", "") for value in family.numbers]
        self.family = codes.of(whole)[family.ids]

    def put(self, row: int, name: Name) -> None:
        """Note a better reading of a name."""
        self.parts[row] = name
        for role, text in zip(Name._fields, name, strict=True):
            column = self.columns[role]
            column.ids[row] = column.numbers[text]

    def finished(self, also: dict[str, dict[int, str]]) -> dict[str, Column]:
        """The columns, with those of other spellings of given and family names."""
        others: dict[str, Ints] = {}
        for role, texts in also.items():
            others[role] = np.zeros(len(self.parts), np.int32)
            numbers = self.columns[role].numbers
            others[role][list(texts)] = [numbers[text] for text in texts.values()]
        one = {role: column.column() for role, column in self.columns.items()}
        for role, ids in others.items():
            one["also " + role] = Column(ids, one[role].values, one[role].codes)
        return one


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

    def kept(self, texts: list[str]) -> Flat:
        """Other values in place of these, without the empty ones."""
        held = np.fromiter(map(bool, texts), np.bool_, len(texts))
        return Flat(self.rows[held], list(compress(texts, texts)))

    def beside(self, other: Flat) -> Flat:
        """The values of both, entry by entry."""
        rows = np.concatenate([self.rows, other.rows])
        order = np.argsort(rows, kind="stable")
        texts = [*self.texts, *other.texts]
        return Flat(rows[order], list(map(texts.__getitem__, order.tolist())))

    def by_entry(self, entries: npt.NDArray[np.integer]) -> list[list[str]]:
        """The values of some entries."""
        first = np.searchsorted(self.rows, entries).tolist()
        end = np.searchsorted(self.rows, entries, "right").tolist()
        return [self.texts[i:j] for i, j in zip(first, end, strict=True)]


def read(records: Records, known: Known | None = None) -> tuple[Columns, Known]:
    """The columns of a list.

    Args:
        records: the list.
        known: the names a model knows; None to learn them from this list.

    Returns:
        The columns, and the names they were completed by.
    """
    size = records.size
    held = _Names(_parsed(records))
    known = known or Known.of(held, records.given or [""] * size)
    many, own = _identifiers(records)
    _turned(held, known)
    told = _guessed(held, own, known)
    one = held.finished(_learned(held, own, told))
    if records.source:
        one["source"] = Column.of(records.source)
    plain = {"title": records.titles, "city": records.cities, **records.others}
    for role, texts in plain.items():
        if texts:
            kind = ROLES[role].kind if role in ROLES else Kind.WORDS
            one[role] = column(kind, texts)
    if own.texts:
        many["login"], many["username"] = _logins(own, held.parts, size)
    return Columns(size, one, many, told), known


def _parsed(records: Records) -> list[Name]:
    empty = [""] * records.size
    whole, given, family = records.name or empty, records.given or empty, records.family or empty
    found = list(map(names.parsed, whole, given, family))
    if records.orgs:
        for row, org in enumerate(records.orgs):
            if org and found[row].middle:  # a name that ends with the firm it was saved under
                found[row] = names.without_firm(found[row], org)
    return found


def _turned(held: _Names, known: Known) -> None:
    """Put names the right way round by what the others in the list say; find second surnames."""
    first, middle, last = held.given, held.middle, held.family

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
        part = held.parts[row]
        if len(part.middle) > 1 and second[row]:
            held.put(row, part._replace(middle="", family=f"{part.middle} {part.family}"))
        elif turned[row] and len(part.given) > 1 and len(part.family) > 1:
            turned_name = part._replace(given=part.family.replace(" ", ""), family=part.given)
            held.put(row, turned_name)


def _guessed(held: _Names, own: Flat, known: Known) -> Flags:
    """Name those who have no name by their logins; which entries those are."""
    told = np.zeros(len(held.parts), np.bool_)
    nameless = own.rows[held.columns["family"].ids[own.rows] == 0]
    rows = np.unique(nameless)
    texts = own.by_entry(rows)
    asked = [
        (row, some)
        for row, some in zip(rows.tolist(), texts, strict=True)
        if logins.needs_guess(held.parts[row], some)
    ]
    found = logins.guessed([some for _, some in asked], known.given, known.family)
    for (row, _), name in zip(asked, found, strict=True):
        if name.given or name.family:
            held.put(row, name)
            told[row] = True
    return told


def _learned(held: _Names, own: Flat, told: Flags) -> dict[str, dict[int, str]]:
    """Complete names by logins; other spellings of given and family names by entry."""
    also: dict[str, dict[int, str]] = {"given": {}, "family": {}}
    unnamed = told | ((held.columns["given"].ids == 0) & (held.columns["family"].ids == 0))
    asked = np.zeros(len(held.parts), np.bool_)
    parts, letters = held.parts, Flat(own.rows, identifiers.letters(own.texts))
    asked[
        [
            row
            for row, text in zip(own.rows.tolist(), letters.texts, strict=True)
            if text and text != parts[row][0] + parts[row][2]
        ]
    ] = True
    rows = np.flatnonzero(asked & ~unnamed)
    entries = zip(rows.tolist(), own.by_entry(rows), letters.by_entry(rows), strict=True)
    for row, texts, bare in entries:
        name, given, family = logins.learned(parts[row], texts, bare)
        if name is not parts[row]:
            held.put(row, name)
        if given:
            also["given"][row] = given
        if family:
            also["family"][row] = family
    return also


def _identifiers(records: Records) -> tuple[dict[str, Many], Flat]:
    """The lists of identifiers, and the logins of each entry with their signs."""
    size = records.size
    many: dict[str, Many] = {}
    own = Flat(np.zeros(0, np.int32), [])
    rows: list[Ints] = []
    firms: list[str] = []
    if records.orgs:
        rows.append(np.arange(size, dtype=np.int32))
        orgs = cleaned(identifiers.organisation, records.orgs)
        firms += map(identifiers.firm_label, orgs)
    if records.emails:
        flat = Flat.of(records.emails)
        mails = list(map(identifiers.email, flat.texts))
        local = [mail.partition("@")[0] for mail in mails]
        desks = set(filter(identifiers.is_desk, set(local)))
        personal = ["" if name in desks else mail for mail, name in zip(mails, local, strict=True)]
        many["email"] = Many.of(flat.rows, personal, size)
        own = flat.kept(["" if name in desks else name for name in local])
        rows.append(flat.rows)
        hosts = [mail.rpartition("@")[2] for mail in mails]
        firms += cleaned(identifiers.employer_of_mail, hosts)
    if records.phones:
        flat = Flat.of(records.phones)
        many["phone"] = Many.of(flat.rows, identifiers.phones(flat.texts), size)
    if records.handles:
        flat = Flat.of(records.handles)
        many["handle"], slugs = _handles(flat, records)
        own = own.beside(flat.kept(slugs))
    if rows:
        many["employer"] = Many.of(np.concatenate(rows), firms, size)
    return many, own


def _handles(flat: Flat, records: Records) -> tuple[Many, list[str]]:
    """The handles with their platforms, and what each says of a name."""
    sources = records.source or [""] * records.size
    found: list[str] = []
    slugs: list[str] = []
    for row, text in zip(flat.rows.tolist(), flat.texts, strict=True):
        platform, name = identifiers.handle(text, sources[row])
        found.append(f"{platform}:{name}" if name else "")
        slugs.append(identifiers.slug(name, platform))
    return Many.of(flat.rows, found, records.size), slugs


def _logins(own: Flat, parts: list[Name], size: int) -> tuple[Many, Many]:
    """The logins, and those that say more than the names they were made of."""
    users = identifiers.usernames(own.texts)
    seen = Counter(users)
    again = [at for at, user in enumerate(users) if seen[user] > 1]
    rows = own.rows[again]
    who = [parts[row] for row in rows.tolist()]
    told = identifiers.telling(
        [users[at] for at in again],
        [name.given for name in who],
        [name.family.replace(" ", "") for name in who],
    )
    telling = [users[at] if tells else "" for at, tells in zip(again, told, strict=True)]
    return Many.of(own.rows, users, size), Many.of(rows, telling, size)
