"""The pages of an import: send a file, say what its columns are, look at it, answer, write it."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from tests.imports.files import looked_at, send
from tests.kernel.sheets import as_csv, xlsx
from tests.pages import Page, Pages
from tests.world import World
from trainreg.audit.models import AuditEntry
from trainreg.imports.jobs import work_on_imports
from trainreg.imports.models import ImportRow, ImportRun
from trainreg.imports.rules import KEPT_FOR, ImportKind, RunStatus
from trainreg.kernel.db import db
from trainreg.kernel.sheets import read_sheet
from trainreg.registration.models import Registration

HEADING = ["Овог", "Нэр", "Байгууллага", "Тайлбар"]
ROWS = [HEADING, ["Ганболд", "Саран", "Ministry of Labour", "x"]]


def path(world: World, kind: str = "registrations") -> str:
    return f"/desk/events/{world.event.slug}/import/{kind}"


def sent(pages: Pages, world: World, rows: list[list[str]] = ROWS) -> Page:
    page = send(pages, path(world), as_csv(rows), standing="confirmed")
    assert page.status == 303, page.text
    return pages.follow(page)


def run_of() -> ImportRun:
    return db.session.scalars(select(ImportRun).order_by(ImportRun.id.desc())).first()  # type: ignore[return-value]


def count(world: World) -> int:
    return db.session.scalar(select(func.count()).where(Registration.event_id == world.event.id)) or 0


def test_from_the_list_of_an_event_to_its_registrations(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    assert path(world) in pages.get(f"/desk/events/{world.event.slug}/registrations").html
    page = sent(pages, world)
    assert page.value_of("column-0") == "family_name" and page.value_of("column-3") == ""
    here = page.find_all("form")[-2].get("action") or ""
    chosen = {f"column-{place}": page.value_of(f"column-{place}") or "" for place in range(4)}
    preview = pages.follow(pages.post(here, chosen))
    assert "1 new" in preview.text and "Ганболд Саран" in preview.text and count(world) == 0
    done = pages.follow(pages.post(f"/desk/imports/{run_of().id}/apply"))
    assert "Importing the same file again changes nothing" in done.text and count(world) == 1
    assert "File imported: 1 new" in done.text and "list.csv" in pages.get("/desk/imports").text


def test_what_a_heading_means_is_remembered(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    sent(pages, world)
    chosen = {"column-0": "family_name", "column-1": "given_name", "column-2": "agency", "column-3": "position"}
    pages.post(f"/desk/imports/{run_of().id}/columns", chosen)
    other = [["Тайлбар", "Нэр", "Байгууллага"], ["Дарга", "Наран", "Ministry of Labour"]]
    assert sent(pages, world, other).value_of("column-0") == "position"


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ({"column-0": "family_name"}, "No column is said to be: Agency"),
        ({"column-0": "given_name", "column-1": "given_name", "column-2": "agency"}, "Two columns"),
        ({"column-0": "password"}, "did not arrive whole"),
    ],
)
def test_columns_that_cannot_be(pages: Pages, world: World, chosen: dict[str, str], told: str) -> None:
    pages.sign_in(world.organizer)
    sent(pages, world)
    page = pages.post(f"/desk/imports/{run_of().id}/columns", chosen)
    assert page.status in {400, 422} and told in page.text


@pytest.mark.parametrize(
    ("content", "name", "told", "status"),
    [
        (b"%PDF-1.7", "list.xlsx", "not a spreadsheet", 422),
        (b"", "list.csv", "This file is empty", 422),
        (xlsx([["Name", "Sum"], ["Bat", "=1+1"]]), "list.xlsx", "Row 2, column B holds a formula", 422),
        (xlsx([["A", "B"], ["1", "2"]], merged="A1:B1"), "list.xlsx", "Row 1, column A: these cells are merged", 422),
        ("Нэр\nБат\n".encode() + "Болор\n".encode("cp1251"), "a.csv", "Row 3 is written in another encoding", 422),
    ],
)
def test_a_file_that_cannot_be_read_is_told_beside_the_field(
    pages: Pages, world: World, content: bytes, name: str, told: str, status: int
) -> None:
    pages.sign_in(world.organizer)
    page = send(pages, path(world), content, name, standing="requested")
    assert page.status == status and told in page.text and run_of() is None
    assert page.find_all("p", id="file-error") and page.value_of("standing") == "requested"


def test_no_file_and_far_too_large_a_file(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    page = pages.post(path(world), {"standing": "confirmed"})
    assert page.status == 422 and "Choose a file first" in page.text
    page = send(pages, path(world), b"x" * (13 * 1024 * 1024), standing="confirmed")
    assert page.status == 413 and "larger than this page accepts" in page.text


def test_a_question_is_answered_on_the_page(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    rows = [["Овог", "Нэр", "Байгууллага", "E-mail"], ["Батын", "Болор", "Border Protection", "other@example.org"]]
    sent(pages, world, rows)
    run = run_of()
    chosen = {"column-0": "family_name", "column-1": "given_name", "column-2": "agency", "column-3": "email"}
    page = pages.follow(pages.post(f"/desk/imports/{run.id}/columns", chosen))
    assert page.find_all("select", name="row-2") and "bolor@example.org" not in page.text
    assert pages.post(f"/desk/imports/{run.id}/apply").status == 409 and count(world) == 0
    page = pages.follow(pages.post(f"/desk/imports/{run.id}/answers", {"row-2": f"person:{world.bolor.id}"}))
    assert "Everything is written together" in page.text
    pages.post(f"/desk/imports/{run.id}/apply")
    found = db.session.scalars(select(Registration).where(Registration.event_id == world.event.id)).one()
    assert found.person_id == world.bolor.id


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_errors_come_as_a_spreadsheet_with_reasons(pages: Pages, world: World, form: str) -> None:
    pages.sign_in(world.organizer)
    run = looked_at(
        ImportKind.REGISTRATIONS,
        [HEADING, ["Ганболд", "Саран", "Nowhere", "=x"[1:]], ["Дорж", "Наран", "Ministry of Labour", ""]],
        event=world.event,
    )
    page = pages.post(f"/desk/imports/{run.id}/errors", {"format": form})
    assert page.status == 200 and "attachment" in page.response.headers["Content-Disposition"]
    sheet = read_sheet(page.response.get_data(), f"errors.{form}")
    assert sheet.header == (*HEADING, "Row", "Reason") and len(sheet.rows) == 1
    assert sheet.rows[0].cells[:3] == ("Ганболд", "Саран", "Nowhere") and "column C" in sheet.rows[0].cells[5]


def test_only_those_who_may_see_it(pages: Pages, world: World) -> None:
    event_run = looked_at(ImportKind.REGISTRATIONS, ROWS, event=world.event)
    people_run = looked_at(ImportKind.PEOPLE, ROWS)
    for account in (world.other_organizer, world.trainer, world.viewer, world.focal_point):
        other = Pages(pages.app).sign_in(account)
        for page in (f"/desk/imports/{event_run.id}", path(world), f"/desk/imports/{people_run.id}"):
            assert other.get(page).status in {403, 404}, page
        for action in ("columns", "answers", "apply", "errors", "delete", "columns-again"):
            assert other.post(f"/desk/imports/{event_run.id}/{action}").status in {403, 404}, action
        if account is world.other_organizer:
            assert "list.csv" not in other.get("/desk/imports").text
    organizer = Pages(pages.app).sign_in(world.organizer)
    assert organizer.get(f"/desk/imports/{people_run.id}").status == 404
    assert organizer.get("/desk/imports/new/people").status == 403
    administrator = Pages(pages.app).sign_in(world.administrator)
    assert administrator.get(f"/desk/imports/{people_run.id}").status == 200
    assert administrator.get("/desk/imports/new/people").status == 200
    assert administrator.get("/desk/imports/new/kings").status == 404


@pytest.mark.slow
def test_a_long_file_waits_for_the_worker_and_tells_how_far_it_is(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    world.event.capacity = None
    db.session.commit()
    letters = "абвгдежзик"
    names = ["".join(letters[int(digit)] for digit in f"{number:03}") for number in range(600)]
    rows = [HEADING, *([f"Ганболд{name}", f"Саран{name[::-1]}", "Ministry of Labour", ""] for name in names)]
    sent(pages, world, rows)
    run = run_of()
    chosen = {"column-0": "family_name", "column-1": "given_name", "column-2": "agency"}
    page = pages.follow(pages.post(f"/desk/imports/{run.id}/columns", chosen))
    assert "0 / 600" in page.text and 'http-equiv="refresh"' in page.html and "every 2s" in page.html
    assert pages.post(f"/desk/imports/{run.id}/delete").status == 409
    work_on_imports()
    assert pages.get(f"/desk/imports/{run.id}", headers={"HX-Request": "true"}).response.headers["HX-Refresh"] == "true"
    assert "600 new" in pages.get(f"/desk/imports/{run.id}").text
    page = pages.follow(pages.post(f"/desk/imports/{run.id}/apply"))
    assert "600 rows are being written" in page.text and count(world) == 0
    work_on_imports()
    assert run.status is RunStatus.APPLIED and count(world) == 600


def test_files_are_forgotten_after_thirty_days(pages: Pages, world: World) -> None:
    run = looked_at(ImportKind.REGISTRATIONS, ROWS, event=world.event)
    work_on_imports()
    assert db.session.scalar(select(func.count()).select_from(ImportRun)) == 1
    run.created_at -= KEPT_FOR + timedelta(hours=1)
    db.session.commit()
    work_on_imports()
    assert db.session.scalar(select(func.count()).select_from(ImportRun)) == 0
    assert db.session.scalar(select(func.count()).select_from(ImportRow)) == 0


def test_a_file_can_be_deleted_at_once(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    sent(pages, world)
    assert pages.post(f"/desk/imports/{run_of().id}/delete").status == 303
    assert run_of() is None


@pytest.mark.parametrize("language", ["en", "mn"])
@pytest.mark.parametrize("kind", ["people", "agencies", "registrations", "past_events"])
def test_a_template_is_recognised_when_it_comes_back(pages: Pages, world: World, kind: str, language: str) -> None:
    pages.sign_in(world.administrator)
    page = pages.get(f"/desk/imports/templates/{kind}?format=xlsx&lang={language}")
    content = page.response.get_data()
    sheet = load_workbook(BytesIO(content)).active
    assert sheet is not None and sheet.max_row == 2
    where = {"registrations": path(world), "past_events": f"/desk/projects/{world.project.code}/import-events"}
    answer = send(pages, where.get(kind, f"/desk/imports/new/{kind}"), content, "template.xlsx", standing="confirmed")
    assert answer.status == 303 and all(run_of().mapping)


def test_the_history_of_the_import_says_who_sent_it(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    sent(pages, world)
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.subject_type == "import_run")).all()
    assert [(entry.action, entry.actor_label) for entry in entries] == [("import.received", world.organizer.name)]
    assert not re.search("Саран|Ганболд", str([entry.facts for entry in entries]))
