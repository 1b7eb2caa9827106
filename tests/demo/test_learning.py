"""The demonstration's tests and evaluation: modest, plausible, and only where an event is over."""

from flask import Flask
from sqlalchemy import select

from trainreg.assessment.models import AssessmentPlan
from trainreg.assessment.opinion_results import summary_of
from trainreg.assessment.opinions import When
from trainreg.assessment.results import results_of
from trainreg.events.models import Event
from trainreg.kernel.db import db
from trainreg.programme.models import Project


def test_an_event_that_is_over_shows_what_was_learned(loaded: Flask) -> None:
    event = db.session.scalars(select(Event).where(Event.slug == "demo-labour-statistics")).one()
    found = results_of(event.id)
    assert found.gains.pairs >= 15 and found.unmarked == 0
    assert found.gains.normalised is not None and 0.3 < found.gains.normalised < 0.9
    assert found.gains.share_improved is not None and found.gains.share_improved > 0.5
    summary = summary_of(event.id, When.AFTER)
    assert summary.is_shown and summary.answered >= 12
    assert all(line.spread is not None and line.spread.mean is not None for line in summary.scales)
    assert all(part.texts for part in summary.comments) and len(summary.quotes) == 2


def test_the_reference_project_measures_nothing(loaded: Flask) -> None:
    measured = select(Project.code).join(Event).join(AssessmentPlan, AssessmentPlan.event_id == Event.id).distinct()
    assert db.session.scalars(measured).all() == ["DEMO-2026"]
