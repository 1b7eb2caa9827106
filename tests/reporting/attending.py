"""People who attend."""

from typing import Any

from tests import factories as make
from tests.reporting.worlds import mark
from trainreg.events.models import Event
from trainreg.kernel.db import db
from trainreg.people.models import Person
from trainreg.registration.models import Registration


def attends(event: Event, person: Person, **values: Any) -> Registration:
    """This person attends every planned session of the event."""
    registration = make.registration(event, person, **values)
    for session in event.planned_sessions:
        mark(registration.id, session.id)
    db.session.flush()
    return registration
