"""Officials with a past: events that are over, where they came, and what they were given."""

from datetime import UTC, datetime, timedelta

from tests import factories as make
from tests.records.worlds import certify, mark
from trainreg.agencies.models import Agency
from trainreg.attendance.rules import AttendanceState
from trainreg.kernel.db import db
from trainreg.people.models import Person
from trainreg.programme.models import Project
from trainreg.registration.models import Registration

AT = datetime(2026, 11, 28, 4, tzinfo=UTC)
FIRST = datetime(2026, 3, 2, 1, tzinfo=UTC)


def came(
    person: Person, project: Project, agency: Agency, *, sessions: int = 2, starts: datetime = FIRST, **of_event: object
) -> Registration:
    """A day of two sessions of three hours; the person came to so many of them."""
    row = make.registration(make.event(project, starts=starts, **of_event), person, agency=agency)
    for place in range(sessions):
        mark(row, place, AttendanceState.PRESENT)
    return row


def many(person: Person, project: Project, agency: Agency, count: int) -> None:
    """So many trainings over ten years, each third with a certificate."""
    for number in range(count):
        title = f"Сургалт {number}: хилийн шалган нэвтрүүлэх үйл ажиллагаа ба олон улсын хамгаалалт"
        row = came(
            person, project, agency, sessions=number % 3, starts=FIRST - timedelta(days=30 * number),
            title={"en": f"Training {number} on border procedures", "mn": title},
        )  # fmt: skip
        if number % 3 == 2:
            certify(row, row.id)
    db.session.commit()
