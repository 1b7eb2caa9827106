"""Where a certificate stands today, as its holder is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo

from trainreg.certificates.facts import CertificateFacts
from trainreg.certificates.models import Certificate
from trainreg.certificates.queries import facts_of, find_successor
from trainreg.kernel import clock


class Standing(StrEnum):
    """What a paper is worth today."""

    VALID = "valid"
    PREPARED = "prepared"
    VOIDED = "voided"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"
    EXPIRED = "expired"


_BY_STATE = {"issued": Standing.VALID} | {one.value: one for one in Standing if one is not Standing.VALID}


@dataclass(frozen=True, slots=True)
class Stand:
    """What a paper is worth, since when where that matters, and the register number of the one that replaces it."""

    standing: Standing
    since: date | None = None
    replaced_by: str = ""


def standing_of(certificate: Certificate, facts: CertificateFacts | None = None) -> Stand:
    """Judge a certificate by its state and by the day: one whose last day is over has expired, marked so or not.

    Days are those of the place of the event.
    """
    facts = facts or facts_of(certificate)
    standing, zone = _BY_STATE[certificate.state.value], ZoneInfo(certificate.registration.event.timezone)
    is_over = facts.valid_until is not None and facts.valid_until < clock.now().astimezone(zone).date()
    if standing is Standing.VALID and is_over:
        standing = Standing.EXPIRED
    if standing in {Standing.VALID, Standing.PREPARED}:
        return Stand(standing)
    since = certificate.state_changed_at.astimezone(zone).date() if certificate.state_changed_at else None
    if standing is Standing.EXPIRED:
        return Stand(standing, facts.valid_until or since)
    successor = find_successor(certificate) if standing is Standing.SUPERSEDED else None
    return Stand(standing, since, successor.register_number if successor else "")
