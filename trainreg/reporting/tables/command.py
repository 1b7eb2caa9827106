"""`trainreg report tables`: all tables of a project in one ZIP."""

from pathlib import Path
from shutil import copyfileobj

import click

from trainreg.audit import service as audit
from trainreg.kernel.actor import COMMAND_LINE
from trainreg.kernel.db import db
from trainreg.programme.queries import find_project
from trainreg.reporting.tables.package import write_package
from trainreg.reporting.tables.schemas import tables_for
from trainreg.reporting.tables.scope import Scope


@click.command("tables")
@click.argument("code", metavar="PROJECT")
@click.option("--aggregates-only", is_flag=True, help="Without tables about individuals; small figures are hidden.")
@click.option("-o", "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
def tables(code: str, aggregates_only: bool, out: Path) -> None:
    """Write the tables of PROJECT, without names, to FILE (ZIP with datapackage.json; docs/data-dictionary.md)."""
    project = find_project(code)
    if project is None:
        raise click.ClickException(f"There is no project with the code {code!r}.")
    scope = Scope(project, sees_individuals=not aggregates_only)
    if scope.sees_individuals:
        audit.record("project.tables_taken", project, by=COMMAND_LINE, project_id=project.id)
    count = len(tables_for(sees_individuals=scope.sees_individuals))
    try:
        with (
            click.progressbar(length=count, label="Writing") as bar,
            write_package(scope, after_each=lambda: bar.update(1)) as made,
            out.open("wb") as file,
        ):
            copyfileobj(made, file)
    except OSError as problem:
        db.session.rollback()
        raise click.ClickException(f"{out} cannot be written: {problem.strerror}") from problem
    db.session.commit()
    click.echo(f"{count} tables written to {out}")
