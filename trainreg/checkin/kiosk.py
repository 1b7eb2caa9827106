"""The code on a room's screen: it changes every thirty seconds and is kept nowhere."""

import hmac
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from trainreg.checkin.rules import OPENS_BEFORE
from trainreg.events.models import Event, Session
from trainreg.events.rules import EventStatus, SessionStatus
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.tokens import normalised
from trainreg.web.links import letters_for

STEP = 30  # seconds
LETTERS = 6


def code_for(session_id: int, step: int) -> str:
    """The code of a session in one step of time: six letters, 30 bits."""
    return letters_for("kiosk", f"{session_id}/{step}", LETTERS)


def code_now(session_id: int) -> str:
    """What the screen shows."""
    return code_for(session_id, step_at(clock.now()))


def step_at(moment: datetime) -> int:
    return int(moment.timestamp()) // STEP


def seconds_left() -> int:
    """How long the code on the screen lasts; at least a second."""
    return STEP - int(clock.now().astimezone(UTC).timestamp()) % STEP


def find_session(typed: str) -> Session | None:
    """The session whose door is open and whose screen shows this code, or showed it just before."""
    code, now = normalised(typed), clock.now()
    step, found = step_at(now), None
    for session in _list_open(now):
        for one in (step, step - 1):
            if hmac.compare_digest(code_for(session.id, one).encode(), code.encode()):
                found = session
    return found


def _list_open(now: datetime) -> list[Session]:
    statement = (
        select(Session)
        .join(Session.event)
        .options(joinedload(Session.event))
        .where(
            Session.status == SessionStatus.PLANNED,
            Session.starts_at <= now + OPENS_BEFORE,
            Session.ends_at > now - timedelta(seconds=STEP),
            Event.status.not_in((EventStatus.CANCELLED, EventStatus.DRAFT)),
        )
        .order_by(Session.id)
    )
    return list(db.session.scalars(statement))
