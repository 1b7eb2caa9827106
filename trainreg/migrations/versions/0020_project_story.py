"""what reports tell of a project: whom to ask, photographs; who held an event

Revision: 0020
Follows: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "project_photograph",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("caption", sa.JSON(), nullable=False),
        sa.Column("alternative", sa.JSON(), nullable=False),
        sa.Column("consent_note", sa.String(length=500), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_label", sa.String(length=200), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("width > 0 AND height > 0", name=op.f("ck_project_photograph_has_sides")),
        sa.CheckConstraint(
            "confirmed_at IS NULL OR consent_note <> ''", name=op.f("ck_project_photograph_confirmed_with_note")
        ),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["user_account.id"], name=op.f("fk_project_photograph_added_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["user_account.id"], name=op.f("fk_project_photograph_confirmed_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_project_photograph_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_photograph")),
        sa.UniqueConstraint("project_id", "sha256", name=op.f("uq_project_photograph_project_id_sha256")),
    )
    # In words that both databases understand: a batch that rebuilds the table would lose its other CHECKs on SQLite.
    op.execute("ALTER TABLE project ADD COLUMN contact JSON DEFAULT '{}' NOT NULL")
    op.execute("ALTER TABLE event ADD COLUMN hosts JSON DEFAULT '{}' NOT NULL")


def downgrade() -> None:
    op.execute("ALTER TABLE event DROP COLUMN hosts")
    op.execute("ALTER TABLE project DROP COLUMN contact")
    op.drop_table("project_photograph")
