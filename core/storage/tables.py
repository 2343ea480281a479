"""The schema: every base table of the book, as SQLModel classes; `derived_tables` has the rest.

Only TEXT and INTEGER columns, so that the journal can keep exact images of rows; bytes live in
`Blob`, which is written once and never changed. Ids are never reused (AUTOINCREMENT).

No ``from __future__ import annotations`` here: it breaks SQLModel's relationships.
"""

from typing import Any, ClassVar

from sqlalchemy import Index, LargeBinary, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

STRICT: dict[str, Any] = {"sqlite_strict": True}
AUTO: dict[str, Any] = {**STRICT, "sqlite_autoincrement": True}


def text_column(*, default: str | None = "", index: bool = False) -> Any:  # noqa: ANN401 — as SQLModel's Field
    """A column of text, "" unless told; with None as default it may be null."""
    return Field(default=default, sa_type=Text, index=index, nullable=default is None)


def reference(table: str, *, null: bool = False) -> Any:  # noqa: ANN401 — as SQLModel's Field
    """A column that refers to a row of another table, with an index."""
    key = f"{table}.id"
    if null:
        return Field(default=None, foreign_key=key, index=True, nullable=True)
    return Field(foreign_key=key, index=True, nullable=False)


class Setting(SQLModel, table=True):
    """A choice of the user that belongs to the book, such as the home region."""

    __table_args__ = (AUTO,)
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(sa_type=Text, unique=True)
    value: str = text_column()


class Source(SQLModel, table=True):
    """A list that people came from: kind and account."""

    __table_args__ = (UniqueConstraint("kind", "account"), AUTO)
    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(sa_type=Text)
    account: str = text_column()


class Run(SQLModel, table=True):
    """One import of one source; the counts are what its summary said."""

    __table_args__ = (AUTO,)
    id: int | None = Field(default=None, primary_key=True)
    source_id: int = reference("source")
    at: str = Field(sa_type=Text)
    exported: str = text_column()
    files: str = text_column(default="[]")
    records: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    refused: str = text_column(default="[]")


class Card(SQLModel, table=True):
    """What one source says about somebody, or a hand-made person (no source).

    `person_id` is the only merge pointer: the id of the person's home card.
    """

    __table_args__ = (Index("ix_card_source_key", "source_id", "key"), AUTO)
    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(sa_type=Text, unique=True)
    person_id: int = reference("card")
    source_id: int | None = reference("source", null=True)
    key: str = text_column()
    raw_sha: str = text_column(index=True)
    reader: int = 0
    revised: str = text_column()
    run_id: int | None = reference("run", null=True)
    gone_run_id: int | None = reference("run", null=True)
    made: str = text_column()


class Fact(SQLModel, table=True):
    """One value a card holds.

    `origin` is ``source`` or ``user``; a user's fact may replace a source's (`replaces_id`), and
    an empty value of the user's is a clearing, which is kept too.
    """

    __table_args__ = (
        Index("ix_fact_kind_norm", "kind", "norm"),
        # The user's own are few among a million.
        Index("ix_fact_own", "card_id", sqlite_where=text("origin = 'user'")),
        AUTO,
    )
    id: int | None = Field(default=None, primary_key=True)
    card_id: int = reference("card")
    kind: str = Field(sa_type=Text)
    value: str = text_column()
    norm: str = text_column()
    label: str = text_column()
    part: int = 0
    detail: str = text_column()
    preferred: int = 0
    origin: str = text_column(default="source")
    replaces_id: int | None = reference("fact", null=True)
    since: str = text_column()
    until: str = text_column()


class Standing(SQLModel, table=True):
    """A decision about a card: its tier, cadence or wait; the newest of a person's cards shows.

    `origin` is ``user`` or ``auto``; `set_by` is the command that wrote it, `day` the local day.
    """

    __table_args__ = (UniqueConstraint("card_id", "field"), AUTO)
    id: int | None = Field(default=None, primary_key=True)
    card_id: int = reference("card")
    field: str = Field(sa_type=Text)
    value: str = text_column()
    why: str = text_column()
    origin: str = text_column(default="user")
    day: str = text_column()
    set_by: int = 0


class Choice(SQLModel, table=True):
    """What the user chose to show where the cards of one merge say different things.

    One row for each card that was merged: the choice holds while all cards with the same
    `set_by` (the command that merged them) and `field` are one person, and is void once one of
    them was taken out. The newest that holds shows. `field` is ``name``, ``work``, ``birthday``
    …, or a standing's: ``tier``, ``cadence``. For a value of a card, `of_id` is that card, so that
    the choice follows what its source says later, and `value` its normal form where the card has
    several; for a standing `value` is the decision. `place` 0 shows, 1 and up stand beside it.
    """

    __table_args__ = (UniqueConstraint("card_id", "field", "set_by", "place"), AUTO)
    id: int | None = Field(default=None, primary_key=True)
    card_id: int = reference("card")
    field: str = Field(sa_type=Text)
    of_id: int | None = reference("card", null=True)
    value: str = text_column()
    place: int = 0
    set_by: int = Field(default=0, index=True)


