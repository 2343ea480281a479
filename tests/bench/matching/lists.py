"""Lists of people with known truth, from comma-separated files: columns are known by headings."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path
from typing import Any, NamedTuple

from core.matching.records import Records

TEXTS = {
    "source": ("source",),
    "name": ("name", "full_name"),
    "given": ("given", "given_name", "first_name", "fname_c1"),
    "family": ("family", "surname", "lname_c1"),
    "orgs": ("org",),
    "titles": ("title", "occupation"),
    "cities": ("city",),
}
SECOND = {"fname_c1": "fname_c2", "lname_c1": "lname_c2"}
LISTS = {
    "emails": ("emails", "email"),
    "phones": ("phones", "phone"),
    "handles": ("handles", "handle"),
}
OTHERS = {
    "birthday": ("dob", "date_of_birth"),
    "national_number": ("soc_sec_id",),
    "gender": ("gender",),
    "birth_place": ("birth_place",),
    "postcode": ("postcode", "postcode_fake"),
    "street_number": ("street_number",),
    "street": ("address_1",),
    "locality": ("suburb",),
    "state": ("state",),
}
TRUTH = ("person_id", "truth")


class People(NamedTuple):
    """A list and, for each of its entries, who it is."""

    records: Records
    truth: tuple[str, ...]


def read(path: str) -> People:
    """A list from a file, packed or not."""
    if path.endswith(".gz"):
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
    else:
        with Path(path).open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
    heads = rows.pop(0)
    columns = dict(zip(heads, zip(*rows, strict=True), strict=True))
    size = len(rows)

    def column(names: tuple[str, ...]) -> tuple[str, ...]:
        return next((columns[name] for name in names if name in columns), ())

    texts: dict[str, Any] = {role: column(names) for role, names in TEXTS.items()}
    for first, second in SECOND.items():
        if first in columns:
            role = next(role for role, names in TEXTS.items() if first in names)
            both = zip(columns[first], columns[second], strict=True)
            texts[role] = tuple(" ".join(pair).strip() for pair in both)
    nothing: tuple[str, ...] = ()
    lists: dict[str, Any] = {
        role: [text.split(";") if text else nothing for text in column(names)]
        for role, names in LISTS.items()
    }
    others = {role: found for role, names in OTHERS.items() if (found := column(names))}
    return People(Records(size, **texts, **lists, others=others), column(TRUTH))
