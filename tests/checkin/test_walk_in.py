"""Somebody comes who is not on the list: registered once, however often and from however many devices it is sent."""

import uuid
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.checkin.conftest import Hand, batch, hand_in, milliseconds, scan
from tests.pages import Pages
from tests.world import World
from trainreg.attendance.models import Attendance
from trainreg.checkin.models import Scan
from trainreg.events.models import Event
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.people.models import Consent, Posting
from trainreg.people.rules import AgeBand, ConsentPurpose
from trainreg.questions.rules import Asking, StandardField
from trainreg.questions.service import set_standard
from trainreg.registration.models import Registration
from trainreg.registration.rules import Channel, RegistrationStatus


def guest(world: World, **said: Any) -> dict[str, Any]:
    person = {"given_name": "Шинэ", "family_name": "Гостийн", "agency": world.border.code, "sex": "male"}
    person |= {"consent": True} | said
    return {"id": str(uuid.uuid4()), "kind": "walk_in", "at": milliseconds(clock.now()), "person": person}


def registrations(event: Event) -> list[Registration]:
    db.session.expire_all()
    return list(db.session.scalars(select(Registration).where(Registration.event_id == event.id)))


def test_an_organizer_s_guest_is_confirmed_and_in(pages: Pages, world: World, training: Event) -> None:
    pages.sign_in(world.organizer)
    one = guest(world)
    for _ in range(2):
        [said] = hand_in(pages, training.slug, batch(one, one))["scans"]
        assert (said["code"], said["name"]) == ("in", "Гостийн Шинэ")
    [made] = registrations(training)
    assert (made.status, made.agency_id, made.sex) == (RegistrationStatus.CONFIRMED, world.border.id, "male")
    assert made.moves[0].channel is Channel.WALK_IN and made.moves[0].user_id == world.organizer.id
    consents = db.session.scalars(select(Consent).where(Consent.person_id == made.person_id)).all()
    assert {one.purpose for one in consents if one.is_given} == {ConsentPurpose.RUN_EVENT}
    assert len(db.session.scalars(select(Attendance)).all()) == 1


def test_a_trainer_s_guest_is_let_in_and_waits_for_the_desk(door: Hand, world: World, training: Event) -> None:
    [said] = door(guest(world))
    assert said["code"] == "let_in"
    [made] = registrations(training)
    assert made.status is RegistrationStatus.REQUESTED
    assert len(db.session.scalars(select(Attendance)).all()) == 1, "and counts once the desk confirms"


def test_where_there_is_no_place_left_the_guest_waits(pages: Pages, world: World, training: Event) -> None:
    training.capacity = 1
    make.registration(training)
    db.session.commit()
    pages.sign_in(world.organizer)
    [said] = hand_in(pages, training.slug, batch(guest(world)))["scans"]
    assert said["code"] == "let_in"
    assert sorted(one.status for one in registrations(training)) == ["confirmed", "requested"]


def test_two_devices_that_type_the_same_guest_make_one(door: Hand, world: World, training: Event) -> None:
    codes = [door(guest(world))[0]["code"] for _ in range(2)]
    assert codes == ["let_in", "already_in"]
    assert len(registrations(training)) == 1


def test_a_guest_who_was_registered_already_is_found(door: Hand, world: World, training: Event) -> None:
    tuya = world.tuya
    make.registration(training, tuya, agency=world.border)
    tuya.postings.append(Posting(agency_id=world.border.id, from_date=date(2020, 1, 1)))
    db.session.commit()
    assert door(guest(world, given_name=tuya.given_name, family_name=tuya.family_name))[0]["code"] == "in"
    assert len(registrations(training)) == 1


@pytest.mark.parametrize(
    "lack",
    [
        {"consent": False},
        {"consent": "yes"},
        {"given_name": ""},
        {"given_name": "12"},
        {"given_name": "\u202e"},
        {"given_name": "x\x00y"},
        {"agency": "nowhere"},
        {"agency": None},
    ],
)
def test_what_is_missing_is_told_and_nothing_is_registered(
    door: Hand, world: World, training: Event, lack: dict[str, Any]
) -> None:
    [said] = door(guest(world, **lack))
    assert said["code"] == "incomplete" and registrations(training) == []
    [kept] = db.session.scalars(select(Scan)).all()
    assert (kept.outcome, kept.said) == ("incomplete", ""), "of what was typed nothing is kept"


def test_a_batch_with_a_guest_and_a_pass(door: Hand, world: World, bolor: Registration) -> None:
    assert [one["code"] for one in door(scan(bolor), guest(world), scan(bolor))] == ["in", "let_in", "already_in"]


def test_an_age_band_is_asked_at_the_door_where_the_event_asks_it(
    pages: Pages, door: Hand, world: World, training: Event
) -> None:
    """A device with an older page sends none; nonsense is none."""
    assert 'name="age_band"' not in pages.get(f"/checkin/{training.slug}").html
    set_standard(training, {StandardField.AGE_BAND: Asking.OPTIONAL}, by=make.STAFF)
    db.session.commit()
    page = pages.get(f"/checkin/{training.slug}")
    assert page.value_of("age_band") in {None, "not_stated"} and "45 to 54" in page.text
    said: list[dict[str, Any]] = [{"age_band": "45_54"}, {"age_band": "a hundred"}, {}]
    door(*(guest(world, given_name=name, **one) for name, one in zip(("Ану", "Бат", "Гал"), said, strict=True)))
    bands = {one.person.given_name: one.age_band for one in registrations(training)}
    assert bands == {"Ану": AgeBand.TO_54, "Бат": AgeBand.NOT_STATED, "Гал": AgeBand.NOT_STATED}
