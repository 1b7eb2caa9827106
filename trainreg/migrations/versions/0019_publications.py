"""publications: print runs, copies handed out, evidence

Revision: 0019
Follows: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

KINDS = ("handbook", "training_manual", "assessment_report", "other")
FILES = ("pdf", "jpg", "png", "docx")


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    _print_runs()
    _handouts()
    _files()
    _move_what_is_known()
    _drop_what_moved()


def _print_runs() -> None:
    op.create_table(
        "print_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("printed_on", sa.Date(), nullable=True),
        sa.Column("has_illustrative_date", sa.Boolean(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("is_minimum", sa.Boolean(), nullable=False),
        sa.CheckConstraint("copies > 0", name=op.f("ck_print_run_copies_positive")),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_print_run_publication_id_publication")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_run")),
    )
    op.create_index(op.f("ix_print_run_publication_id"), "print_run", ["publication_id"])


def _handouts() -> None:
    op.create_table(
        "handout",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("recipient", sa.JSON(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=True),
        sa.Column("has_illustrative_date", sa.Boolean(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=True),
        sa.Column("is_minimum", sa.Boolean(), nullable=False),
        sa.CheckConstraint("copies IS NULL OR copies > 0", name=op.f("ck_handout_copies_positive")),
        sa.CheckConstraint("agency_id IS NULL OR event_id IS NULL", name=op.f("ck_handout_one_recipient")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_handout_agency_id_agency")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_handout_event_id_event")),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_handout_publication_id_publication")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handout")),
    )
    for column in ("publication_id", "agency_id", "event_id"):
        op.create_index(op.f(f"ix_handout_{column}"), "handout", [column])


def _files() -> None:
    op.create_table(
        "publication_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", _enum("filekind", *FILES), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_publication_file_publication_id_publication")
        ),
        sa.ForeignKeyConstraint(
            ["sent_by_id"], ["user_account.id"], name=op.f("fk_publication_file_sent_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication_file")),
        sa.UniqueConstraint("publication_id", "sha256", name=op.f("uq_publication_file_publication_id_sha256")),
    )


def _move_what_is_known() -> None:
    """A number of copies becomes a print run, and whom it says they went to one handing out, on the same day."""
    op.execute(
        "INSERT INTO print_run (publication_id, language, printed_on, has_illustrative_date, copies, is_minimum) "
        "SELECT id, COALESCE(translated_into, 'en'), published_on, has_illustrative_date, printed, printed_is_minimum "
        "FROM publication WHERE printed > 0 ORDER BY id"
    )
    op.execute(
        "INSERT INTO handout (publication_id, recipient, handed_on, has_illustrative_date, copies, is_minimum) "
        "SELECT id, distributed_to, published_on, has_illustrative_date, NULLIF(printed, 0), printed_is_minimum "
        "FROM publication WHERE CAST(distributed_to AS VARCHAR(4000)) NOT IN ('{}', 'null') ORDER BY id"
    )


def _drop_what_moved() -> None:
    if op.get_bind().dialect.name != "sqlite":
        for column in ("printed", "printed_is_minimum", "distributed_to"):
            op.drop_column("publication", column)  # with its CHECK
        return
    # SQLite drops no column that a CHECK names, and a batch would lose the CHECK of the kinds: the table is made anew.
    op.create_table(
        "publication_now",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("outcome_id", sa.Integer(), nullable=True),
        sa.Column("kind", _enum(op.f("ck_publication_publicationkind"), *KINDS), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("translated_into", sa.String(length=8), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("has_illustrative_date", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["outcome_id"], ["outcome.id"], name=op.f("fk_publication_outcome_id_outcome")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_publication_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
    )
    kept = "id, project_id, outcome_id, kind, title, translated_into, published_on, has_illustrative_date"
    op.execute(f"INSERT INTO publication_now ({kept}) SELECT {kept} FROM publication")  # noqa: S608 - no input
    op.drop_table("publication")
    op.rename_table("publication_now", "publication")
    op.create_index(op.f("ix_publication_outcome_id"), "publication", ["outcome_id"])
    op.create_index(op.f("ix_publication_project_id"), "publication", ["project_id"])


def downgrade() -> None:
    with op.batch_alter_table("publication") as batch:
        batch.add_column(sa.Column("printed", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("printed_is_minimum", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch.add_column(sa.Column("distributed_to", sa.JSON(), server_default=sa.text("'{}'"), nullable=False))
        batch.create_check_constraint(op.f("ck_publication_printed_not_negative"), "printed IS NULL OR printed >= 0")
    op.execute(
        "UPDATE publication SET printed = (SELECT SUM(copies) FROM print_run WHERE publication_id = publication.id), "
        "printed_is_minimum = EXISTS (SELECT 1 FROM print_run WHERE publication_id = publication.id AND is_minimum)"
    )
    op.execute(
        "UPDATE publication SET distributed_to = (SELECT recipient FROM handout WHERE id = "
        "(SELECT MIN(id) FROM handout WHERE publication_id = publication.id)) "
        "WHERE EXISTS (SELECT 1 FROM handout WHERE publication_id = publication.id)"
    )
    for table in ("publication_file", "handout", "print_run"):
        op.drop_table(table)
