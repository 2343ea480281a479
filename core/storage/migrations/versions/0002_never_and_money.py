"""How people must not be contacted, and what they are worth, on the rows that lists show.

Frozen: a released migration never changes.
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

STATEMENTS = (
    "ALTER TABLE person_row ADD COLUMN never TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE person_row ADD COLUMN prefers TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE person_row ADD COLUMN money INTEGER NOT NULL DEFAULT 0",
)


def upgrade() -> None:
    """Add the columns; the rows are derived anew after every migration."""
    for statement in STATEMENTS:
        op.execute(statement)
