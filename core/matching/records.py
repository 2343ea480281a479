"""What matching is given: one column a role, each as long as the list.

Nothing here knows a book, a file format or a screen. A list of contacts fills names, addresses and
handles; a register fills birthday, national number and street; both are read the same way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Kind(Enum):
    """How two values of a role are compared."""

    WORDS = "words"
    DATE = "date"
    CODE = "code"
    NUMBER = "number"


class Role(NamedTuple):
    """A further field.

    Attributes:
        kind: how its values are compared.
        owned: one person's alone; relatives share it only by chance.
        blocks: whether two entries that share a value are worth a look.
    """

    kind: Kind
    owned: bool
    blocks: bool


ROLES: Final[dict[str, Role]] = {
    "birthday": Role(Kind.DATE, owned=True, blocks=True),
    "national_number": Role(Kind.NUMBER, owned=True, blocks=True),
    "gender": Role(Kind.CODE, owned=True, blocks=False),
    "birth_place": Role(Kind.WORDS, owned=False, blocks=True),
    "postcode": Role(Kind.CODE, owned=False, blocks=True),
    "street_number": Role(Kind.CODE, owned=False, blocks=False),
    "street": Role(Kind.WORDS, owned=False, blocks=True),
    "locality": Role(Kind.WORDS, owned=False, blocks=True),
    "state": Role(Kind.CODE, owned=False, blocks=False),
}
"""The roles that `Records.others` may hold."""
_COLUMNS: Final = (
    *("source", "name", "given", "family", "emails", "phones", "handles"),
    *("orgs", "titles", "cities"),
)


@dataclass(frozen=True, slots=True)
class Records:
    """Entries as parallel columns; an empty column means that nobody has the field.

    Attributes:
        size: how many entries there are.
        source: the list each came from; "" where all are of one kind.
        name: whole names as written.
        given: given names where the source keeps them apart, with middle names or without.
        family: family names where the source keeps them apart.
        emails: addresses as written.
        phones: numbers as written.
        handles: profile addresses or bare handles as written.
        orgs: employers.
        titles: jobs, occupations.
        cities: places of living or working.
        others: further columns by role, see `ROLES`.
    """

    size: int
    source: Sequence[str] = ()
    name: Sequence[str] = ()
    given: Sequence[str] = ()
    family: Sequence[str] = ()
    emails: Sequence[Sequence[str]] = ()
    phones: Sequence[Sequence[str]] = ()
    handles: Sequence[Sequence[str]] = ()
    orgs: Sequence[str] = ()
    titles: Sequence[str] = ()
    cities: Sequence[str] = ()
    others: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for column in _COLUMNS:
            self._check(column, getattr(self, column))
        for role, values in self.others.items():
            if role not in ROLES:
                raise ValueError(f"{role} is no role of a column")
            self._check(role, values)

    def take(self, rows: Sequence[int]) -> Records:
        """Some entries of the list, as a list."""

        def some(column: Sequence[Any]) -> list[Any]:
            return [column[row] for row in rows] if column else []

        columns: dict[str, Any] = {name: some(getattr(self, name)) for name in _COLUMNS}
        others = {role: some(values) for role, values in self.others.items()}
        return Records(len(rows), **columns, others=others)

    def _check(self, column: str, values: Sequence[object]) -> None:
        if len(values) not in {0, self.size}:
            raise ValueError(f"{column} has {len(values)} values for {self.size} entries")
