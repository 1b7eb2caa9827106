"""The desk is asked before somebody is recorded twice."""

from typing import Any

import pytest
from sqlalchemy import func, select

from tests import factories as make
from tests.pages import Page, Pages
from tests.registration.forms import filled
from tests.world import World
from trainreg.kernel.db import db
from trainreg.people.models import LikelyPair, Person
from trainreg.people.rules import PairStatus
from trainreg.registration.models import Registration


@pytest.fixture
def known(world: World) -> World:
    """Bolor is on the list of another event of the project; so far nobody is on this one's."""
    make.registration(make.event(world.project), world.bolor, agency=world.ministry)
    db.session.commit()
    return world


def enter(pages: Pages, world: World, **values: Any) -> Page:
    who = {"given_name": "Bolor", "family_name": "Bat", "email": "other@example.org"}
    data = filled(world.ministry, key=None, role="participant", standing="confirmed") | who | values
    return pages.post(f"/desk/events/{world.event.slug}/registrations/new", data)


def people() -> int:
    return db.session.scalar(select(func.count()).select_from(Person)) or 0


def on_the_list(world: World) -> list[Person]:
    return [one.person for one in db.session.scalars(select(Registration).where(Registration.event == world.event))]


def test_likely_people_are_shown_with_the_evidence(pages: Pages, known: World) -> None:
    before = people()
    page = enter(pages.sign_in(known.organizer), known)
    assert page.status == 409 and people() == before
    assert "Is it one of these?" in page.text and "Батын Болор" in page.text
    assert "another e-mail address" in page.text
    assert "bolor@example.org" not in page.html
    assert page.value_of("given_name") == "Bolor"


def test_one_of_them_is_taken(pages: Pages, known: World) -> None:
    before = people()
    assert enter(pages.sign_in(known.organizer), known, same_as=str(known.bolor.id)).status == 303
    assert people() == before and on_the_list(known) == [known.bolor]


def test_a_new_person_is_recorded_and_the_pair_is_not_asked_about_again(pages: Pages, known: World) -> None:
    before = people()
    assert enter(pages.sign_in(known.organizer), known, same_as="new").status == 303
    assert people() == before + 1
    pair = db.session.scalars(select(LikelyPair)).one()
    assert pair.status is PairStatus.DIFFERENT and pair.decided_by_id == known.organizer.id


@pytest.mark.parametrize("answer", ["", "999999", "0", "nonsense", "1e3"])
def test_any_other_answer_is_none(pages: Pages, known: World, answer: str) -> None:
    assert enter(pages.sign_in(known.organizer), known, same_as=answer).status == 409
    assert on_the_list(known) == []


def test_people_of_another_project_are_neither_shown_nor_taken(pages: Pages, known: World) -> None:
    make.registration(known.other_event, known.tuya, agency=known.border)
    db.session.commit()
    tuya = {"given_name": "Tuya", "family_name": "Dorj", "same_as": str(known.tuya.id)}
    page = enter(pages.sign_in(known.organizer), known, **tuya)
    assert page.status == 303 and known.tuya not in on_the_list(known)
    assert db.session.scalars(select(LikelyPair)).one().status is PairStatus.OPEN


def test_nobody_is_asked_where_it_is_certain_or_unlikely(pages: Pages, known: World) -> None:
    pages.sign_in(known.organizer)
    assert enter(pages, known, email="bolor@example.org").status == 303
    assert on_the_list(known) == [known.bolor]
    assert enter(pages, known, given_name="Энхжаргал").status == 303
