"""A message names the one thing whose personal link it holds.

Revision: 0002
Follows: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("message", sa.Column("link", sa.String(length=80), nullable=True))


def downgrade() -> None:
    # Not in a batch: SQLite's rebuilt table would lose its CHECKs.
    op.execute("ALTER TABLE message DROP COLUMN link")
