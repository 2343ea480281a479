"""The schema: every table of the book, as SQLModel classes.

Only TEXT and INTEGER columns, so that the journal can keep exact images of rows; bytes live in
`Blob`, which is written once and never changed. Ids are never reused (AUTOINCREMENT).

No ``from __future__ import annotations`` here: it breaks SQLModel's relationships.
"""

from typing import Any, ClassVar

from sqlalchemy import Index, LargeBinary, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

STRICT: dict[str, Any] = {"sqlite_strict": True}
AUTO: dict[str, Any] = {**STRICT, "sqlite_autoincrement": True}


def _text(*, default: str | None = "", index: bool = False) -> Any:  # noqa: ANN401 — as SQLModel's Field
    return Field(default=default, sa_type=Text, index=index, nullable=default is None)


def _ref(table: str, *, null: bool = False) -> Any:  # noqa: ANN401 — as SQLModel's Field
    key = f"{table}.id"
    if null:
        return Field(default=None, foreign_key=key, index=True, nullable=True)
    return Field(foreign_key=key, index=True, nullable=False)


class Setting(SQLModel, table=True):
    """A choice of the user that belongs to the book, such as the home region."""

    __table_args__ = (AUTO,)
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(sa_type=Text, unique=True)
    value: str = _text()


class Source(SQLModel, table=True):
    """A list that people came from: kind and account."""

    __table_args__ = (UniqueConstraint("kind", "account"), AUTO)
    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(sa_type=Text)
    account: str = _text()


class Run(SQLModel, table=True):
    """One import of one source; the counts are what its summary said."""

    __table_args__ = (AUTO,)
    id: int | None = Field(default=None, primary_key=True)
    source_id: int = _ref("source")
    at: str = Field(sa_type=Text)
    exported: str = _text()
    files: str = _text(default="[]")
    records: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    refused: str = _text(default="[]")


class Card(SQLModel, table=True):
    """What one source says about somebody, or a hand-made person (no source).

    `person_id` is the only merge pointer: the id of the person's home card.
    """

    __table_args__ = (Index("ix_card_source_key", "source_id", "key"), AUTO)
    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(sa_type=Text, unique=True)
    person_id: int = _ref("card")
    source_id: int | None = _ref("source", null=True)
    key: str = _text()
    raw_sha: str = _text(index=True)
    reader: int = 0
    revised: str = _text()
    run_id: int | None = _ref("run", null=True)
    gone_run_id: int | None = _ref("run", null=True)
    made: str = _text()


class Fact(SQLModel, table=True):
    """One value a card holds.

    `origin` is ``source`` or ``user``; a user's fact may replace a source's (`replaces_id`), and
    an empty value of the user's is a clearing, which is kept too.
    """

    __table_args__ = (Index("ix_fact_kind_norm", "kind", "norm"), AUTO)
    id: int | None = Field(default=None, primary_key=True)
    card_id: int = _ref("card")
    kind: str = Field(sa_type=Text)
    value: str = _text()
    norm: str = _text()
    label: str = _text()
    part: int = 0
    detail: str = _text()
    preferred: int = 0
    origin: str = _text(default="source")
    replaces_id: int | None = _ref("fact", null=True)
    since: str = _text()
    until: str = _text()


class Standing(SQLModel, table=True):
    """A decision about a card: its tier, cadence or wait; the newest of a person's cards shows.

    `origin` is ``user`` or ``auto``; `set_by` is the command that wrote it, `day` the local day.
    """

    __table_args__ = (UniqueConstraint("card_id", "field"), AUTO)
    id: int | None = Field(default=None, primary_key=True)
    card_id: int = _ref("card")
    field: str = Field(sa_type=Text)
    value: str = _text()
    why: str = _text()
    origin: str = _text(default="user")
    day: str = _text()
    set_by: int = 0


class Identity(SQLModel, table=True):
    """An address or handle that takes part in interactions, or a display name in one thread.

    `scope` is "" for strong kinds; for names it is source and thread. A ghost is an identity
    that no card holds and that no `card_id` was given by the user.
    """

    __table_args__ = (UniqueConstraint("kind", "norm", "scope"), AUTO)
    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(sa_type=Text)
    norm: str = Field(sa_type=Text)
    scope: str = _text()
    shown: str = _text()
    card_id: int | None = _ref("card", null=True)


class Interaction(SQLModel, table=True):
    """A mail, message, call, meeting, visit or note.

    `at` is UTC; `day` the local day it fell on. `direction` is in, out, both or none.
    """

    __table_args__ = (
        Index("ix_interaction_source_key", "source_id", "source_key"),
        Index("ix_interaction_day", "day"),
        AUTO,
    )
    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(sa_type=Text)
    at: str = Field(sa_type=Text)
    day: str = Field(sa_type=Text)
    zone: str = _text()
    direction: str = _text(default="both")
    channel: str = _text()
    thread: str = _text()
    subject: str = _text()
    text: str = _text()
    seconds: int = 0
    source_id: int | None = _ref("source", null=True)
    source_key: str = _text()
    run_id: int | None = _ref("run", null=True)


class Participant(SQLModel, table=True):
    """Who took part: a card when the user said so, else an identity."""

    __table_args__ = (AUTO,)
    id: int | None = Field(default=None, primary_key=True)
    interaction_id: int = _ref("interaction")
    card_id: int | None = _ref("card", null=True)
    identity_id: int | None = _ref("identity", null=True)
    role: str = _text()


