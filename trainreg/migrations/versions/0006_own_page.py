"""An official's own page: links, visits, what a repeated form said, and who was erased.

Revision: 0006
Follows: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
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
    op.create_index(op.f("ix_own_page_link_expires_at"), "own_page_link", ["expires_at"])
    op.create_index(op.f("ix_own_page_link_person_id"), "own_page_link", ["person_id"])
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
    op.create_index(op.f("ix_own_page_visit_ends_at"), "own_page_visit", ["ends_at"])
    op.create_index(op.f("ix_own_page_visit_person_id"), "own_page_visit", ["person_id"])
    op.add_column("person", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    # In words that both databases understand: a batch that rebuilds the table would lose its other CHECKs on SQLite.
    op.execute(
        "ALTER TABLE submission ADD COLUMN agency_id INTEGER "
        "CONSTRAINT fk_submission_agency_id_agency REFERENCES agency (id)"
    )
    op.execute(
        "ALTER TABLE submission ADD COLUMN level VARCHAR(32) DEFAULT 'not_stated' NOT NULL "
        "CONSTRAINT ck_submission_level CHECK (level IN ('senior', 'middle', 'junior', 'not_stated'))"
    )
    op.add_column("submission", sa.Column("position", sa.String(length=200), server_default="", nullable=False))
    op.add_column("submission", sa.Column("language", sa.String(length=8), server_default="en", nullable=False))
    op.add_column("submission", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_submission_agency_id"), "submission", ["agency_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_submission_agency_id"), "submission")
    for column in ("withdrawn_at", "language", "position", "level", "agency_id"):
        op.drop_column("submission", column)
    op.drop_column("person", "erased_at")
    op.drop_table("own_page_visit")
    op.drop_table("own_page_link")
    op.drop_table("own_page_request")
