"""A form that came in again opens a page like that of a first one, and acts on itself alone (ADR 0007)."""

import re
import uuid

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests import factories as make
from tests.me.visiting import address_of, last_mail, links_in
from tests.pages import Page, Pages
from tests.registration.forms import filled
from tests.world import World
from trainreg.events.rules import Approval
from trainreg.kernel.db import db
from trainreg.outbox.models import Message
from trainreg.people.models import Posting
from trainreg.registration.models import Registration, Submission
from trainreg.registration.rules import RegistrationStatus

S = RegistrationStatus
OWN = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}(?:/[\w-]{43})?|\d\d:\d\d|name=\"csrf_token\"[^>]*>")
CHANGED = {"position": "Дарга", "level": "senior", "language": "mn"}


def register(pages: Pages, world: World, **typed: str) -> tuple[Submission, str]:
    """Send the public form; the submission, and the address in the mail that went to the typed address."""
    data = filled(world.border, family_name="Доржийн", given_name="Туяа", key=str(uuid.uuid4())) | typed
    assert pages.post(f"/e/{world.event.slug}/register", data).status == 303
    submission = db.session.scalars(select(Submission).order_by(Submission.id.desc())).first()
    mail = db.session.scalars(select(Message).order_by(Message.id.desc())).first()
    assert submission is not None and mail is not None and mail.recipient == typed["email"]
    return submission, address_of(submission)


@pytest.fixture
def known(world: World) -> Registration:
    """Tuya is on record without an address, with a Latin name, and registered; a stranger knows name and agency."""
    world.tuya.postings.append(Posting(agency_id=world.border.id))
    world.tuya.given_name_latin, world.tuya.phone = "Tooya", "99112233"
    registration = make.registration(world.event, world.tuya, S.DECLINED, agency=world.border, position="Захирал")
    db.session.commit()
    return registration


@pytest.mark.slow
@pytest.mark.parametrize("approval", list(Approval))
def test_both_pages_look_alike_before_and_after_each_button(
    app: Flask, pages: Pages, world: World, known: Registration, approval: Approval
) -> None:
    others = Pages(app)  # one browser each: what the last press was answered is said on the next page
    world.event.approval, world.event.capacity = approval, 50
    db.session.commit()
    repeated, second = register(pages, world, email="stranger@example.org")
    first, single = register(pages, world, given_name="Нараа", email="naraa@example.org")
    assert repeated.registration_id == known.id and first.registration_id != known.id

    def same(one: Page, other: Page) -> None:
        assert one.status == other.status and one.status in {200, 303, 404, 409, 422}
        alike = [OWN.sub("", page.html).replace("Нараа", "Туяа").replace(" selected", "") for page in (one, other)]
        assert alike[0] == alike[1]

    paths = ("", "/change", "/cancel", "/pass", "/event.ics")
    for path in paths:
        same(pages.get(second + path), others.get(single + path))
    for path, typed in (
        ("/change", {"level": "king"}),
        ("/change", CHANGED),
        ("/accept", {}),
        ("/cancel", {}),
        ("/cancel", {}),
        ("/change", CHANGED),
        ("/accept", {}),
    ):
        same(pages.post(second + path, typed), others.post(single + path, typed))
        for again in paths:
            same(pages.get(second + again), others.get(single + again))


def test_nothing_of_the_known_registration_is_touched_or_told(pages: Pages, world: World, known: Registration) -> None:
    submission, address = register(pages, world, email="stranger@example.org", position="Мэргэжилтэн")
    page = pages.get(address)
    assert "Мэргэжилтэн" in page.text and "The organizers decide next" in page.text
    for words in ("Захирал", "99112233", "Tooya", known.reference, "no place for you"):
        assert words not in page.html
    pages.post(f"{address}/change", CHANGED)
    pages.post(f"{address}/cancel")
    db.session.refresh(submission)
    assert submission.withdrawn_at is not None and submission.position == "Дарга"
    assert (known.status, known.position, len(known.moves)) == (S.DECLINED, "Захирал", 1)
    assert "This registration is cancelled" in pages.get(address).text


def test_withdrawing_is_told_to_the_address_that_was_typed_as_a_cancellation_is(
    pages: Pages, world: World, known: Registration
) -> None:
    _submission, address = register(pages, world, email="stranger@example.org")
    pages.post(f"{address}/cancel")
    pages.post(f"{address}/cancel")
    mail = last_mail("registration_cancelled")
    assert mail.recipient == "stranger@example.org"
    assert db.session.scalar(select(func.count()).select_from(Message)) == 2
    assert mail.link == address.removeprefix("/me/").rsplit("/", 1)[0]


def test_the_mail_to_a_known_person_opens_their_registration(app: Flask, pages: Pages, world: World) -> None:
    registration = make.registration(world.event, world.bolor, S.REQUESTED, agency=world.ministry)
    db.session.commit()
    data = filled(world.ministry, family_name="Батын", given_name="Болор", email="bolor@example.org")
    pages.post(f"/e/{world.event.slug}/register", data)
    mail = last_mail("registration_repeated")
    assert mail.link == f"r/{registration.reference}"
    assert links_in(mail) in ([], [address_of(registration)])
    assert "The organizers decide next" in pages.get(address_of(registration)).text


def test_a_first_registration_of_a_known_person_shows_what_was_typed(pages: Pages, world: World) -> None:
    """Also where the person is known from another event: how they are recorded is nobody's to learn."""
    world.tuya.postings.append(Posting(agency_id=world.border.id))
    world.tuya.phone = "99112233"
    db.session.commit()
    submission, address = register(pages, world, family_name="Туяа", given_name="Доржийн", email="x@example.org")
    assert submission.registration.person_id == world.tuya.id
    page = pages.get(address)
    assert "Туяа Доржийн" in page.text and "Доржийн Туяа" not in page.text
    assert "99112233" not in page.html


def test_an_address_typed_by_a_stranger_opens_no_own_page(pages: Pages, world: World, known: Registration) -> None:
    register(pages, world, email="stranger@example.org")
    known.email = "typed@example.org"
    db.session.commit()
    for email in ("stranger@example.org", "typed@example.org"):
        pages.post("/me", {"email": email})
    assert db.session.scalar(select(func.count()).where(Message.kind == "own_page_link")) == 0
