"""Ids that belong together somewhere else: in addresses, in fields, and in links that were signed for others."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests import factories as make
from tests.attacks.filled import fill
from tests.attacks.house import House
from tests.attacks.test_roles import ADMITTED, REFUSED
from tests.pages import Pages
from tests.registration.forms import filled
from trainreg.certificates.notices import token_for
from trainreg.correspondence.models import Letter
from trainreg.events.models import EventAgency
from trainreg.events.rules import Audience, EventStatus
from trainreg.imports.models import ImportRow
from trainreg.imports.rules import RowOutcome
from trainreg.kernel.db import db
from trainreg.registration.invitations import Terms, invite_agency, token_of
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationStatus

OF_AN_EVENT = {
    "question_id",
    "test_question_id",
    "quote_id",
    "message_id",
    "letter_id",
    "announcement_id",
    "key",
    "reference",
}
SENT = {"format": "csv", "action": "remove", "press": "send", "key": "k" * 43}
LETTER = {"standing": "confirmed", "agency": "", "role": "", "group": "", "attended": "", "press": "send"}
WORDS = {"subject_en": "Lunch", "body_en": "At noon.", "subject_mn": "", "body_mn": ""}


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_belongs_to_another_event_is_not_found_under_this_one(
    app: Flask, pages: Pages, house: House, method: str
) -> None:
    token = pages.sign_in(house.world.organizer).token()
    own, other = house.values(house.own), house.values(house.other)
    tried = set()
    for rule in app.url_map.iter_rules():
        foreign = OF_AN_EVENT & rule.arguments
        if "slug" in rule.arguments and foreign and rule.endpoint in ADMITTED and method in (rule.methods or set()):
            address = fill(rule.rule, own | {name: other[name] for name in foreign})
            body = {"csrf_token": token, **SENT} if method == "POST" else None
            answer = pages.client.open(address, method=method, data=body)
            assert answer.status_code in REFUSED, f"{method} {address}: {answer.status_code}"
            tried |= foreign
    assert tried >= OF_AN_EVENT - ({"announcement_id", "key", "quote_id"} if method == "GET" else {"letter_id"})


def test_a_merge_of_another_project_is_not_undone_nor_joined(pages: Pages, house: House) -> None:
    pages.sign_in(house.world.organizer)
    own, other = house.own, house.other
    for person, merge in ((own.person, other.merge), (other.person, other.merge), (other.person, own.merge)):
        assert pages.post(f"/desk/people/{person.id}/merges/{merge.id}/undo").status == 404
    for one, two in ((own.person, other.person), (other.person, own.person), (own.twin, other.merge.merged)):
        for page in (pages.get(f"/desk/people/{one.id}/merge/{two.id}"),
                     pages.post(f"/desk/people/{one.id}/merge/{two.id}")):  # fmt: skip
            assert page.status == 404
    db.session.expire_all()
    assert other.merge.undone_at is None and other.person.merged_into_id is None


def test_lists_hold_nothing_of_another_project(pages: Pages, house: House) -> None:
    pages.sign_in(house.world.organizer)
    for address in ("/desk/imports", "/desk/people", "/desk/duplicates"):
        page = pages.get(address)
        assert page.status == 200 and not any(name in page.html for name in house.other.names), address
    assert f"/desk/imports/{house.other.run.id}" not in pages.get("/desk/imports").html
    page = pages.get(f"/desk/people?q={house.other.person.given_name}")
    assert f"/desk/people/{house.other.person.id}" not in page.html


def test_an_import_takes_no_answer_that_was_not_offered(pages: Pages, house: House) -> None:
    pages.sign_in(house.world.organizer)
    row = db.session.scalars(select(ImportRow).where(ImportRow.run_id == house.own.run.id)).one()
    row.outcome, row.candidates = RowOutcome.AMBIGUOUS, [[f"person:{house.own.person.id}", "somebody"]]
    db.session.commit()
    pages.post(f"/desk/imports/{house.own.run.id}/answers", {"row-2": f"person:{house.other.person.id}"})
    db.session.expire_all()
    assert house.own.run.choices == {} and house.other.run.choices == {}


def test_the_key_of_another_event_s_letter_sends_and_shows_nothing_of_it(pages: Pages, house: House) -> None:
    pages.sign_in(house.world.organizer)
    before = db.session.scalar(select(func.count()).select_from(Letter))
    address = f"/desk/events/{house.own.registration.event.slug}/messages/write"
    body = {**LETTER, **WORDS, "key": house.other.letter.key}
    page = pages.post(address, body)
    assert page.status == 404
    assert not any(name in page.html for name in house.other.names)
    assert db.session.scalar(select(func.count()).select_from(Letter)) == before


def test_an_own_page_opens_by_its_own_signature_alone(app: Flask, pages: Pages, house: House) -> None:
    own, other = house.values(house.own), house.values(house.other)
    mixed, moves = own | {"signature": other["signature"]}, len(house.own.registration.moves)
    tried = 0
    for rule in app.url_map.iter_rules():
        if {"reference", "signature"} <= rule.arguments:
            for method in {"GET", "POST"} & (rule.methods or set()):
                page = pages.post(fill(rule.rule, mixed)) if method == "POST" else pages.get(fill(rule.rule, mixed))
                assert page.status == 404, f"{method} {rule.rule}: {page.status}"
                tried += 1
    db.session.expire_all()
    assert tried >= 12 and len(house.own.registration.moves) == moves


def test_an_invitation_opens_its_own_event_alone(pages: Pages, house: House) -> None:
    world = house.world
    invitation = invite_agency(world.other_event, world.ministry, uses=5, terms=Terms(), language="mn", by=make.STAFF)
    db.session.commit()
    token, form = token_of(invitation), f"/e/{world.event.slug}/register"
    for forged in (token, token[:-1] + "x", f"{house.own.invitation.key}.{token.partition('.')[2]}"):
        assert pages.get(f"{form}?invitation={forged}").status == 404
        assert pages.post(form, filled(world.ministry, invitation=forged)).status == 404
    db.session.expire_all()
    assert invitation.uses == 0
    assert not db.session.scalars(select(Registration).where(Registration.event_id == world.event.id)).all()


def _paths(house: House) -> list[str]:
    event = f"/agency/events/{house.other.registration.event.slug}"
    person = f"{event}/people/{house.other.registration.reference}"
    return [event, f"{event}/nominate", f"{event}/list", f"{person}/replace", f"{person}/slip"]


def test_a_focal_point_sees_an_event_for_everybody_without_the_others(pages: Pages, house: House) -> None:
    pages.sign_in(house.world.focal_point)
    event, *pages_of_event = _paths(house)
    page = pages.get(event)
    assert page.status == 200 and house.other.registration.reference not in page.html
    hidden = house.other.names | house.other.contacts
    for address in (event, *pages_of_event):
        page = pages.get(address)
        assert not any(word in page.html for word in hidden), address
        assert page.status == 404 if "/people/" in address else page.status in {200, 409}, address
    withdraw = pages_of_event[-1].replace("/slip", "/withdraw")
    assert pages.post(withdraw).status == 404
    db.session.expire_all()
    assert house.other.registration.status is RegistrationStatus.CONFIRMED


@pytest.mark.parametrize("closed", ["draft", "listed"])
def test_an_event_that_asks_others_is_closed_to_a_focal_point(pages: Pages, house: House, closed: str) -> None:
    event = house.other.registration.event
    if closed == "draft":
        event.status = EventStatus.DRAFT
    else:
        event.audience = Audience.LISTED_AGENCIES
        event.agencies.append(EventAgency(agency_id=house.other.registration.agency_id))
    db.session.commit()
    pages.sign_in(house.world.focal_point)
    assert {pages.get(address).status for address in _paths(house)} == {404}


@pytest.mark.parametrize("role", ["trainer", "me_officer"])
def test_names_come_without_contacts_and_without_keys(app: Flask, pages: Pages, house: House, role: str) -> None:
    """Who may see names gets no address by a new door, and no link by which an official's paper is fetched."""
    token = pages.sign_in(house.accounts[role]).token()
    hidden = house.own.contacts | {token_for(house.own.certificate), house.values(house.own)["signature"]}
    for rule in app.url_map.iter_rules():
        if role not in ADMITTED.get(rule.endpoint, set()) or rule.endpoint == "accounts.sign_out":
            continue
        for method in {"GET", "POST"} & (rule.methods or set()):
            data: Any = {"csrf_token": token, "format": "csv"} if method == "POST" else None
            address = fill(rule.rule, house.values(house.own))
            answer = pages.client.open(address, method=method, data=data, buffered=True).get_data()
            text = answer.decode("utf-8", "replace")  # a sheet to sign is a PDF
            assert not any(word in text for word in hidden), f"{method} {address}"
