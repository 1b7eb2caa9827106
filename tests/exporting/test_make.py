"""Making a file: everything or nothing, by one worker, and in sentences where it cannot be made."""

import errno
from datetime import timedelta
from io import BytesIO
from typing import IO

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from tests.exporting.files import asked, begun, content_of, made, offered
from tests.world import World
from trainreg.exporting import claims, making
from trainreg.exporting.kinds import Told
from trainreg.exporting.making import make, make_next
from trainreg.exporting.models import ExportPiece
from trainreg.exporting.rules import MOST_TRIES, PIECE, ExportStatus, Problem
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.refusals import NotFound
from trainreg.kernel.sheets_writing import SheetFull

S = ExportStatus


@pytest.fixture
def world(lasting_world: World) -> World:
    return lasting_world


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
        (SheetFull(), Problem.TOO_MANY_ROWS),
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
