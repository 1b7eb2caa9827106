"""What cannot be is told beside the field, with everything typed kept and nothing written."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from tests import factories as make
from tests.pages import Page, Pages
from tests.registration.forms import filled
from tests.world import World
from trainreg.agencies.models import Agency
from trainreg.events.models import EventAgency
from trainreg.events.rules import Audience, EventStatus
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.outbox.models import Message
from trainreg.people.models import Person
from trainreg.registration.models import Registration


def submit(pages: Pages, world: World, **values: Any) -> Page:
    return pages.post(f"/e/{world.event.slug}/register", filled(world.ministry, **values))


def assert_nothing_written() -> None:
    for model in (Registration, Message):
        assert db.session.scalar(select(func.count()).select_from(model)) == 0
    assert db.session.scalar(select(func.count()).select_from(Person)) == 2, "Bolor and Tuya, as before"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"given_name": ""}, "Enter the given name."),
        ({"given_name": "   \t "}, "Enter the given name."),
        ({"given_name": None}, "Enter the given name."),
        ({"given_name": "С" * 101}, "This is too long: 100 characters at most."),
        ({"family_name": "x" * 5000}, "This is too long: 100 characters at most."),
        ({"given_name_latin": "x" * 101}, "This is too long: 100 characters at most."),
        ({"position": "x" * 201}, "This is too long: 200 characters at most."),
        ({"given_name": "Са\u0007ран"}, "a character that cannot be printed"),
        ({"given_name": "Са\x00ран"}, "a character that cannot be printed"),
        ({"given_name": "Саран\r\nBcc: all@example.org"}, "a character that cannot be printed"),
        ({"position": "Офицер\r\nSubject: Hello"}, "a character that cannot be printed"),
        ({"given_name": "\u202eнараС"}, "turns the writing direction"),
        ({"family_name": "Ган\u2066болд"}, "turns the writing direction"),
        ({"family_name": "Ган\u200bболд"}, "an invisible character"),
        ({"family_name": "\u3164\u3164"}, "an invisible character"),
        ({"given_name": "12345"}, "A name needs at least one letter."),
        ({"agency": ""}, "Choose the agency."),
        ({"agency": None}, "Choose the agency."),
        ({"agency": "no-such-agency"}, "Choose an agency from the list:"),
        ({"agency": "no\x00agency"}, "Choose an agency from the list:"),
        ({"email": "saran"}, "This is not an e-mail address."),
        ({"email": "saran@"}, "This is not an e-mail address."),
        ({"email": "saran@example.org\r\nBcc: all@example.org"}, "a character that cannot be printed"),
        ({"email": f"{'x' * 250}@example.org"}, "This is not an e-mail address."),
        ({"run_event": None}, "tick this box."),
    ],
)
def test_a_sentence_beside_the_field_and_at_the_top(
    pages: Pages, world: World, values: dict[str, Any], sentence: str
) -> None:
    page = submit(pages, world, **values)
    assert page.status == 422
    assert page.text.count(sentence) >= 2, page.text
    for name, typed in {"given_name": "Саран", "position": "Мэргэжилтэн", "agency": world.ministry.code}.items():
        if name not in values:
            assert page.value_of(name) == typed
    assert page.value_of("photographs") is None
    assert_nothing_written()


def test_an_agency_the_event_is_not_for_is_no_choice(pages: Pages, world: World) -> None:
    world.event.audience = Audience.LISTED_AGENCIES
    world.event.agencies.append(EventAgency(agency=world.border))
    db.session.commit()
    assert submit(pages, world).status == 422
    assert_nothing_written()


@pytest.mark.parametrize("key", ["", None, "x", "7" * 5000, "00000000-0000-0000-0000-00000000000G"])
def test_a_changed_key_keeps_what_was_typed_and_gets_a_new_one(pages: Pages, world: World, key: str | None) -> None:
    page = submit(pages, world, key=key)
    assert page.status == 400
    assert "did not arrive whole" in page.text
    assert page.value_of("given_name") == "Саран"
    again = submit(pages, world, key=page.value_of("key"))
    assert again.status == 303


def test_a_tampered_token_keeps_what_was_typed(pages: Pages, world: World) -> None:
    data = filled(world.ministry, photographs="y")
    page = pages.post(f"/e/{world.event.slug}/register", data, token="forged")
    assert page.status == 400
    assert "open for too long" in page.text
    assert page.value_of("given_name") == "Саран"
    assert page.value_of("agency") == world.ministry.code
    assert page.value_of("photographs") == "y"
    assert page.value_of("key") == data["key"]
    assert_nothing_written()


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("closed", "Registration for this event is closed."),
        ("past closing", "Registration for this event is closed."),
        ("over", "Registration for this event is closed."),
        ("not yet", "is not open yet"),
        ("cancelled", "The event is cancelled."),
    ],
)
def test_a_closed_door_refuses_and_keeps_what_was_typed(pages: Pages, world: World, state: str, sentence: str) -> None:
    now, event = clock.now(), world.event
    if state == "closed":
        event.status = EventStatus.CLOSED
    elif state == "past closing":
        event.closes_at = now - timedelta(minutes=1)
    elif state == "not yet":
        event.opens_at = now + timedelta(hours=1)
    elif state == "cancelled":
        event.status = EventStatus.CANCELLED
    else:
        for session in event.sessions:
            session.starts_at, session.ends_at = now - timedelta(hours=3), now - timedelta(hours=1)
    db.session.commit()
    page = submit(pages, world)
    assert page.status == 409
    assert sentence in page.text
    assert page.value_of("given_name") == "Саран"
    assert_nothing_written()
    assert pages.get(f"/e/{event.slug}/register").location == f"/e/{event.slug}"


def test_an_inactive_agency_is_no_choice(pages: Pages, world: World) -> None:
    old: Agency = make.agency("Abolished office", is_active=False)
    db.session.commit()
    assert pages.post(f"/e/{world.event.slug}/register", filled(old)).status == 422


def test_odd_choices_mean_not_stated(pages: Pages, world: World) -> None:
    assert submit(pages, world, sex="?", level="\x00").status == 303
    registration = db.session.scalars(select(Registration)).one()
    assert (registration.sex.value, registration.level.value) == ("not_stated", "not_stated")


def test_names_that_look_like_code_are_only_names(pages: Pages, world: World) -> None:
    answer = submit(pages, world, given_name="Ann {{ 7*7 }} %(name)s %s {", family_name="<b>O'Neil</b> & Co")
    receipt = pages.client.get(answer.location).get_data(as_text=True)
    assert "&lt;b&gt;O&#39;Neil&lt;/b&gt; &amp; Co Ann {{ 7*7 }} %(name)s %s {" in receipt
    message = db.session.scalars(select(Message)).one()
    assert "Dear <b>O'Neil</b> & Co Ann {{ 7*7 }} %(name)s %s {," in message.text
    assert "<b>" not in message.html


def test_a_body_of_a_megabyte_is_not_read(pages: Pages, world: World) -> None:
    assert submit(pages, world, position="x" * 1_000_000).status == 413


def test_the_wrong_method_is_told(pages: Pages, world: World) -> None:
    assert pages.client.put(f"/e/{world.event.slug}/register").status_code in {400, 405}
    assert pages.post(f"/e/{world.event.slug}").status == 405
