"""Who may fetch which workbook, and what is written down about it."""

from pathlib import Path

import pytest
from flask import Flask

from tests.pages import Pages
from tests.reporting.workbook.opened import fetched, opened, rows, texts
from tests.world import World
from trainreg.audit.models import AuditEntry
from trainreg.kernel.db import db

NAMES = {"language": "en", "period": "", "contents": "names"}
DONOR = {"language": "fr", "period": "2026-H1", "contents": "donor"}


def _taken() -> list[str]:
    return [one.action for one in db.session.query(AuditEntry).order_by(AuditEntry.id) if "_taken" in one.action]


def test_the_page_says_what_is_in_it(pages: Pages, reported: World) -> None:
    page = pages.sign_in(reported.viewer).get(f"/reports/{reported.project.code}/workbook")
    assert "Breakdowns" in page.text and "Français" in page.text
    assert "list of names of those who attended" not in page.text and "Fetch the list" not in page.text


def test_a_viewer_gets_the_donors(pages: Pages, reported: World) -> None:
    page = pages.sign_in(reported.viewer).post(f"/reports/{reported.project.code}/workbook", DONOR)
    book = fetched(page)
    assert book.sheetnames[0] == "Vue d'ensemble" and "Noms" not in book.sheetnames
    assert "Ганбатын" not in texts(book)
    assert page.response.headers["Cache-Control"] == "private, no-store"
    assert "-2026-h1-fr.xlsx" in page.response.headers["Content-Disposition"]
    assert _taken() == ["project.workbook_taken"]


@pytest.mark.parametrize("contents", ["names", "figures"])
def test_a_viewer_gets_no_more_by_asking(pages: Pages, reported: World, contents: str) -> None:
    page = pages.sign_in(reported.viewer).post(
        f"/reports/{reported.project.code}/workbook", NAMES | {"contents": contents}
    )
    assert page.status == 422 and _taken() == []


def test_names_go_to_who_may_see_them_and_it_is_written_down(pages: Pages, reported: World) -> None:
    book = fetched(pages.sign_in(reported.organizer).post(f"/reports/{reported.project.code}/workbook", NAMES))
    assert len(rows(book, "Names")) == 15
    assert _taken() == ["project.workbook_with_names_taken"]


def test_everybody_who_attended_as_one_list(pages: Pages, reported: World) -> None:
    book = fetched(pages.sign_in(reported.organizer).post(f"/reports/{reported.project.code}/people"))
    assert len(rows(book, "Attendances")) == 15 and _taken() == ["project.people_taken"]
    assert pages.sign_in(reported.viewer).post(f"/reports/{reported.project.code}/people").status in {403, 404}


def test_others_do_not_come_in(pages: Pages, reported: World) -> None:
    address = f"/reports/{reported.project.code}/workbook"
    assert pages.get(address).status == 303 or pages.get(address).status == 302
    for account in (reported.other_organizer, reported.focal_point, reported.trainer):
        pages.sign_in(account)
        assert pages.get(address).status in {403, 404}
        assert pages.post(address, NAMES).status in {403, 404}
    assert _taken() == []


def test_what_is_no_choice_is_refused(pages: Pages, reported: World) -> None:
    pages.sign_in(reported.organizer)
    for wrong in ({"language": "de"}, {"period": "1999"}, {"contents": "everything"}):
        assert pages.post(f"/reports/{reported.project.code}/workbook", NAMES | wrong).status == 422


def test_from_the_command_line(app: Flask, reported: World, tmp_path: Path) -> None:
    out, run = tmp_path / "w.xlsx", app.test_cli_runner().invoke
    code = reported.project.code
    result = run(args=["report", "workbook", code, "--language", "es", "--out", str(out)])
    assert result.exit_code == 0, result.output
    book = opened(out.read_bytes())
    assert book.sheetnames[2] == "Indicadores" and "Nombres" not in book.sheetnames
    result = run(args=["report", "workbook", code, "--names", "-o", str(out)])
    assert len(rows(opened(out.read_bytes()), "Names")) == 15
    result = run(args=["report", "attendances", code, "-o", str(out)])
    assert len(rows(opened(out.read_bytes()), "Attendances")) == 15 and "15 rows" in result.output
    taken = ["project.workbook_taken", "project.workbook_with_names_taken", "project.people_taken"]
    assert _taken() == taken
    for wrong in (["workbook", "NOWHERE"], ["attendances", "NOWHERE"], ["workbook", code, "--period", "1999"]):
        result = run(args=["report", *wrong, "-o", str(out)])
        assert result.exit_code == 1 and "Error: " in result.stderr
    result = run(args=["report", "workbook", code, "-o", str(tmp_path / "no" / "w.xlsx")])
    assert result.exit_code == 1 and "cannot be written" in result.stderr
