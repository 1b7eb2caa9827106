"""Rows of tests and evaluations, for what must forget no table."""

from tests import factories as make
from tests.factories import NOW
from trainreg.assessment.models import (
    EvaluationHandedIn,
    EvaluationQuote,
    EvaluationSheet,
    TestAnswer,
    TestAttempt,
    TestQuestion,
)
from trainreg.assessment.opinions import ItemKind, When
from trainreg.assessment.rules import Kind, Occasion, Source, TestState
from trainreg.kernel.db import db
from trainreg.registration.models import Registration

WRITTEN = "Нууц хариулт"


def fill_learning(registration: Registration) -> tuple[TestQuestion, EvaluationQuote]:
    """One row in every table of the room; returns the question that was answered, and the quote."""
    event = registration.event
    make.plan(event, pre_state=TestState.OPEN)
    question = make.posed(event, kind=Kind.SHORT_TEXT, choices=[], right=[])
    attempt = TestAttempt(
        registration_id=registration.id, occasion=Occasion.PRE, source=Source.PHONE, started_at=NOW, handed_in_at=NOW
    )
    attempt.answers.append(TestAnswer(question_id=question.id, value=WRITTEN))
    item = make.evaluation_item(event, ItemKind.TEXT)
    words = {"text": "Good", "digest": "4" * 64, "chosen_by": "Test Staff", "chosen_at": NOW}
    sheet = EvaluationSheet(event_id=event.id, when=When.AFTER, answers={str(item.id): "Good"})
    handed_in = EvaluationHandedIn(registration_id=registration.id, when=When.AFTER)
    quote = EvaluationQuote(item_id=item.id, **words)
    db.session.add_all([attempt, sheet, handed_in, quote])
    db.session.flush()
    return question, quote
