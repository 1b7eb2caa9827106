"""No statement of a page of results reads a table as a whole: what other projects hold costs a project nothing."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, text

from tests import factories as make
from tests.applications import application
from tests.pages import Pages
from trainreg.framework import handing_in
from trainreg.framework.queries import get_period, list_indicators
from trainreg.kernel.db import Base, db
from trainreg.kernel.permissions import Role
from trainreg.operations.crowd import Crowd
from trainreg.programme.queries import get_project
from trainreg.reporting.counting.freezing import freeze
from trainreg.reporting.counting.reading import facts_of

PAGES = (
    "/desk/projects/SEED-0001",
    "/reports/SEED-0001/outcomes/1",
    "/reports/SEED-0001/rows?measure=persons&sex=female&province=MN-1",
    "/reports/SEED-0001/rows?until=2024-12-31",
    "/reports/SEED-0001/trainers",
    "/reports/SEED-0001/results",
    "/reports/SEED-0001/results/1.a",
    "/reports/SEED-0001/results/1.b/rows?period=2024-Q2",
    "/reports/SEED-0001/results/1.b/rows?period=2024-Q1&handed_in=1",
    "/reports/SEED-0001/periods/2024-Q1",
)
FEW = {"agency"}  # as many as there are ministries, whatever happens


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Two projects with two thousand registrations each, a period handed in; on SQLite, whatever other tests run on."""
    folder: Path = tmp_path_factory.mktemp("seeded")
    with application(folder, {"TRAINREG_DATABASE_URL": f"sqlite:///{folder / 'seeded.sqlite'}"}) as app:
        with app.app_context():
            Crowd(4000, lambda _line: None).build()
            project = get_project("SEED-0001")
            period = get_period(project.id, "2024-Q1")
            handing_in.hand_in(period, freeze(period, list_indicators(project.id), facts_of(project)), by=make.STAFF)
            db.session.commit()
        yield app


def statements_of(pages: Pages, address: str) -> list[tuple[str, Any]]:
    seen: list[tuple[str, Any]] = []
    listening = (db.engine, "before_cursor_execute", lambda *about: seen.append((about[2], about[3])))
    event.listen(*listening)
    try:
        assert pages.get(address).status == 200
    finally:
        event.remove(*listening)
    return [one for one in seen if one[0].startswith(("SELECT", "WITH"))]


def scanned(statement: str, parameters: Any) -> set[str]:
    """The tables that SQLite would read from end to end, by index or without."""
    plan = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    found = {match[1] for row in plan if (match := re.match(r"SCAN (\w+)", row[3]))}
    return {name for name in Base.metadata.tables if name in {re.sub(r"_\d+$", "", one) for one in found}} - FEW


def describe_tables(*, analysed: bool) -> None:
    """What SQLite knows of the tables: nothing, or that there are a thousand times as many rows as here."""
    db.session.execute(text("ANALYZE"))
    for table, index, stat in db.session.execute(text("SELECT tbl, idx, stat FROM sqlite_stat1")).all():
        rows, *others = stat.split()
        told = {"stat": " ".join([str(int(rows) * 1000), *others]), "tbl": table, "idx": index}
        db.session.execute(text("UPDATE sqlite_stat1 SET stat = :stat WHERE tbl = :tbl AND idx IS :idx"), told)
    if not analysed:
        db.session.execute(text("DELETE FROM sqlite_stat1"))
    db.session.commit()
    db.engine.dispose()  # it is read when a connection opens


@pytest.mark.slow
@pytest.mark.parametrize("is_analysed", [False, True])
@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.VIEWER])
def test_no_table_is_read_as_a_whole(seeded: Flask, role: Role, is_analysed: bool) -> None:
    with seeded.app_context():
        somebody = make.user(role)
        db.session.commit()
        describe_tables(analysed=is_analysed)
        pages = Pages(seeded).sign_in(somebody)
        may_see_rows = role is Role.ADMINISTRATOR
        asked = [address for address in PAGES if may_see_rows or "/results/1.b/rows" not in address]
        statements = {address: statements_of(pages, address) for address in asked}
        assert all(len(found) > 5 for found in statements.values())
        whole = {
            (address, statement): tables
            for address, found in statements.items()
            for statement, parameters in found
            if (tables := scanned(statement, parameters))
        }
        assert not whole
