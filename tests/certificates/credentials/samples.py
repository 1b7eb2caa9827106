"""Certificates of the second format, as credentials speak of them, without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from tests.certificates.samples import LONGEST, TRAINER
from trainreg.certificates.designs import gallery
from trainreg.certificates.facts import CertificateFacts
from trainreg.certificates.keys.jose import CredentialKey
from trainreg.certificates.keys.rules import KeyAlgorithm
from trainreg.certificates.keys.x509 import kid_of, new_private_key

ISSUED_AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
SECOND: dict[str, Any] = {
    "format": 2,
    "design_sha256": gallery.DEFAULT,
    "issued_at": ISSUED_AT,
    "issued_on": ISSUED_AT.date(),
    "status_list": 1,
    "status_index": 94_567,
}
HELD = replace(TRAINER, **SECOND)
LAPSING = replace(HELD, valid_until=date(2099, 12, 31))
LAPSED = replace(HELD, valid_until=date(2026, 11, 21))
LONG = replace(LONGEST, **SECOND)


def new_key() -> CredentialKey:
    private: Any = new_private_key(KeyAlgorithm.ES256)
    return CredentialKey(kid_of(private.public_key()), private)


def at(base: str, facts: CertificateFacts = HELD) -> CertificateFacts:
    """The same certificate of another site."""
    return replace(facts, verify_url=f"{base}/v/{facts.code}")
