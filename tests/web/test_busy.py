"""A database that is held by somebody else for too long: nothing is saved, and people are asked to press again."""

import pytest
from flask import Flask
from sqlalchemy import Engine, event, text

from tests import factories as make
from tests.registration.forms import filled
from trainreg.kernel.db import db, lock_row
from trainreg.registration.models import Registration


@pytest.fixture
def impatient(separate_app: Flask) -> Flask:
    """An application whose database gives up at once."""

    def hurry(connection: object, _record: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        is_postgres = "psycopg" in type(connection).__module__
        cursor.execute("SET lock_timeout = 100" if is_postgres else "PRAGMA busy_timeout = 100")
        cursor.close()

    with separate_app.app_context():
        db.engine.dispose()
        event.listen(db.engine, "connect", hurry)
    return separate_app


def test_who_meets_a_lock_is_asked_to_press_again(impatient: Flask) -> None:
    impatient.config["WTF_CSRF_ENABLED"] = False
    with impatient.app_context():
        happening = make.event(capacity=5)
        form, slug, number = filled(make.agency()), happening.slug, happening.id
        db.session.commit()
        engine: Engine = db.engine
    client = impatient.test_client()
    with engine.connect() as other:  # begins to write, and holds it
        other.execute(text("UPDATE event SET capacity = 4 WHERE id = :id"), {"id": number})
        answer = client.post(f"/e/{slug}/register", data=form)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert "press again" in answer.get_data(as_text=True)
        other.rollback()
    assert client.post(f"/e/{slug}/register", data=form).status_code == 303
    with impatient.app_context():
        assert db.session.query(Registration).count() == 1
        assert lock_row(Registration, 1).event_id == number
