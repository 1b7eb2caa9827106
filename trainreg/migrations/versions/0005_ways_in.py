"""How people come in, and invitation links.

Revision: 0005
Follows: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=220), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("most_uses", sa.Integer(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outside_hours", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("most_uses > 0", name=op.f("ck_invitation_can_be_used")),
        sa.CheckConstraint("uses >= 0 AND uses <= most_uses", name=op.f("ck_invitation_used_as_often_as_allowed")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_invitation_agency_id_agency")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["user_account.id"], name=op.f("fk_invitation_created_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_invitation_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("key", name=op.f("uq_invitation_key")),
    )
    op.create_index(op.f("ix_invitation_event_id"), "invitation", ["event_id"])
    op.create_index(op.f("ix_invitation_agency_id"), "invitation", ["agency_id"])
    # In words that both databases understand: a batch that rebuilds a table would lose its CHECKs on SQLite.
    op.execute(
        "ALTER TABLE event ADD COLUMN admission VARCHAR(32) DEFAULT 'open' NOT NULL "
        "CONSTRAINT ck_event_admission CHECK (admission IN ('open', 'invitation', 'nomination_only'))"
    )
    op.execute(
        "ALTER TABLE registration ADD COLUMN invitation_id INTEGER "
        "CONSTRAINT fk_registration_invitation_id_invitation REFERENCES invitation (id)"
    )
    op.create_index(op.f("ix_registration_invitation_id"), "registration", ["invitation_id"])
    op.add_column("registration", sa.Column("holds_place", sa.Boolean(), server_default=sa.false(), nullable=False))
    held = sa.text("holds_place")
    op.create_index("ix_registration_held", "registration", ["event_id"], sqlite_where=held, postgresql_where=held)


def downgrade() -> None:
    op.drop_index("ix_registration_held", "registration")
    op.execute("ALTER TABLE registration DROP COLUMN holds_place")
    op.drop_index(op.f("ix_registration_invitation_id"), "registration")
    op.execute("ALTER TABLE registration DROP COLUMN invitation_id")
    op.execute("ALTER TABLE event DROP COLUMN admission")
    op.drop_table("invitation")
