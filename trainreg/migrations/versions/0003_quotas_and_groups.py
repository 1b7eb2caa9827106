"""quotas of agencies, groups, and a time to answer for whoever moves up from the waiting list

Revision: 0003
Follows: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agency_quota",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.CheckConstraint("places > 0", name=op.f("ck_agency_quota_places_positive")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_agency_quota_agency_id_agency")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_agency_quota_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_quota")),
        sa.UniqueConstraint("event_id", "agency_id", name=op.f("uq_agency_quota_event_id_agency_id")),
    )
    op.create_index(op.f("ix_agency_quota_agency_id"), "agency_quota", ["agency_id"])
    op.create_table(
        "event_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.CheckConstraint("places IS NULL OR places > 0", name=op.f("ck_event_group_places_positive")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_group_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_group")),
        sa.UniqueConstraint("event_id", "code", name=op.f("uq_event_group_event_id_code")),
    )
    op.add_column("event", sa.Column("holds_quotas", sa.Boolean(), server_default=sa.false(), nullable=False))
    # In words that both databases understand: a batch that rebuilds the table would lose its other CHECKs on SQLite.
    op.execute(
        "ALTER TABLE event ADD COLUMN offer_hours INTEGER "
        "CONSTRAINT ck_event_offer_hours_positive CHECK (offer_hours IS NULL OR offer_hours > 0)"
    )
    op.add_column("registration", sa.Column("accept_by", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_registration_accept_by"), "registration", ["accept_by"])
    op.drop_index("ix_registration_event_status", "registration")
    op.create_index(
        "ix_registration_event_status", "registration", ["event_id", "status", "role", "agency_id", "group_name"]
    )


def downgrade() -> None:
    op.drop_index("ix_registration_event_status", "registration")
    op.create_index("ix_registration_event_status", "registration", ["event_id", "status", "role"])
    op.drop_index(op.f("ix_registration_accept_by"), "registration")
    op.execute("ALTER TABLE registration DROP COLUMN accept_by")
    op.execute("ALTER TABLE event DROP COLUMN offer_hours")
    op.execute("ALTER TABLE event DROP COLUMN holds_quotas")
    op.drop_table("event_group")
    op.drop_table("agency_quota")
