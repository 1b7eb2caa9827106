"""Who met their event's rule, for every event of a project at once: the verdict is the certificate's."""

from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import select

from trainreg.assessment.models import AssessmentPlan
from trainreg.certificates.conditions import learned_at
from trainreg.certificates.rules import NOTHING_ASKED, Learned, Part, SessionRecord, eligibility
from trainreg.events.models import Event
from trainreg.kernel.db import db
from trainreg.reporting.counting.facts import Block, Who


def complete_at(project_id: int, blocks: Iterable[Block]) -> Callable[[Who, Sequence[Block]], bool]:
    """Whether somebody with these sessions behind them met the rule of their event."""
    planned: dict[int, list[Block]] = {}
    for block in blocks:
        planned.setdefault(block.event_id, []).append(block)
    told = select(Event.id, Event.threshold).where(Event.project_id == project_id)
    thresholds = {row.id: row.threshold for row in db.session.execute(told)}
    asking = db.session.scalars(
        select(AssessmentPlan.event_id)
        .join(Event, Event.id == AssessmentPlan.event_id)
        .where(
            Event.project_id == project_id,
            AssessmentPlan.pass_mark.is_not(None) | AssessmentPlan.needs_evaluation,
        )
    )
    learned = {event_id: learned_at(event_id) for event_id in asking}
    # Where an event asks for attendance alone, whoever attended the same sessions has the same verdict.
    known: dict[tuple[int, frozenset[int]], bool] = {}

    def verdict(event_id: int, there: frozenset[int], what: Learned) -> bool:
        records = [SessionRecord(block.minutes, attended=block.id in there) for block in planned.get(event_id, ())]
        return eligibility(
            records, part=Part.PARTICIPANT, is_confirmed=True, threshold=thresholds[event_id], learned=what
        ).eligible

    def is_complete(who: Who, attended: Sequence[Block]) -> bool:
        there = frozenset(block.id for block in attended)
        if who.event_id in learned:
            return verdict(who.event_id, there, learned[who.event_id](who.registration_id))
        key = (who.event_id, there)
        if key not in known:
            known[key] = verdict(who.event_id, there, NOTHING_ASKED)
        return known[key]

    return is_complete
