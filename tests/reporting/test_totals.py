"""The totals that are kept never drift from what counting anew gives, whatever happened and however it was written."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, func, insert, select, text, update
from sqlalchemy.orm import Session

from tests import factories as make
from tests.pages import Pages
from tests.reporting.attending import attends
from tests.reporting.chance import worlds
from tests.reporting.stories import Story, actions
from tests.world import World
from trainreg.attendance.models import Attendance
from trainreg.attendance.rules import AttendanceState, Source
from trainreg.certificates.models import Certificate
from trainreg.certificates.rules import CertificateKind, CertificateState
from trainreg.events.models import Session as Block
from trainreg.events.rules import SessionStatus
from trainreg.kernel.db import db, table_of
from trainreg.registration.models import Registration
from trainreg.reporting.figures import figures_of
from trainreg.totals.models import EVERYWHERE, CountedMonth, CountedVisit, Tally, TallyDue
from trainreg.totals.service import rebuild

SHARED = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]}


def certified(registration: Registration) -> None:
    told = {"register_number": "T/1", "code": "totals", "design": "formal-1", "facts": "{}", "facts_sha256": "2" * 64}
    about = {"registration_id": registration.id, "kind": CertificateKind.ATTENDANCE, "edition": 1}
    db.session.add(Certificate(**about, **told, state=CertificateState.ISSUED, issued_at=make.NOW))


def kept() -> set[tuple[Any, ...]]:
    """The totals that say anything, and the rows they were made from."""
    cells = db.session.execute(select(*Tally.__table__.columns)).all()
    visits = db.session.execute(select(*CountedVisit.__table__.columns)).all()
    months = db.session.execute(select(*CountedMonth.__table__.columns)).all()
    found = {("cell", *row) for row in cells if any(row[5:])}
    return found | {("visit", *row) for row in visits} | {("month", *row) for row in months}


def assert_in_step() -> None:
    assert db.session.scalars(select(TallyDue.registration_id)).all() == []
    before = kept()
    rebuild(db.session())
    assert kept() == before


@pytest.mark.slow
@given(told=worlds, happened=st.lists(actions, min_size=1, max_size=5))
@settings(max_examples=10, **SHARED)
def test_they_never_drift(session: Session, told: Any, happened: Any) -> None:
    live(told, happened)


@pytest.mark.slow
@given(told=worlds, happened=st.lists(actions, min_size=1, max_size=8))
@settings(max_examples=120, **SHARED)
def test_they_never_drift_over_many_worlds(session: Session, told: Any, happened: Any) -> None:
    live(told, happened)


def live(told: Any, happened: Any) -> None:
    story = Story.of(told)
    db.session.commit()
    for action in happened:
        story.act(action)
        db.session.commit()
        assert_in_step()


def test_statements_that_go_past_the_session_are_noticed(world: World) -> None:
    attends(world.event, world.bolor, agency=world.ministry)
    db.session.commit()
    assert db.session.scalar(select(Tally.attendances).where(Tally.project_id == EVERYWHERE)) == 1
    db.session.execute(update(Block).values(status=SessionStatus.CANCELLED))
    db.session.commit()
    assert_in_step()
    assert {row[:1] for row in kept()} == set()
    db.session.execute(text("UPDATE session SET status = 'planned'"))
    db.session.commit()
    assert_in_step()
    assert len(kept()) > 0
    registration = make.registration(world.event, world.tuya)
    told = {"state": AttendanceState.PRESENT, "source": Source.DESK, "marked_at": make.NOW}
    row = told | {"registration_id": registration.id, "session_id": world.event.sessions[0].id}
    db.session.commit()
    db.session.execute(insert(table_of(Attendance)), [row])
    db.session.commit()
    assert db.session.scalar(select(func.sum(Tally.attendances)).where(Tally.project_id == EVERYWHERE)) == 2
    db.session.connection().exec_driver_sql("DELETE FROM attendance")
    db.session.commit()
    assert_in_step()
    assert kept() == set()


def test_whatever_is_told_of_a_visit_is_kept_in_step(world: World) -> None:
    """Level, province, kind, time zone and certificates, through statements that no service sent."""
    registration = attends(world.event, world.bolor, agency=world.ministry)
    certified(registration)
    db.session.commit()
    assert db.session.scalar(select(func.sum(CountedMonth.papers))) == 1
    for statement in (
        "UPDATE registration SET level = 'senior', province = 'MN-1'",
        "UPDATE event SET kind = 'briefing'",
        "UPDATE session SET timezone = 'Pacific/Pago_Pago'",
        "UPDATE certificate SET state = 'revoked', state_reason = 'printed twice'",
        "UPDATE registration SET role = 'trainer'",
    ):
        before = kept()
        db.session.execute(text(statement))
        db.session.commit()
        assert kept() != before, statement
        assert_in_step()
    assert kept() == set()


def test_what_is_taken_back_leaves_no_trace(world: World) -> None:
    attends(world.event, world.bolor)
    db.session.commit()
    before = kept()
    attends(world.event, world.tuya)
    db.session.rollback()
    db.session.commit()
    assert kept() == before


def test_they_are_the_figures_of_the_projects(world: World) -> None:
    for event_ in (world.event, world.other_event, make.event(world.project)):
        attends(event_, world.bolor, agency=world.ministry)
    db.session.commit()
    for project in (world.project, world.other_project):
        cells = db.session.scalars(select(Tally).where(Tally.project_id == project.id)).all()
        total = figures_of(project).total
        assert sum(cell.attendances for cell in cells) == total.attendances.total
        assert sum(cell.persons for cell in cells) == total.persons.total
        assert sum(cell.thousandths for cell in cells) == total.person_days.total * 1000
    assert db.session.scalar(select(Tally.persons).where(Tally.project_id == EVERYWHERE)) == 1


def test_a_transaction_that_touches_none_of_it_asks_nothing(world: World, session: Session) -> None:
    db.session.commit()
    seen: list[str] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *about: seen.append(about[2]))
    world.project.summary = {"en": "Other words"}
    db.session.commit()
    assert not any("tally" in statement for statement in seen)


def test_the_page_of_all_projects(pages: Pages, world: World) -> None:
    for event_ in (world.event, world.other_event):
        attends(event_, world.bolor, agency=world.ministry)
    db.session.commit()
    pages.sign_in(world.administrator)
    page = pages.get("/reports")
    assert "2 attendances by 1 official" in page.text
    assert world.project.code in page.text
    pages.sign_in(world.viewer)
    assert world.other_project.code not in pages.get("/reports").text
    pages.sign_in(world.focal_point)
    assert pages.get("/reports").status == 403
