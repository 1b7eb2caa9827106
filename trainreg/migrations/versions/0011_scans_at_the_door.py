"""scans at the door

Revision: 0011
Follows: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

KINDS = ("qr", "name", "walk_in", "kiosk")
OUTCOMES = (
    *("in", "already_in", "let_in", "not_confirmed", "cancelled", "other_event", "second_form", "unknown_code"),
    *("other_day", "no_session_now", "event_off", "incomplete"),
)


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "scan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=36), nullable=False),
        sa.Column("device", sa.String(length=36), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("kind", _one_of(KINDS, "scankind"), nullable=False),
        sa.Column("outcome", _one_of(OUTCOMES, "outcome"), nullable=False),
        sa.Column("said", sa.String(length=24), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("device_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("device_now", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("scanned_by_id", sa.Integer(), nullable=True),
        sa.Column("scanned_by", sa.String(length=200), nullable=False),
        sa.Column("let_in_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint("outcome <> 'let_in' OR reason <> ''", name=op.f("ck_scan_let_in_has_reason")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_scan_event_id_event")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_scan_session_id_session")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_scan_registration_id_registration")
        ),
        sa.ForeignKeyConstraint(
            ["scanned_by_id"], ["user_account.id"], name=op.f("fk_scan_scanned_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["let_in_by_id"], ["user_account.id"], name=op.f("fk_scan_let_in_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan")),
        sa.UniqueConstraint("key", name=op.f("uq_scan_key")),
    )
    op.create_index("ix_scan_event", "scan", ["event_id", "id"])
    op.create_index("ix_scan_registration", "scan", ["registration_id", "session_id"])
    op.create_index("ix_scan_session_id", "scan", ["session_id"])


def downgrade() -> None:
    op.drop_table("scan")
