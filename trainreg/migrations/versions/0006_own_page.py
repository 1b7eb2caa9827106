"""An official's own page: links, visits, what a repeated form said, and who was erased.

Revision: 0006
Follows: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "own_page_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_page_request")),
    )
    op.create_table(
        "own_page_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("new_email", sa.String(length=254), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_by", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_own_page_link_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_page_link")),
        sa.UniqueConstraint("key", name=op.f("uq_own_page_link_key")),
    )
    with op.batch_alter_table("own_page_link") as batch_op:
        batch_op.create_index(batch_op.f("ix_own_page_link_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_own_page_link_person_id"), ["person_id"], unique=False)

    op.create_table(
        "own_page_visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_own_page_visit_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_page_visit")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_own_page_visit_token_hash")),
    )
    with op.batch_alter_table("own_page_visit") as batch_op:
        batch_op.create_index(batch_op.f("ix_own_page_visit_ends_at"), ["ends_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_own_page_visit_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("person") as batch_op:
        batch_op.add_column(sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("submission") as batch_op:
        batch_op.add_column(sa.Column("agency_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("position", sa.String(length=200), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column(
                "level",
                sa.Enum(
                    "senior",
                    "middle",
                    "junior",
                    "not_stated",
                    name="level",
                    native_enum=False,
                    create_constraint=True,
                    length=32,
                ),
                server_default="not_stated",
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("language", sa.String(length=8), server_default="en", nullable=False))
        batch_op.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_submission_agency_id"), ["agency_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_submission_agency_id_agency"), "agency", ["agency_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("submission") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_submission_agency_id_agency"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("ck_submission_level"), type_="check")
        batch_op.drop_index(batch_op.f("ix_submission_agency_id"))
        batch_op.drop_column("withdrawn_at")
        batch_op.drop_column("language")
        batch_op.drop_column("level")
        batch_op.drop_column("position")
        batch_op.drop_column("agency_id")

    with op.batch_alter_table("person") as batch_op:
        batch_op.drop_column("erased_at")

    with op.batch_alter_table("own_page_visit") as batch_op:
        batch_op.drop_index(batch_op.f("ix_own_page_visit_person_id"))
        batch_op.drop_index(batch_op.f("ix_own_page_visit_ends_at"))

    op.drop_table("own_page_visit")
    with op.batch_alter_table("own_page_link") as batch_op:
        batch_op.drop_index(batch_op.f("ix_own_page_link_person_id"))
        batch_op.drop_index(batch_op.f("ix_own_page_link_expires_at"))

    op.drop_table("own_page_link")
    op.drop_table("own_page_request")
