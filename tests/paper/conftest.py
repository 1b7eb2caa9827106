"""A training of two sessions yesterday, with people on its list."""

from collections.abc import Sequence

import pytest

from tests import factories as make
from tests.pages import Pages
from tests.world import World
from trainreg.events.models import Event
from trainreg.kernel.db import db
from trainreg.registration.models import Registration

NAMES = (("Болор", "Батын"), ("Энхтүвшинзаяа", "Ганбаатарын"), ("Өнөрмаа", ""), ("Müller-Żółć", "Ђорђе"))


@pytest.fixture
def training(world: World) -> Event:
    event = make.event(world.project, starts=make.nine(-1))
    db.session.commit()
    return event


@pytest.fixture
def people(training: Event, world: World) -> Sequence[Registration]:
    """In the order of every list: by family name, those without one first."""
    found = [make.registration(training, make.person(*name), agency=world.ministry) for name in NAMES]
    db.session.commit()
    return sorted(found, key=lambda one: (one.person.family_name, one.person.given_name))


@pytest.fixture
def desk(pages: Pages, world: World) -> Pages:
    """The organizer's browser."""
    return pages.sign_in(world.organizer)
