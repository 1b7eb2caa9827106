"""Likely namesakes are found in the records, and the keys follow what is written there."""

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.registration.statements import counted_statements
from tests.world import World
from trainreg.kernel.db import db
from trainreg.people.matching import Evidence, Verdict
from trainreg.people.matching_queries import likely_matches, likely_matches_of_many, likely_same
from trainreg.people.models import Person, PersonKey
from trainreg.people.service import PersonDetails, create_person, ensure_posting


def keys(person: Person) -> set[int]:
    return set(db.session.scalars(select(PersonKey.key).where(PersonKey.person_id == person.id)))


@pytest.mark.parametrize(
    ("given", "family"),
    [("Болор", "Батын"), ("Bolor", "Bat"), ("Батын", "Болор"), ("Б. Болор", ""), ("Болро", "Батын"), ("БОЛОР", "Б.")],
)
def test_the_one_meant_is_found(world: World, given: str, family: str) -> None:
    ensure_posting(world.bolor, world.ministry, by=make.STAFF)
    db.session.flush()
    [likely] = likely_matches(PersonDetails(given_name=given, family_name=family), world.ministry)
    assert likely.person is world.bolor
    assert likely.verdict is not Verdict.UNLIKELY and Evidence.SAME_AGENCY in likely.evidence


def test_nobody_else_is(world: World) -> None:
    assert likely_matches(PersonDetails(given_name="Номин", family_name="Батын"), world.ministry) == []


def test_keys_follow_the_name_and_the_address(world: World) -> None:
    before = keys(world.bolor)
    world.bolor.given_name, world.bolor.email = "Номин", None
    db.session.flush()
    assert before - keys(world.bolor) and keys(world.bolor) - before
    [likely] = likely_matches(PersonDetails(given_name="Номин", family_name="Бат"), None)
    assert likely.person is world.bolor
    assert likely_matches(PersonDetails(given_name="Болор", family_name="Батын"), None) == []


def test_whoever_is_renamed_is_compared_again(world: World) -> None:
    world.bolor.compared_at = make.NOW
    db.session.flush()
    assert world.bolor.compared_at is not None
    world.bolor.family_name = "Дулмаагийн"
    db.session.flush()
    assert world.bolor.compared_at is None and "дулмаагийн" in world.bolor.match_key


def test_a_merged_person_is_found_no_more(world: World) -> None:
    world.bolor.merged_into_id = world.tuya.id
    db.session.flush()
    assert keys(world.bolor) == set()
    assert likely_matches(PersonDetails(given_name="Болор", family_name="Батын"), None) == []


def test_a_person_is_not_compared_with_themselves(world: World) -> None:
    assert likely_same(world.bolor) == []
    twin = create_person(PersonDetails(given_name="Bolor", family_name="Bat"), by=make.STAFF)
    assert [likely.person for likely in likely_same(world.bolor)] == [twin]


def test_many_at_once_are_found_as_one_by_one_in_few_statements(world: World) -> None:
    ensure_posting(world.bolor, world.ministry, by=make.STAFF)
    names = [("Болор", "Батын"), ("Bolor", "Bat"), ("Туяа", "Доржийн"), ("Nobody", "Nowhere"), ("Болор", "Б.")] * 40
    rows = [(PersonDetails(given_name=given, family_name=family), world.ministry) for given, family in names]
    single = [[likely.person.id for likely in likely_matches(*row, limit=5)] for row in rows[:5]]
    with counted_statements() as statements:
        many = likely_matches_of_many(rows, limit=5)
    assert [[likely.person.id for likely in row] for row in many] == single * 40
    assert len(statements) <= 6
