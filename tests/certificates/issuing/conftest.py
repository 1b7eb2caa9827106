"""An event that has happened, and one that is under way."""

from datetime import UTC, datetime, timedelta

import pytest

from tests import factories as make
from tests.certificates.attending import past_event
from tests.world import World
from trainreg.events.models import Event


@pytest.fixture
def event(world: World) -> Event:
    """Two days in March, four sessions of three hours."""
    return past_event(world.project)


@pytest.fixture
def under_way(world: World) -> Event:
    """Two days, four sessions: the first day is over, the second is tomorrow."""
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    return make.event(world.project, days=2, starts=now - timedelta(hours=9))
