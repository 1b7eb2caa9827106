"""What an event's certificate asks for beside attendance, and who has it."""

from __future__ import annotations

from collections.abc import Callable, Collection

from sqlalchemy import or_, select

from trainreg.assessment.models import AssessmentPlan
from trainreg.assessment.queries import plan_of
from trainreg.assessment.standings import list_evaluated, post_tests_of
from trainreg.certificates.rules import NOTHING_ASKED, Learned, PostTest
from trainreg.kernel.db import db


def learned_at(event_id: int, only: Collection[int] | None = None) -> Callable[[int], Learned]:
    """What each registration of an event, or of these `only`, has of the post-test and the evaluation.

    One statement where the event asks for neither, four at most otherwise.
    """
    plan = plan_of(event_id)
    if plan.pass_mark is None and not plan.needs_evaluation:
        return lambda _registration_id: NOTHING_ASKED
    tests = post_tests_of(event_id, only) if plan.pass_mark is not None else {}
    evaluated = list_evaluated(event_id, only) if plan.needs_evaluation else frozenset()

    def learned(registration_id: int) -> Learned:
        sheet = tests.get(registration_id)
        return Learned(
            pass_mark=plan.pass_mark,
            post_test=None if sheet is None else PostTest(sheet.points, sheet.most),
            needs_evaluation=plan.needs_evaluation,
            has_evaluated=registration_id in evaluated,
        )

    return learned


def events_that_ask(event_ids: Collection[int]) -> frozenset[int]:
    """Which of these events ask for a test or an evaluation; one statement."""
    asks = or_(AssessmentPlan.pass_mark.is_not(None), AssessmentPlan.needs_evaluation)
    asked = select(AssessmentPlan.event_id).where(AssessmentPlan.event_id.in_(event_ids), asks)
    return frozenset(db.session.scalars(asked))
