"""The files that can be asked for, made by the worker on either database and opened: as many rows as were told."""

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import delete, select

from tests.applications import application
from tests.exporting.files import content_of
from tests.reporting.attending import attends
from tests.world import World
from trainreg.accounts.models import User
from trainreg.audit.models import AuditEntry
from trainreg.exporting import service
from trainreg.exporting.kinds import Wanted
from trainreg.exporting.making import make_next
from trainreg.exporting.models import Export
from trainreg.exporting.rules import ExportStatus, Problem
from trainreg.kernel.db import db
from trainreg.programme.models import Project
from trainreg.reporting.tables.offered import wanted_tables, wanted_tables_of
from trainreg.reporting.tables.schemas import TABLES
from trainreg.reporting.tables.scope import Scope
from trainreg.reporting.workbook.offered import wanted_people, wanted_people_of


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, World]]:
    with application(tmp_path_factory.mktemp("instance")) as app, app.app_context():
        world = World.create()
        world.bolor.given_name = "=1+1"
        attends(world.event, world.bolor)
        attends(world.event, world.tuya)
        attends(world.other_event, world.tuya)
        db.session.commit()
        yield app, world


@pytest.fixture
def world(house: tuple[Flask, World]) -> Iterator[World]:
    yield house[1]
    db.session.rollback()
    for model in (Export, AuditEntry):
        db.session.execute(delete(model))
    db.session.commit()


def made(wanted: Wanted, of: User, language: str = "en") -> Export:
    export = service.ask(wanted, language=language, by=of.actor())
    db.session.commit()
    assert make_next()
    return export


def names(export: Export, sheet: str = "Attendances") -> list[str]:
    book = load_workbook(BytesIO(content_of(export)))
    assert all(cell.data_type != "f" for row in book[sheet] for cell in row), "a name is never a formula"
    return [row[0].value for row in book[sheet].iter_rows(min_row=2)]


@pytest.mark.slow
def test_everybody_of_one_project_of_some_and_of_all(world: World) -> None:
    code, other = world.project.code, world.other_project.code
    file = made(wanted_people(world.project), world.organizer)
    assert names(file) == [code, code] and file.done == file.total == 2
    assert names(made(wanted_people_of([world.other_project.id]), world.other_organizer)) == [other]
    assert names(made(wanted_people_of(None), world.administrator)) == [code, code, other]


def test_in_the_language_it_was_asked_in(world: World) -> None:
    file = made(wanted_people(world.project), world.organizer, "mn")
    assert names(file, load_workbook(BytesIO(content_of(file))).sheetnames[0])
    assert "Attendances" not in load_workbook(BytesIO(content_of(file))).sheetnames


def test_fetching_stands_in_the_history_of_every_project(world: World) -> None:
    file = made(wanted_people_of(None), world.administrator)
    service.hand_out(file, by=world.administrator.actor())
    taken = select(AuditEntry.project_id).where(AuditEntry.action == "project.people_taken")
    assert set(db.session.scalars(taken)) == {world.project.id, world.other_project.id}


def test_tables_of_one_project(world: World) -> None:
    file = made(wanted_tables(Scope(world.project, True)), world.organizer)
    with ZipFile(BytesIO(content_of(file))) as packed:
        assert set(packed.namelist()) == {"datapackage.json", *(one.file_name for one in TABLES)}
        rows = sum(len(packed.read(name).splitlines()) - 1 for name in ("registrations.csv", "attendance.csv"))
    assert file.done == file.total == rows > 0


def test_tables_of_all_projects_each_in_its_folder(world: World) -> None:
    """Rows about individuals only for who may see names."""
    wanted = wanted_tables_of(world.administrator)  # type: ignore[arg-type]
    assert wanted.rows == 2
    file = made(wanted, world.administrator)
    with ZipFile(BytesIO(content_of(file))) as packed:
        folders = {name.partition("/")[0] for name in packed.namelist()}
        own = packed.read(f"{world.project.code}/registrations.csv")
    assert folders == {world.project.code, world.other_project.code} and len(own.splitlines()) == 3
    assert file.done == 2
    viewed = made(wanted_tables_of(world.viewer), world.viewer)  # type: ignore[arg-type]
    with ZipFile(BytesIO(content_of(viewed))) as packed:
        assert f"{world.project.code}/registrations.csv" not in packed.namelist()
        assert f"{world.project.code}/figures.csv" in packed.namelist()
    service.hand_out(viewed, by=world.viewer.actor())
    assert not db.session.scalars(select(AuditEntry).where(AuditEntry.action == "project.tables_taken")).all()


@pytest.mark.parametrize("what", ["people", "tables", "all tables"])
def test_a_project_that_is_gone_meanwhile(world: World, what: str) -> None:
    gone = Project(code="GONE", title={}, organisation={}, starts_on=world.project.starts_on)
    gone.created_at = world.project.created_at
    db.session.add(gone)
    db.session.commit()
    wanted = {"people": wanted_people, "tables": lambda one: wanted_tables(Scope(one, True))}
    scoped = Wanted(wanted_tables_of(world.administrator).kind, "x.zip", 1, {"projects": [gone.id], "named": []})  # type: ignore[arg-type]
    export = service.ask(
        scoped if what == "all tables" else wanted[what](gone), language="en", by=world.administrator.actor()
    )
    db.session.delete(gone)
    db.session.commit()
    make_next()
    assert (export.status, export.problem) == (ExportStatus.FAILED, Problem.SUBJECT_GONE)
