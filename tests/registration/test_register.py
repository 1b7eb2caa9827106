"""An official registers on the public page, without an account."""

import pytest
from sqlalchemy import func, select

from tests import factories as make
from tests.pages import Pages
from tests.registration.forms import filled
from tests.world import World
from trainreg.audit.models import AuditEntry
from trainreg.events.models import EventAgency
from trainreg.events.rules import Approval, Audience, EventStatus
from trainreg.kernel.actor import ActorKind
from trainreg.kernel.db import db
from trainreg.outbox.models import Message
from trainreg.people.models import Consent, Person
from trainreg.people.rules import ConsentPurpose, Level, Sex
from trainreg.registration.models import Registration, RegistrationMove, Submission
from trainreg.registration.rules import Channel, RegistrationStatus

S = RegistrationStatus


def only_registration() -> Registration:
    return db.session.scalars(select(Registration)).one()


def test_one_press_registers_and_leads_to_the_receipt(pages: Pages, world: World) -> None:
    answer = pages.post(f"/e/{world.event.slug}/register", filled(world.ministry))
    assert answer.status == 303
    receipt = pages.follow(answer)
    assert receipt.status == 200
    assert only_registration().reference in receipt.text
    assert "Ганболдын Саран" in receipt.text


def test_everything_is_kept_as_it_was_then(pages: Pages, world: World) -> None:
    pages.post(f"/e/{world.event.slug}/register", filled(world.ministry, level="senior", photographs="y"))
    registration = only_registration()
    assert (registration.sex, registration.level) == (Sex.FEMALE, Level.SENIOR)
    assert (registration.position, registration.agency_id) == ("Мэргэжилтэн", world.ministry.id)
    person = registration.person
    assert (person.latin_name, person.email) == ("Ganboldyn Saran", "saran@example.org")
    assert [posting.agency_id for posting in person.postings] == [world.ministry.id]
    answers = db.session.scalars(select(Consent).where(Consent.person_id == person.id)).all()
    given = {answer.purpose for answer in answers if answer.is_given}
    assert given == {ConsentPurpose.RUN_EVENT, ConsentPurpose.PHOTOGRAPHS}
    assert len(answers) == len(ConsentPurpose)


def test_ledger_audit_and_mail_ride_in_the_same_transaction(pages: Pages, world: World) -> None:
    pages.post(f"/e/{world.event.slug}/register", filled(world.ministry))
    registration = only_registration()
    ledger = db.session.scalars(select(RegistrationMove)).one()
    assert (ledger.from_status, ledger.to_status, ledger.channel) == (None, S.REQUESTED, Channel.SELF)
    assert (ledger.actor_kind, ledger.actor_label) == (ActorKind.OFFICIAL, "")
    message = db.session.scalars(select(Message)).one()
    assert (message.kind, message.recipient) == ("registration_received", "saran@example.org")
    assert registration.reference in message.text
    actions = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions[-3:] == ["person.created", "person.posted", "registration.requested"]


@pytest.mark.parametrize(
    ("approval", "taken", "waiting_list", "expected"),
    [
        (Approval.AUTOMATIC, 0, True, S.CONFIRMED),
        (Approval.AUTOMATIC, 2, True, S.WAITLISTED),
        (Approval.AUTOMATIC, 2, False, None),
        (Approval.DESK, 0, True, S.REQUESTED),
        (Approval.DESK, 2, True, S.REQUESTED),
        (Approval.DESK, 2, False, None),
    ],
)
def test_the_answer_follows_the_event(
    pages: Pages, world: World, approval: Approval, taken: int, waiting_list: bool, expected: S | None
) -> None:
    world.event.approval, world.event.has_waiting_list = approval, waiting_list
    for _number in range(taken):
        make.registration(world.event)
    db.session.commit()
    answer = pages.post(f"/e/{world.event.slug}/register", filled(world.ministry))
    if expected is None:
        assert answer.status == 409
        assert "All places of this event are taken." in answer.text
        assert answer.value_of("given_name") == "Саран"
        assert db.session.scalar(select(func.count()).select_from(Registration)) == taken
    else:
        assert answer.status == 303
        newest = db.session.scalars(select(Registration).order_by(Registration.id.desc())).first()
        assert newest is not None and newest.status is expected


