"""What of tests and evaluations is there for one person now."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from trainreg.assessment.details import NO_PLAN, Plan
from trainreg.assessment.models import AssessmentPlan, EvaluationHandedIn, TestAttempt
from trainreg.assessment.opinions import EvaluationState, When
from trainreg.assessment.queries import plan_from
from trainreg.assessment.rules import Occasion
from trainreg.kernel.db import db
from trainreg.registration.models import Registration


@dataclass(frozen=True)
class Offered:
    """The plan of the event, and what this person has handed in of it."""

    plan: Plan
    tests: frozenset[Occasion]
    evaluations: frozenset[When]

    def is_open(self, occasion: Occasion) -> bool:
        """Whether the test can be answered now."""
        return self.plan.is_open(occasion) and occasion not in self.tests

    @property
    def open_tests(self) -> list[Occasion]:
        return [occasion for occasion in Occasion if self.is_open(occasion)]

    @property
    def open_evaluations(self) -> list[When]:
        is_open = self.plan.evaluations
        return [when for when in When if is_open[when] is EvaluationState.OPEN and when not in self.evaluations]

    @property
    def is_anything(self) -> bool:
        """Whether anything waits for this person."""
        return bool(self.open_tests or self.open_evaluations)


NOTHING = Offered(NO_PLAN, frozenset(), frozenset())


def offered_to(registration: Registration) -> Offered:
    """What is there for one person."""
    return offered_to_each([registration]).get(registration.id, NOTHING)


def offered_to_each(registrations: Collection[Registration]) -> Mapping[int, Offered]:
    """The same for many, by registration; three statements for all of them."""
    events = {registration.event_id for registration in registrations}
    ids = [registration.id for registration in registrations]
    if not ids:
        return {}
    rows = db.session.scalars(select(AssessmentPlan).where(AssessmentPlan.event_id.in_(events)))
    plans = {row.event_id: plan_from(row) for row in rows}
    tests: dict[int, set[Occasion]] = {}
    for registration_id, occasion in db.session.execute(
        select(TestAttempt.registration_id, TestAttempt.occasion).where(
            TestAttempt.registration_id.in_(ids), TestAttempt.handed_in_at.is_not(None)
        )
    ):
        tests.setdefault(registration_id, set()).add(occasion)
    evaluations: dict[int, set[When]] = {}
    for registration_id, when in db.session.execute(
        select(EvaluationHandedIn.registration_id, EvaluationHandedIn.when).where(
            EvaluationHandedIn.registration_id.in_(ids)
        )
    ):
        evaluations.setdefault(registration_id, set()).add(when)
    return {
        one.id: Offered(
            plans.get(one.event_id, NO_PLAN),
            frozenset(tests.get(one.id, ())),
            frozenset(evaluations.get(one.id, ())),
        )
        for one in registrations
    }
