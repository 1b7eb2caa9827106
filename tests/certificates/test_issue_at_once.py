"""Eight people press the button at the same moment: every certificate once, no number missing, none twice."""

import threading

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from tests import factories as make
from tests.certificates.attending import two_events
from trainreg.certificates import service
from trainreg.certificates.issuing import writing
from trainreg.certificates.models import Certificate, RegisterCounter
from trainreg.events.queries import get_event
from trainreg.kernel import db as kernel_db
from trainreg.kernel.db import db

PRESSING = 8
PEOPLE = 12


@pytest.fixture
def slugs(separate_app: Flask) -> list[str]:
    with separate_app.app_context():
        events = two_events(PEOPLE)
        db.session.add(RegisterCounter(series="RUSH", last_number=0))
        db.session.commit()
        return [event.slug for event in events]


@pytest.mark.slow
def test_numbers_have_no_gap_and_no_double(separate_app: Flask, slugs: list[str]) -> None:
    failures = _press_at_once(separate_app, slugs)

    assert failures == []
    with separate_app.app_context():
        numbers = db.session.scalars(select(Certificate.register_number).order_by(Certificate.register_number)).all()
        people = db.session.scalar(select(func.count(Certificate.registration_id.distinct())))
        assert numbers == [f"RUSH/{number:04d}" for number in range(1, 2 * PEOPLE + 1)]
        assert people == 2 * PEOPLE
        assert db.session.scalar(select(RegisterCounter.last_number)) == 2 * PEOPLE


@pytest.mark.slow
def test_the_very_first_certificates_of_a_project_may_be_issued_at_once(separate_app: Flask, slugs: list[str]) -> None:
    with separate_app.app_context():
        db.session.execute(delete(RegisterCounter))
        db.session.commit()

    assert _press_at_once(separate_app, slugs) == []


@pytest.mark.slow
def test_without_the_lock_somebody_fails(
    separate_app: Flask, slugs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin of the first test: the lock taken away, so that we know that it is the lock which holds."""
    all_have_read = threading.Barrier(PRESSING)

    def read_without_lock(model: type[RegisterCounter], row_id: int) -> RegisterCounter | None:
        counter = db.session.get(model, row_id)
        all_have_read.wait(timeout=30)
        return counter

    monkeypatch.setattr(writing, "lock_row", read_without_lock)
    monkeypatch.setattr(kernel_db, "begin_statement", lambda: "BEGIN DEFERRED")

    assert _press_at_once(separate_app, slugs) != []


def _press_at_once(app: Flask, slugs: list[str]) -> list[BaseException]:
    ready = threading.Barrier(PRESSING)
    failures: list[BaseException] = []

    def press(slug: str) -> None:
        try:
            with app.app_context():
                ready.wait()
                service.issue(get_event(slug), by=make.STAFF)
                db.session.commit()
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=press, args=(slugs[count % len(slugs)],)) for count in range(PRESSING)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures
