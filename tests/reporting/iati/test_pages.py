"""The pages of a project's IATI file and of the check, and the same from the command line."""

from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask

from tests.iati.sample import SOUND
from tests.pages import Pages
from tests.reporting.iati.judging import assert_valid
from tests.reporting.iati.telling import set_for, trained
from tests.world import World
from trainreg.kernel.db import db


def test_the_page_says_what_is_missing_and_where_to_set_it(pages: Pages, world: World) -> None:
    path, form = f"/reports/{world.project.code}/iati", f"/desk/projects/{world.project.code}/iati"
    page = pages.sign_in(world.organizer).get(path)
    assert page.status == 200 and "The settings are missing" in page.text and f'href="{form}"' in page.html
    page = pages.sign_in(world.viewer).get(path)
    assert "Whoever edits the project can set them." in page.text and form not in page.html
    assert pages.get(f"{path}/dimensions.xml").status == 409


def test_both_files_can_be_fetched(pages: Pages, world: World) -> None:
    trained(world)
    pages.sign_in(world.viewer)
    page = pages.get(f"/reports/{world.project.code}/iati")
    assert page.text.count("Valid: schema, codelists, ruleset and our own rules find no error.") == 2
    for mode in ("dimensions", "indicators"):
        answer = pages.get(f"/reports/{world.project.code}/iati/{mode}.xml").response
        assert answer.status_code == 200 and answer.mimetype == "application/xml"
        assert f"filename=iati-{world.project.code}-{mode}.xml" in answer.headers["Content-Disposition"]
        assert_valid(answer.data)
    assert pages.get(f"/reports/{world.project.code}/iati/other.xml").status == 404


@pytest.mark.parametrize("language", ["en", "mn"])
def test_the_file_does_not_go_by_its_readers_language(pages: Pages, world: World, language: str) -> None:
    trained(world)
    address = f"/reports/{world.project.code}/iati/dimensions.xml?lang={language}"
    data = pages.sign_in(world.viewer).get(address).response.data
    assert b'<dimension name="sex" value="Female"/>' in data
    assert "Юуг тоолдог: Оролцоо".encode() in data and b"What is counted: Attendances." in data


def test_what_the_projects_record_lacks_is_said_with_the_place_to_mend_it(pages: Pages, world: World) -> None:
    set_for(world.project)
    world.project.country = "QQ"
    db.session.flush()
    page = pages.sign_in(world.organizer).get(f"/reports/{world.project.code}/iati")
    assert "The project has no indicators" in page.text and "The project has no budget" in page.text
    assert "“QQ” is not on the list Country" in page.text
    assert f'href="/desk/projects/{world.project.code}/edit"' in page.html


def test_any_file_can_be_checked(pages: Pages, world: World) -> None:
    pages.sign_in(world.viewer)
    assert pages.get("/reports/iati-check").status == 200

    def send(text: str, name: str = "a & <b>.xml") -> str:
        page = pages.post("/reports/iati-check", {"file": (BytesIO(text.encode()), name)})
        assert page.status == 200
        return page.text

    assert "a & <b>.xml is valid 1 activity checked." in send(SOUND)
    told = send(SOUND.replace('code="MN"', 'code="Q&lt;Q"'))
    assert "Advice: “Q<Q” is not on the list Country." in told and "Line 13" in told
    assert "is not valid" in send("<!DOCTYPE x><x/>")


def test_without_a_file_the_check_asks_for_one(pages: Pages, world: World) -> None:
    page = pages.sign_in(world.viewer).post("/reports/iati-check", {})
    assert page.status == 422 and "Choose the IATI file that you want to check." in page.text


def test_too_large_a_file_is_not_taken(pages: Pages, world: World) -> None:
    large = BytesIO(b"<" * (11 * 1024 * 1024))
    assert pages.sign_in(world.viewer).post("/reports/iati-check", {"file": (large, "a.xml")}).status == 413


def test_the_command_writes_a_valid_file_only(app: Flask, world: World, tmp_path: Path) -> None:
    out, run = tmp_path / "out.xml", app.test_cli_runner().invoke
    command = ["report", "iati", world.project.code, "--out", str(out)]
    missing = run(args=command)
    assert missing.exit_code == 1 and "settings of the IATI file are missing" in missing.stderr
    trained(world)
    told = run(args=[*command, "--mode", "indicators"])
    assert told.exit_code == 0, told.output
    assert_valid(out.read_bytes())
    assert run(args=["report", "iati-check", str(out)]).exit_code == 0
    out.unlink()
    world.project.country = "mn"
    world.project.budget_currency = "QQQ"
    db.session.commit()
    told = run(args=command)
    assert told.exit_code == 1 and not out.exists()
    assert "error: line" in told.stderr and "“QQQ” is not on the list Currency" in told.stderr
    assert run(args=["report", "iati", "NOWHERE", "-o", str(out)]).exit_code == 1


def test_the_check_of_a_broken_file_ends_with_its_sentences(app: Flask, world: World, tmp_path: Path) -> None:
    file = tmp_path / "broken.xml"
    file.write_text(SOUND.replace('percentage="60"', 'percentage="50"'))
    told = app.test_cli_runner().invoke(args=["report", "iati-check", str(file)])
    assert told.exit_code == 1 and "The percentages add up to 90, not to 100." in told.stderr
