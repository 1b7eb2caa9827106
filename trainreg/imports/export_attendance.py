"""The attendance of an event as a table: one row for each person, one column for each session."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from sqlalchemy import select

from trainreg.agencies.models import Agency
from trainreg.attendance.models import Attendance
from trainreg.attendance.service import label_of
from trainreg.attendance.words import state_words
from trainreg.events.models import Event
from trainreg.imports.export_words import headings
from trainreg.imports.exports import Cells, Table, rows
from trainreg.kernel.languages import in_language
from trainreg.people.models import Person
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationStatus


def attendance(event: Event, *, language: str) -> Table:
    """Confirmed people by name, as the import of attendance reads them again; empty where nothing is known."""
    sessions = [(session.id, label_of(session)) for session in event.planned_sessions]
    statement = (
        select(
            Registration.id, Registration.reference, Person.family_name, Person.given_name, Agency.name,
            Attendance.session_id, Attendance.state,
        )
        .join(Person, Person.id == Registration.person_id)
        .join(Agency, Agency.id == Registration.agency_id)
        .outerjoin(Attendance, Attendance.registration_id == Registration.id)
        .where(Registration.event_id == event.id, Registration.status == RegistrationStatus.CONFIRMED)
        .order_by(Person.family_name, Person.given_name, Registration.id)
    )  # fmt: skip
    words = state_words()

    def cells() -> Cells:
        for _registration_id, marks in groupby(rows(statement), key=itemgetter(0)):
            yield from _row(marks)

    def _row(marks: Iterator[tuple[object, ...]]) -> Cells:
        known: dict[object, str] = {}
        who: tuple[str, ...] = ()
        for _id, reference, family, given, agency, session_id, state in marks:
            who = (str(reference), str(family), str(given), in_language(agency, language))  # type: ignore[arg-type]
            known[session_id] = words[state] if state is not None else ""  # type: ignore[index]
        yield (*who, *(known.get(session_id, "") for session_id, _label in sessions))

    header = [*headings("attendance"), *(label for _session_id, label in sessions)]
    return Table(f"attendance-{event.slug}", header, cells())
