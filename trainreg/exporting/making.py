"""Make one file: read everything as it was at one moment, then put it away in pieces; nothing half-made is offered."""

import errno
import logging
import time
from collections.abc import Callable
from typing import IO

from flask_babel import force_locale
from sqlalchemy import delete, insert
from sqlalchemy.exc import DBAPIError, OperationalError

from trainreg.exporting import claims
from trainreg.exporting.claims import Claim, ClaimLost
from trainreg.exporting.kinds import get_kind
from trainreg.exporting.models import Export, ExportPiece
from trainreg.exporting.queries import may_have
from trainreg.exporting.refusals import RightGone
from trainreg.exporting.rules import KEPT_FOR, MOST_SECONDS, NOTE_EVERY, PIECE, ExportStatus, Problem
from trainreg.kernel import clock
from trainreg.kernel.db import db, reading, snapshot, table_of
from trainreg.kernel.logs import first_line, traced
from trainreg.kernel.refusals import NotFound
from trainreg.kernel.sheets_writing import SheetFull

log = logging.getLogger(__name__)
_PIECE = insert(table_of(ExportPiece))
_FULL = {errno.ENOSPC, errno.EDQUOT}


class TookTooLong(Exception):
    """Reading may not go on for ever."""


class Interrupted(Exception):
    """The worker is told to stop."""


def _never() -> bool:
    return False


def make_next(*, stopped: Callable[[], bool] = _never) -> bool:
    """Make the file that waits longest, in this thread; whether there was one."""
    claim = claims.take_next()
    if claim is not None:
        make(claim, stopped=stopped)
    return claim is not None


def make(claim: Claim, *, stopped: Callable[[], bool] = _never) -> None:
    """Make a file that was taken, and note what came of it; commits."""
    try:
        _make(claim, stopped)
    except ClaimLost:
        db.session.rollback()
        log.info("export %s is no longer ours: thrown away, begun anew, or taken over", claim.export_id)
    except Interrupted:
        db.session.rollback()
        _end(claims.let_go, claim, tries_less=1)
    except OperationalError as error:
        db.session.rollback()
        _after_database_error(claim, error)
    except Exception as error:
        db.session.rollback()
        problem = problem_of(error)
        if problem is Problem.BROKEN:
            log.error("export %s failed: %s", claim.export_id, traced(error))
        _end(claims.give_up, claim, problem)


def problem_of(error: BaseException) -> Problem:
    """What to tell the owner; the causes of an error count, too: writers of files wrap what the disk said."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, RightGone):
            return Problem.RIGHT_GONE
        if isinstance(seen, NotFound):
            return Problem.SUBJECT_GONE
        if isinstance(seen, TookTooLong):
            return Problem.TOO_LONG
        if isinstance(seen, SheetFull):
            return Problem.TOO_MANY_ROWS
        if _says_full(seen):
            return Problem.NO_ROOM
        seen = seen.__cause__ or seen.__context__
    return Problem.BROKEN


def _says_full(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in _FULL
    if not isinstance(error, DBAPIError):
        return False
    is_full: bool = getattr(error.orig, "sqlstate", None) == "53100" or "disk is full" in str(error.orig)
    return is_full


def _after_database_error(claim: Claim, error: OperationalError) -> None:
    """A full disk stays full; a lock that did not come, or a database that was away, is tried again."""
    log.error("export %s: the database did not answer: %s", claim.export_id, first_line(error.orig))
    if _says_full(error):
        _end(claims.give_up, claim, Problem.NO_ROOM)
    else:
        _end(claims.let_go, claim)


def _end(note: Callable[..., None], claim: Claim, *args: object, **kwargs: object) -> None:
    """Note the end. Where even that is impossible the lease runs out, and the next worker tries."""
    try:
        note(claim, *args, **kwargs)
    except (ClaimLost, DBAPIError) as error:
        db.session.rollback()
        log.warning("the end of export %s could not be noted: %s", claim.export_id, type(error).__name__)


def _make(claim: Claim, stopped: Callable[[], bool]) -> None:
    export = db.session.get_one(Export, claim.export_id, populate_existing=True)
    kind, params, language = get_kind(export.kind), dict(export.params), export.language
    if not may_have(export):
        raise RightGone
    db.session.rollback()
    progress = _Progress(claim, stopped)
    with reading(), force_locale(language):
        snapshot()
        content = kind.make(params, progress)
        db.session.rollback()
    with content:
        _put_away(claim, content, progress)


class _Progress:
    """Hears how much more is done; notes it now and then over another connection, and stops what must not go on."""

    def __init__(self, claim: Claim, stopped: Callable[[], bool]) -> None:
        self.claim, self.stopped, self.done = claim, stopped, 0
        self.began = self.noted = time.monotonic()

    def __call__(self, more: int) -> None:
        self.done += more
        self.go_on()
        if time.monotonic() - self.noted >= NOTE_EVERY:
            self.noted = time.monotonic()
            try:
                claims.keep_apart(self.claim, done=self.done)
            except OperationalError as error:  # somebody writes for long: the file is made all the same
                log.info("progress of export %s was not noted: %s", self.claim.export_id, first_line(error.orig))

    def go_on(self) -> None:
        """Raise where it must not."""
        if self.stopped():
            raise Interrupted
        if time.monotonic() - self.began > MOST_SECONDS:
            raise TookTooLong


def _put_away(claim: Claim, content: IO[bytes], progress: _Progress) -> None:
    """Piece after piece, each a short transaction that asks whether the file is still ours; the last one offers it."""
    claims.keep(claim)
    db.session.execute(delete(ExportPiece).where(ExportPiece.export_id == claim.export_id))
    number = size = 0
    while piece := content.read(PIECE):
        progress.go_on()
        claims.keep(claim)
        db.session.execute(_PIECE, {"export_id": claim.export_id, "number": number, "content": piece})
        db.session.commit()
        number, size = number + 1, size + len(piece)
    now, total = clock.now(), progress.done
    ready = {"status": ExportStatus.READY, "size": size, "ready_at": now, "expires_at": now + KEPT_FOR}
    claims.keep(claim, **ready, done=total, total=total, claimed_until=None)
    db.session.commit()
