"""What a signing key may do, and what a signature of it is worth: decisions without a database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

# Compromised since ever: files tell the moment of issue, which for events long past lies before the key was made.
EVER = datetime(1970, 1, 1, tzinfo=UTC)


class KeyAlgorithm(StrEnum):
    """How a key signs, by its name in JOSE: ECDSA on P-256, or RSA PKCS#1 v1.5, both with SHA-256."""

    ES256 = "ES256"
    RS256 = "RS256"


class KeyState(StrEnum):
    """Where a key stands: it signs what is issued now, or only goes on verifying, or is not to be trusted."""

    CURRENT = "current"
    RETIRED = "retired"
    LOST = "lost"
    COMPROMISED = "compromised"


class Worth(StrEnum):
    """What a right signature of one of our keys is worth."""

    GOOD = "good"
    AFTER_RETIREMENT = "after_retirement"  # the file says that it was signed when the key no longer signed
    UNTRUSTED = "untrusted"  # others may have had the key at that moment


@dataclass(frozen=True, slots=True)
class Lifetime:
    """The moments of a key that decide what its signatures are worth."""

    created_at: datetime
    retired_at: datetime | None = None
    lost_at: datetime | None = None
    compromised_since: datetime | None = None

    @property
    def state(self) -> KeyState:
        """Where the key stands; the worst news comes first."""
        if self.compromised_since is not None:
            return KeyState.COMPROMISED
        if self.lost_at is not None:
            return KeyState.LOST
        return KeyState.CURRENT if self.retired_at is None else KeyState.RETIRED

    def worth(self, signed_at: datetime | None) -> Worth:
        """What a signature of this key is worth that says of itself when it was made.

        Whoever stole a key can write any moment into a file: of a compromised key nothing is worth more than the
        moment it tells, and a file that tells none is worth nothing.
        """
        if self.compromised_since is not None and (signed_at is None or signed_at >= self.compromised_since):
            return Worth.UNTRUSTED
        ends = [moment for moment in (self.retired_at, self.lost_at) if moment is not None]
        if ends and (signed_at is None or signed_at > min(ends)):
            return Worth.AFTER_RETIREMENT
        return Worth.GOOD
