"""What is recorded of a person: names in two scripts, dated postings."""

from datetime import UTC, datetime

import pytest

from tests import factories as make
from tests.world import World
from trainreg.people.rules import Level
from trainreg.people.service import PersonDetails, create_person, ensure_posting


@pytest.mark.parametrize(
    ("given", "family", "latin"),
    [
        ("Өнөрцэцэг", "Пүрэвжавын", "Pürevjavyn Önörtsetseg"),
        ("Saran", "Gantulga", "Gantulga Saran"),
        ("Саран", "", "Saran"),
        ("José", "Ñandú", "Ñandú José"),
    ],
)
def test_a_latin_spelling_is_suggested(world: World, given: str, family: str, latin: str) -> None:
    person = create_person(PersonDetails(given_name=given, family_name=family), by=make.STAFF)
    assert person.latin_name == latin


def test_a_typed_spelling_is_never_overruled(world: World) -> None:
    details = PersonDetails(given_name="Өнөр", family_name="Бат", given_name_latin="Unur", family_name_latin="Batt")
    assert create_person(details, by=make.STAFF).latin_name == "Batt Unur"


def test_the_same_posting_is_not_opened_twice(world: World) -> None:
    for _time in range(2):
        ensure_posting(world.bolor, world.ministry, by=make.STAFF, position="Officer", level=Level.JUNIOR)
    assert len(world.bolor.postings) == 1


def test_a_new_position_closes_the_old_one(world: World) -> None:
    first_day, later = datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
    ensure_posting(world.bolor, world.ministry, by=make.STAFF, position="Officer", at=first_day)
    ensure_posting(world.bolor, world.border, by=make.STAFF, position="Head", at=later)
    old, new = world.bolor.postings
    assert (old.from_date, old.until_date) == (first_day.date(), later.date())
    assert (new.agency_id, new.from_date, new.until_date) == (world.border.id, later.date(), None)
