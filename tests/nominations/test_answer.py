"""A nominee says yes or no by their own link; until then nothing is done with their data. Or they are replaced."""

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.factories import STAFF
from tests.pages import Pages
from tests.world import World
from trainreg.events.models import AgencyQuota
from trainreg.events.rules import Admission, Approval, EventStatus
from trainreg.kernel.actor import Actor, ActorKind
from trainreg.kernel.db import db
from trainreg.nominations.reading import Nominee
from trainreg.nominations.service import nominate, replace_nominee, withdraw_nominee
from trainreg.outbox.models import Message
from trainreg.people.models import Consent
from trainreg.people.service import PersonDetails
from trainreg.registration.models import Registration
from trainreg.registration.queries import places_of
from trainreg.registration.rules import Channel, RegistrationStatus
from trainreg.web.links import signature_of

S = RegistrationStatus


def name(world: World, given: str, email: str | None = "saran@example.org") -> Registration:
    user = world.focal_point
    by = Actor(ActorKind.STAFF, user.name, user.id)
    details = PersonDetails(given_name=given, family_name="Ганболдын", email=email, language="mn")
    nominee = Nominee(1, details, "Мэргэжилтэн", email or "", world.ministry)
    named = nominate(world.event, nominee, own=frozenset({world.ministry.id}), by=by)
    db.session.commit()
    return named


@pytest.fixture
def nominee(world: World) -> Registration:
    world.event.admission, world.event.approval = Admission.NOMINATION_ONLY, Approval.AUTOMATIC
    world.event.quotas.append(AgencyQuota(agency=world.ministry, places=2))
    return name(world, "Саран")


def link(registration: Registration) -> str:
    thing = f"r/{registration.reference}"
    return f"/me/{thing}/{signature_of(thing)}/answer"


def yes(world: World, **values: str | None) -> dict[str, str]:
    said = {
        "family_name": "Ганболдын",
        "given_name": "Сарантуяа",
        "agency": world.ministry.code,
        "position": "Ахлах мэргэжилтэн",
        "sex": "female",
        "run_event": "y",
        "share_name": "y",
    } | values
    return {key: value for key, value in said.items() if value is not None}


def messages(kind: str) -> list[Message]:
    return list(db.session.scalars(select(Message).where(Message.kind == kind)))


def test_looking_writes_nothing(pages: Pages, world: World, nominee: Registration) -> None:
    page = pages.get(link(nominee))
    assert page.status == 200 and "Your agency nominated you" in page.text
    assert page.value_of("given_name") == "Саран" and page.value_of("run_event") is None
    assert nominee.status is S.NOMINATED and places_of(world.event).taken == 0


def test_yes_completes_the_data_and_gives_the_place(pages: Pages, world: World, nominee: Registration) -> None:
    page = pages.follow(pages.post(link(nominee), yes(world)))
    assert "Your place is confirmed" in page.text
    assert nominee.status is S.CONFIRMED and nominee.person.given_name == "Сарантуяа"
    assert nominee.moves[-1].channel is Channel.SELF and nominee.position == "Ахлах мэргэжилтэн"
    assert {one.purpose.value for one in db.session.scalars(select(Consent)) if one.is_given} == {
        "run_event",
        "share_name",
    }
    assert pages.post(link(nominee), yes(world)).status == 303
    assert len(nominee.moves) == 2


def test_nobody_comes_without_having_agreed(pages: Pages, world: World, nominee: Registration) -> None:
    assert pages.post(link(nominee), yes(world, run_event=None)).status == 422
    assert nominee.status is S.NOMINATED and db.session.scalars(select(Consent)).all() == []


@pytest.mark.parametrize("approval", Approval)
@pytest.mark.parametrize(("capacity", "is_full"), [(2, False), (1, True)])
def test_where_yes_leads_depends_on_the_event(
    pages: Pages, world: World, nominee: Registration, approval: Approval, capacity: int, is_full: bool
) -> None:
    world.event.approval, world.event.capacity = approval, capacity
    make.registration(world.event, agency=world.border)
    db.session.commit()
    assert pages.post(link(nominee), yes(world)).status == 303
    at_once = S.WAITLISTED if is_full else S.CONFIRMED
    assert nominee.status is (S.REQUESTED if approval is Approval.DESK else at_once)


def test_no_is_told_to_whoever_named_them(pages: Pages, world: World, nominee: Registration) -> None:
    assert pages.post(link(nominee), {"press": "no", "reason": "Томилолттой"}).status == 303
    assert nominee.status is S.DECLINED and messages("registration_declined") == []
    [message] = messages("nomination_declined")
    assert message.recipient == world.focal_point.email and "Томилолттой" in message.text
    assert "Томилолттой" in pages.sign_in(world.focal_point).get(f"/agency/events/{world.event.slug}").text
    assert pages.get(link(nominee)).status == 200


@pytest.mark.parametrize("forged", ["nonsense", "unsigned", "ö" * 43])
def test_a_forged_link_is_not_found(pages: Pages, world: World, nominee: Registration, forged: str) -> None:
    other = make.registration(world.event, world.tuya, S.NOMINATED, agency=world.border)
    db.session.commit()
    for signature in (forged, signature_of(f"r/{other.reference}")):
        for method in (pages.get, pages.post):
            assert method(f"/me/r/{nominee.reference}/{signature}/answer").status == 404
    assert nominee.status is S.NOMINATED


