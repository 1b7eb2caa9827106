"""Rows of signing keys, in tests that need no private half."""

from typing import Any

from tests.factories import NOW, STAFF
from trainreg.certificates.keys import x509
from trainreg.certificates.keys.models import SigningKey
from trainreg.certificates.keys.rules import KeyAlgorithm
from trainreg.kernel.db import db


def signing_key(**values: Any) -> SigningKey:
    """The public half of a key; its private half is not kept."""
    private = x509.new_private_key(KeyAlgorithm.ES256)
    own = x509.self_signed(private, organisation="Example Organisation", site="http://localhost", at=NOW)
    values = {"created_at": NOW, "created_by": STAFF.label, "certificate_chain": x509.chain_as_pem([own])} | values
    row = SigningKey(kid=x509.kid_of(private.public_key()), algorithm=KeyAlgorithm.ES256, **values)
    db.session.add(row)
    db.session.flush()
    return row
