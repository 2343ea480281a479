"""The derived tables: what follows from the base tables, made anew by `storage.derive`.

No ``from __future__ import annotations`` here: it breaks SQLModel's relationships.
"""

from typing import ClassVar

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from core.storage.tables import AUTO, STRICT, text_column


class PersonRow(SQLModel, table=True):
    """A person as lists show them: derived, never journalled, rebuilt by `storage.derive`.

    `id` is the person's home card. Days are ISO text or "". `talked` is the last day with an
    interaction and `talked_before` the last one on an earlier day. `due` is "" where no cadence
    asks. `birthday` is the normal form of a partial date and `birth_md` its MM-DD or "".
    `never` holds channels joined by commas, or ``all``; `money` is in whole units.

    What talks teach: `gap` is the usual number of days from one day with talk to the next (0
    unknown), `quiet_on` the first day on which the silence is beyond that, `usual` their channel,
    `hours` when they write, as ``18-21`` in the owner's local time; `unanswered` counts the days
    on which the owner wrote since they last did, `wrote_on` is the day of their newest talk that
    wants an answer. `zone` is the IANA name of where they are, `reading` 1 where they are worth
    reading, `family_tier` the highest tier among those answered as family.
    """

    __tablename__: ClassVar[str] = "person_row"
    __table_args__ = (
        Index("ix_person_row_sort", "sort_key", "id"),
        Index("ix_person_row_tier", "tier", "due"),
        Index("ix_person_row_talked", "talked"),
        Index("ix_person_row_birth", "birth_md"),
        Index("ix_person_row_news", "news_day", sqlite_where=text("news_day <> ''")),
        Index("ix_person_row_wait", "wait", sqlite_where=text("wait <> ''")),
        Index("ix_person_row_quiet", "quiet_on", sqlite_where=text("quiet_on <> ''")),
        Index("ix_person_row_wrote", "wrote_on", sqlite_where=text("wrote_on <> ''")),
        STRICT,
    )
    id: int | None = Field(default=None, primary_key=True)
    name: str = text_column()
    sort_key: str = text_column()
    tier: str = text_column()
    tier_origin: str = text_column()
    org: str = text_column()
    title: str = text_column()
    city: str = text_column()
    email: str = text_column()
    phone: str = text_column()
    sources: str = text_column()
    labels: str = text_column()
    cards: int = 1
    channels: int = 0
    talks: int = 0
    talks_in: int = 0
    talks_out: int = 0
    last_in: str = text_column()
    last_out: str = text_column()
    talked: str = text_column()
    talked_before: str = text_column()
    cadence: int = 0
    due: str = text_column()
    wait: str = text_column()
    wait_why: str = text_column()
    birthday: str = text_column()
    birth_md: str = text_column()
    connected: str = text_column()
    news: str = text_column()
    news_day: str = text_column()
    score: int = 0
    gone: int = 0
    search: str = text_column()
    never: str = text_column()
    prefers: str = text_column()
    money: int = 0
    gap: int = 0
    quiet_on: str = text_column()
    usual: str = text_column()
    hours: str = text_column()
    zone: str = text_column()
    unanswered: int = 0
    wrote_on: str = text_column()
    reading: int = 0
    followers: int = 0
    family_tier: str = text_column()


class Holder(SQLModel, table=True):
    """Whom an identity stands for: derived by `storage.holders`, never journalled.

    An address or handle stands for everybody who holds it, a display name for the only person
    who bears it, or whom the user named.
    """

    __table_args__ = (STRICT,)
    identity_id: int = Field(primary_key=True)
    person_id: int = Field(primary_key=True, index=True)


class Candidate(SQLModel, table=True):
    """Two cards that were compared: derived by matching, never journalled.

    `low_id` < `high_id`. `odds` are thousandths of log2 odds, `chance` ten-thousandths, `lane` a
    `matching.find.Lane`, 0 for pairs that only speak against a group. `tie` orders equal odds.
    `why` and `against` are reasons in words, one a line; they hold foreign text.
    """

    __table_args__ = (UniqueConstraint("low_id", "high_id"), STRICT)
    id: int | None = Field(default=None, primary_key=True)
    low_id: int
    high_id: int = Field(index=True)
    odds: int = 0
    chance: int = 0
    lane: int = Field(default=0, index=True)
    tie: int = 0
    why: str = text_column()
    against: str = text_column()


class Unmatched(SQLModel, table=True):
    """A card that is to be compared (again); ids count up, so that a newer mark is told apart."""

    __table_args__ = (AUTO,)
    id: int | None = Field(default=None, primary_key=True)
    card_id: int = Field(unique=True)


class Learned(SQLModel, table=True):
    """The model that matching learned from the book: one row, or none yet.

    `size` is how many cards it was learned from; `made` the moment, which names the model too.
    """

    __table_args__ = (STRICT,)
    id: int | None = Field(default=None, primary_key=True)
    size: int = 0
    made: str = text_column()
    model: str = text_column()


DERIVED: tuple[type[SQLModel], ...] = (PersonRow, Holder, Candidate, Unmatched, Learned)
