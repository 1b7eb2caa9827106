"""Take a file in, look at what each row would do, answer its questions, and write it in one transaction."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, insert, select

from trainreg.audit import service as audit
from trainreg.events.models import Event
from trainreg.imports.columns import guess
from trainreg.imports.importers import IMPORTERS
from trainreg.imports.models import HeadingMemory, ImportRow, ImportRun
from trainreg.imports.plan import Column, FileRow, Finding, Options, Place
from trainreg.imports.queries import content_of, find_earlier, remembered
from trainreg.imports.refusals import (
    ColumnMissing,
    ColumnTwice,
    NothingToWrite,
    NotReady,
    RowsStandInTheWay,
    UnknownColumn,
)
from trainreg.imports.rules import KEPT_FOR, PROGRESS_EVERY, ImportKind, RowOutcome, RunStatus, may_apply
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, lock_row
from trainreg.kernel.sheets import Sheet, read_sheet
from trainreg.kernel.text import fold, one_line
from trainreg.programme.models import Project
from trainreg.registration.rules import RegistrationStatus

audit.describes(
    {
        "import.received": _l("File received, %(rows)s rows"),
        "import.errors_taken": _l("Rows with their reasons handed out, %(rows)s rows"),
        "import.applied": _l("File imported: %(new)s new, %(matched)s completed, %(unchanged)s unchanged"),
    }
)
LONGEST_FILENAME = 200


@dataclass(frozen=True)
class Upload:
    """A file that was read, as it came."""

    data: bytes
    filename: str
    sheet: Sheet


def start(
    kind: ImportKind,
    upload: Upload,
    *,
    by: Actor,
    language: str,
    event: Event | None = None,
    project: Project | None = None,
    options: Options | None = None,
) -> ImportRun:
    """Keep a file, with a first guess of what its columns are."""
    wanted = options or Options()
    project = event.project if event is not None else project
    place = Place(event, project, wanted, language)
    headings = list(upload.sheet.header)
    run = ImportRun(
        kind=kind,
        event_id=event.id if event else None,
        project_id=project.id if project else None,
        filename=one_line(upload.filename)[:LONGEST_FILENAME],
        content=upload.data,
        content_hash=sha256(upload.data).hexdigest(),
        headings=headings,
        mapping=guess(headings, IMPORTERS[kind].columns(place), remembered(kind, by.user_id)),
        options={"status": wanted.status.value, "sends_mail": wanted.sends_mail},
        choices={},
        counts={},
        rows_total=len(upload.sheet.rows),
        language=language,
        actor_kind=by.kind,
        actor_label=by.label,
        user_id=by.user_id,
        created_at=clock.now(),
    )
    earlier = find_earlier(run)
    if earlier is not None:  # the same questions need not be asked again
        run.choices, run.mapping = dict(earlier.choices), list(earlier.mapping)
    db.session.add(run)
    audit.record("import.received", run, by=by, project_id=run.project_id, rows=run.rows_total)
    return run


def place_of(run: ImportRun) -> Place:
    """What the rows of an import belong to."""
    options = Options(RegistrationStatus(run.options["status"]), bool(run.options["sends_mail"]))
    return Place(run.event, run.project, options, run.language)


def columns_of(run: ImportRun) -> Sequence[Column]:
    """The fields that its columns can be."""
    return IMPORTERS[run.kind].columns(place_of(run))


def set_columns(run: ImportRun, mapping: Sequence[str], *, by: Actor) -> ImportRun:
    """Say what each column is, and remember it for the next file; what was found before is found anew."""
    run = lock_row(ImportRun, run.id)
    if run.status not in {RunStatus.MAPPING, RunStatus.READY}:
        raise NotReady
    _ensure_columns(run, mapping)
    run.mapping = list(mapping)
    _remember(run, by=by)
    return look_again(run)


def look_again(run: ImportRun) -> ImportRun:
    """Have the rows looked at from the first on."""
    run.status, run.rows_done, run.claimed_at = RunStatus.LOOKING, 0, _claimed(run)
    return run


def map_again(run: ImportRun) -> ImportRun:
    """Back to what the columns are."""
    run = lock_row(ImportRun, run.id)
    if run.status is not RunStatus.READY:
        raise NotReady
    run.status = RunStatus.MAPPING
    return run


def look(run: ImportRun, *, after_some: Callable[[int], None] = lambda _done: None) -> ImportRun:
    """Find out what each row would do, and keep that for the preview; `after_some` is told how far it is."""
    db.session.execute(delete(ImportRow).where(ImportRow.run_id == run.id))
    counts = dict.fromkeys((outcome.value for outcome in RowOutcome), 0)
    run_id, batch, done = run.id, [], 0
    with force_locale(run.language):
        for finding in examined(run):
            counts[finding.outcome.value] += 1
            batch.append(_row(run_id, finding))
            done += 1
            if len(batch) == PROGRESS_EVERY:
                db.session.execute(insert(ImportRow), batch)
                batch = []
                after_some(done)
        if batch:
            db.session.execute(insert(ImportRow), batch)
    run.counts, run.rows_done, run.status, run.claimed_at = counts, done, RunStatus.READY, None
    return run


def examined(run: ImportRun) -> Iterator[Finding]:
    """What each row of the file would do now, as the records stand and the desk answered; nothing is written."""
    sheet = read_sheet(content_of(run), run.filename)
    choices = {int(number): answer for number, answer in run.choices.items()}
    importer = IMPORTERS[run.kind]
    return importer.examine(rows_by_field(sheet, run.mapping), place_of(run), choices)


def rows_by_field(sheet: Sheet, mapping: Sequence[str]) -> list[FileRow]:
    """The rows of a sheet with their cells by field."""
    kept = [(place, field) for place, field in enumerate(mapping) if field]
    letters = {field: sheet.columns[place] for place, field in kept}
    return [FileRow(row.number, {field: row.cells[place] for place, field in kept}, letters) for row in sheet.rows]


def answer(run: ImportRun, answers: Mapping[int, str]) -> ImportRun:
    """Keep what the desk says to open questions, where it is one of the answers offered; then look again."""
    run = lock_row(ImportRun, run.id)
    if run.status is not RunStatus.READY:
        raise NotReady
    asked = select(ImportRow.number, ImportRow.candidates).where(
        ImportRow.run_id == run.id, ImportRow.outcome == RowOutcome.AMBIGUOUS
    )
    offered = {number: {"new", *(key for key, _words in keys)} for number, keys in db.session.execute(asked)}
    said = {str(number): key for number, key in answers.items() if key in offered.get(number, set())}
    run.choices = {**run.choices, **said}
    return look_again(run)


def begin_apply(run: ImportRun, *, by: Actor) -> ImportRun:
    """Let it be written, in the name of whoever says so; refuses while anything stands in the way."""
    run = lock_row(ImportRun, run.id)
    if run.status is not RunStatus.READY:
        raise NotReady
    _ensure_may_apply(run.counts)
    run.status, run.rows_done, run.refusal, run.claimed_at = RunStatus.APPLYING, 0, "", _claimed(run)
    run.actor_kind, run.actor_label, run.user_id = by.kind, by.label, by.user_id
    return run


def apply(run: ImportRun) -> ImportRun:
    """Write everything, or nothing: the rows are looked at once more, as the records stand in this transaction."""
    if run.event is not None:
        lock_row(Event, run.event.id)
    by = Actor(run.actor_kind, run.actor_label, run.user_id)
    with force_locale(run.language):
        findings = list(examined(run))
        counts = dict.fromkeys((outcome.value for outcome in RowOutcome), 0)
        for finding in findings:
            counts[finding.outcome.value] += 1
        _ensure_may_apply(counts)
        wanted = [one for one in findings if one.outcome in {RowOutcome.NEW, RowOutcome.MATCHED}]
        IMPORTERS[run.kind].write(wanted, place_of(run), by)
    run.status, run.counts, run.rows_done = RunStatus.APPLIED, counts, len(findings)
    run.applied_at, run.claimed_at, run.refusal = clock.now(), None, ""
    new, matched, unchanged = (counts[one] for one in (RowOutcome.NEW, RowOutcome.MATCHED, RowOutcome.UNCHANGED))
    project_id = run.project_id
    audit.record("import.applied", run, by=by, project_id=project_id, new=new, matched=matched, unchanged=unchanged)
    return run


def forget_old() -> int:
    """Delete the files and rows of imports that are thirty days old; returns how many."""
    old = db.session.scalars(select(ImportRun.id).where(ImportRun.created_at < clock.now() - KEPT_FOR)).all()
    delete_runs(old)
    return len(old)


def delete_runs(ids: Sequence[int]) -> None:
    """Delete imports with their files and rows; what they wrote stays."""
    if ids:
        db.session.execute(delete(ImportRow).where(ImportRow.run_id.in_(ids)))
        db.session.execute(delete(ImportRun).where(ImportRun.id.in_(ids)))


def _claimed(run: ImportRun) -> datetime | None:
    """A short file is done by whoever asked, at once; a long one waits for the worker."""
    return clock.now() if run.is_short else None


def _ensure_may_apply(counts: Mapping[str, int]) -> None:
    if may_apply(dict(counts)):
        return
    errors, questions = counts.get(RowOutcome.ERROR, 0), counts.get(RowOutcome.AMBIGUOUS, 0)
    if errors or questions:
        raise RowsStandInTheWay(errors=errors, questions=questions)
    raise NothingToWrite


def _ensure_columns(run: ImportRun, mapping: Sequence[str]) -> None:
    columns = {column.field: column for column in columns_of(run)}
    said = [field for field in mapping if field]
    if len(mapping) != len(run.headings) or not set(said) <= columns.keys():
        raise UnknownColumn
    for field in said:
        if said.count(field) > 1:
            raise ColumnTwice(what=str(columns[field].label))
    missing = [str(column.label) for column in columns.values() if column.is_needed and column.field not in said]
    one_of = IMPORTERS[run.kind].one_of
    if one_of and not set(one_of) & set(said):
        missing.append(" / ".join(str(columns[field].label) for field in one_of))
    if missing:
        raise ColumnMissing(fields=", ".join(missing))


def _remember(run: ImportRun, *, by: Actor) -> None:
    memory = db.session.scalar(
        select(HeadingMemory).where(
            HeadingMemory.kind == run.kind,
            HeadingMemory.user_id.is_(None) if by.user_id is None else HeadingMemory.user_id == by.user_id,
        )
    )
    if memory is None:
        memory = HeadingMemory(kind=run.kind, user_id=by.user_id, fields={})
        db.session.add(memory)
    said = {fold(heading): field for heading, field in zip(run.headings, run.mapping, strict=True)}
    # A session belongs to one event: what its column was called says nothing about the next event.
    kept = {heading: field for heading, field in said.items() if not field.startswith("session_")}
    memory.fields, memory.used_at = {**memory.fields, **kept}, clock.now()


def _row(run_id: int, finding: Finding) -> dict[str, object]:
    return {
        "run_id": run_id,
        "number": finding.number,
        "outcome": finding.outcome,
        "shown": finding.shown,
        "reason": finding.reason,
        "candidates": [[one.key, one.words] for one in finding.candidates],
    }
