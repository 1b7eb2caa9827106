"""Letters, news of events, what a mail carries along, and why one could not be sent.

Revision: 0007
Follows: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "announcement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "news",
            sa.Enum("changed", "called_off", name="news", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "telling",
                "told",
                "dropped",
                name="announcementstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_up_to", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_announcement_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )
    with op.batch_alter_table("announcement", schema=None) as batch_op:
        batch_op.create_index("ix_announcement_due", ["state", "due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_announcement_event_id"), ["event_id"], unique=False)

    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.JSON(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("recipients", sa.Integer(), nullable=False),
        sa.Column("without_address", sa.Integer(), nullable=False),
        sa.Column("writer", sa.String(length=200), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_letter_event_id_event")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_letter_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("key", name=op.f("uq_letter_key")),
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_event_id"), ["event_id"], unique=False)

    # Not in a batch: SQLite's rebuilt table would lose its CHECKs.
    op.add_column("event", sa.Column("reply_to", sa.String(length=254), nullable=True))
    op.add_column("event", sa.Column("reminder_days", sa.JSON(), server_default=sa.text("'[7, 1]'"), nullable=False))
    op.add_column("event", sa.Column("sends_thanks", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column("message", sa.Column("calendar", sa.Text(), nullable=True))
    op.add_column("message", sa.Column("reply_to", sa.String(length=254), nullable=True))
    op.execute(
        "ALTER TABLE message ADD COLUMN letter_id INTEGER CONSTRAINT fk_message_letter_id_letter REFERENCES letter (id)"
    )
    op.execute(
        "ALTER TABLE message ADD COLUMN failure VARCHAR(32) CONSTRAINT ck_message_failure CHECK (failure IN ("
        "'no_mail', 'no_such_recipient', 'recipient_busy', 'refused', 'put_off', 'sender_refused', 'too_slow', "
        "'cut_off', 'server_away', 'not_let_in'))"
    )
    op.create_index(op.f("ix_message_letter_id"), "message", ["letter_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_message_letter_id"), "message")
    for column in ("failure", "letter_id", "reply_to", "calendar"):
        op.execute(f"ALTER TABLE message DROP COLUMN {column}")
    for column in ("sends_thanks", "reminder_days", "reply_to"):
        op.execute(f"ALTER TABLE event DROP COLUMN {column}")

    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_event_id"))

    op.drop_table("letter")
    with op.batch_alter_table("announcement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_announcement_event_id"))
        batch_op.drop_index("ix_announcement_due")

    op.drop_table("announcement")
