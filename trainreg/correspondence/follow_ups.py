"""Ask again some months later: who is due the mail now, written some at a time, each person once."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import exists, func, select

from trainreg.assessment.evaluating import list_items, open_evaluation
from trainreg.assessment.models import AssessmentPlan, EvaluationHandedIn
from trainreg.assessment.opinions import FOLLOW_UP_MONTHS, EvaluationState, When
from trainreg.assessment.queries import plan_of
from trainreg.correspondence import drafts
from trainreg.correspondence.choosing import attended_once
from trainreg.correspondence.reminders import events_where, list_untold
from trainreg.correspondence.rules import FOLLOW_UP_WINDOW, follow_up_due, is_daytime
from trainreg.events.models import Event, Session
from trainreg.events.rules import EventStatus
from trainreg.kernel import clock
from trainreg.kernel.actor import SYSTEM
from trainreg.kernel.db import db, lock_row
from trainreg.outbox.service import queue_each
from trainreg.registration.models import Registration
from trainreg.registration.notices import address_of
from trainreg.registration.rules import RegistrationRole

TAIL = "/evaluation_follow_up"
_LONGEST = timedelta(days=31 * max(FOLLOW_UP_MONTHS)) + FOLLOW_UP_WINDOW
_SHORTEST = timedelta(days=28 * min(FOLLOW_UP_MONTHS))


def list_due() -> Sequence[int]:
    """Events that ask again, and ended so long ago that it may be time."""
    asks = select(AssessmentPlan.event_id).where(AssessmentPlan.follow_up_months.is_not(None))
    planned = set(db.session.scalars(asks))
    if not planned:
        return []
    now, last = clock.now(), func.max(Session.ends_at)
    return [one for one in events_where(last <= now - _SHORTEST, last > now - _LONGEST) if one in planned]


def write_follow_ups(event_id: int) -> int:
    """Write the next mails that are due at this hour, and open the follow-up for them; returns how many."""
    event, now, plan = lock_row(Event, event_id), clock.now(), plan_of(event_id)
    months, state = plan.follow_up_months, plan.evaluations[When.FOLLOW_UP]
    is_off = event.status is EventStatus.CANCELLED or event.ends_at is None or not event.sends_thanks
    if is_off or months is None or state is EvaluationState.CLOSED or not is_daytime(now, event.timezone):
        return 0
    if event.ends_at is None or not follow_up_due(event.ends_at, event.timezone, months, now):
        return 0
    has_answered = exists().where(
        EvaluationHandedIn.registration_id == Registration.id, EvaluationHandedIn.when == When.FOLLOW_UP
    )
    is_participant = Registration.role == RegistrationRole.PARTICIPANT
    people = list_untold(event_id, TAIL, attended_once(), is_participant, ~has_answered)
    if not people or not list_items(event_id, When.FOLLOW_UP):
        return 0
    open_evaluation(event, When.FOLLOW_UP, by=SYSTEM)
    return queue_each(
        drafts.follow_up(one, key=f"{one.reference}{TAIL}", to=address)
        for one in people
        if (address := address_of(one)) is not None
    )
