"""A project is edited; what figures rest on stays."""

from typing import Any

import pytest

from tests import factories as make
from tests.pages import Pages
from tests.world import World
from trainreg.audit.queries import history_of
from trainreg.kernel.db import db
from trainreg.programme import refusals
from trainreg.programme.details import OutcomeDetails, ProjectDetails
from trainreg.programme.models import Project
from trainreg.programme.service import edit_project, ensure_unserved


def path_of(project: Project) -> str:
    return f"/desk/projects/{project.code}/edit"


def as_shown(pages: Pages, project: Project, **values: Any) -> dict[str, Any]:
    """What a browser would send when the page is saved as it stands, with these changes."""
    page = pages.get(path_of(project))
    assert page.status == 200
    names = {element.get("name") for tag in ("input", "textarea", "select") for element in page.find_all(tag)}
    kept = {name: page.value_of(name) for name in names if name and name not in {"csrf_token", "action", "partner_ids"}}
    ticked = [box.get("value") for box in page.find_all("input", name="partner_ids") if box.get("checked") is not None]
    sent: dict[str, Any] = {**kept, "partner_ids": ticked, **values}
    return {name: value for name, value in sent.items() if value is not None}


def test_saving_the_page_as_it_stands_changes_nothing(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    before = {"title": world.project.title, "timezone": world.project.timezone, "starts_on": world.project.starts_on}
    outcome_id = world.outcome.id
    assert pages.post(path_of(world.project), as_shown(pages, world.project)).status == 303
    db.session.expire_all()
    assert {name: getattr(world.project, name) for name in before} == before
    assert [outcome.id for outcome in world.project.outcomes] == [outcome_id]
    assert [one.name["en"] for one in world.project.signatories] == ["B. Director", "S. Minister"]


def test_an_organizer_edits_titles_partners_and_outcomes(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    changes = {
        "title_en": "A better title",
        "partner_ids": [str(world.border.id)],
        "outcomes-0-title_en": "In other words",
        "outcomes-1-number": "2",
        "outcomes-1-title_en": "One more",
    }
    assert pages.post(path_of(world.project), as_shown(pages, world.project, **changes)).status == 303
    db.session.expire_all()
    assert world.project.title["en"] == "A better title"
    assert [partner.agency for partner in world.project.partners] == [world.border]
    assert [(one.number, one.title["en"]) for one in world.project.outcomes] == [
        (1, "In other words"),
        (2, "One more"),
    ]
    sentences = [line.sentence for line in history_of(world.project)]
    assert sentences == [f"Project {world.project.code} edited", "Outcome 2 added"]


def test_outcomes_can_swap_their_numbers(world: World) -> None:
    second = make.outcome(world.project, 2, "Second")
    db.session.expire(world.project)
    swapped = [
        OutcomeDetails(id=world.outcome.id, number=2, title=world.outcome.title),
        OutcomeDetails(id=second.id, number=1, title=second.title),
    ]
    edit_project(world.project, details_of(world.project, outcomes=swapped), by=make.STAFF)
    db.session.commit()
    assert [outcome.id for outcome in world.project.outcomes] == [second.id, world.outcome.id]


def test_an_outcome_that_an_event_serves_cannot_be_taken_out(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    content = as_shown(pages, world.project, action="remove-outcome-0", title_en="Typed before")
    page = pages.post(path_of(world.project), content)
    assert page.status == 409
    assert "Outcome 1 cannot be removed: an event or a publication serves it." in page.text
    assert page.value_of("outcomes-0-title_en") == world.outcome.title["en"]
    assert page.value_of("title_en") == "Typed before"
    with pytest.raises(refusals.OutcomeServed):
        edit_project(world.project, details_of(world.project, outcomes=[]), by=make.STAFF)


def test_saving_without_a_served_outcome_brings_it_back(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    content = as_shown(pages, world.project)
    without = {name: value for name, value in content.items() if not name.startswith("outcomes-")}
    page = pages.post(path_of(world.project), without)
    assert page.status == 409
    assert page.value_of("outcomes-0-title_en") == world.outcome.title["en"]
    db.session.expire_all()
    assert [outcome.number for outcome in world.project.outcomes] == [1]


def test_an_outcome_that_nothing_serves_is_taken_out(pages: Pages, world: World) -> None:
    make.outcome(world.project, 2, "Nothing serves this")
    db.session.commit()
    db.session.expire(world.project)
    pages.sign_in(world.organizer)
    content = as_shown(pages, world.project)
    page = pages.post(path_of(world.project), content | {"action": "remove-outcome-1"})
    assert page.status == 200 and "Nothing is saved yet." in page.text
    assert len(world.project.outcomes) == 2
    without = {name: value for name, value in content.items() if not name.startswith("outcomes-1-")}
    assert pages.post(path_of(world.project), without).status == 303
    db.session.expire_all()
    assert [outcome.number for outcome in world.project.outcomes] == [1]


def test_asking_whether_an_outcome_is_served_changes_nothing(world: World) -> None:
    free = make.outcome(world.project, 2)
    ensure_unserved(free)
    with pytest.raises(refusals.OutcomeServed):
        ensure_unserved(world.outcome)
    db.session.commit()
    db.session.expire_all()
    assert [outcome.number for outcome in world.project.outcomes] == [1, 2]


@pytest.mark.parametrize("outcome_id", ["999999", "0", "-1", "one", "9" * 30])
def test_an_outcome_of_another_project_is_refused(pages: Pages, world: World, outcome_id: str) -> None:
    pages.sign_in(world.organizer)
    content = as_shown(pages, world.project, **{"outcomes-0-id": outcome_id})
    page = pages.post(path_of(world.project), content)
    assert page.status == 422
    assert "no longer part of the project" in page.text


def test_a_project_keeps_its_own_code_and_takes_no_other(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    content = as_shown(pages, world.project, code=world.other_project.code)
    page = pages.post(path_of(world.project), content)
    assert page.status == 409
    assert "Another project has this code." in page.text
    assert page.value_of("code") == world.other_project.code


def test_a_partner_that_is_no_longer_active_stays(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    pages.post(path_of(world.project), as_shown(pages, world.project, partner_ids=[str(world.border.id)]))
    world.border.is_active = False
    db.session.commit()
    assert pages.post(path_of(world.project), as_shown(pages, world.project)).status == 303
    db.session.expire_all()
    assert [partner.agency_id for partner in world.project.partners] == [world.border.id]


def test_editing_belongs_to_those_who_may(pages: Pages, world: World) -> None:
    path = path_of(world.project)
    assert pages.get(path).location.startswith("/login")
    assert pages.sign_in(world.other_organizer).get(path).status == 404
    assert pages.post(path, {"title_en": "Mine"}).status == 404
    assert pages.sign_in(world.viewer).get(path).status == 403
    assert pages.sign_in(world.administrator).get("/desk/projects/NOWHERE/edit").status == 404


def details_of(project: Project, **values: Any) -> ProjectDetails:
    kept = {
        "code": project.code,
        "title": project.title,
        "organisation": project.organisation,
        "starts_on": project.starts_on,
        "ends_on": project.ends_on,
    }
    return ProjectDetails(**kept | values)
