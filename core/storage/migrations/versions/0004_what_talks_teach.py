"""What talks teach of a person, and the rows of a day's list as they were planned.

Frozen: a released migration never changes.
"""

from __future__ import annotations

from alembic import op

from core.rules import talk_words

revision = "0004"
down_revision = "0003"

STATEMENTS = (
    "ALTER TABLE person_row ADD COLUMN gap INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE person_row ADD COLUMN quiet_on TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE person_row ADD COLUMN usual TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE person_row ADD COLUMN hours TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE person_row ADD COLUMN zone TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE person_row ADD COLUMN unanswered INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE person_row ADD COLUMN wrote_on TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE person_row ADD COLUMN reading INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE person_row ADD COLUMN followers INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE person_row ADD COLUMN family_tier TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX ix_person_row_quiet ON person_row (quiet_on) WHERE quiet_on <> ''",
    "CREATE INDEX ix_person_row_wrote ON person_row (wrote_on) WHERE wrote_on <> ''",
    """
    CREATE TABLE suggestion (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        day TEXT NOT NULL,
        place INTEGER NOT NULL,
        card_id INTEGER NOT NULL,
        since TEXT NOT NULL,
        why TEXT NOT NULL,
        channel TEXT NOT NULL,
        weight INTEGER NOT NULL,
        UNIQUE (day, card_id),
        FOREIGN KEY(card_id) REFERENCES card (id)
    )
     STRICT
    """,
    "CREATE INDEX ix_suggestion_card_id ON suggestion (card_id)",
    "CREATE INDEX ix_answer_family ON answer (a_id) WHERE verdict = 'family'",
)


# They are all made anew after every migration, like the index of what was said.
TRIGGERS = (
    *("interaction_refuse_update", "interaction_log_update"),
    *("talk_forget", "talk_update"),
)


def upgrade() -> None:
    """Add them; the rows of people are derived anew after every migration."""
    for statement in STATEMENTS:
        op.execute(statement)
    _spell()


def _spell() -> None:
    """Talks logged by hand get the other spellings of their words, as imported ones have them."""
    book = op.get_bind()
    talks = book.exec_driver_sql(
        "SELECT id, subject, text FROM interaction WHERE source_id IS NULL AND folds = ''"
    )
    spelled = [(folds, talk) for talk, *said in talks if (folds := talk_words.folds_of(*said))]
    for name in TRIGGERS if spelled else ():
        op.execute(f"DROP TRIGGER IF EXISTS {name}")
    for folds, talk in spelled:
        book.exec_driver_sql("UPDATE interaction SET folds = ? WHERE id = ?", (folds, talk))
