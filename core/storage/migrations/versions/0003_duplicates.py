"""What matching found and learned, what shows of a merged person, and whom addresses stand for.

Frozen: a released migration never changes.
"""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"

STATEMENTS = (
    """
    CREATE TABLE choice (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        card_id INTEGER NOT NULL,
        field TEXT NOT NULL,
        of_id INTEGER,
        value TEXT NOT NULL,
        place INTEGER NOT NULL,
        set_by INTEGER NOT NULL,
        UNIQUE (card_id, field, set_by, place),
        FOREIGN KEY(card_id) REFERENCES card (id),
        FOREIGN KEY(of_id) REFERENCES card (id)
    )
     STRICT
    """,
    "CREATE INDEX ix_choice_of_id ON choice (of_id)",
    "CREATE INDEX ix_choice_card_id ON choice (card_id)",
    "CREATE INDEX ix_fact_own ON fact (card_id) WHERE origin = 'user'",
    "CREATE INDEX ix_choice_set_by ON choice (set_by)",
    """
    CREATE TABLE candidate (
        id INTEGER NOT NULL,
        low_id INTEGER NOT NULL,
        high_id INTEGER NOT NULL,
        odds INTEGER NOT NULL,
        chance INTEGER NOT NULL,
        lane INTEGER NOT NULL,
        tie INTEGER NOT NULL,
        why TEXT NOT NULL,
        against TEXT NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (low_id, high_id)
    )
     STRICT
    """,
    "CREATE INDEX ix_candidate_lane ON candidate (lane)",
    "CREATE INDEX ix_candidate_high_id ON candidate (high_id)",
    """
    CREATE TABLE unmatched (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        card_id INTEGER NOT NULL,
        UNIQUE (card_id)
    )
     STRICT
    """,
    """
    CREATE TABLE learned (
        id INTEGER NOT NULL,
        size INTEGER NOT NULL,
        made TEXT NOT NULL,
        model TEXT NOT NULL,
        PRIMARY KEY (id)
    )
     STRICT
    """,
    """
    CREATE TABLE holder (
        identity_id INTEGER NOT NULL,
        person_id INTEGER NOT NULL,
        PRIMARY KEY (identity_id, person_id)
    )
     STRICT
    """,
    "CREATE INDEX ix_holder_person_id ON holder (person_id)",
    "ALTER TABLE identity ADD COLUMN passed INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE interaction ADD COLUMN folds TEXT NOT NULL DEFAULT ''",
    "DROP INDEX ix_interaction_day",
    "CREATE INDEX ix_interaction_day ON interaction (day, at)",
    "DROP INDEX ix_participant_identity_id",
    "CREATE INDEX ix_participant_identity ON participant (identity_id, role, interaction_id)",
    # What undo and redo keep of these rows gets the new column too.
    """
    UPDATE change SET before = json_insert(before, '$[#]',
        CASE table_name WHEN 'identity' THEN 0 ELSE '' END)
    WHERE table_name IN ('identity', 'interaction') AND before <> ''
    """,
    """
    UPDATE image SET row = json_insert(row, '$[#]',
        (SELECT CASE table_name WHEN 'identity' THEN 0 ELSE '' END
        FROM change WHERE change.id = change_id))
    WHERE change_id IN
        (SELECT id FROM change WHERE table_name IN ('identity', 'interaction'))
    """,
)


def upgrade() -> None:
    """Add the tables; what was compared is found anew."""
    for statement in STATEMENTS:
        op.execute(statement)
