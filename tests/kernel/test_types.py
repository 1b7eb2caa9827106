"""Column types: what goes into the database comes out the same on both of them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from tests import factories as make
from trainreg.agencies.models import Agency
from trainreg.attendance.rules import AttendanceState
from trainreg.kernel.db import db
from trainreg.outbox.models import Message, MessageStatus


def stored(moment: datetime) -> datetime:
    message = make.message(next_try_at=moment)
    db.session.expire(message)
    return message.next_try_at


def test_a_moment_comes_back_in_utc(session: Session) -> None:
    ulaanbaatar = timezone(timedelta(hours=8))
    moment = stored(datetime(2013, 3, 5, 9, 0, 0, 123456, tzinfo=ulaanbaatar))
    assert moment == datetime(2013, 3, 5, 1, 0, 0, 123456, tzinfo=UTC)
    assert moment.tzinfo is UTC


def test_a_moment_without_its_zone_is_a_defect(session: Session) -> None:
    with pytest.raises(StatementError, match="time zone"):
        make.message(next_try_at=datetime(2013, 3, 5, 9, 0))  # noqa: DTZ001


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.datetimes(
        min_value=datetime(1900, 1, 2),  # noqa: DTZ001
        max_value=datetime(2200, 1, 1),  # noqa: DTZ001
        timezones=st.integers(-14, 14).map(lambda hours: timezone(timedelta(hours=hours))),
    )
)
def test_any_moment_comes_back_the_same(session: Session, moment: datetime) -> None:
    assert stored(moment) == moment


def test_moments_are_ordered_whatever_zone_they_came_in(session: Session) -> None:
    early = make.message(next_try_at=datetime(2026, 1, 1, 9, tzinfo=timezone(timedelta(hours=8))))
    late = make.message(next_try_at=datetime(2026, 1, 1, 2, tzinfo=UTC))
    found = db.session.scalars(select(Message).order_by(Message.next_try_at)).all()
    assert found == [early, late]


def test_languages_without_a_text_are_left_out(session: Session) -> None:
    agency = make.agency()
    agency.name = {"mn": "Яам", "en": "", "fr": "Ministère"}
    db.session.flush()
    db.session.expire(agency)
    assert agency.name == {"fr": "Ministère", "mn": "Яам"}


def test_an_enum_is_kept_by_its_value_and_nothing_else(session: Session) -> None:
    message = make.message(status=MessageStatus.GAVE_UP)
    assert db.session.scalar(text("SELECT status FROM message")) == "gave_up"
    db.session.expire(message)
    assert message.status is MessageStatus.GAVE_UP
    with pytest.raises(IntegrityError):
        db.session.execute(text("UPDATE message SET status = 'lost'"))


def test_another_enum_s_value_is_refused(session: Session) -> None:
    with pytest.raises(StatementError):
        make.message(status=AttendanceState.PRESENT)


def test_a_foreign_key_holds(session: Session) -> None:
    with pytest.raises(IntegrityError):
        db.session.add(Agency(code="lost", name={"en": "Lost"}, parent_id=999_999))
        db.session.flush()
        db.session.execute(text("SELECT 1"))
