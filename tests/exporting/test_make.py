"""Making a file: everything or nothing, by one worker, and in sentences where it cannot be made."""

import errno
import threading
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import IO, Any

import pytest
from flask import Flask
from sqlalchemy import delete, func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from tests.applications import application
from tests.exporting.files import Make, asked, content_of, offered
from tests.world import World
from trainreg.accounts.models import User
from trainreg.agencies.models import Agency
from trainreg.exporting import claims, making, service
from trainreg.exporting.kinds import Told
from trainreg.exporting.making import make, make_next
from trainreg.exporting.models import Export, ExportPiece
from trainreg.exporting.rules import MOST_TRIES, PIECE, ExportStatus, Problem
from trainreg.exporting.worker import Preparing
from trainreg.kernel import clock
from trainreg.kernel.db import db, writing
from trainreg.kernel.refusals import NotFound

S = ExportStatus


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, World]]:
    """A database whose transactions really end, made once: no test here changes more than files."""
    with application(tmp_path_factory.mktemp("instance")) as app, app.app_context():
        yield app, World.create()


@pytest.fixture
def world(house: tuple[Flask, World]) -> Iterator[World]:
    yield house[1]
    db.session.rollback()
    db.session.execute(delete(Export))
    db.session.commit()


def begun(make: Make, of: User, **params: Any) -> tuple[Export, claims.Claim]:
    with offered(make) as kind:
        file = asked(kind, of, **params)
    claim = claims.take_next()
    assert claim is not None
    return file, claim


def made(make: Make, of: User) -> Export:
    with offered(make) as kind:
        file = asked(kind, of)
        assert make_next()
    return file


def test_a_file_is_made_in_pieces_and_read_as_it_was(world: World) -> None:
    content = b"0123456789" * (PIECE // 4)
    file = made(lambda _params, told: (told(7), BytesIO(content))[1], world.organizer)
    assert (file.status, file.size, file.done, file.total) == (S.READY, len(content), 7, 7)
    numbers = db.session.scalars(select(ExportPiece.number).order_by(ExportPiece.number)).all()
    assert list(numbers) == [0, 1, 2] and content_of(file) == content
    assert not make_next()


def test_nothing_is_offered_of_a_file_that_broke_half_way(world: World) -> None:
    class Breaking(BytesIO):
        def read(self, _size: int | None = -1) -> bytes:
            if db.session.scalar(select(func.count()).select_from(ExportPiece)):
                raise ValueError("half of it")
            return b"x" * PIECE

    file = made(lambda _params, _told: Breaking(), world.organizer)
    assert (file.status, file.problem) == (S.FAILED, Problem.BROKEN)


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), Problem.NO_ROOM),
        (OSError(errno.EIO, "Input/output error"), Problem.BROKEN),
        (OperationalError("", {}, Exception("database or disk is full")), Problem.NO_ROOM),
        (NotFound(), Problem.SUBJECT_GONE),
        (making.TookTooLong(), Problem.TOO_LONG),
        (KeyError("what"), Problem.BROKEN),
    ],
)
def test_what_goes_wrong_is_said(world: World, error: Exception, problem: Problem) -> None:
    def wrong(_params: object, _told: Told) -> IO[bytes]:
        raise error

    file = made(wrong, world.organizer)
    assert (file.status, file.problem, file.claim) == (S.FAILED, problem, None)


def test_causes_are_looked_through(world: World) -> None:
    def wrapped(_params: object, _told: Told) -> IO[bytes]:
        try:
            raise OSError(errno.ENOSPC, "No space left on device")
        except OSError as cause:
            raise RuntimeError("could not write") from cause

    assert made(wrapped, world.organizer).problem is Problem.NO_ROOM


def test_a_lock_that_did_not_come_is_tried_again_a_few_times(world: World) -> None:
    def busy(_params: object, _told: Told) -> IO[bytes]:
        raise OperationalError("", {}, Exception("database is locked"))

    with offered(busy) as kind:
        file = asked(kind, world.organizer)
        for _try in range(MOST_TRIES):
            assert file.status is S.WAITING and make_next()
        assert not make_next()
    assert (file.status, file.problem) == (S.FAILED, Problem.GIVEN_UP)


def test_a_right_withdrawn_while_it_waits(world: World) -> None:
    with offered() as kind:
        file = asked(kind, world.me_officer)
        world.me_officer.grants.clear()
        db.session.commit()
        make_next()
    assert (file.status, file.problem) == (S.FAILED, Problem.RIGHT_GONE)


def test_two_workers_do_not_make_it_twice(world: World) -> None:
    file, claim = begun(lambda _params, _told: BytesIO(b"once"), world.organizer)
    assert claims.take_next() is None, "the other worker finds nothing"
    with offered(lambda _params, _told: BytesIO(b"once")):
        make(claim)
    assert file.status is S.READY


def test_who_gave_no_sign_of_life_loses_it_and_writes_nothing_more(world: World) -> None:
    file, first = begun(lambda _params, _told: BytesIO(b"slow"), world.organizer)
    file.claimed_until = clock.now() - timedelta(seconds=1)
    db.session.commit()
    second = claims.take_next()
    assert second is not None and second.token != first.token
    with offered(lambda _params, _told: BytesIO(b"slow")):
        make(first)
        assert file.status is S.PREPARING and db.session.scalar(select(func.count(ExportPiece.id))) == 0
        make(second)
    assert file.status is S.READY and content_of(file) == b"slow"


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
