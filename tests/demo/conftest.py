"""The demonstration, loaded once for every test that only reads it."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.applications import application
from trainreg.demo import service
from trainreg.kernel.db import db


@pytest.fixture(scope="package")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application whose own database holds the demonstration."""
    with application(tmp_path_factory.mktemp("demonstration")) as app:
        with app.app_context():
            service.load()
            db.session.commit()
        yield app


@pytest.fixture
def loaded(demonstration: Flask) -> Iterator[Flask]:
    """The same, with an application context; whatever a test writes is rolled back."""
    with demonstration.app_context():
        yield demonstration
        db.session.rollback()
