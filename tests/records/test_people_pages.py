"""The directory and a person's page: only for whoever's projects know the person, contacts only with a trace."""

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.pages import Pages
from tests.registration.statements import counted_statements
from tests.world import World
from trainreg.audit.models import AuditEntry
from trainreg.kernel.db import db
from trainreg.people.rules import Level
from trainreg.people.service import ensure_posting


@pytest.fixture
def known(world: World) -> World:
    """Bolor is known to the first project, Tuya to the other one."""
    make.registration(world.event, world.bolor, agency=world.ministry)
    make.registration(world.other_event, world.tuya, agency=world.border)
    ensure_posting(world.bolor, world.ministry, by=make.STAFF, position="Officer", level=Level.SENIOR)
    db.session.commit()
    return world


def actions() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def test_each_sees_whom_their_projects_know(pages: Pages, known: World) -> None:
    own = pages.sign_in(known.organizer).get("/desk/people")
    assert "Болор" in own.text and "Туяа" not in own.text
    everybody = pages.sign_in(known.administrator).get("/desk/people")
    assert "Болор" in everybody.text and "Туяа" in everybody.text


@pytest.mark.parametrize("text", ["Болор", "болор бат", "БОЛОР"])
def test_search_finds_by_name(pages: Pages, known: World, text: str) -> None:
    page = pages.sign_in(known.administrator).get(f"/desk/people?q={text}")
    assert "Болор" in page.text and "Туяа" not in page.text


def test_nobody_found_is_said(pages: Pages, known: World) -> None:
    assert "Nobody found" in pages.sign_in(known.administrator).get("/desk/people?q=zzz").text


def test_a_person_of_another_project_is_not_found(pages: Pages, known: World) -> None:
    pages.sign_in(known.organizer)
    address = f"/desk/people/{known.tuya.id}"
    assert pages.get(f"/desk/people/{known.bolor.id}").status == 200
    assert pages.get(address).status == pages.get(f"{address}/edit").status == 404
    assert pages.post(f"{address}/contacts").status == pages.post(f"{address}/edit").status == 404


@pytest.mark.parametrize("role", ["viewer", "focal_point"])
def test_who_may_not_see_names_sees_no_people(pages: Pages, known: World, role: str) -> None:
    assert pages.sign_in(getattr(known, role)).get("/desk/people").status == 403


def test_contacts_are_shown_on_asking_and_that_is_written_down(pages: Pages, known: World) -> None:
    pages.sign_in(known.organizer)
    address = f"/desk/people/{known.bolor.id}"
    assert "bolor@example.org" not in pages.get(address).html
    page = pages.post(f"{address}/contacts")
    assert page.status == 200 and "bolor@example.org" in page.text
    assert "person.contacts_seen" in actions()
    assert pages.sign_in(known.trainer).post(f"{address}/contacts").status == 403


def test_a_correction_needs_its_reason_and_stands_in_the_history(pages: Pages, known: World) -> None:
    pages.sign_in(known.organizer)
    address = f"/desk/people/{known.bolor.id}"
    form = pages.get(f"{address}/edit")
    typed = {name: form.value_of(name) or "" for name in ("given_name", "family_name", "sex", "clan_name")}
    refused = pages.post(f"{address}/edit", typed | {"given_name": "Болормаа"})
    assert refused.status == 422 and refused.value_of("given_name") == "Болормаа"
    done = pages.post(f"{address}/edit", typed | {"given_name": "Болормаа", "reason": "As in the passport"})
    assert done.status == 303 and known.bolor.given_name == "Болормаа"
    assert known.bolor.email == "bolor@example.org"
    assert "Corrected: As in the passport" in pages.get(address).text


def test_a_person_of_two_projects_is_corrected_by_neither_alone(pages: Pages, known: World) -> None:
    make.registration(known.other_event, known.bolor, agency=known.ministry)
    db.session.commit()
    assert pages.sign_in(known.organizer).get(f"/desk/people/{known.bolor.id}").status == 200
    assert pages.get(f"/desk/people/{known.bolor.id}/edit").status == 404
    assert pages.sign_in(known.administrator).get(f"/desk/people/{known.bolor.id}/edit").status == 200


@pytest.mark.parametrize("bad", [{"given_name": ""}, {"email": "no address"}, {"sex": "both"}, {"phone": "1" * 99}])
def test_bad_corrections_are_told(pages: Pages, known: World, bad: dict[str, str]) -> None:
    pages.sign_in(known.organizer)
    typed = {"given_name": "Болор", "family_name": "Батын", "sex": "female", "reason": "x"} | bad
    assert pages.post(f"/desk/people/{known.bolor.id}/edit", typed).status == 422
    db.session.rollback()
    assert known.bolor.given_name == "Болор"


def test_the_directory_costs_the_same_for_few_and_for_many(pages: Pages, known: World) -> None:
    pages.sign_in(known.administrator)
    costs = []
    for _round in range(2):
        with counted_statements() as statements:
            pages.get("/desk/people")
        costs.append(len(statements))
        for _number in range(40):
            make.registration(known.event, agency=known.ministry)
        db.session.commit()
    assert costs[0] == costs[1]
