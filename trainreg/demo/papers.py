"""What went on paper at the demonstration: a sign-in sheet, and guests who were counted without names."""

from collections.abc import Mapping

from trainreg.agencies.models import Agency
from trainreg.attendance.unnamed import Cell, fingerprint, set_counts
from trainreg.events.models import Event
from trainreg.kernel.actor import Actor
from trainreg.paper.service import print_sheet
from trainreg.people.rules import Level, Sex

EVENT = "demo-labour-statistics"
GUESTS = ((Sex.FEMALE, Level.NOT_STATED, 9), (Sex.MALE, Level.NOT_STATED, 6), (Sex.NOT_STATED, Level.NOT_STATED, 4))


def tell_papers(events: Mapping[str, Event], agencies: Mapping[str, Agency], *, by: Actor) -> None:
    """A sheet of the first day, and the guests of the last session."""
    event = events[EVENT]
    sessions = sorted(event.planned_sessions, key=lambda one: one.starts_at)
    print_sheet(event, sessions[:1], blank_rows=5, by=by)
    host = min(agencies.values(), key=lambda one: one.id)
    counts = {Cell(host.id, sex, level): people for sex, level, people in GUESTS}
    set_counts(event, sessions[-1], counts, shown=fingerprint([]), by=by)
