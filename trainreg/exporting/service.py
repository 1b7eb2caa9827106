"""Ask for a file, try again, throw it away, hand it out."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select, text

from trainreg.accounts.models import User
from trainreg.audit import service as audit
from trainreg.exporting.kinds import Wanted, get_kind
from trainreg.exporting.models import Export, ExportPiece
from trainreg.exporting.queries import list_own, may_have
from trainreg.exporting.refusals import FileOver, NothingToRepeat, NotReady, RightGone, TooManyFiles
from trainreg.exporting.rules import AT_A_TIME, KEPT_FOR, ExportStatus, Problem
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, lock_row
from trainreg.kernel.refusals import NotFound

audit.describes(
    {
        "account.export_asked": _l("Asked for the file %(file)s"),
        "account.export_taken": _l("Fetched the file %(file)s"),
        "account.export_thrown_away": _l("Threw the file %(file)s away"),
    }
)
_GATE = 3_901  # held by whoever erases a person, and by a worker that begins to read
_PLAIN = {"synchronize_session": False}


def ask(wanted: Wanted, *, language: str, by: Actor) -> Export:
    """Leave a file to the worker. While the same one is waiting or being made, that is meant."""
    user = _owner(by)
    rights = [[permission.value, project_id] for permission, project_id in wanted.rights]
    own = list_own(user.id)
    what = (wanted.kind.code, dict(wanted.params), rights, language)
    for one in own:
        if one.status.is_open and (one.kind, one.params, one.rights, one.language) == what:
            return one
    _ensure_few(own)
    now = clock.now()
    export = Export(kind=wanted.kind.code, params=dict(wanted.params), rights=rights, language=language)
    export.file_name, export.total, export.user_id = wanted.file_name, wanted.rows, user.id
    export.created_at, export.expires_at = now, now + KEPT_FOR
    if not may_have(export):
        raise RightGone
    db.session.add(export)
    db.session.flush()
    audit.record("account.export_asked", user, by=by, file=export.file_name)
    return export


def ask_again(export: Export, *, by: Actor) -> Export:
    """Put a file that failed back into the row."""
    user = _owner(by)
    export = lock_row(Export, export.id)
    if export.status is not ExportStatus.FAILED:
        raise NothingToRepeat
    if not may_have(export):
        raise RightGone
    _ensure_few(list_own(user.id))
    export.status, export.problem, export.claim = ExportStatus.WAITING, None, None
    export.tries = export.done = export.size = 0
    export.created_at = clock.now()
    export.expires_at = export.created_at + KEPT_FOR
    audit.record("account.export_asked", user, by=by, file=export.file_name)
    return export


def hand_out(export: Export, *, by: Actor) -> None:
    """Write down that its owner takes the file; raises where it is not ready, too old, or no longer theirs to have."""
    if export.expires_at <= clock.now():
        raise FileOver
    if export.status is not ExportStatus.READY:
        raise NotReady
    if not may_have(export):
        raise RightGone
    get_kind(export.kind).note_taken(export.params, by)
    audit.record("account.export_taken", _owner(by), by=by, file=export.file_name)


def throw_away(export: Export, *, by: Actor) -> None:
    """Delete a file, or stop it while it is made: the worker notices at its next step."""
    audit.record("account.export_thrown_away", _owner(by), by=by, file=export.file_name)
    db.session.delete(export)
    db.session.flush()


def forget_all() -> None:
    """Somebody is erased in this transaction: no file that may name them stays, and what is being made begins anew.

    Nobody begins to read before this transaction is over: whoever reads afterwards no longer finds the name.
    """
    ensure_nobody_begins()
    everything = select(Export).order_by(Export.id).with_for_update().execution_options(populate_existing=True)
    for export in db.session.scalars(everything).all():
        if export.status is ExportStatus.READY:
            _fail(export, Problem.ERASED)
        elif export.status is ExportStatus.PREPARING:
            export.status, export.claim, export.claimed_until, export.done = ExportStatus.WAITING, None, None, 0
    db.session.flush()
    db.session.execute(delete(ExportPiece), execution_options=_PLAIN)


def ensure_nobody_begins() -> None:
    """Until the end of the transaction no worker begins a file; on SQLite the write lock sees to it."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _GATE})


def forget_old() -> int:
    """Delete files whose day is over, and the content of those whose owner may no longer have it; returns how many."""
    now = clock.now()
    old = delete(Export).where(Export.expires_at <= now, Export.status != ExportStatus.PREPARING)
    gone = len(db.session.scalars(old.returning(Export.id)).all())
    for export in db.session.scalars(select(Export).where(Export.status == ExportStatus.READY)).all():
        if not may_have(export):
            _fail(export, Problem.RIGHT_GONE)
            db.session.execute(delete(ExportPiece).where(ExportPiece.export_id == export.id), execution_options=_PLAIN)
            gone += 1
    return gone


def _fail(export: Export, problem: Problem) -> None:
    export.status, export.problem, export.claim, export.size = ExportStatus.FAILED, problem, None, 0


def _owner(by: Actor) -> User:
    """The account that asks, locked: two presses at one moment are counted one after the other."""
    if by.user_id is None:
        raise NotFound
    return lock_row(User, by.user_id)


def _ensure_few(own: Sequence[Export]) -> None:
    living = [one for one in own if one.status is not ExportStatus.FAILED]
    if len(living) >= AT_A_TIME:
        raise TooManyFiles(count=len(living))
