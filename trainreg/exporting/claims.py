"""One worker has a file in its hands: taken, renewed, checked at every step, let go. Each commits."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from trainreg.exporting.models import Export
from trainreg.exporting.rules import KEPT_FOR, LEASE, MOST_TRIES, ExportStatus, Problem
from trainreg.exporting.service import ensure_nobody_begins
from trainreg.kernel import clock
from trainreg.kernel.db import db, writing
from trainreg.kernel.tokens import new_secret

_PLAIN = {"synchronize_session": False}


class ClaimLost(Exception):
    """The file was thrown away, begun anew, or taken over by another worker."""


@dataclass(frozen=True)
class Claim:
    """A file in one worker's hands."""

    export_id: int
    token: str


def take_next() -> Claim | None:
    """Take the file that waits longest, or one whose worker gave no sign of life, for this worker alone.

    What was taken several times and never came to an end is given up: it may be what kills the workers.
    """
    while True:
        ensure_nobody_begins()
        now = clock.now()
        left = and_(Export.status == ExportStatus.PREPARING, Export.claimed_until < now)
        waiting = select(Export).where(or_(Export.status == ExportStatus.WAITING, left)).order_by(Export.id).limit(1)
        export = db.session.scalar(waiting.with_for_update(skip_locked=True).execution_options(populate_existing=True))
        if export is None:
            db.session.rollback()
            return None
        if export.tries >= MOST_TRIES:
            export.status, export.problem, export.claim = ExportStatus.FAILED, Problem.GIVEN_UP, None
            db.session.commit()
            continue
        token = new_secret()
        export.status, export.claim, export.claimed_until = ExportStatus.PREPARING, token, now + LEASE
        export.tries, export.done, export.expires_at = export.tries + 1, 0, now + KEPT_FOR
        claim = Claim(export.id, token)
        db.session.commit()
        return claim


def keep(mine: Claim, /, *, through: Any = None, **values: object) -> None:
    """Renew the claim and note `values`, in the transaction of a session; raises ClaimLost where it is not ours."""
    own = (Export.id == mine.export_id, Export.claim == mine.token, Export.status == ExportStatus.PREPARING)
    renewed = {"claimed_until": clock.now() + LEASE} | values
    statement = update(Export).where(*own).values(renewed).returning(Export.id)
    if (through or db.session).scalar(statement, execution_options=_PLAIN) is None:
        raise ClaimLost


def keep_apart(mine: Claim, /, **values: object) -> None:
    """As `keep`, over a connection of its own, while this one reads for long."""
    with writing(), Session(db.engine) as apart:
        keep(mine, through=apart, **values)
        apart.commit()


def let_go(claim: Claim, *, tries_less: int = 0) -> None:
    """Back into the row, for the next worker."""
    keep(claim, status=ExportStatus.WAITING, claim=None, done=0, tries=Export.tries - tries_less)
    db.session.commit()


def give_up(claim: Claim, problem: Problem) -> None:
    keep(claim, status=ExportStatus.FAILED, claim=None, problem=problem)
    db.session.commit()
