"""A crowd on an event's list, quickly made."""

from datetime import timedelta
from itertools import cycle, islice

from sqlalchemy import insert

from tests import factories as make
from trainreg.events.models import Event
from trainreg.kernel.db import db
from trainreg.people.models import Person
from trainreg.people.rules import Level, Sex
from trainreg.people.service import PersonDetails
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationRole, RegistrationStatus

GIVEN = ("Болор", "Туяа", "Ганболд", "Сарантуяа", "Энхжаргал", "Мөнхбат", "Оюунчимэг")
FAMILY = ("Батын", "Доржийн", "Ганбаатарын", "Пүрэвийн", "Цэрэндоржийн")
STATUSES = 7 * (RegistrationStatus.CONFIRMED,) + 2 * (RegistrationStatus.WAITLISTED,) + (RegistrationStatus.REQUESTED,)


def fill(event: Event, count: int, *, agencies: int = 5) -> None:
    """So many people of so many agencies, in every status, sex and level."""
    ids = [make.agency(f"Agency {number}").id for number in range(agencies)]
    people = [_person(number) for number in range(count)]
    person_ids = db.session.scalars(insert(Person).returning(Person.id, sort_by_parameter_order=True), people).all()
    rows = [
        {
            "event_id": event.id,
            "person_id": person_id,
            "reference": f"{person_id:09d}",
            "status": status,
            "waiting_since": make.NOW if status is RegistrationStatus.WAITLISTED else None,
            "role": RegistrationRole.TRAINER if number % 40 == 39 else RegistrationRole.PARTICIPANT,
            "sex": list(Sex)[number % 3],
            "level": list(Level)[number % 4],
            "position": "Хэлтсийн дарга, ахлах мэргэжилтэн",
            "language": "mn",
            "created_at": make.NOW + timedelta(seconds=number),
            "agency_id": ids[number % agencies],
        }
        for number, (person_id, status) in enumerate(zip(person_ids, islice(cycle(STATUSES), count), strict=True))
    ]
    db.session.execute(insert(Registration), rows)
    db.session.commit()


def _person(number: int) -> dict[str, object]:
    letters = "".join("абвгдежзик"[int(digit)] for digit in str(number))
    given, family = GIVEN[number % 7] + letters, FAMILY[number % 5]
    details = PersonDetails(given_name=given, family_name=family)
    return {
        "given_name": given,
        "family_name": family,
        "given_name_latin": f"Given{number}",
        "family_name_latin": "Family",
        "email": f"person{number}@example.org",
        "match_key": details.match_key,
        "sex": list(Sex)[number % 3],
        "language": "mn",
        "certificate_name": {},
        "created_at": make.NOW,
    }
