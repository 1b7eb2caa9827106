"""Somebody who was not on the list and wrote their name on a blank row."""

from collections.abc import Collection, Sequence

from wtforms import RadioField

from trainreg.agencies.models import Agency
from trainreg.attendance import service as attendance
from trainreg.attendance.rules import AttendanceState, Source
from trainreg.events.models import Event, Session
from trainreg.kernel.actor import Actor
from trainreg.paper import service
from trainreg.paper.models import SignInSheet
from trainreg.registration.intake import AgencyNotInvited, PublicRegistration, add_at_desk
from trainreg.registration.models import Registration
from trainreg.registration.namesakes import as_choices, identify, namesakes
from trainreg.registration.rules import RegistrationRole, RegistrationStatus


def enter_walk_in(
    sheet: SignInSheet,
    event: Event,
    details: PublicRegistration,
    *,
    agency: Agency | None,
    sessions: Sequence[Session],
    same_as: RadioField,
    known_to: Collection[int] | None,
    language: str,
    by: Actor,
) -> Registration:
    """Put them on the event's list and on the sheet's next blank row, present at its sessions.

    `same_as` is the question whether they are somebody on record: it is asked where that is likely.
    """
    if agency is None:
        raise AgencyNotInvited
    sheet = service.lock_sheet(sheet)
    found = namesakes(details.details, agency, known_to)
    same_as.choices = as_choices(found, language)
    registration = add_at_desk(
        event,
        details,
        RegistrationStatus.CONFIRMED,
        agency=agency,
        role=RegistrationRole.PARTICIPANT,
        language=language,
        by=by,
        who=identify(found, same_as.data or ""),
    )
    service.add_row(sheet, registration.id)
    present = {(registration.id, session.id): AttendanceState.PRESENT for session in sessions}
    attendance.mark_many(event, present, by=by, source=Source.SHEET)
    return registration
