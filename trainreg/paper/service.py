"""Print a sheet, keep a scan."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from trainreg.attendance.queries import list_confirmed
from trainreg.audit import service as audit
from trainreg.events.models import Event, Session
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, flush_or_refuse, lock_row
from trainreg.paper.codes import PageCode, new_key
from trainreg.paper.models import SheetScan, SignInSheet
from trainreg.paper.queries import find_same_scan, find_sheet
from trainreg.paper.refusals import NoBlankRow, NothingToSign, OtherSession, SentBefore, WhichSession, WrongSheet
from trainreg.paper.rules import MOST_BLANK_ROWS, MOST_COLUMNS
from trainreg.questions.uploads import Upload

audit.describes(
    {
        "event.sheet_printed": _l("Sign-in sheet %(sheet)s made for %(people)s people"),
        "event.badges_printed": _l("%(people)s badges made"),
        "event.scan_kept": _l("Scan %(name)s of a signed sheet kept"),
        "event.scan_fetched": _l("Scan %(name)s of a signed sheet handed out"),
        "event.scan_deleted": _l("Scan %(name)s of a signed sheet deleted"),
    }
)


def print_sheet(event: Event, sessions: Sequence[Session], *, blank_rows: int, by: Actor) -> SignInSheet:
    """Fix who stands on a sheet and in which order, so that what is entered later follows the paper."""
    if not 0 < len(sessions) <= MOST_COLUMNS or not 0 <= blank_rows <= MOST_BLANK_ROWS:
        raise NothingToSign
    people = [registration.id for registration in list_confirmed(event.id)]
    sheet = SignInSheet(
        event_id=event.id,
        key=new_key(),
        session_ids=[session.id for session in sessions],
        people=people,
        blank_rows=blank_rows,
        made_at=clock.now(),
        made_by_id=by.user_id,
    )
    db.session.add(sheet)
    audit.record("event.sheet_printed", event, by=by, project_id=event.project_id, sheet=sheet.key, people=len(people))
    db.session.flush()
    return sheet


def lock_sheet(sheet: SignInSheet) -> SignInSheet:
    """Hold a sheet to the end of the transaction: two people on its blank rows are written one after the other."""
    return lock_row(SignInSheet, sheet.id)


def add_row(sheet: SignInSheet, registration_id: int) -> None:
    """Somebody who wrote their name on a blank row: they stand there from now on. The caller holds the sheet."""
    if registration_id in sheet.people:
        return
    if not sheet.blank_rows:
        raise NoBlankRow
    sheet.people = [*sheet.people, registration_id]
    sheet.blank_rows -= 1


def keep_scan(event: Event, upload: Upload, *, code: PageCode | None, session: Session | None, by: Actor) -> SheetScan:
    """Keep a signed page as evidence; the code on it says of which session, else somebody has to."""
    sheet = find_sheet(code.key) if code else None
    if sheet is not None and sheet.event_id != event.id:
        raise WrongSheet
    session_id = _session_of_scan(event, sheet, session)
    if find_same_scan(session_id, upload.sha256) is not None:
        raise SentBefore
    scan = SheetScan(
        session_id=session_id,
        sheet_id=sheet.id if sheet else None,
        page=code.page if sheet and code else None,
        name=upload.name,
        kind=upload.kind,
        size=len(upload.content),
        sha256=upload.sha256,
        content=upload.content,
        sent_at=clock.now(),
        sent_by_id=by.user_id,
    )
    db.session.add(scan)
    audit.record("event.scan_kept", event, by=by, project_id=event.project_id, name=scan.name)
    flush_or_refuse(SentBefore())
    return scan


def _session_of_scan(event: Event, sheet: SignInSheet | None, chosen: Session | None) -> int:
    """Of which session a page is: the first of its sheet that is still there, else the one chosen."""
    there = {one.id for one in event.sessions}
    printed = [one for one in sheet.session_ids if one in there] if sheet else []
    if chosen is None:
        if not printed:
            raise WhichSession
        return printed[0]
    if printed and chosen.id not in printed:
        raise OtherSession
    return chosen.id


def note_fetched(event: Event, scan: SheetScan, *, by: Actor) -> None:
    """Write down who was handed the scan."""
    audit.record("event.scan_fetched", event, by=by, project_id=event.project_id, name=scan.name)


def delete_scan(event: Event, scan: SheetScan, *, by: Actor) -> None:
    """Take a scan off that was kept by mistake; that it was there stays written down."""
    audit.record("event.scan_deleted", event, by=by, project_id=event.project_id, name=scan.name)
    db.session.delete(scan)
