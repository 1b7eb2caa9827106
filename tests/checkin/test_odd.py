"""What comes in beside the ordinary: foreign keys, guests nobody can register, nonsense, marks taken back."""

import uuid

from sqlalchemy import select

from tests import factories as make
from tests.checkin.conftest import Hand, batch, hand_in, scan
from tests.pages import Pages
from tests.world import World
from trainreg.attendance.models import Attendance
from trainreg.checkin.models import Scan
from trainreg.checkin.rules import Outcome, ScanKind
from trainreg.events.models import Event
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.registration.models import Registration


def foreign_scan(world: World, of: Registration) -> str:
    """The key of a scan that was taken in at another event."""
    now, key = clock.now(), str(uuid.uuid4())
    db.session.add(
        Scan(
            key=key,
            device=str(uuid.uuid4()),
            event_id=world.other_event.id,
            registration_id=of.id,
            kind=ScanKind.QR,
            outcome=Outcome.NOT_CONFIRMED,
            said=of.reference,
            at=now,
            device_at=now,
            device_now=now,
            received_at=now,
            scanned_by="Somebody",
        )
    )
    db.session.commit()
    return key


def test_a_key_of_another_event_tells_nothing(
    door: Hand, pages: Pages, world: World, training: Event, bolor: Registration
) -> None:
    stranger = make.registration(world.other_event, world.tuya)
    db.session.commit()
    key = foreign_scan(world, stranger)
    answer = hand_in(pages, training.slug, batch(scan("x") | {"id": key}, scan(stranger), scan(bolor)))
    assert [one["code"] for one in answer["scans"]] == ["other_event", "in"]
    assert answer["odd"] == [key]
    assert stranger.reference not in str(answer) and stranger.person.name not in str(answer)
    assert [one.registration_id for one in db.session.scalars(select(Attendance))] == [bolor.id]
