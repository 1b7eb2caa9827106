"""A role holds where it was granted: ids of another project, alone or mixed into one address, open nothing."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests import factories as make
from tests.attacks.filled import addresses
from tests.attacks.house import House
from tests.attacks.test_roles import ADMITTED, ASKED, REFUSED
from tests.pages import Pages
from trainreg.attendance.models import Attendance
from trainreg.certificates.models import Certificate
from trainreg.events.models import EventAgency
from trainreg.events.rules import Audience
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Role
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationStatus

OF_A_PROJECT = (
    "slug",
    "code",
    "certificate_id",
    "run_id",
    "person_id",
    "pair_id",
    "letter_id",
    "announcement_id",
    "export_id",
)
SCOPED = ("organizer", "trainer", "me_officer", "viewer", "focal_point")


def is_of_project(app: Flask, endpoint: str) -> bool:
    return any(
        name in rule.arguments
        for rule in app.url_map.iter_rules()
        if rule.endpoint == endpoint
        for name in OF_A_PROJECT
    )


@pytest.mark.parametrize("role", SCOPED)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_another_project_is_closed(app: Flask, pages: Pages, house: House, role: str, method: str) -> None:
    """Where events are open to every agency, focal points come in: `test_agency_scopes.py` says how far."""
    other = house.other.registration
    other.event.audience = Audience.LISTED_AGENCIES
    other.event.agencies.append(EventAgency(agency_id=other.agency_id))
    db.session.commit()
    pages.sign_in(house.accounts[role])
    token = pages.token()
    for endpoint, address in addresses(app, method, house.values(house.other)):
        if endpoint in ADMITTED and is_of_project(app, endpoint):
            body = {"csrf_token": token, "format": "csv"} if method == "POST" else None
            answer = pages.client.open(address + ASKED.get(endpoint, ""), method=method, data=body, buffered=True)
            assert answer.status_code in REFUSED, f"{role} gets {answer.status_code} from {address}"
            assert not any(name in answer.get_data(as_text=True) for name in house.other.names)


def test_ids_of_two_projects_in_one_address(app: Flask, pages: Pages, house: House) -> None:
    """The first part of the address is allowed, the last part is another project's."""
    pages.sign_in(house.world.organizer)
    theirs, foreign = house.values(house.own), house.values(house.other)
    mixed = theirs | {name: foreign[name] for name in ("reference", "publication_id", "receipt")}
    last = {str(mixed[name]) for name in ("reference", "publication_id", "receipt")}
    tried: set[str] = set()
    for method in ("GET", "POST"):
        for endpoint, address in addresses(app, method, mixed):
            if endpoint.startswith(("registration.", "publications.")) and address.rpartition("/")[2] in last:
                page = pages.post(address) if method == "POST" else pages.get(address)
                assert page.status == 404, f"{method} {address}: {page.status}"
                tried.add(endpoint)
    assert {endpoint.partition(".")[0] for endpoint in tried} == {"registration", "publications"}


def test_a_role_of_one_account_is_not_taken_through_another(pages: Pages, house: House) -> None:
    pages.sign_in(house.world.administrator)
    user, foreign = house.world.trainer, house.world.organizer.grants[0]
    assert pages.post(f"/desk/users/{user.id}/roles/{foreign.id}/remove").status == 404


@pytest.mark.parametrize("where", ["registration", "session"])
@pytest.mark.parametrize("door", ["", "/cell"])
def test_marks_reach_no_other_event(pages: Pages, house: House, where: str, door: str) -> None:
    """A cell made of one's own event and another project's registration or session."""
    pages.sign_in(house.world.organizer)
    own, other = house.own.registration, house.other.registration
    registration = other if where == "registration" else own
    session = (other if where == "session" else own).event.sessions[0]
    before = db.session.scalar(select(func.count()).where(Attendance.state == "late"))
    page = pages.post(f"/desk/events/{own.event.slug}/attendance{door}", {f"m.{registration.id}.{session.id}.": "late"})
    assert page.status in {404, 409, 422}
    assert not any(name in page.html for name in house.other.names)
    assert db.session.scalar(select(func.count()).where(Attendance.state == "late")) == before


def test_everybody_present_reaches_no_other_session(pages: Pages, house: House) -> None:
    pages.sign_in(house.world.organizer)
    foreign = house.other.registration.event.sessions[0]
    address = f"/desk/events/{house.own.registration.event.slug}/attendance"
    assert pages.post(address, {"everybody": str(foreign.id)}).status == 404
    assert pages.get(f"{address}?session={foreign.id}").status == 404


def test_bulk_decisions_reach_no_other_event(pages: Pages, house: House) -> None:
    pages.sign_in(house.world.organizer)
    slug, foreign = house.own.registration.event.slug, house.other.registration
    pages.post(f"/desk/events/{slug}/registrations/decide", {"action": "decline", "registration": foreign.reference})
    db.session.expire_all()
    assert foreign.status is RegistrationStatus.CONFIRMED


