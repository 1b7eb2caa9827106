"""The worker's share: look through long files, write them, and forget old ones."""

import logging
from functools import partial

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import or_, select

from trainreg.imports import service
from trainreg.imports.models import ImportRun
from trainreg.imports.refusals import NothingToWrite, RowsStandInTheWay
from trainreg.imports.rules import LEASE, RunStatus
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.refusals import Refused

log = logging.getLogger(__name__)


def work_on_imports() -> int:
    """Take the imports that wait for the worker, one after the other; returns how many."""
    done = 0
    while (run_id := _claim_next()) is not None:
        carry_on(run_id)
        done += 1
    if service.forget_old():
        log.info("imports older than %s days were deleted", 30)
    db.session.commit()
    return done


def carry_on(run_id: int) -> None:
    """Do the step that an import waits for: look through its rows, or write them. Commits."""
    run = db.session.get_one(ImportRun, run_id)
    try:
        if run.status is RunStatus.APPLYING:
            service.apply(run)
        elif run.status is RunStatus.LOOKING:
            service.look(run, after_some=partial(_note_progress, run_id))
        db.session.commit()
    except Refused as refusal:
        _note_refusal(run_id, refusal)
    except Exception:
        db.session.rollback()
        run = db.session.get_one(ImportRun, run_id)
        with force_locale(run.language):
            run.refusal = _("Nothing was saved. The problem was written down; please try again in a few minutes.")
        run.status, run.claimed_at = RunStatus.REFUSED, None
        db.session.commit()
        raise


def _claim_next() -> int | None:
    now = clock.now()
    run = db.session.scalar(
        select(ImportRun)
        .where(
            ImportRun.status.in_([RunStatus.LOOKING, RunStatus.APPLYING]),
            or_(ImportRun.claimed_at.is_(None), ImportRun.claimed_at < now - LEASE),
        )
        .order_by(ImportRun.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if run is None:
        db.session.rollback()
        return None
    run.claimed_at = now
    run_id = run.id
    db.session.commit()
    return run_id


def _note_progress(run_id: int, done: int) -> None:
    run = db.session.get_one(ImportRun, run_id)
    run.rows_done, run.claimed_at = done, clock.now()
    db.session.commit()


def _note_refusal(run_id: int, refusal: Refused) -> None:
    """Nothing was written. What stands in the way now is looked for again, so that the page can show it."""
    db.session.rollback()
    run = db.session.get_one(ImportRun, run_id)
    with force_locale(run.language):
        run.refusal = str(refusal)
    if run.status is RunStatus.APPLYING and isinstance(refusal, RowsStandInTheWay | NothingToWrite):
        service.look_again(run)
    else:
        run.status, run.claimed_at = RunStatus.REFUSED, None
    db.session.commit()
