"""Monica: the account as JSON (4.x), or as the SQL of the versions before."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from importers import columns, monica_sql
from importers.json_text import DEPTH_LIMIT, canonical, document, is_deep
from importers.monica_values import Account, facts, flat, items, text_of, yes
from importers.record import Problem, Record, Sniffed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from importers.container import Container, Member

NAME: Final = "monica"
TITLE: Final = "Monica"
VERSION: Final = 1
WHOLE: Final = False
NEW_PEOPLE: Final = True

_HEAD: Final = 1 << 14
_ENDINGS: Final = (".json", ".sql")
_MOST_FILES: Final = 20  # another archive: its thousands of files need not be opened
_JSON: Final = re.compile(rb'\A(?:\xef\xbb\xbf)?\s*\{.*?"account"\s*:\s*\{', re.DOTALL)
_ITS_OWN: Final = re.compile(
    rb'"(?:app_version|url_export|exported_by|export_date|uuid|number_of_invitations_sent)"\s*:'
)
_SQL: Final = re.compile(
    rb"dump of data.*?INSERT IGNORE INTO [\w`]{0,60}(?:accounts|contacts|activities)`?\s*\(",
    re.DOTALL,
)
_NOT_YET: Final = {  # one, many
    "activity": ("activity", "activities"),
    "call": ("call", "calls"),
    "conversation": ("conversation", "conversations"),
    "debt": ("debt", "debts"),
    "document": ("document", "documents"),
    "gift": ("gift", "gifts"),
    "life_event": ("life event", "life events"),
    "reminder": ("reminder", "reminders"),
    "task": ("task", "tasks"),
}
_PASSING: Final = frozenset({"number_of_views", "last_consulted_at"})
"""What changes whenever somebody looks at an entry: kept out of its bytes."""


def sniff(container: Container) -> Sniffed | None:
    """Knows the account by its first keys, the SQL by its first statements."""
    maybe = [member for member in container.members if member.name.lower().endswith(_ENDINGS)]
    if len(container.members) == 1:
        maybe = list(container.members)
    elif len(maybe) > _MOST_FILES:
        return None
    members = [member.name for member in maybe if _is_account(member.head(_HEAD))]
    return Sniffed(95, "a Monica account", "", tuple(members)) if members else None


def read(container: Container) -> Iterator[Record | Problem]:
    """Every contact; what was said and done with them is counted, not read yet."""
    sniffed = sniff(container)
    for member in container.members:
        if sniffed and member.name in sniffed.members:
            broken: list[str] = []
            is_sql = bool(_SQL.search(member.head(_HEAD)))
            found = monica_sql.document(member, broken) if is_sql else document(member)
            yield from _read(member, found)
            yield from (Problem(member.name, why) for why in broken)


def _is_account(head: bytes) -> bool:
    return bool((_JSON.match(head) and _ITS_OWN.search(head)) or _SQL.search(head))


def _read(member: Member, found: object) -> Iterator[Record | Problem]:
    if isinstance(found, Problem):
        yield found
        return
    account = found.get("account") if isinstance(found, dict) else None
    if not isinstance(account, dict):
        yield Problem(member.name, "no account stands in this JSON")
        return
    book = Account.of(account)
    partial = 0
    counts: Counter[str] = Counter()
    for number, contact in enumerate(items(account, "contact"), 1):
        where = f"{member.name} contact {number:,}"
        if is_deep(contact):
            yield Problem(where, f"nested deeper than {DEPTH_LIMIT} levels")
        elif not isinstance(contact, dict):
            yield Problem(where, "not a contact", canonical(contact))
        elif yes(flat(contact).get("is_partial")):
            partial += 1
        else:
            counts.update({kind: len(items(contact, kind)) for kind in _NOT_YET})
            yield _record(where, contact, book)
    counts["activity"] = len(items(account, "activity")) or counts["activity"]
    if partial:
        those = _count(partial, "contact that only stands", "contacts that only stand")
        yield Problem(member.name, f"left out: {those} in a relation of others", fatal=False)
    told = [_count(counts[kind], *words) for kind, words in _NOT_YET.items() if counts[kind]]
    if told:
        yield Problem(member.name, f"not read yet: {', '.join(told)}", fatal=False)


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _record(where: str, contact: dict[str, object], book: Account) -> Record | Problem:
    key = text_of(contact.get("uuid"))
    found = facts(contact, book)
    own = {name: value for name, value in contact.items() if name != "properties"}
    properties = contact.get("properties")
    if isinstance(properties, dict):
        own["properties"] = {n: value for n, value in properties.items() if n not in _PASSING}
    # Relations stand beside the contacts: a new one must not look unchanged.
    raw = canonical({**own, "relationships": book.relations_of(key)})
    made = columns.record(where, raw, found.values, key)
    if isinstance(made, Problem):
        return made
    revised = text_of(contact.get("updated_at"))
    return Record(where, raw, key, made.values, found.media, revised)