def test_a_newcomer_does_not_overtake_those_who_wait(pages: Pages, world: World) -> None:
    world.event.approval = Approval.AUTOMATIC
    first = make.registration(world.event, status=S.WAITLISTED)
    make.registration(world.event)
    db.session.commit()
    pages.post(f"/e/{world.event.slug}/register", filled(world.ministry))
    newest = db.session.scalars(select(Registration).order_by(Registration.id.desc())).first()
    assert newest is not None and newest.status is S.WAITLISTED
    assert first.status is S.CONFIRMED, "two places, one taken: the second goes to the one who waits"


def test_an_event_for_listed_agencies_takes_their_children_too(pages: Pages, world: World) -> None:
    office = make.agency("Provincial office", parent_id=world.ministry.id)
    world.event.audience = Audience.LISTED_AGENCIES
    world.event.agencies.append(EventAgency(agency=world.ministry))
    db.session.commit()
    page = pages.get(f"/e/{world.event.slug}/register")
    offered = [option.get("value") for option in page.find_all("select", name="agency")[0].iter("option")]
    assert offered == ["", world.ministry.code, office.code]
    assert pages.post(f"/e/{world.event.slug}/register", filled(office)).status == 303


def test_no_account_and_no_e_mail_are_needed(pages: Pages, world: World) -> None:
    answer = pages.post(f"/e/{world.event.slug}/register", filled(world.ministry, email=""))
    assert pages.follow(answer).status == 200
    assert only_registration().person.email is None
    assert db.session.scalar(select(func.count()).select_from(Message)) == 0


def test_a_person_with_one_name_registers(pages: Pages, world: World) -> None:
    pages.post(f"/e/{world.event.slug}/register", filled(world.ministry, family_name=""))
    assert only_registration().person.name == "Саран"


def test_a_latin_spelling_is_taken_as_typed(pages: Pages, world: World) -> None:
    data = filled(world.ministry, family_name_latin="Ganbold", given_name_latin="Saranne")
    pages.post(f"/e/{world.event.slug}/register", data)
    assert only_registration().person.latin_name == "Ganbold Saranne"


def test_a_suggested_spelling_never_outgrows_its_place(pages: Pages, world: World) -> None:
    data = filled(world.ministry, given_name="Х" * 100, family_name="ﷺ" * 100)
    assert pages.post(f"/e/{world.event.slug}/register", data).status == 303
    assert len(only_registration().person.given_name_latin) == 100


def test_messages_speak_the_language_of_the_page(pages: Pages, world: World) -> None:
    pages.post(f"/e/{world.event.slug}/register?lang=mn", filled(world.ministry))
    assert only_registration().language == "mn"
    assert only_registration().person.language == "mn"
    assert db.session.scalars(select(Message.language)).one() == "mn"


def test_the_language_is_changed_in_the_middle_and_what_was_typed_stays(pages: Pages, world: World) -> None:
    typed = filled(world.ministry, only="language", given_name="Саран", email="half an addr")
    page = pages.post(f"/e/{world.event.slug}/register?lang=mn", typed)
    assert page.status == 200
    assert [html.get("lang") for html in page.find_all("html")] == ["mn"]
    for name in ("key", "family_name", "given_name", "agency", "position", "sex", "email", "run_event"):
        assert page.value_of(name) == typed[name], name
    assert not any(element.get("id") == "error-summary" for element in page.find_all("div"))
    assert db.session.scalar(select(func.count()).select_from(Submission)) == 0


def test_a_draft_is_nowhere(pages: Pages, world: World) -> None:
    world.event.status = EventStatus.DRAFT
    db.session.commit()
    assert pages.get(f"/e/{world.event.slug}").status == 404
    assert pages.get(f"/e/{world.event.slug}/register").status == 404
    assert pages.post(f"/e/{world.event.slug}/register", filled(world.ministry)).status == 404
    assert db.session.scalar(select(func.count()).select_from(Person).where(Person.given_name == "Саран")) == 0
