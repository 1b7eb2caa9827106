"""Evaluations: what they ask, open and closed, and handing one in so that nothing ties it to whoever did."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from random import SystemRandom

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, exists, func, insert, select

from trainreg.assessment.attempts import may_sit
from trainreg.assessment.models import (
    AssessmentPlan,
    EvaluationHandedIn,
    EvaluationItem,
    EvaluationSheet,
    random_number,
)
from trainreg.assessment.opinions import (
    HIGHEST,
    LONGEST_COMMENT,
    LOWEST,
    EvaluationState,
    ItemKind,
    When,
    may_reopen,
)
from trainreg.assessment.queries import find_plan
from trainreg.assessment.ready_made import Item
from trainreg.assessment.refusals import (
    CannotReopen,
    EvaluationNotOpen,
    ItemsAreFrozen,
    NotAnAnswer,
    NotForYou,
    NothingSaid,
    NothingToEvaluate,
)
from trainreg.assessment.service import plan_to_change
from trainreg.audit import service as audit
from trainreg.events.models import Event
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, lock_row
from trainreg.registration.models import Registration

audit.describes(
    {
        "evaluation.items_set_after": _l("Questions of the evaluation set"),
        "evaluation.items_set_follow_up": _l("Questions of the follow-up set"),
        "evaluation.opened_after": _l("Evaluation opened"),
        "evaluation.opened_follow_up": _l("Follow-up opened"),
        "evaluation.closed_after": _l("Evaluation closed"),
        "evaluation.closed_follow_up": _l("Follow-up closed"),
        "evaluation.follow_up_set": _l("Follow-up set"),
    }
)

Given = Mapping[int, int | str]  # by item: a step of the scale, or words


def list_items(event_id: int, when: When) -> Sequence[EvaluationItem]:
    """What the evaluation asks, in its order."""
    statement = select(EvaluationItem).where(EvaluationItem.event_id == event_id, EvaluationItem.when == when)
    return db.session.scalars(statement.order_by(EvaluationItem.place, EvaluationItem.id)).all()


def count_sheets(event_id: int, when: When) -> int:
    """How many people answered."""
    statement = select(func.count()).select_from(EvaluationSheet)
    return db.session.scalar(statement.where(EvaluationSheet.event_id == event_id, EvaluationSheet.when == when)) or 0


def state_of(plan: AssessmentPlan, when: When) -> EvaluationState:
    state: EvaluationState = getattr(plan, f"{when}_state")
    return state


def set_items(event: Event, when: When, items: Sequence[Item], *, by: Actor, at: datetime | None = None) -> None:
    """Write what the evaluation asks; only until it opens, so that every answer was to the same words."""
    plan = plan_to_change(event)
    if state_of(plan, when) is not EvaluationState.DRAFT:
        raise ItemsAreFrozen
    db.session.execute(delete(EvaluationItem).where(EvaluationItem.event_id == event.id, EvaluationItem.when == when))
    for place, (kind, label) in enumerate(items, 1):
        db.session.add(EvaluationItem(event_id=event.id, when=when, place=place, kind=kind, label=label))
    db.session.flush()
    audit.record(f"evaluation.items_set_{when}", event, by=by, project_id=event.project_id, at=at)


def set_follow_up(event: Event, months: int | None, *, by: Actor) -> None:
    """Say after how many months people are asked again; None: never."""
    plan = plan_to_change(event)
    if plan.follow_up_months != months:
        plan.follow_up_months = months
        audit.record("evaluation.follow_up_set", event, by=by, project_id=event.project_id)


def open_evaluation(event: Event, when: When, *, by: Actor, at: datetime | None = None) -> None:
    """Take answers from now on; twice is once. One whose results could be seen stays closed."""
    plan = plan_to_change(event)
    state = state_of(plan, when)
    if state is EvaluationState.OPEN:
        return
    if not list_items(event.id, when):
        raise NothingToEvaluate
    if state is EvaluationState.CLOSED and not may_reopen(count_sheets(event.id, when)):
        raise CannotReopen
    setattr(plan, f"{when}_state", EvaluationState.OPEN)
    audit.record(f"evaluation.opened_{when}", event, by=by, project_id=event.project_id, at=at)


def close_evaluation(event: Event, when: When, *, by: Actor, at: datetime | None = None) -> None:
    """Take no more answers; from now on they can be seen, if there are enough. Twice is once."""
    plan = plan_to_change(event)
    if state_of(plan, when) is EvaluationState.OPEN:
        setattr(plan, f"{when}_state", EvaluationState.CLOSED)
        audit.record(f"evaluation.closed_{when}", event, by=by, project_id=event.project_id, at=at)


def has_handed_in(registration_id: int, when: When) -> bool:
    handed_in = exists().where(EvaluationHandedIn.registration_id == registration_id, EvaluationHandedIn.when == when)
    return bool(db.session.scalar(select(handed_in)))


def hand_in(registration: Registration, when: When, given: Given) -> None:
    """Keep the answers, and apart from them that this person has answered; a second time changes nothing.

    No history is written and no moment kept: either would tie the two together.
    """
    known = find_plan(registration.event_id)
    if known is None:
        raise EvaluationNotOpen
    plan = lock_row(AssessmentPlan, known.id)
    registration = lock_row(Registration, registration.id)
    if not may_sit(registration):
        raise NotForYou
    if has_handed_in(registration.id, when):
        return
    if state_of(plan, when) is not EvaluationState.OPEN:
        raise EvaluationNotOpen
    answers = _kept(list_items(plan.event_id, when), given)
    db.session.add(EvaluationHandedIn(registration_id=registration.id, when=when))
    _shuffle_in(plan.event_id, when, answers)
    db.session.flush()


def _kept(items: Sequence[EvaluationItem], given: Given) -> dict[str, int | str]:
    """The answers as they are kept; raises a refusal for what is none."""
    answers: dict[str, int | str] = {}
    for item in items:
        value = given.get(item.id, "")
        if value == "":
            continue
        if item.kind is ItemKind.SCALE:
            if not (isinstance(value, int) and LOWEST <= value <= HIGHEST):
                raise NotAnAnswer
        elif not (isinstance(value, str) and len(value) <= LONGEST_COMMENT):
            raise NotAnAnswer
        answers[str(item.id)] = value
    if not answers:
        raise NothingSaid
    return answers


def _shuffle_in(event_id: int, when: When, answers: Mapping[str, int | str]) -> None:
    """Add a sheet and write all sheets anew, mixed, under new numbers.

    After it neither the number of a row, nor its place in the file, nor the transaction that wrote it says which came
    last: they all did (ADR 0022).
    """
    own = (EvaluationSheet.event_id == event_id, EvaluationSheet.when == when)
    sheets = [*db.session.scalars(select(EvaluationSheet.answers).where(*own)), dict(answers)]
    SystemRandom().shuffle(sheets)
    db.session.execute(delete(EvaluationSheet).where(*own))
    rows = [{"id": random_number(), "event_id": event_id, "when": when, "answers": sheet} for sheet in sheets]
    db.session.execute(insert(EvaluationSheet), rows)
