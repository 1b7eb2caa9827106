"""The desk decides about many at once."""

from datetime import timedelta

from sqlalchemy import select

from tests import factories as make
from tests.pages import Page, Pages
from tests.world import World
from trainreg.kernel.db import db
from trainreg.outbox.models import Message
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationStatus

S = RegistrationStatus


def decide(pages: Pages, world: World, action: str, registrations: list[Registration], **more: str) -> Page:
    data = {"action": action, "registration": [one.reference for one in registrations], **more}
    return pages.post(f"/desk/events/{world.event.slug}/registrations/decide", data)


def three_requests(world: World) -> list[Registration]:
    """Three people, the last row of whom registered first."""
    hours = (3, 2, 1)
    made = [
        make.registration(world.event, status=S.REQUESTED, created_at=make.NOW + timedelta(hours=hour))
        for hour in hours
    ]
    db.session.commit()
    return made


def test_places_go_in_the_order_of_registration_and_the_rest_is_told_why(pages: Pages, world: World) -> None:
    latest, middle, earliest = three_requests(world)
    answer = decide(pages.sign_in(world.organizer), world, "confirm", [latest, middle, earliest])
    assert answer.status == 303
    assert [one.status for one in (earliest, middle, latest)] == [S.CONFIRMED, S.CONFIRMED, S.REQUESTED]
    text = pages.follow(answer).text
    assert "2 confirmed." in text
    assert "1 refused: All places of this event are taken." in text


def test_each_has_a_ledger_line_with_who_did_it(pages: Pages, world: World) -> None:
    requests = three_requests(world)
    decide(pages.sign_in(world.organizer), world, "decline", requests)
    for registration in requests:
        last = registration.moves[-1]
        assert (last.from_status, last.to_status, last.user_id) == (S.REQUESTED, S.DECLINED, world.organizer.id)


def test_declining_a_whole_list_moves_nobody_up_for_a_moment(pages: Pages, world: World) -> None:
    seated = make.registration(world.event, make.person(email="seated@example.org"))
    waiting = make.registration(world.event, make.person(email="waiting@example.org"), S.WAITLISTED)
    db.session.commit()
    decide(pages.sign_in(world.organizer), world, "decline", [seated, waiting])
    assert (seated.status, waiting.status) == (S.DECLINED, S.DECLINED)
    kinds = db.session.scalars(select(Message.kind)).all()
    assert list(kinds) == ["registration_declined"] * 2


def test_what_stands_there_already_is_counted_apart(pages: Pages, world: World) -> None:
    registration = make.registration(world.event)
    db.session.commit()
    answer = decide(pages.sign_in(world.organizer), world, "confirm", [registration])
    assert "1 needed no change." in pages.follow(answer).text


def test_a_registration_of_another_event_is_not_touched(pages: Pages, world: World) -> None:
    foreign = make.registration(world.other_event, status=S.REQUESTED)
    db.session.commit()
    decide(pages.sign_in(world.organizer), world, "confirm", [foreign])
    assert foreign.status is S.REQUESTED


def test_nothing_ticked_is_told(pages: Pages, world: World) -> None:
    answer = decide(pages.sign_in(world.organizer), world, "confirm", [])
    assert "Tick at least one registration first." in pages.follow(answer).text


def test_nonsense_changes_nothing(pages: Pages, world: World) -> None:
    registration = three_requests(world)[0]
    pages.sign_in(world.organizer)
    assert decide(pages, world, "promote", [registration]).status == 303
    path = f"/desk/events/{world.event.slug}/registrations/decide"
    assert pages.post(path, {"action": "confirm", "registration": "\x00"}).status == 303
    assert registration.status is S.REQUESTED


def test_the_desk_returns_to_where_it_was_and_never_elsewhere(pages: Pages, world: World) -> None:
    registration = three_requests(world)[0]
    pages.sign_in(world.organizer)
    back = f"/desk/events/{world.event.slug}/registrations?status=requested"
    assert decide(pages, world, "confirm", [registration], next=back).location == back
    assert decide(pages, world, "confirm", [registration], next="//evil.example").location.startswith("/desk/events/")
