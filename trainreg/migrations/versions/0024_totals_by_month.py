"""Totals across projects know level, province and month: who attended an event in a month, packed (ADR 0038).

Revision: 0024_totals_by_month
Follows: 0023_names

What is kept is derived: it is thrown away and counted anew, by `trainreg db upgrade` itself or with the next
transaction that writes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024_totals_by_month"
down_revision = "0023_names"
branch_labels = None
depends_on = None


def _enum(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def _sex() -> sa.Enum:
    return _enum("sex", "female", "male", "not_stated")


def _level() -> sa.Enum:
    return _enum("level", "senior", "middle", "junior", "not_stated")


def _kind() -> sa.Enum:
    words = ("seminar", "workshop", "training", "training_of_trainers", "briefing", "consultation_meeting")
    return _enum("eventkind", *words, "study_visit")


def upgrade() -> None:
    _drop("tally", "counted_visit")
    op.create_table(
        "counted_visit",
        sa.Column("registration_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("sex", _sex(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("level", _level(), nullable=False),
        sa.Column("province", sa.String(length=10), nullable=False),
        sa.Column("thousandths", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_counted_visit")),
    )
    op.create_index("ix_counted_visit_person", "counted_visit", ["person_id", "project_id"])
    op.create_table(
        "tally",
        sa.Column("project_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sex", _sex(), nullable=False),
        sa.Column("agency_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("level", _level(), nullable=False),
        sa.Column("province", sa.String(length=10), nullable=False),
        sa.Column("attendances", sa.Integer(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("thousandths", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("project_id", "sex", "agency_id", "level", "province", name=op.f("pk_tally")),
    )
    op.create_table(
        "counted_who",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sex", _sex(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("level", _level(), nullable=False),
        sa.Column("province", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counted_who")),
        sa.UniqueConstraint(
            "sex", "agency_id", "level", "province", name=op.f("uq_counted_who_sex_agency_id_level_province")
        ),
    )
    op.create_table(
        "counted_month",
        sa.Column("event_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("month", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("kind", _kind(), nullable=False),
        sa.Column("visits", sa.Integer(), nullable=False),
        sa.Column("thousandths", sa.BigInteger(), nullable=False),
        sa.Column("papers", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Integer(), nullable=False),
        sa.Column("last_day", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("event_id", "month", name=op.f("pk_counted_month")),
    )
    sums = ["month", "project_id", "kind", "visits", "thousandths", "papers"]
    op.create_index("ix_counted_month_sums", "counted_month", sums)
    op.create_index("ix_counted_month_project", "counted_month", ["project_id", "month"])
    op.create_index("ix_session_event_begins", "session", ["event_id", "status", "starts_at"])
    _count_anew("SELECT registration_id FROM attendance UNION SELECT registration_id FROM certificate")


def downgrade() -> None:
    op.drop_index("ix_session_event_begins", "session")
    _drop("counted_month", "counted_who", "tally", "counted_visit")
    op.create_table(
        "counted_visit",
        sa.Column("registration_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("sex", _sex(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("thousandths", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_counted_visit")),
    )
    op.create_index("ix_counted_visit_person", "counted_visit", ["person_id", "project_id"])
    op.create_table(
        "tally",
        sa.Column("project_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sex", _sex(), nullable=False),
        sa.Column("agency_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("attendances", sa.Integer(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("thousandths", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("project_id", "sex", "agency_id", name=op.f("pk_tally")),
    )
    _count_anew("SELECT DISTINCT registration_id FROM attendance")


def _drop(*tables: str) -> None:
    for table in tables:
        op.drop_table(table)


def _count_anew(registrations: str) -> None:
    op.execute("DELETE FROM tally_due")
    op.execute(f"INSERT INTO tally_due {registrations}")
