"""designs of certificates, their drafts, versions and pictures, plans of events, signatures of signatories

Revision: 0015
Follows: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "design",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_design_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_design")),
        sa.UniqueConstraint("slug", name=op.f("uq_design_slug")),
    )
    with op.batch_alter_table("design", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_design_project_id"), ["project_id"], unique=False)

    op.create_table(
        "design_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("width > 0 AND height > 0", name=op.f("ck_design_picture_has_sides")),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["user_account.id"], name=op.f("fk_design_picture_added_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_design_picture")),
        sa.UniqueConstraint("sha256", name=op.f("uq_design_picture_sha256")),
    )
    op.create_table(
        "certificate_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("design_sha256", sa.String(length=64), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("has_vertical", sa.Boolean(), nullable=False),
        sa.Column("valid_months", sa.Integer(), nullable=True),
        sa.Column(
            "mail",
            sa.Enum("link", "attachment", "none", name="mailing", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.CheckConstraint(
            "valid_months IS NULL OR (valid_months >= 1 AND valid_months <= 120)",
            name=op.f("ck_certificate_plan_months_in_bounds"),
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_certificate_plan_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_plan")),
        sa.UniqueConstraint("event_id", name=op.f("uq_certificate_plan_event_id")),
    )
    op.create_table(
        "design_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("design_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_design_draft_revision_from_one")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["user_account.id"], name=op.f("fk_design_draft_changed_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["design_id"], ["design.id"], name=op.f("fk_design_draft_design_id_design")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_design_draft")),
        sa.UniqueConstraint("design_id", name=op.f("uq_design_draft_design_id")),
    )
    op.create_table(
        "design_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("design_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("number >= 1", name=op.f("ck_design_version_number_from_one")),
        sa.ForeignKeyConstraint(["design_id"], ["design.id"], name=op.f("fk_design_version_design_id_design")),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["user_account.id"], name=op.f("fk_design_version_published_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_design_version")),
        sa.UniqueConstraint("design_id", "number", name=op.f("uq_design_version_design_id_number")),
        sa.UniqueConstraint("sha256", name=op.f("uq_design_version_sha256")),
    )
    with op.batch_alter_table("signatory", schema=None) as batch_op:
        batch_op.add_column(sa.Column("image_sha256", sa.String(length=64), nullable=True))
        batch_op.create_index(batch_op.f("ix_signatory_image_sha256"), ["image_sha256"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_signatory_image_sha256_design_picture"), "design_picture", ["image_sha256"], ["sha256"]
        )


def downgrade() -> None:
    with op.batch_alter_table("signatory", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_signatory_image_sha256_design_picture"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_signatory_image_sha256"))
        batch_op.drop_column("image_sha256")

    op.drop_table("design_version")
    op.drop_table("design_draft")
    op.drop_table("certificate_plan")
    op.drop_table("design_picture")
    with op.batch_alter_table("design", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_design_project_id"))

    op.drop_table("design")
