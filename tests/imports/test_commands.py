"""`trainreg import` does what the pages do, and says so to people and programs."""

import json
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.kernel.sheets import as_csv
from tests.world import World
from trainreg.imports.commands import imports
from trainreg.kernel.db import db
from trainreg.people.models import Person
from trainreg.registration.models import Registration

HEADING = ["Family name", "Given name", "Agency"]


@pytest.fixture
def file(tmp_path: Path, world: World) -> Path:
    path = tmp_path / "list.csv"
    path.write_bytes(as_csv([HEADING, ["Сүхбаатарын", "Оюунчимэг", world.border.code]]))
    return path


def run(app: Flask, *arguments: object) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(imports, [str(one) for one in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_registrations_are_written_once(app: Flask, world: World, file: Path) -> None:
    before = count(Person)
    code, told = run(app, "registrations", file, "--event", world.event.slug, "--dry-run")
    assert code == 0 and "1 new" in told and "Nothing was written" in told and count(Person) == before
    code, told = run(app, "registrations", file, "--event", world.event.slug)
    assert code == 0 and "Written." in told
    assert (count(Registration), count(Person)) == (1, before + 1)
    code, told = run(app, "registrations", file, "--event", world.event.slug, "--json")
    assert code == 0 and json.loads(told) | {"applied": False, "unchanged": 1, "new": 0} == json.loads(told)


def test_rows_in_the_way_are_told_and_nothing_is_written(app: Flask, world: World, file: Path) -> None:
    file.write_bytes(as_csv([HEADING, ["A", "Bold", world.border.code], ["B", "Saran", "nowhere"]]))
    before = count(Person)
    code, told = run(app, "people", file)
    assert code == 1 and "row 3 (error): Row 3, column C" in told and count(Person) == before
    code, told = run(app, "people", file, "--json")
    answer = json.loads(told)
    assert code == 1 and answer["error"] == 1 and answer["rows"][0]["row"] == 3 and not answer["applied"]


def test_people_agencies_and_attendance(app: Flask, world: World, file: Path) -> None:
    assert run(app, "people", file)[0] == 0 and count(Person) == 3
    file.write_bytes(as_csv([["Code", "Name in English"], ["north", "Office of the North"]]))
    assert run(app, "agencies", file)[0] == 0
    file.write_bytes(as_csv([["Reference", "Session 1"], ["NO-SUCH", "present"]]))
    assert run(app, "attendance", file, "--event", world.event.slug)[0] == 1


def test_what_cannot_be_done_is_a_sentence(app: Flask, world: World, file: Path) -> None:
    for arguments, told in (
        (("registrations", file, "--event", "nothing"), "There is no event"),
        (("past-events", file, "--project", "nothing"), "There is no project"),
        (("past-events", file, "--project", world.project.code), "No column is said to be"),
    ):
        code, output = run(app, *arguments)
        assert code == 1 and told in output and "Traceback" not in output
    file.write_bytes(b"%PDF-1.7")
    code, output = run(app, "people", file)
    assert code == 1 and "not a spreadsheet" in output
    assert run(app, "people", file.parent / "none.csv")[0] == 2
