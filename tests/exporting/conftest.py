"""A world on a database whose transactions really end, made once for a module: its tests change no more than files."""

from collections.abc import Iterator

import pytest
from sqlalchemy import delete

from tests.applications import application
from tests.world import World
from trainreg.exporting.models import Export
from trainreg.kernel.db import db


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with application(tmp_path_factory.mktemp("instance")) as app, app.app_context():
        yield World.create()


@pytest.fixture
def lasting_world(lasting: World) -> Iterator[World]:
    """That world, without the files of the test before."""
    yield lasting
    db.session.rollback()
    db.session.execute(delete(Export))
    db.session.commit()
