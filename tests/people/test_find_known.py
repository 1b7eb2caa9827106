"""An official is recorded once: who is known again, and who is left to the desk to judge."""

import pytest

from tests import factories as make
from tests.world import World
from trainreg.kernel.db import db
from trainreg.people.models import Person, Posting
from trainreg.people.service import PersonDetails, find_known


def posted(person: Person, world: World) -> None:
    person.postings.append(Posting(agency_id=world.ministry.id))
    db.session.flush()


def known(world: World, given: str, family: str, email: str | None = None) -> Person | None:
    return find_known(PersonDetails(given_name=given, family_name=family, email=email), world.ministry)


@pytest.mark.parametrize(
    ("given", "family"),
    [
        ("Болор", "Батын"),
        ("Батын", "Болор"),
        ("БОЛОР", "батын"),
        ("  Болор", "Батын  "),
    ],
)
def test_the_same_name_and_address_are_the_same_person(world: World, given: str, family: str) -> None:
    assert known(world, given, family, "Bolor@Example.org") is world.bolor


@pytest.mark.parametrize(("typed", "family"), [("Өнөр", "Бат"), ("Єнєр", "Бат"), ("Ѳнѳр", "Бат")])
def test_look_alike_letters_make_no_difference(world: World, typed: str, family: str) -> None:
    person = make.person("Өнөр", "Бат", email="unur@example.org")
    assert known(world, typed, family, "unur@example.org") is person


def test_another_address_is_another_person(world: World) -> None:
    posted(world.bolor, world)
    assert known(world, "Болор", "Батын", "other@example.org") is None


def test_without_an_address_the_agency_decides(world: World) -> None:
    assert known(world, "Туяа", "Доржийн") is None
    posted(world.tuya, world)
    assert known(world, "Туяа", "Доржийн") is world.tuya
    assert known(world, "Туяа", "Доржийн", "tuya@example.org") is world.tuya


def test_an_address_on_record_is_not_asked_for_again(world: World) -> None:
    posted(world.bolor, world)
    assert known(world, "Болор", "Батын") is world.bolor


def test_another_name_at_the_same_address_is_another_person(world: World) -> None:
    assert known(world, "Номин", "Батын", "bolor@example.org") is None


@pytest.mark.parametrize(
    ("given", "family"),
    [("Bolor", "Batyn"), ("Bolor", "Bat"), ("Bat", "Bolor"), ("Болор", "Бат"), ("BOLOR", "Батын")],
)
def test_another_spelling_with_the_same_address_is_the_same_person(world: World, given: str, family: str) -> None:
    assert known(world, given, family, "bolor@example.org") is world.bolor


@pytest.mark.parametrize(("given", "family"), [("Bolor", "B."), ("Bolor", ""), ("Boloor", "Dorj"), ("Bolora", "Bat")])
def test_what_is_less_than_certain_is_left_to_the_desk(world: World, given: str, family: str) -> None:
    assert known(world, given, family, "bolor@example.org") is None


def test_a_merged_record_is_not_found(world: World) -> None:
    world.bolor.merged_into_id = world.tuya.id
    db.session.flush()
    assert known(world, "Болор", "Батын", "bolor@example.org") is None


def test_an_office_address_shared_by_many_tells_them_apart(world: World) -> None:
    people = [make.person(name, "Батын", email="office@example.org") for name in ("Номин", "Сувд", "Идэр")]
    assert known(world, "Suvd", "Bat", "office@example.org") is people[1]
