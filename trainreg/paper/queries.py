"""Sheets, the people on them, and their scans."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from trainreg.events.models import Event, Session
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.refusals import NotFound
from trainreg.paper.models import SheetScan, SignInSheet
from trainreg.paper.rules import MOST_COLUMNS
from trainreg.registration.models import Registration


@dataclass(frozen=True)
class Day:
    """A day of an event with several sessions, which one sheet can serve."""

    on: date
    sessions: Sequence[Session]


def days_of(event: Event) -> list[Day]:
    """The days, on the clock of each session's place, with two to four planned sessions."""
    found: dict[date, list[Session]] = {}
    for session in event.planned_sessions:
        found.setdefault(clock.local(session.starts_at, session.timezone).date(), []).append(session)
    return [Day(on, sessions) for on, sessions in sorted(found.items()) if 1 < len(sessions) <= MOST_COLUMNS]


def people_of(sheet: SignInSheet) -> list[Registration]:
    """Everybody who stands on the sheet, in its order, whatever became of them since."""
    statement = (
        select(Registration)
        .options(joinedload(Registration.person), joinedload(Registration.agency))
        .where(Registration.id.in_(sheet.people))
    )
    found = {registration.id: registration for registration in db.session.scalars(statement)}
    return [found[one] for one in sheet.people if one in found]


def list_sheets(event_id: int) -> Sequence[SignInSheet]:
    """The sheets of an event, the latest first."""
    statement = select(SignInSheet).where(SignInSheet.event_id == event_id).order_by(SignInSheet.id.desc()).limit(50)
    return db.session.scalars(statement).all()


def find_sheet(key: str) -> SignInSheet | None:
    return db.session.scalar(select(SignInSheet).where(SignInSheet.key == key))


def get_sheet(event: Event, key: str) -> SignInSheet:
    """A sheet of that event; raises NotFound."""
    sheet = find_sheet(key)
    if sheet is None or sheet.event_id != event.id:
        raise NotFound
    return sheet


def sessions_of(sheet: SignInSheet, event: Event) -> list[Session]:
    """The sessions that a sheet was printed for and that are still planned."""
    return [session for session in event.planned_sessions if session.id in sheet.session_ids]


def printed_sessions_of(sheet: SignInSheet, event: Event) -> list[Session]:
    """The sessions that a sheet was printed for, those called off too; one that was removed is left out."""
    return [session for session in event.sessions if session.id in sheet.session_ids]


def list_scans(event_id: int) -> Sequence[SheetScan]:
    """The scans kept with an event's sessions, without their content, the latest first."""
    statement = (
        select(SheetScan)
        .join(SheetScan.session)
        .options(contains_eager(SheetScan.session), joinedload(SheetScan.sheet))
        .where(Session.event_id == event_id)
        .order_by(SheetScan.id.desc())
    )
    return db.session.scalars(statement).all()


def get_scan(event: Event, scan_id: int) -> SheetScan:
    """A scan of that event's sheets; raises NotFound."""
    scan = db.session.get(SheetScan, scan_id, options=[joinedload(SheetScan.session)])
    if scan is None or scan.session.event_id != event.id:
        raise NotFound
    return scan


def find_same_scan(session_id: int, sha256: str) -> SheetScan | None:
    return db.session.scalar(select(SheetScan).where(SheetScan.session_id == session_id, SheetScan.sha256 == sha256))