def test_records_of_a_known_person_are_not_rewritten_by_a_nominee_s_link(pages: Pages, world: World) -> None:
    make.registration(world.other_event, world.tuya, agency=world.border)
    known = make.registration(world.event, world.tuya, S.NOMINATED, agency=world.border, email="other@example.org")
    db.session.commit()
    assert pages.get(link(known)).find_all("input", name="given_name", type="text") == []
    assert pages.post(link(known), yes(world, given_name="Өөр", agency=world.border.code)).status == 303
    assert (world.tuya.given_name, world.tuya.email) == ("Туяа", None)


def test_it_is_too_late_once_the_event_is_off(pages: Pages, world: World, nominee: Registration) -> None:
    world.event.status = EventStatus.CANCELLED
    db.session.commit()
    assert pages.post(link(nominee), yes(world)).status == 409


def test_the_desk_confirms_nobody_who_has_not_answered(pages: Pages, world: World, nominee: Registration) -> None:
    pages.sign_in(world.organizer)
    here = f"/desk/events/{world.event.slug}/registrations"
    page = pages.post(f"{here}/{nominee.reference}", {"to_status": "confirmed"})
    assert page.status == 409 and "has to confirm their details first" in page.text
    pages.post(f"{here}/decide", {"action": "confirm", "registration": nominee.reference})
    assert nominee.status is S.NOMINATED
    assert "Has not confirmed yet" in pages.get(f"{here}/{nominee.reference}").text
    assert pages.get(f"{here}/{nominee.reference}/slip").status == 200
    assert pages.post(f"{here}/{nominee.reference}/answer", yes(world)).status == 303
    assert nominee.status is S.CONFIRMED
    assert (nominee.moves[-1].channel, nominee.moves[-1].reason) == (Channel.DESK, "entered from the signed paper")


def test_the_focal_point_gets_a_slip_for_those_without_an_address(
    pages: Pages, world: World, nominee: Registration
) -> None:
    without = name(world, "Номин", None)
    pages.sign_in(world.focal_point)
    here = f"/agency/events/{world.event.slug}/people"
    page = pages.get(f"{here}/{without.reference}/slip")
    assert page.status == 200 and link(without) in page.html
    page = pages.get(f"{here}/{nominee.reference}/slip")
    assert page.status == 409 and signature_of(f"r/{nominee.reference}") not in page.html


def replacing(world: World, leaving: Registration) -> Registration:
    details = PersonDetails(given_name="Орлогч", family_name="Батын", email="new@example.org", language="en")
    new = Nominee(1, details, "", "", world.ministry)
    return replace_nominee(leaving, new, own=frozenset({world.ministry.id}), by=STAFF)


def test_a_confirmed_nominee_s_place_is_kept_for_the_one_named_instead(
    pages: Pages, world: World, nominee: Registration
) -> None:
    world.event.capacity = 1
    pages.post(link(nominee), yes(world))
    waiting = make.registration(world.event, status=S.WAITLISTED, agency=world.border)
    coming = replacing(world, nominee)
    db.session.commit()
    assert (nominee.status, coming.status, waiting.status) == (S.CANCELLED, S.NOMINATED, S.WAITLISTED)
    assert places_of(world.event).left == 0 and len(messages("nomination_replaced")) == 1
    assert pages.post(link(coming), yes(world)).status == 303
    assert coming.status is S.CONFIRMED and places_of(world.event).taken == 1


def test_a_kept_place_falls_to_the_waiting_list_when_the_answer_is_no(
    pages: Pages, world: World, nominee: Registration
) -> None:
    world.event.capacity = 1
    pages.post(link(nominee), yes(world))
    waiting = make.registration(world.event, status=S.WAITLISTED, agency=world.border)
    coming = replacing(world, nominee)
    pages.post(link(coming), {"press": "no"})
    assert (coming.status, waiting.status) == (S.DECLINED, S.CONFIRMED)


def test_a_withdrawn_nominee_is_told_and_can_be_named_again(pages: Pages, world: World, nominee: Registration) -> None:
    pages.sign_in(world.focal_point)
    address = f"/agency/events/{world.event.slug}/people/{nominee.reference}/withdraw"
    assert pages.post(address).status == 303 and nominee.status is S.CANCELLED
    assert len(messages("nomination_withdrawn")) == 1 and pages.post(address).status == 409
    assert name(world, "Саран").id == nominee.id and nominee.status is S.NOMINATED


def test_whoever_registered_themselves_is_not_the_focal_point_s(pages: Pages, world: World) -> None:
    own = make.registration(world.event, world.bolor, agency=world.ministry)
    db.session.commit()
    pages.sign_in(world.focal_point)
    here = f"/agency/events/{world.event.slug}/people/{own.reference}"
    assert pages.get(f"{here}/replace").status == 409
    assert pages.post(f"{here}/withdraw").status == 409 and own.status is S.CONFIRMED


def test_withdrawing_one_who_is_confirmed_frees_the_place(pages: Pages, world: World, nominee: Registration) -> None:
    world.event.capacity = 1
    pages.post(link(nominee), yes(world))
    waiting = make.registration(world.event, status=S.WAITLISTED, agency=world.border)
    withdraw_nominee(nominee, by=STAFF)
    assert (nominee.status, waiting.status) == (S.CANCELLED, S.CONFIRMED)
