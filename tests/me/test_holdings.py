"""What is held about a person: nothing is forgotten in the export, and nothing survives the erasure."""

import json
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests import factories as make
from tests.certificates.samples import TRAINER
from tests.filled import fill_every_table
from tests.me.visiting import address_of, enter
from tests.pages import Pages
from tests.world import World
from trainreg.certificates.facts import canonical_json
from trainreg.certificates.models import Certificate
from trainreg.kernel.actor import OFFICIAL
from trainreg.kernel.db import Base, db
from trainreg.me.erasure import erase
from trainreg.me.export import FORMAT
from trainreg.me.holdings import HOLDINGS, records_of, rows_of, tables_in_reach, texts_of
from trainreg.me.models import OwnPageLink, Visit
from trainreg.outbox.models import Message, MessageStatus
from trainreg.people.models import Consent
from trainreg.people.service import PersonDetails, find_known
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationStatus

S = RegistrationStatus
SECRETS = ("Болор", "bolor@example.org", "99112233", "Нууц", "Bolor")


def held(person_id: int) -> dict[str, list[Any]]:
    """Every row of everything that is the person's."""
    records = records_of(person_id)
    return {
        table.name: [dict(row) for row in db.session.execute(select(table).where(rows_of(table, records))).mappings()]
        for table in tables_in_reach()
    }


def test_every_table_that_refers_to_a_person_is_declared() -> None:
    assert {table.name for table in tables_in_reach()} == set(HOLDINGS), "say in me/holdings.py what it holds"
    sections = [holding.section for holding in HOLDINGS.values() if holding.section]
    assert len(set(sections)) == len(sections)


def test_every_text_of_those_tables_is_declared_personal_or_not() -> None:
    undeclared = [
        f"{table.name}.{column}"
        for table in tables_in_reach()
        for column in texts_of(table)
        if not HOLDINGS[table.name].dropped and column not in {*HOLDINGS[table.name].erased, *HOLDINGS[table.name].kept}
    ]
    assert undeclared == []


def test_every_declared_column_exists() -> None:
    for name, holding in HOLDINGS.items():
        columns = set(Base.metadata.tables[name].columns.keys())
        assert {*holding.erased, *holding.kept, *holding.unsaid} <= columns, name
        assert not set(holding.erased) & holding.kept, name


@pytest.fixture
def world(session: Session) -> World:
    """Every table filled; what is personal of Bolor says so."""
    world = fill_every_table()
    bolor = world.bolor
    bolor.phone, bolor.given_name_latin, bolor.certificate_name = "99112233", "Bolor", {"mn": "Батын Болор"}
    registration = db.session.scalars(select(Registration)).one()
    registration.email, registration.position = "bolor@example.org", "Нууц албаны дарга"
    registration.moves[0].reason = "Нууц"
    db.session.scalars(select(Certificate)).one().facts = canonical_json(TRAINER)
    for message in db.session.scalars(select(Message)):
        message.recipient, message.recipient_name, message.text = "bolor@example.org", "Батын Болор", "Эрхэм Болор"
    db.session.commit()
    return world


def test_the_export_holds_every_row_that_is_held(pages: Pages, world: World) -> None:
    enter(pages, world.bolor)
    answer = pages.post("/me/data/export").response
    assert answer.mimetype == "application/json" and "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    document = json.loads(answer.get_data())
    assert document["format"] == FORMAT
    for name, rows in held(world.bolor.id).items():
        if HOLDINGS[name].section:
            assert len(document[HOLDINGS[name].section]) == len(rows) > 0, name
    [person], [registration] = document["records"], document["registrations"]
    assert (person["given_name"], person["email"], person["phone"]) == ("Болор", "bolor@example.org", "99112233")
    assert registration["event"] == world.event.slug and registration["position"] == "Нууц албаны дарга"
    assert (
        document["moves"][0]["registration"] == document["attendance"][0]["registration"] == registration["reference"]
    )
    assert document["certificates"][0]["register_number"] == "P/0001" and document["certificates"][0]["facts"]["format"]
    whole = json.dumps(document)
    assert "token_hash" not in whole and "Test Staff" not in whole, "no secret of ours, nobody else's name"


def test_the_export_tells_no_right_answer_of_a_running_test(pages: Pages, world: World) -> None:
    enter(pages, world.bolor)
    document = json.loads(pages.post("/me/data/export").response.get_data())
    assert document["test_answers"] and not any("points" in answer for answer in document["test_answers"])


