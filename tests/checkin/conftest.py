"""A day of training that is on now: two people confirmed, one waiting."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests import factories as make
from tests.pages import Pages
from tests.world import World
from trainreg.events.models import Event, Session
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.registration.models import Registration
from trainreg.registration.passes import pass_code
from trainreg.registration.rules import RegistrationStatus

DEVICE = str(uuid.uuid4())
Hand = Callable[..., list[dict[str, Any]]]


def milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def scan(of: Registration | str, *, at: datetime | None = None, **said: Any) -> dict[str, Any]:
    """What the app sends for a pass held before its camera."""
    code = of if isinstance(of, str) else pass_code(of.reference)
    return {"id": str(uuid.uuid4()), "kind": "qr", "code": code, "at": milliseconds(at or clock.now()), **said}


def batch(*scans: dict[str, Any], now: datetime | None = None, device: str = DEVICE) -> dict[str, Any]:
    return {"device": device, "now": milliseconds(now or clock.now()), "language": "en", "scans": list(scans)}


def hand_in(pages: Pages, slug: str, document: Any) -> Any:
    """Post a batch as the app does; the answer's JSON, or its status where it has none."""
    answer = pages.client.post(f"/checkin/{slug}/sync", json=document, headers={"X-CSRFToken": pages.token()})
    return answer.get_json() if answer.status_code == 200 else answer.status_code


@pytest.fixture
def training(world: World) -> Event:
    """A morning that began ten minutes ago, and an afternoon."""
    event = make.event(world.project, starts=clock.now() - timedelta(minutes=10), slug="training-now")
    db.session.commit()
    return event


@pytest.fixture
def morning(training: Event) -> Session:
    return training.sessions[0]


@pytest.fixture
def bolor(training: Event, world: World) -> Registration:
    registration = make.registration(training, world.bolor, agency=world.ministry, reference="B0R7-0001")
    db.session.commit()
    return registration


@pytest.fixture
def waiting(training: Event, world: World) -> Registration:
    """Tuya, who is on the waiting list."""
    registration = make.registration(
        training, world.tuya, RegistrationStatus.WAITLISTED, agency=world.border, reference="TYAA-0002"
    )
    db.session.commit()
    return registration


@pytest.fixture
def door(pages: Pages, world: World, training: Event) -> Hand:
    """Hand scans in as the trainer at the door of the training; the answers."""
    pages.sign_in(world.trainer)

    def send(*scans: dict[str, Any], now: datetime | None = None) -> list[dict[str, Any]]:
        answer = hand_in(pages, training.slug, batch(*scans, now=now))
        assert isinstance(answer, dict), answer
        answers: list[dict[str, Any]] = answer["scans"]
        return answers

    return send
