"""minutes of marks, the ledger of attendance, counts without names, sign-in sheets and their scans

Revision: 0012
Follows: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

STATES = ("present", "late", "excused", "absent")
SOURCES = ("desk", "qr", "kiosk", "sheet", "import")


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    # In words that both databases understand: a batch that rebuilds the table would lose its other CHECKs on SQLite.
    op.execute(
        "ALTER TABLE attendance ADD COLUMN late_minutes INTEGER DEFAULT 0 NOT NULL "
        "CONSTRAINT ck_attendance_late_minutes CHECK (late_minutes >= 0 AND (late_minutes = 0 OR state = 'late'))"
    )
    op.execute(
        "ALTER TABLE attendance ADD COLUMN left_early_minutes INTEGER DEFAULT 0 NOT NULL "
        "CONSTRAINT ck_attendance_left_early_minutes CHECK (left_early_minutes >= 0 "
        "AND (left_early_minutes = 0 OR state IN ('present', 'late')))"
    )
    _ledger()
    _write_down_what_is_known()
    _unnamed()
    _sheets()


def _ledger() -> None:
    op.create_table(
        "attendance_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_kind", _enum("actorkind", "staff", "official", "system"), nullable=False),
        sa.Column("actor_label", sa.String(length=200), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_attendance_batch_event_id_event")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_attendance_batch_user_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["undoes_id"], ["attendance_batch.id"], name=op.f("fk_attendance_batch_undoes_id_attendance_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_batch")),
        sa.UniqueConstraint("undoes_id", name=op.f("uq_attendance_batch_undoes_id")),
    )
    op.create_index(op.f("ix_attendance_batch_event_id"), "attendance_batch", ["event_id"])
    op.create_index(op.f("ix_attendance_batch_user_id"), "attendance_batch", ["user_id"])
    op.create_table(
        "attendance_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("from_state", _enum("from_state", *STATES), nullable=True),
        sa.Column("from_late_minutes", sa.Integer(), nullable=False),
        sa.Column("from_left_early_minutes", sa.Integer(), nullable=False),
        sa.Column("from_source", _enum("from_source", *SOURCES), nullable=True),
        sa.Column("to_state", _enum("to_state", *STATES), nullable=True),
        sa.Column("to_late_minutes", sa.Integer(), nullable=False),
        sa.Column("to_left_early_minutes", sa.Integer(), nullable=False),
        sa.Column("to_source", _enum("to_source", *SOURCES), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["attendance_batch.id"], name=op.f("fk_attendance_change_batch_id_attendance_batch")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_attendance_change_registration_id_registration")
        ),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_attendance_change_session_id_session")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_change")),
    )
    op.create_index(op.f("ix_attendance_change_batch_id"), "attendance_change", ["batch_id"])
    op.create_index("ix_attendance_change_cell", "attendance_change", ["registration_id", "session_id"])
    op.create_index(op.f("ix_attendance_change_session_id"), "attendance_change", ["session_id"])


def _write_down_what_is_known() -> None:
    """What was marked before there was a ledger stands in it as the first line, as if it had been written then."""
    op.execute(
        "INSERT INTO attendance_batch (event_id, at, actor_kind, actor_label, user_id) "
        "SELECT r.event_id, a.marked_at, CASE WHEN u.id IS NULL THEN 'system' ELSE 'staff' END, "
        "COALESCE(MAX(u.name), 'system'), u.id "
        "FROM attendance a JOIN registration r ON r.id = a.registration_id "
        "LEFT JOIN user_account u ON u.id = a.marked_by_id GROUP BY r.event_id, a.marked_at, u.id "
        "ORDER BY a.marked_at, r.event_id, u.id"
    )
    op.execute(
        "INSERT INTO attendance_change (batch_id, registration_id, session_id, from_late_minutes, "
        "from_left_early_minutes, to_state, to_late_minutes, to_left_early_minutes, to_source) "
        "SELECT b.id, a.registration_id, a.session_id, 0, 0, a.state, 0, 0, a.source "
        "FROM attendance a JOIN registration r ON r.id = a.registration_id "
        "JOIN attendance_batch b ON b.event_id = r.event_id AND b.at = a.marked_at "
        "AND (b.user_id = a.marked_by_id OR (b.user_id IS NULL AND a.marked_by_id IS NULL)) "
        "ORDER BY a.marked_at, a.id"
    )


def _unnamed() -> None:
    op.create_table(
        "unnamed_attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("sex", _enum("sex", "female", "male", "not_stated"), nullable=False),
        sa.Column("level", _enum("level", "senior", "middle", "junior", "not_stated"), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.CheckConstraint("people > 0 AND people <= 100000", name=op.f("ck_unnamed_attendance_people_counted")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_unnamed_attendance_agency_id_agency")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_unnamed_attendance_session_id_session")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unnamed_attendance")),
        sa.UniqueConstraint(
            "session_id", "agency_id", "sex", "level", name=op.f("uq_unnamed_attendance_session_id_agency_id_sex_level")
        ),
    )
    op.create_index(op.f("ix_unnamed_attendance_agency_id"), "unnamed_attendance", ["agency_id"])
    op.create_index(
        "uq_unnamed_attendance_without_agency",
        "unnamed_attendance",
        ["session_id", "sex", "level"],
        unique=True,
        sqlite_where=sa.text("agency_id IS NULL"),
        postgresql_where=sa.text("agency_id IS NULL"),
    )


def _sheets() -> None:
    op.create_table(
        "sign_in_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("session_ids", sa.JSON(), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("blank_rows", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("blank_rows >= 0 AND blank_rows <= 200", name=op.f("ck_sign_in_sheet_blank_rows")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_sign_in_sheet_event_id_event")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["user_account.id"], name=op.f("fk_sign_in_sheet_made_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_sheet")),
        sa.UniqueConstraint("key", name=op.f("uq_sign_in_sheet_key")),
    )
    op.create_index(op.f("ix_sign_in_sheet_event_id"), "sign_in_sheet", ["event_id"])
    op.create_table(
        "sheet_scan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=True),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", _enum("filekind", "pdf", "jpg", "png", "docx"), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("page IS NULL OR page > 0", name=op.f("ck_sheet_scan_page_from_one")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_sheet_scan_session_id_session")),
        sa.ForeignKeyConstraint(["sheet_id"], ["sign_in_sheet.id"], name=op.f("fk_sheet_scan_sheet_id_sign_in_sheet")),
        sa.ForeignKeyConstraint(
            ["sent_by_id"], ["user_account.id"], name=op.f("fk_sheet_scan_sent_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_scan")),
        sa.UniqueConstraint("session_id", "sha256", name=op.f("uq_sheet_scan_session_id_sha256")),
    )
    op.create_index(op.f("ix_sheet_scan_sheet_id"), "sheet_scan", ["sheet_id"])


def downgrade() -> None:
    op.drop_table("sheet_scan")
    op.drop_table("sign_in_sheet")
    op.drop_table("unnamed_attendance")
    op.drop_table("attendance_change")
    op.drop_table("attendance_batch")
    op.execute("ALTER TABLE attendance DROP COLUMN left_early_minutes")
    op.execute("ALTER TABLE attendance DROP COLUMN late_minutes")
