"""rounds of issuing, papers for the ceremony, certificates that lapse, the register book in order

Revision: 0016
Follows: 0015
"""

import json
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

BEFORE = ("issued", "superseded", "revoked", "expired")
AFTER = ("prepared", *BEFORE, "voided")
AT_ONCE = 500


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def upgrade() -> None:
    # Not in a batch: SQLite's rebuilt table would lose its CHECKs, and what 0014 takes away again.
    for column in ("series VARCHAR(40) DEFAULT ''", "sequence INTEGER DEFAULT 0", "holder VARCHAR(1000) DEFAULT ''"):
        op.execute(f"ALTER TABLE certificate ADD COLUMN {column} NOT NULL")
    op.add_column("certificate", sa.Column("valid_until", sa.Date(), nullable=True))
    op.add_column("certificate", sa.Column("renewal_asked_at", sa.DateTime(timezone=True), nullable=True))
    _take_numbers_apart()
    op.create_index("uq_certificate_number", "certificate", ["series", "sequence"], unique=True)
    op.create_index("ix_certificate_lapsing", "certificate", ["state", "valid_until"])
    op.create_index("ix_certificate_issued_at", "certificate", ["issued_at"])
    _allow(AFTER, instead_of=BEFORE)
    _jobs()


def _take_numbers_apart() -> None:
    connection = op.get_bind()
    certificate = sa.table(
        "certificate",
        *(sa.column(name) for name in ("id", "register_number", "facts", "series", "sequence", "holder")),
    )
    last = 0
    while True:
        rows = connection.execute(
            sa.select(certificate.c.id, certificate.c.register_number, certificate.c.facts)
            .where(certificate.c.id > last)
            .order_by(certificate.c.id)
            .limit(AT_ONCE)
        ).all()
        if not rows:
            return
        for key, number, facts in rows:
            series, _slash, place = number.rpartition("/")
            names = json.loads(facts).get("names", {}).values()
            holder = " | ".join(dict.fromkeys(map(_folded, names)))[:1000]
            values = {"series": series, "sequence": int(place), "holder": holder}
            connection.execute(certificate.update().where(certificate.c.id == key).values(values))
            last = key


def _folded(text: str) -> str:
    """As names were compared when this was written: width, case, punctuation and look-alike letters aside."""
    plain = unicodedata.normalize("NFKC", text).translate(str.maketrans("ЄєѲѳЇї", "ӨөӨөҮү")).casefold()
    kept = (one if one.isalnum() or unicodedata.category(one)[0] == "M" else " " for one in plain)
    return " ".join("".join(kept).split())


def _allow(states: tuple[str, ...], *, instead_of: tuple[str, ...]) -> None:
    """Other states need another CHECK. SQLite's own way for that: the words of the table change, and nothing else.

    See "Making Other Kinds Of Table Schema Changes" on sqlite.org/lang_altertable.html.
    """
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        op.drop_constraint(op.f("ck_certificate_certificatestate"), "certificate", type_="check")
        op.create_check_constraint(op.f("ck_certificate_certificatestate"), "certificate", _one_of("state", states))
        return
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema=ON")
    changed = connection.exec_driver_sql(
        "UPDATE sqlite_schema SET sql = replace(sql, ?, ?) "
        "WHERE type = 'table' AND name = 'certificate' AND instr(sql, ?)",
        (_one_of("state", instead_of), _one_of("state", states), _one_of("state", instead_of)),
    )
    connection.exec_driver_sql(f"PRAGMA schema_version={version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema=OFF")
    if changed.rowcount != 1:
        raise RuntimeError("the table of certificates is not as the older migrations leave it")


def _jobs() -> None:
    op.create_table(
        "certificate_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("action", _enum("jobaction", "issue", "prepare"), nullable=False),
        sa.Column("status", _enum("jobstatus", "going", "paused", "stopped", "done"), nullable=False),
        sa.Column("only", sa.JSON(none_as_null=True), nullable=True),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("total", "done", "after_id", "made", "already", "not_eligible", "undrawable")
        ),
        sa.Column("actor_kind", _enum("actorkind", "staff", "official", "system"), nullable=False),
        sa.Column("actor_label", sa.String(length=200), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_certificate_job_event_id_event")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_certificate_job_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_job")),
    )
    op.create_index(op.f("ix_certificate_job_event_id"), "certificate_job", ["event_id"])
    op.create_index(op.f("ix_certificate_job_user_id"), "certificate_job", ["user_id"])
    op.create_index("ix_certificate_job_status", "certificate_job", ["status", "id"])
    op.create_table(
        "certificate_refusal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("kind", _enum("refusalkind", "not_eligible", "undrawable"), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_id"],
            ["certificate_job.id"],
            name=op.f("fk_certificate_refusal_job_id_certificate_job"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_certificate_refusal_registration_id_registration")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_refusal")),
        sa.UniqueConstraint("job_id", "registration_id", name=op.f("uq_certificate_refusal_job_id_registration_id")),
    )
    op.create_index(op.f("ix_certificate_refusal_registration_id"), "certificate_refusal", ["registration_id"])


def downgrade() -> None:
    op.drop_table("certificate_refusal")
    op.drop_table("certificate_job")
    op.drop_index("ix_certificate_issued_at", "certificate")
    op.drop_index("ix_certificate_lapsing", "certificate")
    # What the older version does not know is told as the nearest that it does: neither ever held.
    op.execute("UPDATE certificate SET state = 'revoked' WHERE state IN ('prepared', 'voided')")
    _allow(BEFORE, instead_of=AFTER)
    op.drop_index("uq_certificate_number", "certificate")
    for name in ("renewal_asked_at", "valid_until", "holder", "sequence", "series"):
        op.execute(f"ALTER TABLE certificate DROP COLUMN {name}")
