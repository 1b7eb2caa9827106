"""What happens while a file is made: others write, somebody is erased, the worker is told to stop."""

import threading
from io import BytesIO
from typing import IO

import pytest
from flask import Flask, current_app
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.exporting.files import asked, begun, made, offered
from tests.world import World
from trainreg.agencies.models import Agency
from trainreg.exporting import claims, making, service
from trainreg.exporting.kinds import Told
from trainreg.exporting.making import make_next
from trainreg.exporting.models import Export
from trainreg.exporting.rules import ExportStatus
from trainreg.exporting.worker import Preparing
from trainreg.kernel.db import db, writing

S = ExportStatus


@pytest.fixture
def world(lasting_world: World) -> World:
    return lasting_world


@pytest.mark.slow
@pytest.mark.parametrize("how", ["thrown away", "somebody erased"])
def test_what_ends_meanwhile_leaves_nothing(world: World, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the worker reads, from another connection, as a page does it."""
    monkeypatch.setattr(making, "NOTE_EVERY", 0.0)
    number = []

    def meanwhile(_params: object, told: Told) -> IO[bytes]:
        with writing(), Session(db.engine) as page:
            if how == "thrown away":
                page.delete(page.get_one(Export, number[0]))
            else:
                page.get_one(Export, number[0]).claim = None
            page.commit()
        told(1)
        raise AssertionError("it went on")

    with offered(meanwhile) as kind:
        number.append(asked(kind, world.organizer).id)
        make_next()
    db.session.expire_all()
    found = db.session.get(Export, number[0])
    assert (found is None) is (how == "thrown away")
    assert found is None or found.status is S.PREPARING


def test_everything_is_read_as_it_was_at_one_moment(world: World) -> None:
    """On both databases; and whoever writes meanwhile does not wait for it."""
    before, after = [], []

    def reads(_params: object, _told: Told) -> IO[bytes]:
        before.append(db.session.scalar(select(func.count()).select_from(Agency)))
        with writing(), Session(db.engine) as page:
            page.add(Agency(code="later", name={"en": "Later"}))
            page.commit()
        after.append(db.session.scalar(select(func.count()).select_from(Agency)))
        return BytesIO(b"x")

    assert made(reads, world.organizer).status is S.READY
    assert before == after


def test_progress_is_seen_while_it_is_made(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "NOTE_EVERY", 0.0)
    seen = []

    def telling(_params: object, told: Told) -> IO[bytes]:
        for _step in range(3):
            told(1000)
            with Session(db.engine) as page:
                seen.append(page.scalar(select(Export.done)))
        return BytesIO(b"x")

    made(telling, world.organizer)
    assert seen == [1000, 2000, 3000]


def test_a_worker_that_is_told_to_stop_lets_it_go(world: World) -> None:
    """In its thread; the next worker begins anew, and the try does not count."""
    stop, inside = threading.Event(), threading.Event()

    def long(_params: object, told: Told) -> IO[bytes]:
        inside.set()
        while True:
            told(1)

    with offered(long) as kind:
        file = asked(kind, world.organizer)
        preparing = Preparing(stop)
        preparing()
        assert inside.wait(10)
        preparing()  # a sign of life, not a second thread
        assert file.status is S.PREPARING
        db.session.rollback()  # as after each task of the worker
        stop.set()
        preparing.wait(10)
    db.session.expire_all()
    assert (file.status, file.claim, file.tries) == (S.WAITING, None, 0)
    service.throw_away(file, by=world.organizer.actor())


def test_nobody_begins_to_read_while_somebody_is_erased(world: World) -> None:
    """The list that begins meanwhile waits for the end of that transaction, and does not find the name."""
    taken = threading.Event()
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]

    def worker() -> None:
        with app.app_context():
            if claims.take_next() is not None:
                taken.set()

    with offered() as kind:
        asked(kind, world.organizer)
    service.forget_all()
    beside = threading.Thread(target=worker)
    beside.start()
    assert not taken.wait(0.3)
    db.session.commit()
    assert taken.wait(10)
    beside.join()


def test_what_was_ready_at_that_moment_is_thrown_away_too(world: World) -> None:
    """A worker that finishes while somebody is erased: whoever comes first, no file with the name is left."""
    file, claim = begun(lambda _params, _told: BytesIO(b"x"), world.organizer)
    service.forget_all()
    with pytest.raises(claims.ClaimLost):
        claims.keep(claim, status=S.READY)
    db.session.commit()
    assert (file.status, file.claim) == (S.WAITING, None)
