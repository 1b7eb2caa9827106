"""The demonstration, loaded once for every test that only reads it."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests import databases
from trainreg.app import create_app
from trainreg.config import load_settings
from trainreg.demo import service
from trainreg.kernel.db import Base, db


@pytest.fixture(scope="package")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application whose own database holds the demonstration."""
    instance = tmp_path_factory.mktemp("demonstration")
    with databases.fresh(instance) as url:
        settings = load_settings(instance, {"TRAINREG_DATABASE_URL": url})
        app = create_app(settings, TESTING=True)
        with app.app_context():
            Base.metadata.create_all(db.engine)
            service.load()
            db.session.commit()
        yield app
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def loaded(demonstration: Flask) -> Iterator[Flask]:
    """The same, with an application context; whatever a test writes is rolled back."""
    with demonstration.app_context():
        yield demonstration
        db.session.rollback()
