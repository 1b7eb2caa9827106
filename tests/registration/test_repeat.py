"""The form comes in twice: pressed again, sent again, or by somebody who wants to know who is registered."""

import re
import uuid
from typing import Any

import pytest
from sqlalchemy import func, select

from tests import factories as make
from tests.pages import Page, Pages
from tests.registration.forms import filled
from tests.world import World
from trainreg.audit.models import AuditEntry
from trainreg.events.models import Event
from trainreg.events.rules import Approval
from trainreg.kernel.db import db
from trainreg.outbox.models import Message
from trainreg.people.models import Consent, Person, Posting
from trainreg.registration.models import Registration, RegistrationMove, Submission
from trainreg.registration.rules import RegistrationStatus

S = RegistrationStatus
REFERENCE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b")


def count(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def register(pages: Pages, event: Event, data: dict[str, Any]) -> Page:
    answer = pages.post(f"/e/{event.slug}/register", data)
    return pages.follow(answer) if answer.status == 303 else answer


def words(page: Page) -> str:
    """The page without what is a submission's own: its reference and its minute."""
    return re.sub(r"\d\d:\d\d", "", REFERENCE.sub("", page.text))


def test_pressing_twice_is_one_submission_and_one_receipt(pages: Pages, world: World) -> None:
    data = filled(world.ministry)
    first = pages.post(f"/e/{world.event.slug}/register", data)
    second = pages.post(f"/e/{world.event.slug}/register", data)
    assert (first.status, second.status) == (303, 303)
    assert first.location == second.location
    assert (count(Submission), count(Registration), count(Message)) == (1, 1, 1)


def test_the_same_key_with_other_answers_is_refused_and_gets_a_new_key(pages: Pages, world: World) -> None:
    data = filled(world.ministry)
    pages.post(f"/e/{world.event.slug}/register", data)
    page = pages.post(f"/e/{world.event.slug}/register", {**data, "given_name": "Солонго"})
    assert page.status == 409
    assert "sent once already with other answers" in page.text
    assert page.value_of("given_name") == "Солонго"
    fresh = page.value_of("key")
    assert fresh and fresh != data["key"]
    again = pages.post(f"/e/{world.event.slug}/register", {**data, "given_name": "Солонго", "key": fresh})
    assert again.status == 303
    assert count(Registration) == 2


def test_the_same_key_at_another_event_is_refused(pages: Pages, world: World) -> None:
    data = filled(world.ministry)
    pages.post(f"/e/{world.event.slug}/register", data)
    assert pages.post(f"/e/{world.other_event.slug}/register", data).status == 409


@pytest.mark.parametrize("stands_at", list(S))
@pytest.mark.parametrize("approval", list(Approval))
def test_a_stranger_cannot_tell_who_is_registered(pages: Pages, world: World, approval: Approval, stands_at: S) -> None:
    world.event.approval = approval
    make.registration(world.event, world.bolor, stands_at)
    db.session.commit()
    bolor = filled(world.ministry, family_name="Батын", given_name="Болор", email="bolor@example.org")
    known = register(pages, world.event, bolor)
    unknown = register(pages, world.event, {**bolor, "key": str(uuid.uuid4()), "email": "nobody@example.org"})
    assert known.status == unknown.status == 200
    assert words(known) == words(unknown)


@pytest.mark.parametrize("given", ["Болор", "Somebody"])
def test_a_full_event_is_full_for_everybody(pages: Pages, world: World, given: str) -> None:
    world.event.approval, world.event.has_waiting_list = Approval.AUTOMATIC, False
    make.registration(world.event, world.bolor)
    make.registration(world.event)
    db.session.commit()
    data = filled(world.ministry, family_name="Батын", given_name=given, email="bolor@example.org")
    page = pages.post(f"/e/{world.event.slug}/register", data)
    assert page.status == 409
    assert "All places of this event are taken." in page.text
    assert count(Message) == 0


def test_a_repeat_changes_nothing_and_the_news_goes_to_the_address_on_record(pages: Pages, world: World) -> None:
    registration = make.registration(world.event, world.bolor, S.DECLINED, agency=world.ministry)
    db.session.commit()
    before = (count(Person), count(Posting), count(Consent), count(RegistrationMove))
    data = filled(world.border, family_name="Болор", given_name="Батын", email="Bolor@Example.org", sex="male")
    receipt = register(pages, world.event, data)
    assert registration.reference not in receipt.text
    assert "earlier registration and any decision on it stand" in receipt.text
    assert (count(Person), count(Posting), count(Consent), count(RegistrationMove)) == before
    assert registration.status is S.DECLINED and registration.sex == world.bolor.sex
    message = db.session.scalars(select(Message)).one()
    assert (message.kind, message.recipient) == ("registration_repeated", "bolor@example.org")
    assert "could not offer you a place" in message.text
    actions = db.session.scalars(select(AuditEntry.action).where(AuditEntry.subject_id == registration.id)).all()
    assert "registration.repeated" in actions


def test_many_repeats_in_a_day_are_one_mail(pages: Pages, world: World) -> None:
    make.registration(world.event, world.bolor)
    db.session.commit()
    for _number in range(3):
        register(
            pages,
            world.event,
            filled(world.ministry, family_name="Батын", given_name="Болор", email="bolor@example.org"),
        )
    assert count(Message) == 1
    assert count(Submission) == 3


def test_who_withdrew_may_come_back(pages: Pages, world: World) -> None:
    registration = make.registration(world.event, world.bolor, S.CANCELLED)
    db.session.commit()
    register(
        pages, world.event, filled(world.ministry, family_name="Батын", given_name="Болор", email="bolor@example.org")
    )
    assert registration.status is S.REQUESTED
    assert [move.to_status for move in registration.moves] == [S.CANCELLED, S.REQUESTED]
    assert db.session.scalars(select(Message.kind)).all() == ["registration_received"]


def test_an_address_that_is_not_on_record_gets_what_a_first_registration_gets(pages: Pages, world: World) -> None:
    make.registration(world.event, world.tuya, S.DECLINED, agency=world.border)
    world.tuya.postings.append(Posting(agency_id=world.border.id))
    db.session.commit()
    data = filled(world.border, family_name="Доржийн", given_name="Туяа", email="stranger@example.org")
    receipt = register(pages, world.event, data)
    message = db.session.scalars(select(Message)).one()
    assert (message.kind, message.recipient) == ("registration_received", "stranger@example.org")
    reference = REFERENCE.search(receipt.text)
    assert reference is not None and reference.group() in message.text
    assert world.tuya.email is None, "a form without an account adds no address to a known person"


def test_a_known_person_at_another_event_is_not_recorded_twice(pages: Pages, world: World) -> None:
    make.registration(world.other_event, world.bolor)
    db.session.commit()
    register(
        pages, world.event, filled(world.ministry, family_name="Батын", given_name="Болор", email="bolor@example.org")
    )
    newest = db.session.scalars(select(Registration).where(Registration.event_id == world.event.id)).one()
    assert newest.person_id == world.bolor.id
