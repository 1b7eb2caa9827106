"""Invitation links: who they let in, how often, and what they say once they open nothing any more."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.factories import STAFF
from tests.pages import Pages
from tests.registration.forms import filled
from tests.world import World
from trainreg.events.rules import Admission, Approval, EventStatus
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.outbox.models import Message
from trainreg.registration.invitations import Guest, Terms, invite_agency, invite_people, link_of, revoke, token_of
from trainreg.registration.models import Invitation, Registration
from trainreg.web.links import sign_link


@pytest.fixture
def invited(world: World) -> Invitation:
    world.event.admission, world.event.approval = Admission.INVITATION, Approval.AUTOMATIC
    world.event.capacity = None
    invitation = invite_agency(world.event, world.ministry, uses=2, terms=Terms(), language="mn", by=STAFF)
    db.session.commit()
    return invitation


def path_of(invitation: Invitation) -> str:
    return link_of(invitation).removeprefix("http://localhost")


def come(pages: Pages, world: World, invitation: Invitation, **values: str) -> int:
    body = filled(world.ministry, **values) | {"invitation": token_of(invitation)}
    return pages.post(f"/e/{world.event.slug}/register", body).status


def test_without_a_link_the_form_stays_closed(pages: Pages, world: World, invited: Invitation) -> None:
    page = pages.get(f"/e/{world.event.slug}")
    assert "Registration is by invitation" in page.text and "/register" not in page.html
    assert pages.get(f"/e/{world.event.slug}/register").status == 303
    page = pages.post(f"/e/{world.event.slug}/register", filled(world.ministry))
    assert page.status == 409 and "invitation link" in page.text
    assert db.session.scalars(select(Registration)).all() == []


def test_the_link_leads_to_the_form_with_the_agency_fixed(pages: Pages, world: World, invited: Invitation) -> None:
    page = pages.follow(pages.get(path_of(invited)))
    assert page.status == 200 and page.value_of("invitation") == token_of(invited)
    assert [one.get("value") for one in page.find_all("option") if one.get("value") == world.border.code] == []
    assert "This link is for officials of Ministry of Labour." in page.text
    assert come(pages, world, invited) == 303
    registration = db.session.scalars(select(Registration)).one()
    assert registration.invitation_id == invited.id and invited.uses == 1


def test_an_official_of_another_agency_is_not_let_in(pages: Pages, world: World, invited: Invitation) -> None:
    assert come(pages, world, invited, agency=world.border.code) == 422
    assert invited.uses == 0


def test_it_is_used_up(pages: Pages, world: World, invited: Invitation) -> None:
    for number in range(2):
        letters = "абв"[number] * 3
        assert come(pages, world, invited, given_name=letters, email=f"{number}@example.org") == 303
    assert come(pages, world, invited, given_name="Гуравдугаар", email="third@example.org") == 409
    page = pages.get(path_of(invited))
    assert page.status == 409 and "used already" in page.text
    assert len(db.session.scalars(select(Registration)).all()) == 2


def test_the_same_form_sent_twice_uses_it_once(pages: Pages, world: World, invited: Invitation) -> None:
    body = filled(world.ministry) | {"invitation": token_of(invited)}
    for _press in range(2):
        assert pages.post(f"/e/{world.event.slug}/register", body).status == 303
    assert invited.uses == 1


def test_whether_somebody_is_registered_already_cannot_be_told_by_it(
    pages: Pages, world: World, invited: Invitation
) -> None:
    make.registration(world.event, world.bolor, agency=world.ministry)
    db.session.commit()
    assert come(pages, world, invited, family_name="Батын", given_name="Болор", email="bolor@example.org") == 303
    assert invited.uses == 1


def test_a_revoked_an_old_and_an_unknown_one_each_say_why(pages: Pages, world: World, invited: Invitation) -> None:
    invited.expires_at = clock.now() - timedelta(seconds=1)
    db.session.commit()
    assert "time is over" in pages.get(path_of(invited)).text
    revoke(invited, by=STAFF)
    db.session.commit()
    assert "taken back" in pages.get(path_of(invited)).text
    for forged in (f"/i/{invited.key}/nonsense", "/i/AAAA-BBBB/" + path_of(invited).rsplit("/", 1)[1], "/i/a/b"):
        page = pages.get(forged)
        assert page.status == 404 and "not known here" in page.text


def test_a_link_opens_its_own_event_alone(pages: Pages, world: World, invited: Invitation) -> None:
    world.other_event.admission = Admission.INVITATION
    db.session.commit()
    assert pages.get(f"/e/{world.other_event.slug}/register?invitation={token_of(invited)}").status == 404
    body = filled(world.ministry) | {"invitation": token_of(invited)}
    assert pages.post(f"/e/{world.other_event.slug}/register", body).status == 404
    assert invited.uses == 0


def test_the_hours_hold_unless_the_desk_said_otherwise(pages: Pages, world: World, invited: Invitation) -> None:
    world.event.status = EventStatus.CLOSED
    db.session.commit()
    assert come(pages, world, invited) == 409
    invited.outside_hours = True
    db.session.commit()
    assert come(pages, world, invited) == 303
    world.event.status = EventStatus.CANCELLED
    db.session.commit()
    assert come(pages, world, invited, given_name="Хожуу", email="late@example.org") == 409


def test_people_are_invited_by_name_and_nothing_else_is_kept(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    address = f"/desk/events/{world.event.slug}/invitations/people"
    lines = "Болд Дорж, bold@example.org\nTuya Bat <tuya@example.org>"
    page = pages.post(address, {"people": lines, "language": "mn"})
    assert page.status == 303
    assert db.session.scalars(select(Registration)).all() == []
    made = db.session.scalars(select(Invitation).order_by(Invitation.id)).all()
    assert [(one.name, one.email, one.most_uses) for one in made] == [
        ("Болд Дорж", "bold@example.org", 1),
        ("Tuya Bat", "tuya@example.org", 1),
    ]
    message = db.session.scalars(select(Message).order_by(Message.id)).first()
    assert message is not None and message.kind == "registration_invited" and message.language == "mn"
    assert path_of(made[0]) not in message.text and "/unsigned" in message.text
    assert path_of(made[0]) in sign_link(message.text, message.link)
    listed = pages.follow(page)
    assert "Болд Дорж" in listed.text and link_of(made[0]) in listed.html


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Болд", "give one e-mail address"),
        ("Болд, bold@", "this is not an e-mail address"),
        ("bold@example.org", "write the name too"),
        ("Бо\u202eлд, bold@example.org", "turns the writing direction"),
        ("A, a@example.org\nB, a@example.org", "Line 2: this address is invited already"),
    ],
)
def test_a_bad_line_is_named_and_nobody_is_invited(pages: Pages, world: World, line: str, said: str) -> None:
    pages.sign_in(world.organizer)
    page = pages.post(f"/desk/events/{world.event.slug}/invitations/people", {"people": line, "language": "mn"})
    assert page.status == 422 and said in page.text
    assert db.session.scalars(select(Invitation)).all() == []


@pytest.mark.parametrize("uses", ["", "0", "501", "-1", "x"])
def test_an_agency_link_needs_a_number(pages: Pages, world: World, uses: str) -> None:
    pages.sign_in(world.organizer)
    body = {"agency": world.ministry.code, "uses": uses}
    assert pages.post(f"/desk/events/{world.event.slug}/invitations/agency", body).status == 422


def test_the_desk_makes_sees_and_takes_back(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    address = f"/desk/events/{world.event.slug}/invitations"
    body = {"agency": world.ministry.code, "uses": "3", "expires_at": "2027-06-01 12:00"}
    page = pages.follow(pages.post(f"{address}/agency", body))
    assert "0 of 3 used" in page.text and "nobody yet" in page.text
    made = db.session.scalars(select(Invitation)).one()
    assert pages.post(f"/desk/events/{world.other_event.slug}/invitations/{made.key}/revoke").status == 404
    assert pages.post(f"{address}/{made.key}/revoke").status == 303
    assert "Taken back" in pages.get(address).text
    past = {"agency": world.ministry.code, "uses": "3", "expires_at": "2020-06-01 12:00"}
    assert pages.post(f"{address}/agency", past).status == 422


def test_a_mail_cannot_hold_somebody_else_s_signed_link(world: World) -> None:
    [one, two] = invite_people(
        world.event,
        [Guest("A", "a@example.org"), Guest("B", "b@example.org")],
        terms=Terms(),
        language="en",
        by=STAFF,
    )
    db.session.flush()
    first = db.session.scalars(select(Message).order_by(Message.id)).first()
    assert first is not None and first.link == f"i/{one.key}" != f"i/{two.key}"
