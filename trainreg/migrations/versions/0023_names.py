"""Names as people confirm them for certificates, and their age band; whether an event's form asks it.

Revision: 0023_names
Follows: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0023_names"
down_revision = "0021"
branch_labels = None
depends_on = None

_BANDS = "'under_25', '25_34', '35_44', '45_54', '55_over', 'not_stated'"


def upgrade() -> None:
    # In words that both databases understand: a batch that rebuilds the table would lose its other CHECKs on SQLite.
    # `answer.standard` keeps its CHECK: an age band stands on the registration, never among the answers.
    op.execute("ALTER TABLE person ADD COLUMN confirmed_names JSON DEFAULT '{}' NOT NULL")
    op.add_column("person", sa.Column("names_confirmed_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "ALTER TABLE person ADD COLUMN names_confirmed_by_id INTEGER "
        "CONSTRAINT fk_person_names_confirmed_by_id_user_account REFERENCES user_account (id)"
    )
    op.execute(
        "ALTER TABLE person ADD COLUMN age_band VARCHAR(32) DEFAULT 'not_stated' NOT NULL "
        f"CONSTRAINT ck_person_ageband CHECK (age_band IN ({_BANDS}))"
    )
    op.execute(
        "ALTER TABLE event_form ADD COLUMN age_band VARCHAR(32) DEFAULT 'off' NOT NULL "
        "CONSTRAINT ck_event_form_age_band CHECK (age_band IN ('off', 'optional', 'required'))"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE event_form DROP COLUMN age_band")
    for column in ("age_band", "names_confirmed_by_id", "names_confirmed_at", "confirmed_names"):
        op.execute(f"ALTER TABLE person DROP COLUMN {column}")
