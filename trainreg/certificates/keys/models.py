"""The public half of each signing key, and what became of it. The private half is a file, never a row."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainreg.certificates.keys.rules import KeyAlgorithm, KeyState, Lifetime
from trainreg.kernel.db import Row
from trainreg.kernel.types import UtcDateTime, enum_column

_CURRENT = text("is_current")


class SigningKey(Row):
    """One key. `certificate_chain` is PEM, its own certificate first; the row stays for as long as papers do.

    An RSA key has a `companion` on P-256: credentials and QR codes are signed with it, where each byte counts.
    """

    __tablename__ = "signing_key"
    __table_args__ = (
        CheckConstraint("NOT is_current OR retired_at IS NULL", name="current_is_not_retired"),
        Index("uq_signing_key_current", "is_current", unique=True, sqlite_where=_CURRENT, postgresql_where=_CURRENT),
    )

    kid: Mapped[str] = mapped_column(String(40), unique=True)
    algorithm: Mapped[KeyAlgorithm] = mapped_column(enum_column(KeyAlgorithm))
    certificate_chain: Mapped[str] = mapped_column(Text)
    is_current: Mapped[bool] = mapped_column(default=False)
    companion_id: Mapped[int | None] = mapped_column(ForeignKey("signing_key.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(String(200))
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    retired_by: Mapped[str] = mapped_column(String(200), default="")
    lost_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    compromised_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(500), default="")

    companion: Mapped[SigningKey | None] = relationship(remote_side="SigningKey.id")

    @property
    def lifetime(self) -> Lifetime:
        """The moments that decide what a signature of this key is worth."""
        return Lifetime(self.created_at, self.retired_at, self.lost_at, self.compromised_since)

    @property
    def state(self) -> KeyState:
        """Where the key stands."""
        return self.lifetime.state

    @property
    def for_credentials(self) -> SigningKey:
        """The key that signs credentials beside this one's files: itself, or the companion of an RSA key."""
        return self.companion or self
