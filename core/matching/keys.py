"""Which pairs are worth a comparison: entries that share a key, in blocks that do not grow.

A key that many share says little; it is replaced by finer ones, the same key with a second value of
the entry. Which keys are too common is settled once, by the model, so that a new entry never takes
a pair away from others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from core.matching import codes
from core.matching.records import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.matching.codes import Codes, Flags, Ints
    from core.matching.columns import Columns
    from core.matching.features import NameForms

CAP: Final = 60
"""Entries that may share a key before it is refined."""
_WEAK: Final = 8
"""The same for keys that are never enough by themselves."""


class Key(NamedTuple):
    """One way to meet: the code of each row, 0 for none; a row may stand there twice."""

    name: str
    rows: Ints
    codes: Codes
    cap: int


class Caps(NamedTuple):
    """What the model knows of keys: those to refine and those to leave out, ascending."""

    common: Codes
    dead: Codes


class _Rows:
    """Codes of the names of every entry, by what of them is taken."""

    def __init__(self, columns: Columns, given: NameForms, family: NameForms) -> None:
        one = columns.one
        self.columns, self.given, self.family = columns, given, family
        self.first, self.last = one["given"].ids, one["family"].ids
        self.middle = one["middle"].rows
        self.exact_g, self.exact_f = given.codes[self.first], family.codes[self.last]
        self.sound_g, self.sound_f = given.sounds[self.first], family.sounds[self.last]
        self.letter_g, self.letter_f = given.letters[self.first], family.letters[self.last]
        self.everyone = np.arange(columns.size, dtype=np.int32)

    def key(self, name: str, found: Codes, cap: int = CAP) -> Key:
        """A key that every entry has once."""
        return Key(name, self.everyone, found, cap)


def keys(columns: Columns, given: NameForms, family: NameForms) -> Iterator[Key]:
    """Every key of every entry."""
    rows = _Rows(columns, given, family)
    for salt, role in enumerate(("email", "phone", "handle", "login"), 11):
        if role in columns.many:
            yield from _each(role, columns.many[role].rows, salt)
    yield from _name_keys(rows)
    yield from _place_keys(rows)
    for salt, (role, about) in enumerate(ROLES.items(), 60):
        if about.blocks and role in columns.one:
            value = columns.one[role].rows
            yield rows.key(role, codes.pair(value, value, salt))
            yield rows.key(role + " given", codes.pair(value, rows.letter_g, salt + 20))
            yield rows.key(role + " family", codes.pair(value, rows.sound_f, salt + 40))


def _each(name: str, many: Codes, salt: int) -> Iterator[Key]:
    rows, places = np.nonzero(many)
    found = codes.mixed(many[rows, places] + np.uint64(salt))
    yield Key(name, rows.astype(np.int32), found, CAP)


def _name_keys(rows: _Rows) -> Iterator[Key]:
    yield rows.key("name", codes.unordered(rows.exact_g, rows.exact_f, 21))
    yield _as_spelled(rows)
    yield rows.key("letter family", codes.pair(rows.letter_g, rows.exact_f, 23), _WEAK)
    yield rows.key("given letter", codes.pair(rows.exact_g, rows.letter_f, 24), _WEAK)
    yield rows.key("given head", codes.pair(rows.sound_g, rows.family.heads[rows.last], 25), _WEAK)
    yield rows.key("middle family", codes.pair(rows.middle, rows.sound_f, 27))
    yield _surnames(rows)
    longer = rows.given.longer[rows.first]
    who, places = np.nonzero(longer)
    nick = codes.pair(longer[who, places], rows.sound_f[who], 29)
    yield Key("nick family", who.astype(np.int32), nick, CAP)


def _as_spelled(rows: _Rows) -> Key:
    """The names as they sound, and as logins spell them."""
    one = rows.columns.one
    also_first = rows.given.sounds[one["also given"].ids]
    also_last = rows.family.sounds[one["also family"].ids]
    who, found = [rows.everyone], [codes.unordered(rows.sound_g, rows.sound_f, 22)]
    others = ((also_first, rows.sound_f), (rows.sound_g, also_last), (also_first, also_last))
    for first, last in others:
        other = codes.unordered(first, last, 22)
        here = np.flatnonzero(other)
        who.append(here.astype(np.int32))
        found.append(other[here])
    return Key("sound", np.concatenate(who), np.concatenate(found), CAP)


def _surnames(rows: _Rows) -> Key:
    """Each of two surnames, and those who have only one."""
    parts = rows.family.parts[rows.last]
    who, places = np.nonzero(parts)
    alone = np.flatnonzero(parts[:, 0] == 0)
    found = [
        codes.pair(parts[who, places], rows.exact_g[who], 28),
        codes.pair(rows.exact_f[alone], rows.exact_g[alone], 28),
    ]
    both = np.concatenate([who, alone]).astype(np.int32)
    return Key("surname given", both, np.concatenate(found), CAP)


def _place_keys(rows: _Rows) -> Iterator[Key]:
    one, many = rows.columns.one, rows.columns.many
    for salt, role in ((31, "city"), (32, "title")):
        if role in one:
            other = one[role].rows
            yield rows.key(f"given {role}", codes.pair(rows.sound_g, other, salt), _WEAK)
            yield rows.key(f"family {role}", codes.pair(rows.sound_f, other, salt + 10), _WEAK)
    if "employer" in many:
        firms = many["employer"].rows
        for at in range(firms.shape[1]):
            yield rows.key("given firm", codes.pair(rows.sound_g, firms[:, at], 51))
            yield rows.key("family firm", codes.pair(rows.sound_f, firms[:, at], 52))


# --- blocks ------------------------------------------------------------------------------------


def _sizes(sorted_codes: Codes) -> tuple[Codes, Ints]:
    starts = np.flatnonzero(np.concatenate([[True], sorted_codes[1:] != sorted_codes[:-1]]))
    sizes = np.diff(np.append(starts, len(sorted_codes)))
    return sorted_codes[starts], sizes.astype(np.int32)


def _refiners(columns: Columns, given: NameForms, family: NameForms) -> list[Codes]:
    first, last = columns.one["given"].ids, columns.one["family"].ids
    found = [given.sounds[first], family.sounds[last], columns.one["middle"].rows]
    found += [columns.one[role].rows for role in ("city", "title") if role in columns.one]
    found += [
        columns.one[role].rows for role in columns.one if role in ROLES and ROLES[role].blocks
    ]
    for role in ("employer", "login"):
        if role in columns.many:
            rows = columns.many[role].rows
            found += [rows[:, at] for at in range(min(rows.shape[1], 2))]
    return found


def pairs(
    columns: Columns,
    given: NameForms,
    family: NameForms,
    caps: Caps | None,
    touching: Flags | None = None,
) -> tuple[Ints, Ints, Caps]:
    """The pairs that share a key, each once, the lower row first.

    Args:
        columns: the list.
        given: forms of its given names.
        family: forms of its family names.
        caps: the model's; None to settle them by this list.
        touching: of which rows at least one must be in a pair.

    Returns:
        Lower rows, higher rows, and the caps that were used.
    """
    refiners = _refiners(columns, given, family)
    common: list[Codes] = []
    dead: list[Codes] = []
    found: list[Codes] = []
    for key in keys(columns, given, family):
        live = key.codes != 0
        rows, key_codes = key.rows[live], key.codes[live]
        rows, key_codes, over = _within(rows, key_codes, key.cap, caps.common if caps else None)
        common.append(over[2])
        found.append(_block_pairs(rows, key_codes, touching))
        if not len(over[0]):
            continue
        for salt, refiner in enumerate(refiners, 101):
            finer = codes.pair(over[1], refiner[over[0]], salt)
            has = finer != 0
            rows, key_codes, dropped = _within(
                over[0][has], finer[has], key.cap, caps.dead if caps else None
            )
            dead.append(dropped[2])
            found.append(_block_pairs(rows, key_codes, touching))
    every = codes.distinct(np.concatenate(found))
    low = (every >> np.uint64(32)).astype(np.int32)
    high = (every & np.uint64(0xFFFFFFFF)).astype(np.int32)
    if caps is None:
        caps = Caps(
            codes.distinct(np.concatenate(common)),
            codes.distinct(np.concatenate([*dead, common[0][:0]])),
        )
    return low, high, caps


def _within(
    rows: Ints, key_codes: Codes, cap: int, over: Codes | None
) -> tuple[Ints, Codes, tuple[Ints, Codes, Codes]]:
    """Rows in code order, those under the cap, and those over it with their codes."""
    order = np.argsort(key_codes, kind="stable")
    rows, key_codes = rows[order], key_codes[order]
    if over is None:
        distinct, sizes = _sizes(key_codes) if len(key_codes) else (key_codes, rows[:0])
        over = distinct[sizes > cap]
    many = codes.found_in(key_codes, over)
    return rows[~many], key_codes[~many], (rows[many], key_codes[many], over)


def _block_pairs(rows: Ints, key_codes: Codes, touching: Flags | None) -> Codes:
    found: list[Codes] = [np.zeros(0, np.uint64)]
    at = np.arange(len(rows) - 1) if len(rows) else np.zeros(0, np.int64)
    step = 1
    wide = rows.astype(np.uint64)
    while len(at):
        at = at[at + step < len(rows)]
        at = at[key_codes[at] == key_codes[at + step]]
        one, two = wide[at], wide[at + step]
        code = (np.minimum(one, two) << np.uint64(32)) | np.maximum(one, two)
        keep = one != two
        if touching is not None:
            keep &= touching[rows[at]] | touching[rows[at + step]]
        found.append(code[keep])
        step += 1
    return np.concatenate(found)
