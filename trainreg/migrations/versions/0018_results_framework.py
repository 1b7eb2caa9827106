"""results framework: outputs, indicators, periods, targets, what was handed in; age bands of registrations

Revision: 0018
Follows: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reporting_period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_reporting_period_ends_after_start")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_reporting_period_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporting_period")),
        sa.UniqueConstraint("project_id", "code", name=op.f("uq_reporting_period_project_id_code")),
    )
    op.create_table(
        "handed_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "actor_kind",
            sa.Enum(
                "staff", "official", "system", name="actorkind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("actor_label", sa.String(length=200), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("figures_sha256", sa.String(length=64), nullable=False),
        sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reopened_by_label", sa.String(length=200), nullable=False),
        sa.Column("reopened_by_id", sa.Integer(), nullable=True),
        sa.Column("reopen_reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "reopened_at IS NULL OR reopen_reason <> ''", name=op.f("ck_handed_in_reopened_with_reason")
        ),
        sa.ForeignKeyConstraint(
            ["period_id"], ["reporting_period.id"], name=op.f("fk_handed_in_period_id_reporting_period")
        ),
        sa.ForeignKeyConstraint(
            ["reopened_by_id"], ["user_account.id"], name=op.f("fk_handed_in_reopened_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_handed_in_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handed_in")),
    )
    with op.batch_alter_table("handed_in", schema=None) as batch_op:
        batch_op.create_index("ix_handed_in_period_id", ["period_id"], unique=False)
        batch_op.create_index(
            "uq_handed_in_standing",
            ["period_id"],
            unique=True,
            sqlite_where=sa.text("reopened_at IS NULL"),
            postgresql_where=sa.text("reopened_at IS NULL"),
        )

    op.create_table(
        "output",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("outcome_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_output_number_positive")),
        sa.ForeignKeyConstraint(["outcome_id"], ["outcome.id"], name=op.f("fk_output_outcome_id_outcome")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_output")),
        sa.UniqueConstraint("outcome_id", "number", name=op.f("uq_output_outcome_id_number")),
    )
    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("outcome_id", sa.Integer(), nullable=True),
        sa.Column("output_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("unit", sa.JSON(), nullable=False),
        sa.Column(
            "rule",
            sa.Enum(
                "attendances",
                "unique_persons",
                "unique_persons_per_event_kind",
                "completers",
                "person_days",
                "person_hours",
                "events_held",
                "copies_distributed",
                "products_completed",
                "certificates_issued",
                "average_knowledge_gain",
                "hand_entered",
                name="countingrule",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column("breakdowns", sa.JSON(), nullable=False),
        sa.Column(
            "direction",
            sa.Enum("increase", "decrease", name="direction", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("baseline_year", sa.Integer(), nullable=True),
        sa.Column("baseline_value", sa.Numeric(precision=16, scale=3), nullable=True),
        sa.CheckConstraint(
            "output_id IS NULL OR outcome_id IS NOT NULL", name=op.f("ck_indicator_output_within_outcome")
        ),
        sa.ForeignKeyConstraint(["outcome_id"], ["outcome.id"], name=op.f("fk_indicator_outcome_id_outcome")),
        sa.ForeignKeyConstraint(["output_id"], ["output.id"], name=op.f("fk_indicator_output_id_output")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_indicator_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("project_id", "code", name=op.f("uq_indicator_project_id_code")),
    )
    with op.batch_alter_table("indicator", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_indicator_outcome_id"), ["outcome_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_indicator_output_id"), ["output_id"], unique=False)

    op.create_table(
        "frozen_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handed_in_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["handed_in_id"], ["handed_in.id"], name=op.f("fk_frozen_row_handed_in_id_handed_in")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_frozen_row_registration_id_registration")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_row")),
        sa.UniqueConstraint("handed_in_id", "registration_id", name=op.f("uq_frozen_row_handed_in_id_registration_id")),
    )
    with op.batch_alter_table("frozen_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_frozen_row_registration_id"), ["registration_id"], unique=False)

    op.create_table(
        "hand_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Numeric(precision=16, scale=3), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_hand_value_indicator_id_indicator")),
        sa.ForeignKeyConstraint(
            ["period_id"], ["reporting_period.id"], name=op.f("fk_hand_value_period_id_reporting_period")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_value")),
        sa.UniqueConstraint("indicator_id", "period_id", name=op.f("uq_hand_value_indicator_id_period_id")),
    )
    with op.batch_alter_table("hand_value", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hand_value_period_id"), ["period_id"], unique=False)

    op.create_table(
        "target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Numeric(precision=16, scale=3), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_target_indicator_id_indicator")),
        sa.ForeignKeyConstraint(
            ["period_id"], ["reporting_period.id"], name=op.f("fk_target_period_id_reporting_period")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
        sa.UniqueConstraint("indicator_id", "period_id", name=op.f("uq_target_indicator_id_period_id")),
    )
    with op.batch_alter_table("target", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_target_period_id"), ["period_id"], unique=False)

    # In words that both databases understand: a batch that rebuilds the table would lose its other CHECKs on SQLite.
    op.execute("ALTER TABLE project ADD COLUMN objective JSON DEFAULT '{}' NOT NULL")
    op.execute(
        "ALTER TABLE registration ADD COLUMN age_band VARCHAR(32) DEFAULT 'not_stated' NOT NULL "
        "CONSTRAINT ck_registration_ageband "
        "CHECK (age_band IN ('under_25', '25_34', '35_44', '45_54', '55_over', 'not_stated'))"
    )
    _totals()


def _totals() -> None:
    """Totals across projects: what attended already is due, and is counted with the first transaction that writes."""
    sexes = sa.Enum("female", "male", "not_stated", name="sex", native_enum=False, create_constraint=True, length=32)
    op.create_table(
        "counted_visit",
        sa.Column("registration_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("sex", sexes, nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("thousandths", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_counted_visit")),
    )
    op.create_index("ix_counted_visit_person", "counted_visit", ["person_id", "project_id"])
    op.create_table(
        "tally",
        sa.Column("project_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sex", sexes, nullable=False),
        sa.Column("agency_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("attendances", sa.Integer(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("thousandths", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("project_id", "sex", "agency_id", name=op.f("pk_tally")),
    )
    op.create_table(
        "tally_due",
        sa.Column("registration_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_tally_due")),
    )
    op.execute("INSERT INTO tally_due SELECT DISTINCT registration_id FROM attendance")


def downgrade() -> None:
    for table in ("tally_due", "tally", "counted_visit"):
        op.drop_table(table)
    for table in ("target", "hand_value", "frozen_row", "indicator", "output", "handed_in", "reporting_period"):
        op.drop_table(table)
    op.execute("ALTER TABLE registration DROP COLUMN age_band")
    op.execute("ALTER TABLE project DROP COLUMN objective")
