"""Certificates as version 0.2.0 issued them: records of the first format, unsigned."""

from dataclasses import replace

from trainreg.certificates.designs.formal_1 import Formal1
from trainreg.certificates.facts import canonical_json, sha256_of
from trainreg.certificates.models import Certificate
from trainreg.certificates.queries import facts_of
from trainreg.kernel.db import db


def as_first_format(certificate: Certificate) -> Certificate:
    """Turn a certificate into what the older version would have written."""
    facts = replace(
        facts_of(certificate),
        format=1,
        design=Formal1.name,
        design_sha256="",
        issued_at=None,
        valid_until=None,
        replaces="",
        status_list=None,
        status_index=None,
    )
    certificate.facts = canonical_json(facts)
    certificate.facts_sha256 = sha256_of(certificate.facts)
    certificate.signing_key_id = certificate.status_list = certificate.status_index = certificate.achievement = None
    for rendition in list(certificate.renditions):
        db.session.delete(rendition)
    db.session.commit()
    return certificate
