"""The pages of prepared files: progress without and with JavaScript, fetching, refusals, whose file it is."""

from datetime import timedelta

import pytest
from sqlalchemy import or_, select

from tests.exporting.files import prepared_file
from tests.pages import Page, Pages
from tests.reporting.attending import attends
from tests.world import World
from trainreg.audit.models import AuditEntry
from trainreg.exporting.models import Export
from trainreg.exporting.rules import AT_A_TIME, BEGINS_WITHIN, ExportStatus, Problem
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission

S = ExportStatus
HTMX = {"HX-Request": "true"}


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch, world: World) -> World:
    """Two attended, and more than one row is long."""
    monkeypatch.setattr("trainreg.exporting.rules.AT_ONCE", 1)
    for person in (world.bolor, world.tuya):
        attends(world.event, person)
    db.session.commit()
    return world


def address(file: Export) -> str:
    return f"/desk/files/{file.id}"


def only() -> Export:
    return db.session.scalars(select(Export)).one()


def said() -> list[str]:
    """What the log says of files."""
    wanted = or_(*(AuditEntry.action.like(one) for one in ("account.export_%", "project.%_taken")))
    return sorted(db.session.scalars(select(AuditEntry.action).where(wanted)))


def test_a_short_list_comes_at_once(pages: Pages, world: World) -> None:
    attends(world.event, world.bolor)
    db.session.commit()
    pages.sign_in(world.organizer)
    assert "1 row. The file comes at once." in pages.get(f"/reports/{world.project.code}/people").text
    page = pages.post(f"/reports/{world.project.code}/people")
    assert page.status == 200 and page.response.get_data()[:2] == b"PK"
    assert db.session.scalars(select(Export)).all() == []


def test_a_long_one_leads_to_its_page(pages: Pages, few: World) -> None:
    pages.sign_in(few.organizer)
    page = pages.follow(pages.post(f"/reports/{few.project.code}/people"))
    file = only()
    assert "Waiting for its turn" in page.text and file.total == 2 and file.params == {"projects": [few.project.id]}
    assert 'http-equiv="refresh"' in page.html and page.find_all("div", role="status")
    assert said() == ["account.export_asked"], "it is not handed out yet"


@pytest.mark.parametrize("what", ["people", "tables"])
def test_all_projects_at_once_as_far_as_the_role_goes(pages: Pages, few: World, what: str) -> None:
    pages.sign_in(few.organizer)
    assert pages.get("/reports/files").status == 200
    assert pages.post(f"/reports/{what}").status == 303
    own = [few.project.id]
    assert only().params["projects"] == own and all(project == own[0] for _right, project in only().rights)
    db.session.delete(only())
    pages.sign_in(few.administrator).post(f"/reports/{what}")
    assert only().params["projects"] is None and {project for _right, project in only().rights} == {None}


def test_tables_of_a_viewer_hold_no_individuals(pages: Pages, few: World) -> None:
    pages.sign_in(few.viewer)
    assert "Everybody who attended" not in pages.get("/reports/files").text
    assert pages.post("/reports/people").status == 403
    pages.post("/reports/tables")
    assert only().params == {"projects": [few.project.id], "named": []}
    assert {right for right, _project in only().rights} == {Permission.VIEW_RESULTS.value}


def test_long_tables_of_one_project(pages: Pages, few: World) -> None:
    pages.sign_in(few.organizer)
    assert pages.post(f"/reports/{few.project.code}/tables").location.endswith(f"/desk/files/{only().id}")
    assert pages.sign_in(few.viewer).post(f"/reports/{few.project.code}/tables").location.endswith("tables.zip")


def test_progress_is_shown_and_told_aloud_in_steps(pages: Pages, world: World) -> None:
    file = prepared_file(world.organizer, status=S.PREPARING, done=345, total=1000)
    db.session.commit()
    pages.sign_in(world.organizer)
    page = pages.get(address(file), headers=HTMX)
    assert "345 / 1,000" in page.text and "30 per cent are done." in page.text
    assert pages.get(f"{address(file)}?said=20", headers=HTMX).status == 200
    assert pages.get(f"{address(file)}?said=30", headers=HTMX).status == 204
    file.status = S.READY
    db.session.commit()
    assert pages.get(f"{address(file)}?said=30", headers=HTMX).response.headers["HX-Refresh"] == "true"


