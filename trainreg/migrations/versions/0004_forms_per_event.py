"""What each event asks: its form, its questions, and the answers with their files.

Revision: 0004
Follows: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "event_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "position",
            sa.Enum(
                "off", "optional", "required", name="position", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "level",
            sa.Enum("off", "optional", "required", name="level", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "province",
            sa.Enum(
                "off", "optional", "required", name="province", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "phone",
            sa.Enum("off", "optional", "required", name="phone", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "dietary_needs",
            sa.Enum(
                "off",
                "optional",
                "required",
                name="dietary_needs",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "access_needs",
            sa.Enum(
                "off", "optional", "required", name="access_needs", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_form_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_form")),
        sa.UniqueConstraint("event_id", name=op.f("uq_event_form_event_id")),
    )
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "short_text",
                "long_text",
                "yes_no",
                "one_choice",
                "several_choices",
                "number",
                "date",
                "file",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("label", sa.JSON(), nullable=False),
        sa.Column("hint", sa.JSON(), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("is_personal", sa.Boolean(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("least", sa.String(length=20), nullable=True),
        sa.Column("most", sa.String(length=20), nullable=True),
        sa.Column("condition_id", sa.Integer(), nullable=True),
        sa.Column("condition_keys", sa.JSON(), nullable=False),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "condition_id IS NULL OR condition_id <> id", name=op.f("ck_question_not_its_own_condition")
        ),
        sa.ForeignKeyConstraint(["condition_id"], ["question.id"], name=op.f("fk_question_condition_id_question")),
        sa.ForeignKeyConstraint(["form_id"], ["event_form.id"], name=op.f("fk_question_form_id_event_form")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
    )
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_condition_id"), ["condition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_question_form_id"), ["form_id"], unique=False)

    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column(
            "standard",
            sa.Enum(
                "position",
                "level",
                "province",
                "phone",
                "dietary_needs",
                "access_needs",
                name="standardfield",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.CheckConstraint("(question_id IS NULL) <> (standard IS NULL)", name=op.f("ck_answer_to_one_thing")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_answer_question_id_question")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_answer_registration_id_registration")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("registration_id", "question_id", name=op.f("uq_answer_registration_id_question_id")),
        sa.UniqueConstraint("registration_id", "standard", name=op.f("uq_answer_registration_id_standard")),
    )
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_question_id"), ["question_id"], unique=False)

    op.create_table(
        "answer_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("pdf", "jpg", "png", "docx", name="filekind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name=op.f("fk_answer_file_answer_id_answer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_file")),
        sa.UniqueConstraint("answer_id", name=op.f("uq_answer_file_answer_id")),
    )


def downgrade() -> None:

    op.drop_table("answer_file")
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_question_id"))

    op.drop_table("answer")
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_question_form_id"))
        batch_op.drop_index(batch_op.f("ix_question_condition_id"))

    op.drop_table("question")
    op.drop_table("event_form")
