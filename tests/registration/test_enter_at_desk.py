"""The desk enters somebody who came or wrote."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from tests import factories as make
from tests.pages import Page, Pages
from tests.registration.forms import filled
from tests.world import World
from trainreg.events.models import Event
from trainreg.events.rules import EventStatus
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.people.models import Consent
from trainreg.registration.models import Registration
from trainreg.registration.rules import Channel, RegistrationRole, RegistrationStatus

S = RegistrationStatus


def enter(pages: Pages, event: Event, world: World, **values: Any) -> Page:
    data = filled(world.ministry, key=None, role="participant", standing="confirmed") | values
    return pages.post(f"/desk/events/{event.slug}/registrations/new", data)


def newest() -> Registration:
    return db.session.scalars(select(Registration).order_by(Registration.id.desc()).limit(1)).one()


def test_it_leads_to_the_new_registration(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    assert pages.get(f"/desk/events/{world.event.slug}/registrations/new").status == 200
    answer = enter(pages, world.event, world)
    assert answer.location.endswith(newest().reference)
    assert "Ганболдын Саран is on the list." in pages.follow(answer).text
    assert newest().status is S.CONFIRMED
    assert (newest().moves[0].channel, newest().moves[0].user_id) == (Channel.DESK, world.organizer.id)
    assert db.session.scalars(select(Consent.channel)).first() == "desk"


def test_at_the_door_it_is_a_walk_in(pages: Pages, world: World) -> None:
    today = make.event(world.project, starts=clock.now() - timedelta(hours=1), status=EventStatus.CLOSED)
    db.session.commit()
    enter(pages.sign_in(world.organizer), today, world, standing="requested", role="observer")
    assert (newest().status, newest().role) == (S.REQUESTED, RegistrationRole.OBSERVER)
    assert newest().moves[0].channel is Channel.WALK_IN


def test_the_desk_is_told_of_a_second_entry(pages: Pages, world: World) -> None:
    make.registration(world.event, world.bolor)
    db.session.commit()
    bolor = {"family_name": "Батын", "given_name": "Болор", "email": "bolor@example.org"}
    page = enter(pages.sign_in(world.organizer), world.event, world, **bolor)
    assert page.status == 409
    assert "This person is registered for the event already." in page.text
    assert page.value_of("given_name") == "Болор"


def test_a_full_event_is_full_at_the_desk_too(pages: Pages, world: World) -> None:
    make.registration(world.event)
    make.registration(world.event)
    db.session.commit()
    pages.sign_in(world.organizer)
    assert enter(pages, world.event, world).status == 409
    assert db.session.scalar(select(func.count()).select_from(Registration)) == 2
    assert enter(pages, world.event, world, standing="waitlisted").status == 303
    assert enter(pages, world.event, world, given_name="Номин", role="trainer").status == 303


def test_an_event_called_off_takes_nobody(pages: Pages, world: World) -> None:
    world.event.status = EventStatus.CANCELLED
    db.session.commit()
    assert enter(pages.sign_in(world.organizer), world.event, world, standing="requested").status == 409


@pytest.mark.parametrize(
    "values", [{"standing": "declined"}, {"role": "king"}, {"agency": "?"}, {"given_name": ""}, {"email": "x"}]
)
def test_bad_input_is_told_and_kept(pages: Pages, world: World, values: dict[str, str]) -> None:
    page = enter(pages.sign_in(world.organizer), world.event, world, **values)
    assert page.status == 422
    assert page.value_of("position") == "Мэргэжилтэн"
    assert db.session.scalar(select(func.count()).select_from(Registration)) == 0
