"""At the desk: the scans of an event, failed ones too, and the code on the room's screen."""

from collections.abc import Mapping

from flask import Response, render_template, request, url_for

from trainreg.attendance.ledger import Cell
from trainreg.attendance.models import Attendance
from trainreg.attendance.queries import list_marks
from trainreg.attendance.rules import FROM_SCANS, counts_as_attended
from trainreg.attendance.words import state_words
from trainreg.checkin.answers import TITLES, tone_of
from trainreg.checkin.blueprint import blueprint
from trainreg.checkin.kiosk import code_now, seconds_left
from trainreg.checkin.models import Scan
from trainreg.checkin.queries import count_scans, list_blocks, scans_of
from trainreg.checkin.rules import ADMITTED, Block, session_at
from trainreg.checkin.words import KIND_WORDS, reason_words
from trainreg.events.models import Event
from trainreg.events.queries import get_event, project_of_event
from trainreg.kernel import clock
from trainreg.kernel.permissions import Permission
from trainreg.registration.qr import as_uri
from trainreg.web.access import needs
from trainreg.web.links import absolute
from trainreg.web.paging import page_of

FILTERS = ("failed", "let_in")


@blueprint.get("/desk/events/<slug>/scans")
@needs(Permission.VIEW_NAMES, project=project_of_event)
def scan_list(slug: str) -> str:
    """Every scan, the latest first: what it said, what the door answered, and what the desk says of it now."""
    event, asked = get_event(slug), request.args.get("only", "")
    only = asked if asked in FILTERS else ""
    page = page_of(scans_of(event.id, only=only))
    marks = list_marks({scan.registration_id for scan in page.items if scan.registration_id is not None})
    return render_template(
        "checkin/scans.html",
        event=event,
        page=page,
        only=only,
        counts=count_scans(event.id),
        mark_of=lambda scan: marks.get((scan.registration_id, scan.session_id)),
        is_conflict=lambda scan: _is_conflict(scan, marks),
        titles=TITLES,
        tone_of=tone_of,
        kinds=KIND_WORDS,
        states=state_words(),
        reason_words=reason_words,
    )


def _is_conflict(scan: Scan, marks: Mapping[Cell, Attendance]) -> bool:
    """Whether somebody marked by hand the contrary of what this scan says."""
    mark = marks.get((scan.registration_id or 0, scan.session_id or 0))
    is_by_hand = mark is not None and mark.source not in FROM_SCANS
    return is_by_hand and scan.outcome in ADMITTED and not counts_as_attended(mark.state if mark else None)


@blueprint.get("/desk/events/<slug>/kiosk")
@needs(Permission.TAKE_ATTENDANCE, project=project_of_event)
def kiosk(slug: str) -> Response:
    """The room's screen. Its header makes it come anew when the code changes, without any script."""
    event = get_event(slug)
    blocks = list_blocks(event.id)
    block = _asked(blocks, request.args.get("session", "")) or session_at(blocks, clock.now())
    code = code_now(block.id) if block is not None else ""
    session = next((one for one in event.sessions if block is not None and one.id == block.id), None)
    address = absolute("me.here_with_code", code=code) if code else ""
    page = render_template(
        "checkin/kiosk.html",
        event=event,
        session=session,
        code=code,
        picture=as_uri(address) if address else "",
        typed_at=absolute("me.here"),
        choices=_choices(event, blocks),
        back=url_for("attendance.grid", slug=slug),
    )
    return Response(page, headers={"Refresh": str(seconds_left() if code else 60)}, mimetype="text/html")


def _asked(blocks: list[Block], text: str) -> Block | None:
    """The session in the address while its door is open."""
    now = clock.now()
    return next((block for block in blocks if str(block.id) == text and block.has_open_door(now)), None)


def _choices(event: Event, blocks: list[Block]) -> list[object]:
    """The sessions whose doors are open, where there is more than one."""
    open_now = {block.id for block in blocks if block.has_open_door(clock.now())}
    return [session for session in event.sessions if session.id in open_now] if len(open_now) > 1 else []
