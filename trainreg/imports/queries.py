"""Find imports and their rows."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import joinedload, undefer

from trainreg.imports.models import HeadingMemory, ImportRow, ImportRun
from trainreg.imports.rules import PERMISSIONS, ImportKind, RowOutcome, RunStatus
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Principal
from trainreg.kernel.refusals import NotFound


def get_run(run_id: int) -> ImportRun:
    run = db.session.get(ImportRun, run_id)
    if run is None:
        raise NotFound
    return run


def content_of(run: ImportRun) -> bytes:
    """The file as it was sent."""
    return db.session.scalars(select(ImportRun.content).where(ImportRun.id == run.id)).one()


def runs_for(account: Principal) -> Select[ImportRun]:
    """The imports that this account may see, the newest first."""
    return (
        select(ImportRun)
        .where(or_(*(_is_open_to(account, kind) for kind in ImportKind)))
        .options(joinedload(ImportRun.event), joinedload(ImportRun.project))
        .order_by(ImportRun.id.desc())
    )


def _is_open_to(account: Principal, kind: ImportKind) -> ColumnElement[bool]:
    projects = account.project_ids(PERMISSIONS[kind])
    of_kind = ImportRun.kind == kind
    if projects is None:
        return of_kind
    return and_(of_kind, ImportRun.project_id.in_(projects)) if projects else false()


def rows_of(run: ImportRun, outcome: RowOutcome | None = None) -> Select[ImportRow]:
    """The rows of an import as they were found, in the order of the file."""
    statement = select(ImportRow).where(ImportRow.run_id == run.id).order_by(ImportRow.number)
    return statement if outcome is None else statement.where(ImportRow.outcome == outcome)


def reasons_of(run: ImportRun) -> dict[int, str]:
    """Why rows stand in the way, by their number."""
    in_the_way = (RowOutcome.ERROR, RowOutcome.AMBIGUOUS)
    rows = select(ImportRow.number, ImportRow.reason).where(
        ImportRow.run_id == run.id, ImportRow.outcome.in_(in_the_way)
    )
    return dict(db.session.execute(rows).all())


def remembered(kind: ImportKind, user_id: int | None) -> dict[str, str]:
    """What headings were said to mean in files of this kind: by this account, else by whoever said so last."""
    found: Sequence[HeadingMemory] = db.session.scalars(
        select(HeadingMemory).where(HeadingMemory.kind == kind).order_by(HeadingMemory.used_at)
    ).all()
    fields: dict[str, str] = {}
    for memory in sorted(found, key=lambda memory: memory.user_id == user_id):
        fields |= memory.fields
    return fields


def find_earlier(run: ImportRun) -> ImportRun | None:
    """The last applied import of the same file in the same place."""
    return db.session.scalar(
        select(ImportRun)
        .where(
            ImportRun.content_hash == run.content_hash,
            ImportRun.kind == run.kind,
            ImportRun.event_id.is_(None) if run.event_id is None else ImportRun.event_id == run.event_id,
            ImportRun.project_id.is_(None) if run.project_id is None else ImportRun.project_id == run.project_id,
            ImportRun.status == RunStatus.APPLIED,
        )
        .order_by(ImportRun.id.desc())
        .limit(1)
    )


def with_content() -> Select[ImportRun]:
    """Imports with their files."""
    return select(ImportRun).options(undefer(ImportRun.content))
