"""the version of an event that calendars compare

Revision: 0010
Follows: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("event", sa.Column("sequence", sa.Integer(), server_default="0", nullable=False))
    op.add_column("event", sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    # Not in a batch: SQLite's rebuilt table would lose its CHECKs.
    op.execute("ALTER TABLE event DROP COLUMN changed_at")
    op.execute("ALTER TABLE event DROP COLUMN sequence")