def test_certificates_are_issued_for_no_other_event(pages: Pages, house: House) -> None:
    pages.sign_in(house.world.organizer)
    make.registration(house.other.registration.event, status=RegistrationStatus.CONFIRMED)
    db.session.commit()
    before = db.session.scalar(select(func.count()).select_from(Certificate))
    assert pages.post(f"/desk/events/{house.other.registration.event.slug}/certificates").status == 404
    assert db.session.scalar(select(func.count()).select_from(Certificate)) == before


def test_figures_of_another_project_stay_there(pages: Pages, house: House) -> None:
    pages.sign_in(house.world.me_officer)
    own, foreign = house.own.registration.event, house.other.registration.event
    page = pages.get(f"/reports/{own.project.code}/rows?event={foreign.slug}")
    assert page.status == 404 and not any(name in page.html for name in house.other.names)


def forge(session: Any, role: Role, **scope: int | None) -> Any:
    """A grant as no page makes it; None where the database itself refuses it."""
    user = make.user(None)
    with session.begin_nested() as savepoint:
        try:
            grown = make.RoleGrant(role=role, **scope)
            user.grants.append(grown)
            session.flush()
        except Exception:
            savepoint.rollback()
            return None
    return user


@pytest.mark.parametrize("role", [Role.ORGANIZER, Role.TRAINER, Role.ME_OFFICER, Role.VIEWER])
def test_a_role_for_an_agency_opens_no_project(
    app: Flask, pages: Pages, house: House, session: Any, role: Role
) -> None:
    """Such a grant is not offered; were it there, an agency's number must not pass for a project's."""
    user = forge(session, role, agency_id=house.world.ministry.id)
    if user is None:
        return
    db.session.commit()
    pages.sign_in(user)
    for endpoint, address in addresses(app, "GET", house.values(house.own)):
        if endpoint in ADMITTED and is_of_project(app, endpoint):
            assert pages.get(address).status in REFUSED, address
    for address in ("/desk/", "/desk/projects"):
        page = pages.get(address)
        assert house.world.project.code not in page.html and house.own.registration.event.slug not in page.html


def test_a_focal_point_without_an_agency_sees_nobody(pages: Pages, house: House) -> None:
    focal = house.world.focal_point
    pages.sign_in(focal)
    assert house.own.person.given_name in pages.get("/agency/").html  # of a department below their ministry
    assert house.other.person.given_name not in pages.get("/agency/").html
    focal.grants.clear()
    db.session.commit()
    assert pages.get("/agency/").status == 403


def test_a_focal_point_does_not_see_the_agency_above(pages: Pages, house: House) -> None:
    department = make.agency("Unit", parent_id=house.own.registration.agency_id)
    focal = make.user(Role.FOCAL_POINT, agency_id=department.id)
    db.session.commit()
    pages.sign_in(focal)
    page = pages.get("/agency/?page=1&agency_id=1&agency=ministry")
    assert page.status == 200 and house.own.person.given_name not in page.html


def test_nobody_grants_themselves_a_role(pages: Pages, house: House) -> None:
    for account in (house.world.organizer, house.world.focal_point, house.nobody):
        pages.sign_in(account)
        for body in ({"role": "administrator", "place": "everywhere"}, {"is_active": "y", "grants-0-role": "x"}):
            assert pages.post(f"/desk/users/{account.id}/roles", body).status == 403
        pages.post("/desk/me", {"name": "New Name", "language": "en", "role": "administrator", "email": "a@b.example"})
        db.session.refresh(account)
        assert account.name == "New Name" and account.email != "a@b.example"
        assert Role.ADMINISTRATOR not in {granted.role for granted in account.grants}


def test_an_event_is_not_moved_into_another_project(pages: Pages, house: House) -> None:
    pages.sign_in(house.world.organizer)
    event, other = house.own.registration.event, house.other.registration.event
    page = pages.get(f"/desk/events/{event.slug}/edit")
    names = {element.get("name") for element in [*page.find_all("input"), *page.find_all("select")]}
    body = {name: page.value_of(name) or "" for name in names if name}
    body |= {"project_id": str(other.project_id), "project": other.project.code, "slug": event.slug}
    body |= {"sessions-0-id": str(other.sessions[0].id)}
    before = (other.sessions[0].starts_at, other.sessions[0].event_id)
    page = pages.post(f"/desk/events/{event.slug}/edit", body)
    db.session.expire_all()
    assert page.status < 500 and event.project_id == house.world.project.id
    assert (other.sessions[0].starts_at, other.sessions[0].event_id) == before
    assert db.session.scalar(select(Registration.event_id).where(Registration.id == house.other.registration.id))
