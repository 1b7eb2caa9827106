"""what a project's file in the format of IATI says beyond its record: identifiers, codes, sectors

Revision: 0021
Follows: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "iati_settings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("reporting_ref", sa.String(length=80), nullable=False),
        sa.Column("reporting_type", sa.String(length=2), nullable=False),
        sa.Column("reporting_name", sa.JSON(), nullable=False),
        sa.Column("identifier", sa.String(length=120), nullable=False),
        sa.Column("scope", sa.String(length=1), nullable=False),
        sa.Column("funder_ref", sa.String(length=80), nullable=False),
        sa.Column("funder_type", sa.String(length=2), nullable=False),
        sa.Column("implementer_ref", sa.String(length=80), nullable=False),
        sa.Column("implementer_type", sa.String(length=2), nullable=False),
        sa.Column("partner_role", sa.String(length=1), nullable=False),
        sa.Column("partner_type", sa.String(length=2), nullable=False),
        sa.CheckConstraint("reporting_ref <> '' AND identifier <> ''", name=op.f("ck_iati_settings_identified")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_iati_settings_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_iati_settings")),
        sa.UniqueConstraint("identifier", name=op.f("uq_iati_settings_identifier")),
        sa.UniqueConstraint("project_id", name=op.f("uq_iati_settings_project_id")),
    )
    op.create_table(
        "iati_sector",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("settings_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("vocabulary", sa.String(length=2), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("percentage", sa.Numeric(precision=6, scale=3), nullable=True),
        sa.CheckConstraint(
            "percentage IS NULL OR (percentage > 0 AND percentage <= 100)",
            name=op.f("ck_iati_sector_percentage_within"),
        ),
        sa.ForeignKeyConstraint(
            ["settings_id"], ["iati_settings.id"], name=op.f("fk_iati_sector_settings_id_iati_settings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_iati_sector")),
        sa.UniqueConstraint(
            "settings_id", "vocabulary", "code", name=op.f("uq_iati_sector_settings_id_vocabulary_code")
        ),
    )


def downgrade() -> None:
    op.drop_table("iati_sector")
    op.drop_table("iati_settings")