def test_the_export_holds_nothing_of_anybody_else(pages: Pages, world: World) -> None:
    make.registration(world.event, world.tuya, email="tuya@example.org")
    db.session.commit()
    enter(pages, world.bolor)
    assert "tuya@example.org" not in pages.post("/me/data/export").html


def test_erasing_leaves_nothing_that_says_who_it_was(pages: Pages, world: World) -> None:
    person_id, before = world.bolor.id, held(world.bolor.id)
    assert all(secret in str(before) for secret in SECRETS), "the rows say it before"
    enter(pages, world.bolor)
    assert pages.post("/me/erase", {}).status == 422 and world.bolor.erased_at is None
    assert "cannot be undone" in pages.get("/me/erase").text
    assert pages.follow(pages.post("/me/erase", {"understood": "y"})).status == 200
    after = held(person_id)
    assert not any(secret in str(after) for secret in SECRETS), after
    for name, rows in before.items():
        assert len(after[name]) == (0 if HOLDINGS[name].dropped else len(after[name])), name
        assert HOLDINGS[name].dropped or len(after[name]) >= len(rows), f"{name}: counts stay"
    assert world.bolor.name == "(erased)"
    everything = [db.session.execute(select(table)).all() for table in Base.metadata.sorted_tables]
    assert not any(secret in str(everything) for secret in ("bolor@example.org", "99112233", "Нууц"))


def test_what_reports_count_and_certificates_say_stays(world: World) -> None:
    registration = db.session.scalars(select(Registration)).one()
    certificate = db.session.scalars(select(Certificate)).one()
    kept = (registration.sex, registration.level, registration.agency_id, registration.role)
    said = (certificate.facts, certificate.facts_sha256, certificate.code)
    erase(world.bolor, by=OFFICIAL)
    assert (registration.sex, registration.level, registration.agency_id, registration.role) == kept
    assert (certificate.facts, certificate.facts_sha256, certificate.code) == said


def test_a_record_that_was_merged_into_the_erased_one_is_erased_too(world: World) -> None:
    merged = make.person("Болор-Эрдэнэ", email="bolor@example.org", merged_into_id=world.bolor.id)
    earlier = make.person("Болор", merged_into_id=merged.id)
    erase(world.bolor, by=OFFICIAL)
    for record in (merged, earlier):
        assert record.given_name == "–" and record.email is None and record.erased_at is not None


def test_what_is_to_come_is_cancelled_first_and_the_place_moves_on(world: World) -> None:
    own = db.session.scalars(select(Registration)).one()
    make.registration(world.event)
    waiting = make.registration(world.event, world.tuya, S.WAITLISTED)
    erase(world.bolor, by=OFFICIAL)
    assert own.status is S.CANCELLED and waiting.status is S.CONFIRMED
    answers = db.session.scalars(select(Consent).order_by(Consent.id.desc())).all()
    assert [answer.is_given for answer in answers] == [False, True]


def test_nothing_is_sent_and_nobody_is_let_in_afterwards(pages: Pages, world: World) -> None:
    registration = db.session.scalars(select(Registration)).one()
    address = address_of(registration)
    enter(pages, world.bolor)
    cookie = pages.client.get_cookie("me")
    pages.post("/me/erase", {"understood": "y"})
    assert cookie is not None
    pages.client.set_cookie("me", cookie.value)
    assert pages.get("/me/data").status == 401 and pages.get(address).status == 410
    for model in (OwnPageLink, Visit):
        assert db.session.scalar(select(func.count()).select_from(model)) == 0
    waiting = select(func.count()).where(Message.status == MessageStatus.WAITING)
    assert db.session.scalar(waiting) == 0


def test_an_erased_person_is_never_matched_again(world: World) -> None:
    details = PersonDetails(given_name="Болор", family_name="Батын", email="bolor@example.org")
    assert find_known(details, world.ministry) is world.bolor
    erase(world.bolor, by=OFFICIAL)
    assert find_known(details, world.ministry) is None


def test_the_desk_still_lists_the_registration(pages: Pages, world: World) -> None:
    reference = db.session.scalars(select(Registration.reference)).one()
    erase(world.bolor, by=OFFICIAL)
    db.session.commit()
    pages.sign_in(world.organizer)
    page = pages.get(f"/desk/events/{world.event.slug}/registrations")
    assert page.status == 200 and reference in page.html and "Болор" not in page.html
    page = pages.get(f"/desk/events/{world.event.slug}/registrations/{reference}")
    assert page.status == 200 and "(erased)" in page.text
