"""What certificates ask of tests and evaluations: who handed in what, and what it is worth."""

from collections.abc import Mapping

from sqlalchemy import select

from trainreg.assessment.models import EvaluationHandedIn
from trainreg.assessment.opinions import When
from trainreg.assessment.queries import list_attempts
from trainreg.assessment.results import Sheet, sheet_of
from trainreg.assessment.rules import Occasion
from trainreg.kernel.db import db
from trainreg.registration.models import Registration


def post_tests_of(event_id: int) -> Mapping[int, Sheet]:
    """The post-tests that were handed in at an event, by registration."""
    attempts = list_attempts(event_id, Occasion.POST)
    return {attempt.registration_id: sheet_of(attempt) for attempt in attempts if attempt.handed_in_at is not None}


def list_evaluated(event_id: int) -> frozenset[int]:
    """The registrations whose evaluation at the end of the event is handed in."""
    statement = (
        select(EvaluationHandedIn.registration_id)
        .join(Registration, Registration.id == EvaluationHandedIn.registration_id)
        .where(Registration.event_id == event_id, EvaluationHandedIn.when == When.AFTER)
    )
    return frozenset(db.session.scalars(statement).all())
