"""A certificate that Bolor holds."""

import pytest

from tests import factories as make
from tests.certificates.attending import attend, past_event
from tests.world import World
from trainreg.certificates import service
from trainreg.certificates.models import Certificate
from trainreg.kernel.db import db


@pytest.fixture
def certificate(world: World) -> Certificate:
    """Issued to Bolor for two days in March, with its file drawn and noted."""
    event = past_event(world.project)
    attend(make.registration(event, world.bolor), 4)
    (issued,) = service.issue(event, by=make.STAFF).certificates
    db.session.commit()
    service.record_files([issued])
    db.session.commit()
    return issued
