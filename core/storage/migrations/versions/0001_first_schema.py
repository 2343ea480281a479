"""The first schema: sources, cards, facts, decisions, talks, the journal.

Frozen: a released migration never changes.
"""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None

STATEMENTS = (
    """
    CREATE TABLE blob (
        id INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        data BLOB NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (sha256)
    )
     STRICT
    """,
    """
    CREATE TABLE command (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        label TEXT NOT NULL,
        origin TEXT NOT NULL,
        sitting TEXT NOT NULL,
        at TEXT NOT NULL,
        people INTEGER NOT NULL,
        undone INTEGER NOT NULL,
        head INTEGER NOT NULL
    )
     STRICT
    """,
    """
    CREATE TABLE gate (
        id INTEGER NOT NULL,
        command_id INTEGER NOT NULL,
        mode TEXT NOT NULL,
        PRIMARY KEY (id)
    )
     STRICT
    """,
    """
    CREATE TABLE person_row (
        id INTEGER NOT NULL,
        name TEXT NOT NULL,
        sort_key TEXT NOT NULL,
        tier TEXT NOT NULL,
        tier_origin TEXT NOT NULL,
        org TEXT NOT NULL,
        title TEXT NOT NULL,
        city TEXT NOT NULL,
        email TEXT NOT NULL,
        phone TEXT NOT NULL,
        sources TEXT NOT NULL,
        labels TEXT NOT NULL,
        cards INTEGER NOT NULL,
        channels INTEGER NOT NULL,
        talks INTEGER NOT NULL,
        talks_in INTEGER NOT NULL,
        talks_out INTEGER NOT NULL,
        last_in TEXT NOT NULL,
        last_out TEXT NOT NULL,
        talked TEXT NOT NULL,
        talked_before TEXT NOT NULL,
        cadence INTEGER NOT NULL,
        due TEXT NOT NULL,
        wait TEXT NOT NULL,
        wait_why TEXT NOT NULL,
        birthday TEXT NOT NULL,
        birth_md TEXT NOT NULL,
        connected TEXT NOT NULL,
        news TEXT NOT NULL,
        news_day TEXT NOT NULL,
        score INTEGER NOT NULL,
        gone INTEGER NOT NULL,
        search TEXT NOT NULL,
        PRIMARY KEY (id)
    )
     STRICT
    """,
    """
    CREATE TABLE setting (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        "key" TEXT NOT NULL,
        value TEXT NOT NULL,
        UNIQUE ("key")
    )
     STRICT
    """,
    """
    CREATE TABLE source (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        account TEXT NOT NULL,
        UNIQUE (kind, account)
    )
     STRICT
    """,
    """
    CREATE TABLE change (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        command_id INTEGER NOT NULL,
        table_name TEXT NOT NULL,
        act TEXT NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        "before" TEXT NOT NULL,
        FOREIGN KEY(command_id) REFERENCES command (id)
    )
     STRICT
    """,
    """
    CREATE TABLE run (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        source_id INTEGER NOT NULL,
        at TEXT NOT NULL,
        exported TEXT NOT NULL,
        files TEXT NOT NULL,
        records INTEGER NOT NULL,
        added INTEGER NOT NULL,
        changed INTEGER NOT NULL,
        unchanged INTEGER NOT NULL,
        gone INTEGER NOT NULL,
        refused TEXT NOT NULL,
        FOREIGN KEY(source_id) REFERENCES source (id)
    )
     STRICT
    """,
    """
    CREATE TABLE card (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL,
        person_id INTEGER NOT NULL,
        source_id INTEGER,
        "key" TEXT NOT NULL,
        raw_sha TEXT NOT NULL,
        reader INTEGER NOT NULL,
        revised TEXT NOT NULL,
        run_id INTEGER,
        gone_run_id INTEGER,
        made TEXT NOT NULL,
        UNIQUE (uid),
        FOREIGN KEY(person_id) REFERENCES card (id),
        FOREIGN KEY(source_id) REFERENCES source (id),
        FOREIGN KEY(run_id) REFERENCES run (id),
        FOREIGN KEY(gone_run_id) REFERENCES run (id)
    )
     STRICT
    """,
    """
    CREATE TABLE image (
        id INTEGER NOT NULL,
        change_id INTEGER NOT NULL,
        row_id INTEGER NOT NULL,
        "row" TEXT NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(change_id) REFERENCES change (id)
    )
     STRICT
    """,
    """
    CREATE TABLE interaction (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        at TEXT NOT NULL,
        day TEXT NOT NULL,
        zone TEXT NOT NULL,
        direction TEXT NOT NULL,
        channel TEXT NOT NULL,
        thread TEXT NOT NULL,
        subject TEXT NOT NULL,
        text TEXT NOT NULL,
        seconds INTEGER NOT NULL,
        source_id INTEGER,
        source_key TEXT NOT NULL,
        run_id INTEGER,
        FOREIGN KEY(source_id) REFERENCES source (id),
        FOREIGN KEY(run_id) REFERENCES run (id)
    )
     STRICT
    """,
    """
    CREATE TABLE answer (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        a_id INTEGER NOT NULL,
        b_id INTEGER NOT NULL,
        verdict TEXT NOT NULL,
        UNIQUE (a_id, b_id),
        FOREIGN KEY(a_id) REFERENCES card (id),
        FOREIGN KEY(b_id) REFERENCES card (id)
    )
     STRICT
    """,
    """
    CREATE TABLE fact (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        card_id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        value TEXT NOT NULL,
        norm TEXT NOT NULL,
        label TEXT NOT NULL,
        part INTEGER NOT NULL,
        detail TEXT NOT NULL,
        preferred INTEGER NOT NULL,
        origin TEXT NOT NULL,
        replaces_id INTEGER,
        since TEXT NOT NULL,
        until TEXT NOT NULL,
        FOREIGN KEY(card_id) REFERENCES card (id),
        FOREIGN KEY(replaces_id) REFERENCES fact (id)
    )
     STRICT
    """,
    """
    CREATE TABLE identity (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        norm TEXT NOT NULL,
        scope TEXT NOT NULL,
        shown TEXT NOT NULL,
        card_id INTEGER,
        UNIQUE (kind, norm, scope),
        FOREIGN KEY(card_id) REFERENCES card (id)
    )
     STRICT
    """,
    """
    CREATE TABLE opt_out (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        card_id INTEGER NOT NULL,
        channel TEXT NOT NULL,
        rule TEXT NOT NULL,
        said_by TEXT NOT NULL,
        day TEXT NOT NULL,
        UNIQUE (card_id, channel, rule),
        FOREIGN KEY(card_id) REFERENCES card (id)
    )
     STRICT
    """,
    """
    CREATE TABLE promise (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        card_id INTEGER NOT NULL,
        owed_by TEXT NOT NULL,
        what TEXT NOT NULL,
        due TEXT NOT NULL,
        kept TEXT NOT NULL,
        interaction_id INTEGER,
        FOREIGN KEY(card_id) REFERENCES card (id),
        FOREIGN KEY(interaction_id) REFERENCES interaction (id)
    )
     STRICT
    """,
    """
    CREATE TABLE standing (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        card_id INTEGER NOT NULL,
        field TEXT NOT NULL,
        value TEXT NOT NULL,
        why TEXT NOT NULL,
        origin TEXT NOT NULL,
        day TEXT NOT NULL,
        set_by INTEGER NOT NULL,
        UNIQUE (card_id, field),
        FOREIGN KEY(card_id) REFERENCES card (id)
    )
     STRICT
    """,
    """
    CREATE TABLE participant (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        interaction_id INTEGER NOT NULL,
        card_id INTEGER,
        identity_id INTEGER,
        role TEXT NOT NULL,
        FOREIGN KEY(interaction_id) REFERENCES interaction (id),
        FOREIGN KEY(card_id) REFERENCES card (id),
        FOREIGN KEY(identity_id) REFERENCES identity (id)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_command_undone ON command (undone)
    """,
    """
    CREATE INDEX ix_person_row_birth ON person_row (birth_md)
    """,
    """
    CREATE INDEX ix_person_row_news ON person_row (news_day) WHERE news_day <> ''
    """,
    """
    CREATE INDEX ix_person_row_sort ON person_row (sort_key, id)
    """,
    """
    CREATE INDEX ix_person_row_talked ON person_row (talked)
    """,
    """
    CREATE INDEX ix_person_row_tier ON person_row (tier, due)
    """,
    """
    CREATE INDEX ix_person_row_wait ON person_row (wait) WHERE wait <> ''
    """,
    """
    CREATE INDEX ix_change_command_id ON change (command_id)
    """,
    """
    CREATE INDEX ix_change_table_rows ON change (table_name, first, last)
    """,
    """
    CREATE INDEX ix_run_source_id ON run (source_id)
    """,
    """
    CREATE INDEX ix_card_gone_run_id ON card (gone_run_id)
    """,
    """
    CREATE INDEX ix_card_person_id ON card (person_id)
    """,
    """
    CREATE INDEX ix_card_raw_sha ON card (raw_sha)
    """,
    """
    CREATE INDEX ix_card_run_id ON card (run_id)
    """,
    """
    CREATE INDEX ix_card_source_id ON card (source_id)
    """,
    """
    CREATE INDEX ix_card_source_key ON card (source_id, "key")
    """,
    """
    CREATE INDEX ix_image_change_id ON image (change_id)
    """,
    """
    CREATE INDEX ix_interaction_day ON interaction (day)
    """,
    """
    CREATE INDEX ix_interaction_run_id ON interaction (run_id)
    """,
    """
    CREATE INDEX ix_interaction_source_id ON interaction (source_id)
    """,
    """
    CREATE INDEX ix_interaction_source_key ON interaction (source_id, source_key)
    """,
    """
    CREATE INDEX ix_answer_a_id ON answer (a_id)
    """,
    """
    CREATE INDEX ix_answer_b_id ON answer (b_id)
    """,
    """
    CREATE INDEX ix_fact_card_id ON fact (card_id)
    """,
    """
    CREATE INDEX ix_fact_kind_norm ON fact (kind, norm)
    """,
    """
    CREATE INDEX ix_fact_replaces_id ON fact (replaces_id)
    """,
    """
    CREATE INDEX ix_identity_card_id ON identity (card_id)
    """,
    """
    CREATE INDEX ix_opt_out_card_id ON opt_out (card_id)
    """,
    """
    CREATE INDEX ix_promise_card_id ON promise (card_id)
    """,
    """
    CREATE INDEX ix_promise_due ON promise (due)
    """,
    """
    CREATE INDEX ix_promise_interaction_id ON promise (interaction_id)
    """,
    """
    CREATE INDEX ix_standing_card_id ON standing (card_id)
    """,
    """
    CREATE INDEX ix_participant_card_id ON participant (card_id)
    """,
    """
    CREATE INDEX ix_participant_identity_id ON participant (identity_id)
    """,
    """
    CREATE INDEX ix_participant_interaction_id ON participant (interaction_id)
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