class Identity(SQLModel, table=True):
    """An address or handle that takes part in interactions, or a display name in one thread.

    `scope` is "" for strong kinds; for names it is source and thread. A ghost is an identity
    that no card holds and that no `card_id` was given by the user; `passed` is 1 where the user
    does not want to be offered it again.
    """

    __table_args__ = (UniqueConstraint("kind", "norm", "scope"), AUTO)
    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(sa_type=Text)
    norm: str = Field(sa_type=Text)
    scope: str = text_column()
    shown: str = text_column()
    card_id: int | None = reference("card", null=True)
    passed: int = 0


class Interaction(SQLModel, table=True):
    """A mail, message, call, meeting, visit or note.

    `at` is UTC; `day` the local day it fell on. `direction` is in, out, both or none. The
    `subject` of a message is the title of its group. `folds` holds other spellings of the words,
    for the index: see `core.rules.talk_words`.
    """

    __table_args__ = (
        Index("ix_interaction_source_key", "source_id", "source_key"),
        Index("ix_interaction_day", "day", "at"),
        AUTO,
    )
    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(sa_type=Text)
    at: str = Field(sa_type=Text)
    day: str = Field(sa_type=Text)
    zone: str = text_column()
    direction: str = text_column(default="both")
    channel: str = text_column()
    thread: str = text_column()
    subject: str = text_column()
    text: str = text_column()
    seconds: int = 0
    source_id: int | None = reference("source", null=True)
    source_key: str = text_column()
    run_id: int | None = reference("run", null=True)
    folds: str = text_column()


class Participant(SQLModel, table=True):
    """Who took part: a card when the user said so, else an identity.

    `role` is from, to, cc, bcc, organizer, attendee, with, or ``there``: another one who got what
    somebody else sent, which is no talk with them.
    """

    __table_args__ = (
        Index("ix_participant_identity", "identity_id", "role", "interaction_id"),
        AUTO,
    )
    id: int | None = Field(default=None, primary_key=True)
    interaction_id: int = reference("interaction")
    card_id: int | None = reference("card", null=True)
    identity_id: int | None = Field(default=None, foreign_key="identity.id", nullable=True)
    role: str = text_column()


class Promise(SQLModel, table=True):
    """Something owed: `owed_by` is ``me`` or ``them``; `due` and `kept` are local days or "".

    `kept` is ``dropped`` where it never will be.
    """

    __table_args__ = (Index("ix_promise_due", "due"), AUTO)
    id: int | None = Field(default=None, primary_key=True)
    card_id: int = reference("card")
    owed_by: str = Field(sa_type=Text)
    what: str = text_column()
    due: str = text_column()
    kept: str = text_column()
    interaction_id: int | None = reference("interaction", null=True)


class Answer(SQLModel, table=True):
    """What the user said of two cards: same, different, family or later; `a_id` < `b_id`.

    It binds the persons whom the cards belong to, whoever else they are merged with.
    """

    __table_args__ = (
        UniqueConstraint("a_id", "b_id"),
        # Families are few, and asked for by each step.
        Index("ix_answer_family", "a_id", sqlite_where=text("verdict = 'family'")),
        AUTO,
    )
    id: int | None = Field(default=None, primary_key=True)
    a_id: int = reference("card")
    b_id: int = reference("card")
    verdict: str = Field(sa_type=Text)


class OptOut(SQLModel, table=True):
    """A channel somebody must not, or would rather, be contacted by.

    `rule` is ``never`` or ``prefer``; channel ``all`` means every one.
    """

    __tablename__: ClassVar[str] = "opt_out"
    __table_args__ = (UniqueConstraint("card_id", "channel", "rule"), AUTO)
    id: int | None = Field(default=None, primary_key=True)
    card_id: int = reference("card")
    channel: str = Field(sa_type=Text)
    rule: str = text_column(default="never")
    said_by: str = text_column()
    day: str = text_column()


class Suggestion(SQLModel, table=True):
    """A row of a day's list, as it was planned that day: whom to contact, why, and how.

    `day` is the local day it stood on the list, `since` the first day of this suggestion, which
    comes again until it is done or has ended. `place` counts from 0.
    """

    __table_args__ = (UniqueConstraint("day", "card_id"), AUTO)
    id: int | None = Field(default=None, primary_key=True)
    day: str = Field(sa_type=Text)
    place: int = 0
    card_id: int = reference("card")
    since: str = text_column()
    why: str = text_column()
    channel: str = text_column()
    weight: int = 0


JOURNALLED: tuple[type[SQLModel], ...] = (
    *(Setting, Source, Run, Card, Fact, Standing, Choice, Identity, Interaction, Participant),
    *(Promise, Answer, OptOut, Suggestion),
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
    origin: str = text_column(default="user")
    sitting: str = text_column()
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
    command_id: int = reference("command")
    table_name: str = Field(sa_type=Text)
    act: str = Field(sa_type=Text)
    first: int
    last: int
    before: str = text_column()


class Image(SQLModel, table=True):
    """A row as it was after an undone change, kept for redo."""

    __table_args__ = (STRICT,)
    id: int | None = Field(default=None, primary_key=True)
    change_id: int = reference("change")
    row_id: int
    row: str = Field(sa_type=Text)


class Gate(SQLModel, table=True):
    """One row: the command that may write now, or 0; `mode` is closed, log or replay."""

    __table_args__ = (STRICT,)
    id: int | None = Field(default=None, primary_key=True)
    command_id: int = 0
    mode: str = text_column(default="closed")
