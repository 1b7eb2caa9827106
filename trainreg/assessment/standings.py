"""What certificates ask of tests and evaluations: who handed in what, and what it is worth."""

from collections.abc import Collection, Mapping

from sqlalchemy import select

from trainreg.assessment.models import EvaluationHandedIn, TestQuestion
from trainreg.assessment.opinions import When
from trainreg.assessment.results import Sheet, list_given, sheets_from
from trainreg.assessment.rules import Occasion
from trainreg.kernel.db import db
from trainreg.registration.models import Registration


def post_tests_of(event_id: int, only: Collection[int] | None = None) -> Mapping[int, Sheet]:
    """The post-tests that were handed in at an event, by registration; `only` narrows to these registrations."""
    asked = db.session.scalars(select(TestQuestion).where(TestQuestion.event_id == event_id))
    given = list_given(event_id, Occasion.POST, only)
    sheets = sheets_from(given, {question.id: question for question in asked})
    return {registration_id: sheet for (registration_id, _occasion), sheet in sheets.items()}


def list_evaluated(event_id: int, only: Collection[int] | None = None) -> frozenset[int]:
    """The registrations, of all or of these `only`, whose evaluation at the end of the event is handed in."""
    statement = (
        select(EvaluationHandedIn.registration_id)
        .join(Registration, Registration.id == EvaluationHandedIn.registration_id)
        .where(Registration.event_id == event_id, EvaluationHandedIn.when == When.AFTER)
    )
    if only is not None:
        statement = statement.where(EvaluationHandedIn.registration_id.in_(only))
    return frozenset(db.session.scalars(statement).all())