class Promise(SQLModel, table=True):
    """Something owed: `owed_by` is ``me`` or ``them``; `due` and `kept` are local days or ""."""

    __table_args__ = (Index("ix_promise_due", "due"), AUTO)
    id: int | None = Field(default=None, primary_key=True)
    card_id: int = _ref("card")
    owed_by: str = Field(sa_type=Text)
    what: str = _text()
    due: str = _text()
    kept: str = _text()
    interaction_id: int | None = _ref("interaction", null=True)


class Answer(SQLModel, table=True):
    """What the user said of two cards: same, different or family; `a_id` < `b_id`."""

    __table_args__ = (UniqueConstraint("a_id", "b_id"), AUTO)
    id: int | None = Field(default=None, primary_key=True)
    a_id: int = _ref("card")
    b_id: int = _ref("card")
    verdict: str = Field(sa_type=Text)


class OptOut(SQLModel, table=True):
    """A channel somebody must not, or would rather, be contacted by.

    `rule` is ``never`` or ``prefer``; channel ``all`` means every one.
    """

    __tablename__: ClassVar[str] = "opt_out"
    __table_args__ = (UniqueConstraint("card_id", "channel", "rule"), AUTO)
    id: int | None = Field(default=None, primary_key=True)
    card_id: int = _ref("card")
    channel: str = Field(sa_type=Text)
    rule: str = _text(default="never")
    said_by: str = _text()
    day: str = _text()


JOURNALLED: tuple[type[SQLModel], ...] = (
    *(Setting, Source, Run, Card, Fact, Standing, Identity, Interaction, Participant),
    *(Promise, Answer, OptOut),
)
"""The base tables: what undo and redo restore byte for byte, parents before children."""


class Blob(SQLModel, table=True):
    """Bytes by their hash: raw records and photos. Written once, outside the journal."""

    __table_args__ = (STRICT,)
    id: int | None = Field(default=None, primary_key=True)
    sha256: str = Field(sa_type=Text, unique=True)
    data: bytes = Field(sa_type=LargeBinary)


class Command(SQLModel, table=True):
    """One user action: one transaction, one undo step.

    `origin` is ``user`` or ``system``; `sitting` tells one run of the program from another.
    `undone` is 0, or the number of the undoing (they count up); `head` is the newest command
    at that moment, so that redo ends at the next new command.
    """

    __table_args__ = (AUTO,)
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(sa_type=Text)
    label: str = Field(sa_type=Text)
    origin: str = _text(default="user")
    sitting: str = _text()
    at: str = Field(sa_type=Text)
    people: int = 0
    undone: int = Field(default=0, index=True)
    head: int = 0


class Change(SQLModel, table=True):
    """What a command did to rows: `act` is I (inserted `first`..`last`), U or D (one row).

    `before` is the row's image as a JSON array in column order ("" for I).
    """

    __table_args__ = (Index("ix_change_table_rows", "table_name", "first", "last"), AUTO)
    id: int | None = Field(default=None, primary_key=True)
    command_id: int = _ref("command")
    table_name: str = Field(sa_type=Text)
    act: str = Field(sa_type=Text)
    first: int
    last: int
    before: str = _text()


class Image(SQLModel, table=True):
    """A row as it was after an undone change, kept for redo."""

    __table_args__ = (STRICT,)
    id: int | None = Field(default=None, primary_key=True)
    change_id: int = _ref("change")
    row_id: int
    row: str = Field(sa_type=Text)


class Gate(SQLModel, table=True):
    """One row: the command that may write now, or 0; `mode` is closed, log or replay."""

    __table_args__ = (STRICT,)
    id: int | None = Field(default=None, primary_key=True)
    command_id: int = 0
    mode: str = _text(default="closed")


class PersonRow(SQLModel, table=True):
    """A person as lists show them: derived, never journalled, rebuilt by `storage.derive`.

    `id` is the person's home card. Days are ISO text or "". `talked` is the last day with an
    interaction and `talked_before` the last one on an earlier day. `due` is "" where no cadence
    asks. `birthday` is the normal form of a partial date and `birth_md` its MM-DD or "".
    `never` holds channels joined by commas, or ``all``; `money` is in whole units.
    """

    __tablename__: ClassVar[str] = "person_row"
    __table_args__ = (
        Index("ix_person_row_sort", "sort_key", "id"),
        Index("ix_person_row_tier", "tier", "due"),
        Index("ix_person_row_talked", "talked"),
        Index("ix_person_row_birth", "birth_md"),
        Index("ix_person_row_news", "news_day", sqlite_where=text("news_day <> ''")),
        Index("ix_person_row_wait", "wait", sqlite_where=text("wait <> ''")),
        STRICT,
    )
    id: int | None = Field(default=None, primary_key=True)
    name: str = _text()
    sort_key: str = _text()
    tier: str = _text()
    tier_origin: str = _text()
    org: str = _text()
    title: str = _text()
    city: str = _text()
    email: str = _text()
    phone: str = _text()
    sources: str = _text()
    labels: str = _text()
    cards: int = 1
    channels: int = 0
    talks: int = 0
    talks_in: int = 0
    talks_out: int = 0
    last_in: str = _text()
    last_out: str = _text()
    talked: str = _text()
    talked_before: str = _text()
    cadence: int = 0
    due: str = _text()
    wait: str = _text()
    wait_why: str = _text()
    birthday: str = _text()
    birth_md: str = _text()
    connected: str = _text()
    news: str = _text()
    news_day: str = _text()
    score: int = 0
    gone: int = 0
    search: str = _text()
    never: str = _text()
    prefers: str = _text()
    money: int = 0


DERIVED: tuple[type[SQLModel], ...] = (PersonRow,)
