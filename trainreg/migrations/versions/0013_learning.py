"""tests before and after an event, and its evaluation

Revision: 0013
Follows: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assessment_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "pre_state",
            sa.Enum("closed", "open", name="pre_state", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "post_state",
            sa.Enum("closed", "open", name="post_state", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("pass_mark", sa.Numeric(precision=4, scale=3), nullable=True),
        sa.Column("needs_evaluation", sa.Boolean(), nullable=False),
        sa.Column(
            "after_state",
            sa.Enum(
                "draft", "open", "closed", name="after_state", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "follow_up_state",
            sa.Enum(
                "draft", "open", "closed", name="follow_up_state", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("follow_up_months", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "follow_up_months IS NULL OR follow_up_months IN (3, 6)",
            name=op.f("ck_assessment_plan_follow_up_in_months"),
        ),
        sa.CheckConstraint(
            "pass_mark IS NULL OR (pass_mark > 0 AND pass_mark <= 1)",
            name=op.f("ck_assessment_plan_pass_mark_is_share"),
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_assessment_plan_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_plan")),
        sa.UniqueConstraint("event_id", name=op.f("uq_assessment_plan_event_id")),
    )
    op.create_table(
        "evaluation_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "occasion",
            sa.Enum("after", "follow_up", name="item_occasion", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("scale", "text", name="itemkind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("label", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_evaluation_item_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_item")),
    )
    with op.batch_alter_table("evaluation_item", schema=None) as batch_op:
        batch_op.create_index("ix_evaluation_item_form", ["event_id", "occasion"], unique=False)

    op.create_table(
        "evaluation_sheet",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "occasion",
            sa.Enum("after", "follow_up", name="sheet_occasion", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_evaluation_sheet_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_sheet")),
    )
    with op.batch_alter_table("evaluation_sheet", schema=None) as batch_op:
        batch_op.create_index("ix_evaluation_sheet_form", ["event_id", "occasion"], unique=False)

    op.create_table(
        "test_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_asked", sa.Boolean(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "one_choice",
                "several_choices",
                "true_false",
                "number",
                "short_text",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("label", sa.JSON(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("right_answers", sa.JSON(), nullable=False),
        sa.Column("tolerance", sa.String(length=20), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("in_pre", sa.Boolean(), nullable=False),
        sa.Column("in_post", sa.Boolean(), nullable=False),
        sa.CheckConstraint("points >= 1 AND points <= 100", name=op.f("ck_test_question_points_in_bounds")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_test_question_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_test_question")),
        sa.UniqueConstraint("event_id", "series", "version", name=op.f("uq_test_question_event_id_series_version")),
    )
    op.create_table(
        "evaluation_quote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("chosen_by", sa.String(length=200), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["evaluation_item.id"], name=op.f("fk_evaluation_quote_item_id_evaluation_item")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_evaluation_quote_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_quote")),
        sa.UniqueConstraint("item_id", "digest", name=op.f("uq_evaluation_quote_item_id_digest")),
    )
    op.create_table(
        "evaluation_handed_in",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column(
            "occasion",
            sa.Enum(
                "after", "follow_up", name="handed_in_occasion", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_evaluation_handed_in_registration_id_registration")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_handed_in")),
        sa.UniqueConstraint(
            "registration_id", "occasion", name=op.f("uq_evaluation_handed_in_registration_id_occasion")
        ),
    )
    op.create_table(
        "test_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column(
            "occasion",
            sa.Enum("pre", "post", name="occasion", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "source",
            sa.Enum("phone", "paper", name="attempt_source", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["user_account.id"], name=op.f("fk_test_attempt_entered_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_test_attempt_registration_id_registration")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_test_attempt")),
        sa.UniqueConstraint("registration_id", "occasion", name=op.f("uq_test_attempt_registration_id_occasion")),
    )
    op.create_table(
        "test_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("points", sa.Numeric(precision=6, scale=2), nullable=True),
        sa.Column("marked_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["test_attempt.id"], name=op.f("fk_test_answer_attempt_id_test_attempt")
        ),
        sa.ForeignKeyConstraint(
            ["marked_by_id"], ["user_account.id"], name=op.f("fk_test_answer_marked_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["test_question.id"], name=op.f("fk_test_answer_question_id_test_question")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_test_answer")),
        sa.UniqueConstraint("attempt_id", "question_id", name=op.f("uq_test_answer_attempt_id_question_id")),
    )
    with op.batch_alter_table("test_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_test_answer_question_id"), ["question_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("test_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_test_answer_question_id"))

    op.drop_table("test_answer")
    op.drop_table("test_attempt")
    op.drop_table("evaluation_handed_in")
    op.drop_table("evaluation_quote")
    op.drop_table("test_question")
    with op.batch_alter_table("evaluation_sheet", schema=None) as batch_op:
        batch_op.drop_index("ix_evaluation_sheet_form")

    op.drop_table("evaluation_sheet")
    with op.batch_alter_table("evaluation_item", schema=None) as batch_op:
        batch_op.drop_index("ix_evaluation_item_form")

    op.drop_table("evaluation_item")
    op.drop_table("assessment_plan")