def test_who_waits_in_vain_is_told(pages: Pages, world: World) -> None:
    file = prepared_file(world.organizer, status=S.WAITING, claim=None)
    db.session.commit()
    pages.sign_in(world.organizer)
    assert "Nobody has begun" not in pages.get(address(file)).text
    file.created_at = clock.now() - BEGINS_WITHIN * 2
    db.session.commit()
    assert "Nobody has begun" in pages.get(address(file)).text


def test_the_file_is_fetched_and_it_is_written_down(pages: Pages, world: World) -> None:
    file = prepared_file(world.organizer, b"PK content", params={"projects": [world.project.id]})
    db.session.commit()
    answer = pages.sign_in(world.organizer).post(f"{address(file)}/fetch").response
    assert answer.get_data() == b"PK content" and answer.content_length == 10
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Disposition"] == "attachment; filename=attendances-p.xlsx"
    assert said() == ["account.export_taken", "project.people_taken"]
    assert pages.get(f"{address(file)}/fetch").status == 405


def refused(pages: Pages, file: Export) -> Page:
    return pages.post(f"{address(file)}/fetch")


def test_nobody_else_finds_it(pages: Pages, world: World) -> None:
    file = prepared_file(world.organizer, b"PK names")
    db.session.commit()
    for other in (world.administrator, world.me_officer, world.focal_point):
        pages.sign_in(other)
        assert pages.get(address(file)).status == 404 and pages.get("/desk/files").status == 200
        assert file.file_name not in pages.get("/desk/files").html
        for do in ("fetch", "again", "throw-away"):
            assert pages.post(f"{address(file)}/{do}").status == 404
    assert only() is file


def test_a_right_withdrawn_closes_it(pages: Pages, world: World) -> None:
    file = prepared_file(world.organizer, rights=[[Permission.VIEW_NAMES.value, world.project.id]])
    world.organizer.grants.clear()
    db.session.commit()
    pages.sign_in(world.organizer)
    page = pages.get(address(file))
    assert "Your role no longer allows" in page.text and "Fetch the file" not in page.text
    assert refused(pages, file).status == 403 and said() == []


@pytest.mark.parametrize(("change", "status"), [("unready", 409), ("over", 410)])
def test_what_cannot_be_fetched(pages: Pages, world: World, change: str, status: int) -> None:
    file = prepared_file(world.organizer)
    if change == "unready":
        file.status = S.PREPARING
    else:
        file.expires_at = clock.now() - timedelta(seconds=1)
    db.session.commit()
    assert refused(pages.sign_in(world.organizer), file).status == status


@pytest.mark.parametrize("problem", list(Problem))
def test_what_failed_says_why_and_is_tried_again(pages: Pages, world: World, problem: Problem) -> None:
    file = prepared_file(world.organizer, status=S.FAILED, problem=problem, claim=None)
    db.session.commit()
    pages.sign_in(world.organizer)
    assert "There is no file" in pages.get(address(file)).text
    assert "Waiting for its turn" in pages.follow(pages.post(f"{address(file)}/again")).text
    assert pages.post(f"{address(file)}/again").status == 409


def test_it_is_thrown_away(pages: Pages, world: World) -> None:
    file = prepared_file(world.organizer)
    db.session.commit()
    page = pages.follow(pages.sign_in(world.organizer).post(f"{address(file)}/throw-away"))
    assert "No prepared files" in page.text and said() == ["account.export_thrown_away"]
    assert pages.get(address(file)).status == 404


def test_too_many_are_refused_with_a_sentence(pages: Pages, few: World) -> None:
    for _file in range(AT_A_TIME):
        prepared_file(few.organizer)
    db.session.commit()
    page = pages.sign_in(few.organizer).post(f"/reports/{few.project.code}/people")
    assert page.status == 429 and "Throw one away" in page.text


def test_a_kind_of_an_older_version_breaks_no_page(pages: Pages, world: World) -> None:
    file = prepared_file(world.organizer, kind="gone")
    db.session.commit()
    pages.sign_in(world.organizer)
    assert pages.get(address(file)).status == 200 and pages.get("/desk/files").status == 200
    assert refused(pages, file).status == 404
