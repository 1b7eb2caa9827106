"""Where on the web everybody can read a publication.

Revision: 0026_publication_address
Follows: 0023_names
"""

import sqlalchemy as sa
from alembic import op

revision = "0026_publication_address"
down_revision = "0024_totals_by_month"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("publication", sa.Column("web_address", sa.String(500), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("publication", "web_address")
