"""Issued certificates, the counters of the register book and the files that were handed out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainreg.certificates.credentials.achievements import achievement_key
from trainreg.certificates.facts import FORMATS, facts_from_json
from trainreg.certificates.keys.models import SigningKey
from trainreg.certificates.rules import CertificateKind, CertificateState
from trainreg.kernel.db import Row
from trainreg.kernel.types import UtcDateTime, enum_column
from trainreg.registration.models import Registration


def _achievement(inserted: Any) -> str | None:
    """The achievement of a record that is written just now; records of the first format are no credentials."""
    record: str = inserted.get_current_parameters()["facts"]
    return achievement_key(facts_from_json(record)) if FORMATS[2] in record else None


class Certificate(Row):
    """One issued certificate. `facts` is all its paper says, in canonical form; only the state ever changes."""

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("registration_id", "kind", "edition"),
        Index("uq_certificate_status", "status_list", "status_index", unique=True),
        CheckConstraint("edition >= 1", name="edition_from_one"),
    )

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    kind: Mapped[CertificateKind] = mapped_column(enum_column(CertificateKind))
    edition: Mapped[int]
    register_number: Mapped[str] = mapped_column(String(60), unique=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    state: Mapped[CertificateState] = mapped_column(enum_column(CertificateState), default=CertificateState.ISSUED)
    state_changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    state_reason: Mapped[str] = mapped_column(String(500), default="")
    design: Mapped[str] = mapped_column(String(40))
    facts: Mapped[str] = mapped_column(Text)
    facts_sha256: Mapped[str] = mapped_column(String(64))
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"), index=True)
    # Which key signs its file and credential, and where its state stands in the published lists: from format 2 on.
    signing_key_id: Mapped[int | None] = mapped_column(ForeignKey("signing_key.id"), index=True)
    status_list: Mapped[int | None]
    status_index: Mapped[int | None]
    # What was achieved: one name for all who earned it at one event, read from the facts.
    achievement: Mapped[str | None] = mapped_column(String(20), index=True, default=_achievement)

    signing_key: Mapped[SigningKey | None] = relationship()
    registration: Mapped[Registration] = relationship()
    supersedes: Mapped[Certificate | None] = relationship(remote_side="Certificate.id")
    renditions: Mapped[list[Rendition]] = relationship(back_populates="certificate", order_by="Rendition.id")


class RegisterCounter(Row):
    """The last number given out in one series of the register book."""

    __tablename__ = "register_counter"

    series: Mapped[str] = mapped_column(String(40), unique=True)
    last_number: Mapped[int] = mapped_column(default=0)


class Rendition(Row):
    """The fingerprint of a file that was handed out, so that it can be recognised when it comes back."""

    __tablename__ = "rendition"
    __table_args__ = (UniqueConstraint("certificate_id", "sha256"),)

    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    drawn_at: Mapped[datetime] = mapped_column(UtcDateTime)

    certificate: Mapped[Certificate] = relationship(back_populates="renditions")
