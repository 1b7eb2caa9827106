"""What else is known of a person: the other events they registered for, and whether they came."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import contains_eager, selectinload

from trainreg.events.models import Event
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationStatus

MOST_EVENTS = 20
# Attendance stands to the left of registration and fills the list (see `trainreg.domains`): from the ids of
# registrations, how many sessions each attended.
ask_attendance: list[Callable[[Collection[int]], Mapping[int, int]]] = []


@dataclass(frozen=True)
class OtherEvent:
    """An event the person registered for besides this one; `attended` is the number of sessions."""

    registration: Registration
    attended: int

    @property
    def event(self) -> Event:
        return self.registration.event

    @property
    def sentence(self) -> Any:
        """Whether the person came, where that is known by now."""
        if self.attended:
            return ngettext("Attended %(num)s session", "Attended %(num)s sessions", self.attended)
        ends_at, is_confirmed = self.event.ends_at, self.registration.status is RegistrationStatus.CONFIRMED
        return _("No attendance recorded") if is_confirmed and ends_at is not None and ends_at < clock.now() else ""


def list_other_events(registration: Registration, project_ids: Collection[int] | None) -> list[OtherEvent]:
    """The person's other events in these projects (None: in all), the latest first."""
    statement = (
        select(Registration)
        .join(Registration.event)
        .where(Registration.person_id == registration.person_id, Registration.id != registration.id)
        .options(contains_eager(Registration.event).options(selectinload(Event.sessions)))
        .order_by(Registration.created_at.desc(), Registration.id.desc())
        .limit(MOST_EVENTS)
    )
    if project_ids is not None:
        statement = statement.where(Event.project_id.in_(project_ids))
    found = db.session.scalars(statement).all()
    attended: dict[int, int] = {}
    for ask in ask_attendance:
        attended |= ask([one.id for one in found]) if found else {}
    return [OtherEvent(one, attended.get(one.id, 0)) for one in found]
