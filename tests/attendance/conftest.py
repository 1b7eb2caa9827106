"""A training that has begun: two people confirmed, four sessions, the first days past."""

import pytest

from tests import factories as make
from tests.pages import Pages
from tests.world import World
from trainreg.events.models import Event, Session
from trainreg.kernel.db import db
from trainreg.registration.models import Registration


@pytest.fixture
def training(world: World) -> Event:
    """Two days of two sessions each, over since yesterday."""
    event = make.event(world.project, days=2, starts=make.nine(-3))
    db.session.commit()
    return event


@pytest.fixture
def bolor(training: Event, world: World) -> Registration:
    registration = make.registration(training, world.bolor, agency=world.ministry)
    db.session.commit()
    return registration


@pytest.fixture
def tuya(training: Event, world: World) -> Registration:
    registration = make.registration(training, world.tuya, agency=world.border)
    db.session.commit()
    return registration


@pytest.fixture
def first(training: Event) -> Session:
    """The first session."""
    return training.sessions[0]


@pytest.fixture
def second(training: Event) -> Session:
    return training.sessions[1]


@pytest.fixture
def desk(pages: Pages, world: World) -> Pages:
    """The trainer's browser."""
    return pages.sign_in(world.trainer)
