"""No statement of the report of all projects walks through all registrations or marks, whatever it is asked."""

import re
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests import factories as make
from tests.pages import Pages
from tests.reporting.attending import attends
from tests.world import World
from trainreg.kernel.db import db

LONG = ("attendance", "registration", "certificate", "counted_visit", "person")
ASKED = (
    "",
    "?year=2026",
    "?first=2026-01-13&last=2026-12-04",
    "?kind=seminar&sort=officials",
    "?agency={agency}",
    "?country=MN&stage=running&agency={agency}&first=2026-01-13",
)


@pytest.fixture
def plans(session: Session) -> list[tuple[str, str]]:
    """Each statement that is sent from now on, with every line of its plan."""
    seen: list[tuple[str, str]] = []
    connection = session.connection()

    def explain(_connection: Any, cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if many or not re.match(r"\s*(SELECT|WITH)\b", statement):
            return
        asking = cursor.connection.cursor()
        asking.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        seen.extend((statement, row[3]) for row in asking.fetchall())
        asking.close()

    if connection.dialect.name == "sqlite":
        event.listen(connection, "before_cursor_execute", explain)
    return seen


@pytest.mark.parametrize("asked", ASKED)
def test_nothing_long_is_walked_through(pages: Pages, world: World, plans: list[tuple[str, str]], asked: str) -> None:
    attends(world.event, world.bolor, agency=world.ministry)
    make.unnamed(world.event.sessions[0], 4)
    db.session.commit()
    pages.sign_in(world.administrator)
    plans.clear()
    page = pages.get("/reports" + asked.format(agency=world.ministry.code))
    assert page.status == 200 or "year" in asked
    walked = [(line, statement) for statement, line in plans if re.match(rf"SCAN (?:{'|'.join(LONG)})\b", line)]
    assert walked == []


def test_a_statement_that_does_walk_is_seen(world: World, plans: list[tuple[str, str]], session: Session) -> None:
    if session.connection().dialect.name != "sqlite":
        return
    db.session.execute(db.text("SELECT count(*) FROM attendance WHERE state = 'present'"))
    assert any(line.startswith("SCAN attendance") for _statement, line in plans)
