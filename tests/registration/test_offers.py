"""Whoever moves up from the waiting list has some hours to say that they come; then the place goes to the next."""

from datetime import datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from tests import factories as make
from tests.pages import Pages
from tests.world import World
from trainreg.audit.models import AuditEntry
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.operations.worker import give_places_of_no_answer
from trainreg.outbox.models import Message
from trainreg.registration.models import Registration
from trainreg.registration.rules import NO_ANSWER_IN_TIME, Channel, RegistrationStatus
from trainreg.registration.service import OfferIsOver, accept, cancel, lapse_offers

S = RegistrationStatus


@pytest.fixture
def offered(world: World) -> Registration:
    """One place, whose owner cancels: it is offered to Bolor, who has two hours; Tuya waits behind her."""
    world.event.capacity, world.event.offer_hours = 1, 2
    seated = make.registration(world.event)
    first = make.registration(world.event, world.bolor, S.WAITLISTED, agency=world.ministry)
    make.registration(world.event, world.tuya, S.WAITLISTED, waiting_since=make.NOW + timedelta(hours=1))
    cancel(seated, by=make.STAFF)
    db.session.commit()
    return first


def next_of(registration: Registration) -> Registration:
    found = db.session.scalar(
        select(Registration).where(Registration.event_id == registration.event_id, Registration.id > registration.id)
    )
    assert found is not None
    return found


def later(hours: float) -> datetime:
    return clock.now() + timedelta(hours=hours)


def kinds() -> list[str]:
    return list(db.session.scalars(select(Message.kind).order_by(Message.id)))


def test_the_place_is_held_and_the_mail_says_until_when(offered: Registration) -> None:
    assert offered.status is S.CONFIRMED and offered.accept_by is not None
    assert timedelta(hours=1.9) < offered.accept_by - clock.now() <= timedelta(hours=2)
    message = db.session.scalar(select(Message))
    assert message is not None and message.kind == "registration_offered"
    until = f"{clock.local(offered.accept_by, make.TIMEZONE):%H:%M}"
    assert until in message.text and until in message.html


def test_who_says_yes_keeps_it(offered: Registration) -> None:
    accept(offered, by=make.STAFF)
    with time_machine.travel(later(3), tick=False):
        assert lapse_offers(offered.event) == []
    assert offered.status is S.CONFIRMED and offered.accept_by is None
    assert "registration.accepted" in db.session.scalars(select(AuditEntry.action)).all()


def test_without_an_answer_it_goes_to_the_next(offered: Registration) -> None:
    behind = next_of(offered)
    with time_machine.travel(later(3), tick=False):
        give_places_of_no_answer()
    last = offered.moves[-1]
    assert (last.to_status, last.channel, last.reason) == (S.CANCELLED, Channel.SYSTEM, NO_ANSWER_IN_TIME)
    assert behind.status is S.CONFIRMED and behind.accept_by is None, "Tuya has no address: nobody can ask her"
    assert kinds() == ["registration_offered", "registration_lapsed"]
    with pytest.raises(OfferIsOver):
        accept(offered, by=make.STAFF)


def test_a_late_answer_is_good_until_the_place_is_gone(offered: Registration) -> None:
    with time_machine.travel(later(3), tick=False):
        accept(offered, by=make.STAFF)
        assert lapse_offers(offered.event) == [] and offered.status is S.CONFIRMED


def test_nothing_lapses_before_its_time(offered: Registration) -> None:
    give_places_of_no_answer()
    assert offered.status is S.CONFIRMED and offered.accept_by is not None


def test_the_answer_is_due_at_the_start_at_the_latest_and_then_the_place_stays(world: World) -> None:
    event = make.event(world.project, capacity=1, offer_hours=48, starts=later(3))
    seated, waiting = make.registration(event), make.registration(event, world.bolor, S.WAITLISTED)
    cancel(seated, by=make.STAFF)
    assert waiting.accept_by == event.starts_at
    with time_machine.travel(later(4), tick=False):
        lapse_offers(event)
    assert waiting.status is S.CONFIRMED and waiting.accept_by is None, "it could go to nobody else"


def test_declining_an_offer_gives_it_to_the_next(offered: Registration) -> None:
    behind = next_of(offered)
    cancel(offered, by=make.STAFF, channel=Channel.SELF)
    assert (offered.status, offered.accept_by, behind.status) == (S.CANCELLED, None, S.CONFIRMED)


def test_the_desk_sees_it_and_may_answer_for_the_person(pages: Pages, world: World, offered: Registration) -> None:
    path = f"/desk/events/{world.event.slug}/registrations/{offered.reference}"
    pages.sign_in(world.organizer)
    assert "Has to answer by" in pages.get(path).text
    assert pages.post(f"{path}/accept").status == 303
    assert offered.accept_by is None
    assert "Has to answer by" not in pages.get(path).text
    cancel(offered, by=make.STAFF)
    db.session.commit()
    assert pages.post(f"{path}/accept").status == 409


def test_only_who_decides_may_answer(pages: Pages, world: World, offered: Registration) -> None:
    path = f"/desk/events/{world.event.slug}/registrations/{offered.reference}/accept"
    assert pages.sign_in(world.other_organizer).post(path).status == 404
    assert pages.sign_in(world.viewer).post(path).status in {403, 404}
    assert offered.accept_by is not None


def test_the_ledger_says_why_in_the_readers_language(pages: Pages, world: World, offered: Registration) -> None:
    with time_machine.travel(later(3), tick=False):
        lapse_offers(offered.event)
    db.session.commit()
    pages.sign_in(world.organizer)
    path = f"/desk/events/{world.event.slug}/registrations/{offered.reference}"
    assert "Confirmed → Cancelled, by the system. Reason: no answer came in time" in pages.get(path).text
    assert "хариу хугацаандаа ирээгүй" in pages.get(f"{path}?lang=mn").text
