"""Status lists (W3C Bitstring Status List): one bit for each certificate, set when it is no longer in force."""

from __future__ import annotations

import gzip
import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, text

from trainreg.certificates.credentials.build import CONTEXTS
from trainreg.certificates.credentials.did import did_of
from trainreg.certificates.credentials.encoding import moment
from trainreg.certificates.keys.jose import base64url
from trainreg.certificates.models import Certificate
from trainreg.certificates.rules import CertificateState
from trainreg.kernel.db import db
from trainreg.kernel.refusals import NotFound

BITS = 131_072
# A list is given out to the half: so a place drawn at random is free at every second try, however late.
_GIVEN_OUT = BITS // 2
_PLACES_LOCK = 0x7472_6169  # any number, always the same
# A lapsed certificate says itself until when it was valid; nothing else but an issued one holds.
LISTED_AS_HOLDING = (CertificateState.ISSUED, CertificateState.EXPIRED)


def draw_places(count: int) -> list[tuple[int, int]]:
    """Places in the status lists for so many new certificates, as (list, index), at random: a neighbour tells nothing.

    They stay free for the caller until the end of the transaction; a UNIQUE index stands behind that.
    """
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _PLACES_LOCK})
    places: list[tuple[int, int]] = []
    number = db.session.scalar(select(func.max(Certificate.status_list))) or 1
    while len(places) < count:
        taken = set(db.session.scalars(select(Certificate.status_index).where(Certificate.status_list == number)))
        wanted = min(count - len(places), max(0, _GIVEN_OUT - len(taken)))
        drawn: set[int] = set()
        while len(drawn) < wanted:
            index = secrets.randbelow(BITS)
            if index not in taken:
                drawn.add(index)
        order = list(drawn)
        secrets.SystemRandom().shuffle(order)
        places += [(number, index) for index in order]
        number += 1
    return places


def status_list(base: str, number: int) -> dict[str, Any]:
    """The list as a credential of its own; raises NotFound where nothing was given out of it.

    It bears the moment of the latest change, so that it stays the same, byte for byte, until something changes.
    """
    first, last = db.session.execute(
        select(func.min(Certificate.issued_at), func.max(Certificate.state_changed_at)).where(
            Certificate.status_list == number
        )
    ).one()
    if first is None:
        raise NotFound
    gone = db.session.scalars(
        select(Certificate.status_index).where(
            Certificate.status_list == number,
            Certificate.state.not_in(LISTED_AS_HOLDING),
            Certificate.status_index.is_not(None),
        )
    )
    address = f"{base}/credentials/status/{number}"
    return {
        "@context": CONTEXTS[:1],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": did_of(base),
        "validFrom": moment(_latest(first, last)),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded([index for index in gone if index is not None]),
        },
    }


def _latest(first: datetime, last: datetime | None) -> datetime:
    return max(first, last) if last else first


def encoded(indexes: list[int]) -> str:
    """The bits as the specification writes them: the first is the highest of the first byte; packed, in base64url."""
    bits = bytearray(BITS // 8)
    for index in indexes:
        bits[index >> 3] |= 0x80 >> (index & 7)
    return "u" + base64url(gzip.compress(bytes(bits), mtime=0))
