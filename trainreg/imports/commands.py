"""`trainreg import`: the same imports from the command line."""

import json
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from trainreg.events.queries import find_event
from trainreg.imports import service
from trainreg.imports.models import ImportRun
from trainreg.imports.plan import Options
from trainreg.imports.queries import rows_of
from trainreg.imports.refusals import NothingToWrite, RowsStandInTheWay
from trainreg.imports.rules import ImportKind, RowOutcome
from trainreg.kernel.actor import COMMAND_LINE
from trainreg.kernel.db import db
from trainreg.kernel.refusals import Refused
from trainreg.kernel.sheets import LARGEST_FILE, read_sheet
from trainreg.programme.queries import find_project
from trainreg.registration.rules import RegistrationStatus

imports = AppGroup(
    "import", help="Import people, agencies, registrations, attendance and past events from spreadsheets."
)

MOST_TOLD = 50
_file = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
_dry_run = click.option("--dry-run", is_flag=True, help="Only say what each row would do; write nothing.")
_as_json = click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
_event = click.option("--event", "slug", required=True, metavar="EVENT", help="The event's name in addresses.")


@imports.command("people")
@_file
@_dry_run
@_as_json
def people(file: Path, dry_run: bool, as_json: bool) -> None:
    """Import people from FILE. Exits with 1 when a row stands in the way; then nothing is written."""
    _import(ImportKind.PEOPLE, file, dry_run=dry_run, as_json=as_json)


@imports.command("agencies")
@_file
@_dry_run
@_as_json
def agencies(file: Path, dry_run: bool, as_json: bool) -> None:
    """Import agencies from FILE. Exits with 1 when a row stands in the way; then nothing is written."""
    _import(ImportKind.AGENCIES, file, dry_run=dry_run, as_json=as_json)


@imports.command("registrations")
@_file
@_event
@click.option(
    "--status", type=click.Choice(["confirmed", "requested", "nominated"]), default="confirmed", show_default=True
)
@click.option("--mail", is_flag=True, help="Write to those who are new on the list.")
@_dry_run
@_as_json
def registrations(file: Path, slug: str, status: str, mail: bool, dry_run: bool, as_json: bool) -> None:
    """Import registrations of EVENT from FILE. Exits with 1 when a row stands in the way; then nothing is written."""
    options = Options(RegistrationStatus(status), mail)
    _import(ImportKind.REGISTRATIONS, file, dry_run=dry_run, as_json=as_json, event=_find_event(slug), options=options)


@imports.command("attendance")
@_file
@_event
@_dry_run
@_as_json
def attendance(file: Path, slug: str, dry_run: bool, as_json: bool) -> None:
    """Import the attendance of EVENT from FILE. Exits with 1 when a row stands in the way; then nothing is written."""
    _import(ImportKind.ATTENDANCE, file, dry_run=dry_run, as_json=as_json, event=_find_event(slug))


@imports.command("past-events")
@_file
@click.option("--project", "code", required=True, metavar="PROJECT", help="The project's code.")
@_dry_run
@_as_json
def past_events(file: Path, code: str, dry_run: bool, as_json: bool) -> None:
    """Import past events of PROJECT with their people and attendance from FILE. Exits as the others do."""
    project = find_project(code)
    if project is None:
        raise click.ClickException(f"There is no project with the code {code!r}.")
    _import(ImportKind.PAST_EVENTS, file, dry_run=dry_run, as_json=as_json, project=project)


def _find_event(slug: str) -> Any:
    event = find_event(slug)
    if event is None:
        raise click.ClickException(f"There is no event with the name {slug!r}.")
    return event


def _import(kind: ImportKind, file: Path, *, dry_run: bool, as_json: bool, **where: Any) -> None:
    if file.stat().st_size > LARGEST_FILE:
        raise click.ClickException(f"{file} is larger than {LARGEST_FILE // 1024**2} MB.")
    try:
        data = file.read_bytes()
        upload = service.Upload(data, file.name, read_sheet(data, file.name))
        run = service.start(kind, upload, by=COMMAND_LINE, language="en", **where)
        db.session.flush()
        service.set_columns(run, run.mapping, by=COMMAND_LINE)
        _look(run, quiet=as_json)
        was_applied = not dry_run and _apply(run)
    except Refused as refusal:
        db.session.rollback()
        raise click.ClickException(str(refusal)) from refusal
    answer = {"applied": was_applied, **run.counts}
    stops = (RowOutcome.ERROR, RowOutcome.AMBIGUOUS)
    in_the_way = [row for outcome in stops for row in db.session.scalars(rows_of(run, outcome))]
    told = [{"row": row.number, "outcome": row.outcome.value, "reason": row.reason} for row in in_the_way]
    if was_applied:
        db.session.commit()
    else:
        db.session.rollback()
    _tell(answer, told, as_json=as_json)
    if told:
        raise SystemExit(1)


def _look(run: ImportRun, *, quiet: bool) -> None:
    with click.progressbar(length=run.rows_total, label="Looking", hidden=quiet) as bar:
        seen = 0

        def note(done: int) -> None:
            nonlocal seen
            bar.update(done - seen)
            seen = done

        service.look(run, after_some=note)
        bar.update(run.rows_total - seen)


def _apply(run: ImportRun) -> bool:
    """Write it where nothing stands in the way; says whether it was."""
    try:
        service.begin_apply(run, by=COMMAND_LINE)
        service.apply(run)
    except (RowsStandInTheWay, NothingToWrite):
        return False
    return True


def _tell(answer: dict[str, Any], told: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(answer | {"rows": told}, ensure_ascii=False))
        return
    words = ", ".join(f"{answer.get(outcome.value, 0)} {outcome.value}" for outcome in RowOutcome)
    click.echo(f"{words}. {'Written.' if answer['applied'] else 'Nothing was written.'}")
    for row in told[:MOST_TOLD]:
        click.echo(f"row {row['row']} ({row['outcome']}): {row['reason']}", err=True)
    if len(told) > MOST_TOLD:
        click.echo(f"and {len(told) - MOST_TOLD} more rows; see them all with --json.", err=True)
