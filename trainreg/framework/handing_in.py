"""Hand in a period: its figures and the rows they rest on are frozen. Reopen it, with the reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import insert

from trainreg.audit import service as audit
from trainreg.framework import refusals
from trainreg.framework.models import FrozenRow, HandedIn, ReportingPeriod
from trainreg.framework.rules import LONGEST_REASON
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, flush_or_refuse, lock_row, table_of

audit.describes(
    {
        "period.handed_in": _l("Period %(period)s handed in"),
        "period.reopened": _l("Period %(period)s reopened: %(reason)s"),
    }
)


@dataclass(frozen=True)
class Frozen:
    """Figures in canonical JSON with their SHA-256, and a snapshot for each registration that they count."""

    figures: str
    sha256: str
    rows: Mapping[int, Mapping[str, Any]]


def ensure_can_be_handed_in(period: ReportingPeriod) -> None:
    """Refuse a period that still runs, or was handed in already."""
    if period.is_locked:
        raise refusals.AlreadyHandedIn(period=period.code)
    if period.ends_on >= clock.today(period.project.timezone):
        raise refusals.NotOver(period=period.code)


def lock_period(period: ReportingPeriod) -> ReportingPeriod:
    """Lock and re-read the period before its figures are counted."""
    return lock_row(ReportingPeriod, period.id)


def hand_in(period: ReportingPeriod, frozen: Frozen, *, by: Actor) -> HandedIn:
    """Keep the figures as they are now; the period's caller has locked it."""
    ensure_can_be_handed_in(period)
    row = HandedIn(
        at=clock.now(),
        actor_kind=by.kind,
        actor_label=by.label,
        user_id=by.user_id,
        figures=frozen.figures,
        figures_sha256=frozen.sha256,
    )
    period.handovers.append(row)
    flush_or_refuse(refusals.AlreadyHandedIn(period=period.code))
    if frozen.rows:
        rows = [
            {"handed_in_id": row.id, "registration_id": registration_id, "snapshot": dict(snapshot)}
            for registration_id, snapshot in frozen.rows.items()
        ]
        db.session.execute(insert(table_of(FrozenRow)), rows)
    audit.record("period.handed_in", period, by=by, project_id=period.project_id, period=period.code)
    return row


def reopen(period: ReportingPeriod, *, reason: str, by: Actor) -> HandedIn:
    """Let a period be changed and handed in again; what was handed in stays on record."""
    period = lock_row(ReportingPeriod, period.id)
    standing = period.standing
    if standing is None:
        raise refusals.NotHandedIn(period=period.code)
    if not reason.strip():
        raise refusals.NoReason
    standing.reopened_at, standing.reopen_reason = clock.now(), reason.strip()[:LONGEST_REASON]
    standing.reopened_by_label, standing.reopened_by_id = by.label, by.user_id
    db.session.flush()
    audit.record(
        "period.reopened",
        period,
        by=by,
        project_id=period.project_id,
        period=period.code,
        reason=standing.reopen_reason,
    )
    return standing
