"""The desk moves one registration; the table of legal moves, the ledger and the waiting list hold."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.pages import Page, Pages
from tests.world import World
from trainreg.audit.models import AuditEntry
from trainreg.events.rules import EventStatus
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.outbox.models import Message
from trainreg.registration.models import Registration
from trainreg.registration.rules import Channel, RegistrationRole, RegistrationStatus
from trainreg.registration.service import EventFull, EventIsOff, IllegalMove, cancel, confirm, decline

S = RegistrationStatus


def press(pages: Pages, registration: Registration, to_status: str, reason: str = "") -> Page:
    path = f"/desk/events/{registration.event.slug}/registrations/{registration.reference}"
    return pages.post(path, {"to_status": to_status, "reason": reason})


def test_the_page_shows_the_person_the_ledger_and_the_messages(pages: Pages, world: World) -> None:
    registration = make.registration(world.event, world.bolor, S.REQUESTED, agency=world.ministry, position="Адъюнкт")
    confirm(registration, by=make.STAFF, reason="speaks Kazakh")
    db.session.commit()
    pages.sign_in(world.organizer)
    page = pages.get(f"/desk/events/{world.event.slug}/registrations/{registration.reference}")
    for words in (
        "Батын Болор",
        "Ministry of Labour",
        "Адъюнкт",
        "Waiting for approval → Confirmed, at the desk. Reason: speaks Kazakh",
        "Registered at the desk: Waiting for approval",
        "Test Staff",
        "Your place is confirmed:",
        "Waiting to be sent",
        "bolor@example.org",
    ):
        assert words in page.text


def test_who_may_not_see_contacts_does_not(pages: Pages, world: World) -> None:
    registration = make.registration(world.event, world.bolor, S.REQUESTED)
    confirm(registration, by=make.STAFF)
    db.session.commit()
    pages.sign_in(world.trainer)
    page = pages.get(f"/desk/events/{world.event.slug}/registrations/{registration.reference}")
    assert page.status == 200
    assert "bolor@example.org" not in page.html


def test_pressing_moves_it_with_the_reason(pages: Pages, world: World) -> None:
    registration = make.registration(world.event, world.bolor, S.REQUESTED)
    db.session.commit()
    pages.sign_in(world.organizer)
    assert press(pages, registration, "declined", "not this time").status == 303
    assert registration.status is S.DECLINED
    last = registration.moves[-1]
    assert (last.reason, last.channel, last.actor_label) == ("not this time", Channel.DESK, world.organizer.name)
    assert db.session.scalars(select(Message.kind)).all() == ["registration_declined"]
    actions = db.session.scalars(select(AuditEntry.action).where(AuditEntry.user_id == world.organizer.id)).all()
    assert "registration.declined" in actions


def test_pressing_twice_changes_nothing_more(pages: Pages, world: World) -> None:
    registration = make.registration(world.event, status=S.REQUESTED)
    db.session.commit()
    pages.sign_in(world.organizer)
    press(pages, registration, "confirmed")
    press(pages, registration, "confirmed")
    assert [move.to_status for move in registration.moves] == [S.REQUESTED, S.CONFIRMED]


@pytest.mark.parametrize(
    ("to_status", "reason", "status"),
    [
        ("requested", "", 409),
        ("nonsense", "", 400),
        ("", "", 400),
        ("declined", "x" * 501, 422),
        ("declined", "a\u202eb", 422),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(
    pages: Pages, world: World, to_status: str, reason: str, status: int
) -> None:
    registration = make.registration(world.event)
    db.session.commit()
    assert press(pages.sign_in(world.organizer), registration, to_status, reason).status == status
    assert registration.status is S.CONFIRMED


def test_a_full_event_is_told_on_the_page(pages: Pages, world: World) -> None:
    late = [
        make.registration(world.event),
        make.registration(world.event),
        make.registration(world.event, status=S.REQUESTED),
    ][-1]
    db.session.commit()
    page = press(pages.sign_in(world.organizer), late, "confirmed")
    assert page.status == 409
    assert "All places of this event are taken." in page.text


def test_another_project_does_not_see_it(pages: Pages, world: World) -> None:
    registration = make.registration(world.event)
    db.session.commit()
    pages.sign_in(world.other_organizer)
    assert pages.get(f"/desk/events/{world.event.slug}/registrations/{registration.reference}").status == 404
    assert press(pages, registration, "cancelled").status == 404
    smuggled = f"/desk/events/{world.other_event.slug}/registrations/{registration.reference}"
    assert pages.get(smuggled).status == 404, "another event's address does not lead to it"
    assert registration.status is S.CONFIRMED


def test_a_freed_place_goes_to_the_head_of_the_waiting_list(world: World) -> None:
    seated = [make.registration(world.event), make.registration(world.event)]
    second = make.registration(world.event, status=S.WAITLISTED, waiting_since=make.NOW + timedelta(hours=2))
    first = make.registration(world.event, make.person(email="first@example.org"), S.WAITLISTED)
    cancel(seated[0], by=make.STAFF)
    assert (first.status, second.status) == (S.CONFIRMED, S.WAITLISTED)
    assert first.moves[-1].channel is Channel.SYSTEM
    assert db.session.scalars(select(Message.recipient)).all() == ["first@example.org"]


def test_nobody_moves_up_once_the_event_has_begun(world: World) -> None:
    event = make.event(world.project, capacity=1, starts=clock.now() - timedelta(hours=1))
    seated, waiting = make.registration(event), make.registration(event, status=S.WAITLISTED)
    cancel(seated, by=make.STAFF)
    assert waiting.status is S.WAITLISTED


def test_an_observer_who_waits_takes_no_seat_from_those_behind(world: World) -> None:
    world.event.capacity = 1
    seated = make.registration(world.event)
    observer = make.registration(world.event, status=S.WAITLISTED, role=RegistrationRole.OBSERVER)
    behind = make.registration(world.event, status=S.WAITLISTED)
    cancel(seated, by=make.STAFF)
    assert (observer.status, behind.status) == (S.CONFIRMED, S.CONFIRMED)


def test_the_last_place_is_refused_to_the_next(world: World) -> None:
    for _number in range(2):
        make.registration(world.event)
    with pytest.raises(EventFull):
        confirm(make.registration(world.event, status=S.REQUESTED), by=make.STAFF)


def test_a_trainer_takes_no_seat(world: World) -> None:
    for _number in range(2):
        make.registration(world.event)
    trainer = make.registration(world.event, status=S.REQUESTED, role=RegistrationRole.TRAINER)
    assert confirm(trainer, by=make.STAFF).status is S.CONFIRMED


def test_an_event_called_off_confirms_nobody(world: World) -> None:
    world.event.status = EventStatus.CANCELLED
    registration = make.registration(world.event, status=S.REQUESTED)
    with pytest.raises(EventIsOff):
        confirm(registration, by=make.STAFF)
    assert decline(registration, by=make.STAFF).status is S.DECLINED


def test_an_illegal_move_is_refused(world: World) -> None:
    with pytest.raises(IllegalMove):
        decline(make.registration(world.event, status=S.CANCELLED), by=make.STAFF)
