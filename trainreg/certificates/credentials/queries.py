"""Find what credentials speak of."""

from __future__ import annotations

from sqlalchemy import select

from trainreg.certificates.facts import CertificateFacts, facts_from_json
from trainreg.certificates.models import Certificate
from trainreg.kernel.db import db


def find_achievement(key: str) -> CertificateFacts | None:
    """The facts of a certificate of this achievement; what is said of the achievement is the same in all of them."""
    record = db.session.scalar(select(Certificate.facts).where(Certificate.achievement == key).limit(1))
    return facts_from_json(record) if record else None
