"""`trainreg report attendances`: everybody who attended, as one long list."""

from pathlib import Path
from shutil import copyfileobj

import click
from flask_babel import force_locale

from trainreg.audit import service as audit
from trainreg.kernel.actor import COMMAND_LINE
from trainreg.kernel.db import db
from trainreg.kernel.languages import CONTENT_LANGUAGES, DEFAULT_LANGUAGE
from trainreg.programme.models import Project
from trainreg.programme.queries import find_project, list_projects
from trainreg.reporting.workbook.people import count_people, write_people


@click.command("attendances")
@click.argument("code", metavar="[PROJECT]", required=False)
@click.option("--language", type=click.Choice(list(CONTENT_LANGUAGES)), default=DEFAULT_LANGUAGE, show_default=True)
@click.option("-o", "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
def attendances(code: str | None, language: str, out: Path) -> None:
    """Write everybody who attended to FILE (XLSX), with names: of PROJECT, or of all projects."""
    project = find_project(code) if code else None
    if code and project is None:
        raise click.ClickException(f"There is no project with the code {code!r}.")
    for one in [project] if project else list_projects(None):
        audit.record("project.people_taken", one, by=COMMAND_LINE, project_id=one.id, format="XLSX")
    try:
        _write(project, language, out)
    except OSError as problem:
        db.session.rollback()
        raise click.ClickException(f"{out} cannot be written: {problem.strerror}") from problem
    db.session.commit()


def _write(project: Project | None, language: str, out: Path) -> None:
    ids = [project.id] if project else None
    total = count_people(ids)
    with (
        click.progressbar(length=total, label="Writing") as bar,
        force_locale(language),
        write_people(ids, told=bar.update) as made,
        out.open("wb") as file,
    ):
        copyfileobj(made, file)
    click.echo(f"{total} rows written to {out}")
