"""The small world that tests stand on: one application, one database, every test rolled back."""

import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import cast

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tests.applications import application, standing
from tests.kept import Keys
from tests.pages import Pages
from tests.world import World
from trainreg.kernel.db import db
from trainreg.kernel.memory import keep_what_is_loaded

pytest_plugins = ["tests.browsers"]

# Folders whose tests share what is costly: a server and a browser, the demonstration loaded, sentences gathered.
SHARING = ("tests/journeys", "tests/demo", "tests/guards")
# Folders whose tests walk every address in every role, load the whole demonstration, or draw, sign and read files.
SLOW = (
    *("tests/attacks", "tests/demo", "tests/journeys", "tests/benchmarks"),
    *(
        f"tests/certificates/{room}"
        for room in ("credentials", "designs", "editor", "issuing", "keys", "pdf", "verifying")
    ),
    *(f"tests/reporting/{room}" for room in ("factsheet", "iati", "tables", "workbook")),
)

# Databases in which a world stands already, made once and not for each test.
SETTLED = ("settled", "housed")

# The benchmark of certificates needs the engines of the extra `bench`; without one of them it is not collected, and
# the last lines of the run say so.
ENGINES_MISSING = [name for name in ("weasyprint", "reportlab", "typst") if find_spec(name) is None]
collect_ignore = ["benchmarks/test_certificate_engines.py"] if ENGINES_MISSING else []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was left out for want of an extra."""
    if ENGINES_MISSING:
        terminalreporter.write_line(
            "tests/benchmarks/test_certificate_engines.py left out: install trainreg[bench] "
            f"({', '.join(ENGINES_MISSING)} missing)"
        )


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """The fast part does not even read the slow folders: that would take longer than many a test."""
    folder = collection_path.relative_to(config.rootpath).as_posix()
    return True if config.option.markexpr == "not slow" and folder in SLOW else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What stands in a slow folder is slow."""
    for item in items:
        if item.nodeid.startswith(SLOW):
            item.add_marker(pytest.mark.slow)


def pytest_collection_finish() -> None:
    """What is loaded now stays: the collector of garbage would otherwise take a fifth of the time."""
    keep_what_is_loaded()


class ByFolder(LoadScopeScheduling):
    """Give one worker all the tests of a folder that shares something; any other test to whoever is free."""

    def _split_scope(self, nodeid: str) -> str:
        folder = nodeid.partition("::")[0].rpartition("/")[0]
        return folder if folder in SHARING else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """By mark (`--dist loadgroup`) fails with pytest 9.2: xdist 3.8 notes the groups in an attribute now gone."""
    return ByFolder(config, log)


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on a database of its own: SQLite, or PostgreSQL where TRAINREG_TEST_DATABASE_URL says so."""
    with application(tmp_path_factory.mktemp("instance")) as app:
        yield app


@pytest.fixture
def separate_app(tmp_path: Path) -> Iterator[Flask]:
    """An application whose transactions really end, and whose database other threads can open too."""
    with application(tmp_path) as app:
        yield app


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, Keys]]:
    """A second database with the small world in it."""
    with standing(tmp_path_factory.mktemp("settled"), lambda: World.create().keys()) as made:
        yield made


@pytest.fixture
def session(app: Flask, request: pytest.FixtureRequest) -> Iterator[Session]:
    """The database session; whatever a test commits is rolled back after it."""
    # Only who asks for a world finds it there.
    worlds = [name for name in SETTLED if name in request.fixturenames]
    worldly: Engine | None = request.getfixturevalue(worlds[0])[0] if worlds else None
    with app.app_context():
        engine = db.engines[None]
        with (worldly or engine).connect() as connection:
            transaction = connection.begin()
            _use(connection)
            try:
                yield db.session()
            finally:
                db.session.remove()
                transaction.rollback()
                _use(None)
        db.engines[None] = engine


def _use(connection: Connection | None) -> None:
    """Bind every session of this application to one connection, inside its outer transaction."""
    db.session.remove()
    if connection is None:
        db.session.configure(join_transaction_mode="conditional_savepoint")
        return
    db.engines[None] = cast(Engine, connection)
    db.session.configure(join_transaction_mode="create_savepoint")


@pytest.fixture
def world(session: Session, settled: tuple[Engine, Keys]) -> World:
    """A few named people, agencies and events; see `tests/world.py`."""
    return World.of(settled[1])


@pytest.fixture
def pages(app: Flask, session: Session) -> Pages:
    """A client that inspects every answer."""
    return Pages(app)


@pytest.fixture(scope="session")
def in_ci() -> bool:
    return os.environ.get("CI") == "true"


@pytest.fixture
def golden() -> Path:
    return Path(__file__).parent / "golden"
