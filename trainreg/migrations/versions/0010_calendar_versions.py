"""the version of an event that calendars compare, and indexes for the desk's list

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
    # Not in batch: on SQLite a batch that rebuilds the table would lose its CHECKs.
    op.add_column("event", sa.Column("sequence", sa.Integer(), server_default="0", nullable=False))
    op.add_column("event", sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_registration_event_agency", "registration", ["event_id", "agency_id"])
    op.create_index(
        "ix_registration_event_facets",
        "registration",
        ["event_id", "status", "role", "sex", "level", "group_name", "agency_id"],
    )


def downgrade() -> None:
    op.drop_index("ix_registration_event_facets", "registration")
    op.drop_index("ix_registration_event_agency", "registration")
    op.execute("ALTER TABLE event DROP COLUMN changed_at")
    op.execute("ALTER TABLE event DROP COLUMN sequence")
