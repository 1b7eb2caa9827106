"""The whole own page: registrations, certificates, corrections, consents."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.certificates.samples import TRAINER
from tests.filled import fill_every_table
from tests.me.visiting import address_of, enter, last_mail, link_for, links_in
from tests.pages import Pages
from tests.registration.statements import counted_statements
from tests.world import World
from trainreg.audit.models import AuditEntry
from trainreg.certificates.facts import canonical_json
from trainreg.certificates.models import Certificate
from trainreg.certificates.rules import CertificateState
from trainreg.kernel.db import db
from trainreg.outbox.models import Message
from trainreg.people.models import Consent
from trainreg.people.rules import ConsentPurpose
from trainreg.people.service import PersonDetails, find_known
from trainreg.registration.rules import RegistrationStatus

DATA = {
    "family_name": "Батын",
    "given_name": "Болормаа",
    "family_name_latin": "Batyn",
    "given_name_latin": "Bolormaa",
    "sex": "not_stated",
    "phone": "+976 9911-2233",
    "language": "en",
}


def test_it_lists_what_is_to_come_and_what_was(pages: Pages, world: World) -> None:
    past = make.event(world.project, starts=datetime(2026, 1, 5, 1, tzinfo=UTC))
    for event in (past, world.event, world.other_event):
        make.registration(event, world.bolor)
    make.registration(world.event, world.tuya, RegistrationStatus.REQUESTED)
    db.session.commit()
    page = enter(pages, world.bolor)
    assert page.status == 200
    coming, _word, was = page.text.partition("Past")
    assert world.event.title["en"] in coming and world.other_event.title["en"] in coming
    assert past.title["en"] in was and "You attended 0 of 2 sessions." in was
    own = [link.get("href") for link in page.find_all("a") if "/me/r/" in (link.get("href") or "")]
    assert len(own) == 3 and all(pages.get(str(address)).status == 200 for address in own)


def test_the_number_of_questions_does_not_grow_with_the_list(pages: Pages, world: World) -> None:
    make.registration(world.event, world.bolor)
    db.session.commit()
    enter(pages, world.bolor)
    counts = []
    for _round in range(2):
        db.session.expire_all()
        with counted_statements() as statements:
            pages.get("/me")
        counts.append(len(statements))
        for _number in range(10):
            make.registration(make.event(world.project), world.bolor)
        db.session.commit()
    assert counts[0] == counts[1]


def test_certificates_are_fetched_by_their_owner_alone(pages: Pages, session: object) -> None:
    world = fill_every_table()
    certificate = db.session.scalars(select(Certificate)).one()
    world.tuya.email = "tuya@example.org"
    certificate.facts = canonical_json(TRAINER)
    db.session.commit()
    address = f"/me/certificates/{certificate.id}.pdf"
    enter(pages, world.tuya)
    assert pages.get(address).status == 404
    page = enter(pages, world.bolor)
    assert page.find_all("a", href=address) and page.find_all("a", href=f"/v/{certificate.code}")
    links = [str(link.get("href")) for link in page.find_all("a")]
    assert any(link.startswith("https://www.linkedin.com/profile/add?") for link in links)
    assert pages.get(address).response.get_data().startswith(b"%PDF")
    certificate.state = CertificateState.REVOKED
    db.session.commit()
    assert pages.get(address).status == 410, "revoked: not handed out any more"
    assert not pages.get("/me").find_all("a", href=address)


def test_a_corrected_name_counts_from_now_on(pages: Pages, world: World) -> None:
    registration = make.registration(world.event, world.bolor)
    db.session.commit()
    enter(pages, world.bolor)
    assert pages.get("/me/data").value_of("given_name") == "Болор"
    assert pages.post("/me/data", DATA).status == 303
    assert (world.bolor.name, world.bolor.latin_name) == ("Батын Болормаа", "Batyn Bolormaa")
    assert (world.bolor.phone, world.bolor.sex, world.bolor.language) == ("+976 9911-2233", "not_stated", "en")
    assert registration.sex == "female", "a registration keeps what was true then"
    details = PersonDetails(given_name="Болормаа", family_name="Батын", email="bolor@example.org")
    assert find_known(details, world.ministry) is world.bolor
    noted = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "person.corrected")).one()
    assert "given_name" in noted.facts["what"] and "Болормаа" not in str(noted.facts)


@pytest.mark.parametrize(
    "typed", [{"given_name": ""}, {"given_name": "1"}, {"phone": "ring me"}, {"sex": "x"}, {"language": "xx"}]
)
def test_what_cannot_be_is_told_beside_the_field(pages: Pages, world: World, typed: dict[str, str]) -> None:
    enter(pages, world.bolor)
    page = pages.post("/me/data", DATA | typed)
    assert page.status == 422 and page.find_all("p", class_="field-error")
    assert world.bolor.given_name == "Болор"


def test_an_address_changes_only_by_the_link_sent_to_it(pages: Pages, world: World) -> None:
    enter(pages, world.bolor)
    assert pages.post("/me/data/email", {"email": "New@Example.org"}).status == 303
    mail = last_mail("own_page_email")
    assert mail.recipient == "new@example.org" and world.bolor.email == "bolor@example.org"
    [link] = links_in(mail)
    assert "Confirm your new e-mail address" in pages.get(link).text
    assert world.bolor.email == "bolor@example.org", "looking confirms nothing"
    token = pages.token()
    assert [pages.post(link, token=token).status for _press in range(2)] == [303, 303]
    assert world.bolor.email == "new@example.org"
    assert last_mail("own_page_email_changed").recipient == "bolor@example.org"
    assert link_for(pages, "new@example.org")


def test_the_link_to_a_new_address_opens_no_page(pages: Pages, world: World) -> None:
    enter(pages, world.bolor)
    pages.post("/me/data/email", {"email": "new@example.org"})
    [link] = links_in(last_mail("own_page_email"))
    pages.post("/me/leave")
    pages.post(link)
    assert "Батын" not in pages.get("/me").text


@pytest.mark.parametrize("typed", ["", "nonsense"])
def test_a_new_address_that_is_none(pages: Pages, world: World, typed: str) -> None:
    enter(pages, world.bolor)
    page = pages.post("/me/data/email", {"email": typed})
    assert page.status == 422 and page.find_all("p", class_="field-error")
    assert page.value_of("given_name") == "Болор", "the other form is as it was"


def test_new_addresses_are_not_written_to_without_end(pages: Pages, world: World) -> None:
    enter(pages, world.bolor)
    answers = [pages.post("/me/data/email", {"email": f"n{number}@example.org"}).status for number in range(5)]
    assert answers == [303] * 4 + [429]
    assert len(db.session.scalars(select(Message).where(Message.kind == "own_page_email")).all()) == 4


def test_consents_are_given_and_taken_back_as_rows(pages: Pages, world: World) -> None:
    enter(pages, world.bolor)
    assert "Not agreed" in pages.get("/me/consents").text
    for answer in ("give", "give", "withdraw", "withdraw", "give"):
        assert pages.post("/me/consents", {"purpose": "photographs", "answer": answer}).status == 303
    rows = db.session.scalars(select(Consent).where(Consent.person_id == world.bolor.id).order_by(Consent.id)).all()
    assert [(row.purpose, row.is_given) for row in rows] == [
        (ConsentPurpose.PHOTOGRAPHS, given) for given in (True, False, True)
    ]
    assert {(row.channel, row.version, row.language) for row in rows} == {("own_page", "1", "en")}
    assert "on the own page" in pages.get("/me/consents").text


@pytest.mark.parametrize(
    "sent", [{}, {"purpose": "run_event", "answer": "withdraw"}, {"purpose": "x", "answer": "give"}]
)
def test_an_answer_to_no_question_is_refused(pages: Pages, world: World, sent: dict[str, str]) -> None:
    enter(pages, world.bolor)
    assert pages.post("/me/consents", sent).status == 422
    assert db.session.scalars(select(Consent)).all() == []


def test_the_page_of_one_registration_gives_no_way_to_the_rest(pages: Pages, world: World) -> None:
    registration = make.registration(world.event, world.bolor)
    db.session.commit()
    pages.get(address_of(registration))
    for path in ("/me/data", "/me/consents", "/me/erase"):
        assert pages.get(path).status == 401
    assert pages.post("/me/data/export").status == pages.post("/me/erase", {"understood": "y"}).status == 401
