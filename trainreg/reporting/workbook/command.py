"""`trainreg report workbook`: the donor's workbook from the command line."""

from pathlib import Path
from shutil import copyfileobj

import click

from trainreg.audit import service as audit
from trainreg.framework.queries import get_period
from trainreg.kernel.actor import COMMAND_LINE
from trainreg.kernel.db import db
from trainreg.kernel.languages import CONTENT_LANGUAGES, DEFAULT_LANGUAGE
from trainreg.kernel.refusals import NotFound
from trainreg.programme.queries import find_project
from trainreg.reporting.workbook.asked import Asked
from trainreg.reporting.workbook.making import make_workbook
from trainreg.reporting.workbook.notes import action_of


@click.command("workbook")
@click.argument("code", metavar="PROJECT")
@click.option("--language", type=click.Choice(list(CONTENT_LANGUAGES)), default=DEFAULT_LANGUAGE, show_default=True)
@click.option("--period", metavar="PERIOD", help="Only this reporting period.")
@click.option("--names", is_flag=True, help="With the list of names; it is written down that it was taken.")
@click.option("--small-figures", is_flag=True, help="Tell figures of one to four people, too.")
@click.option("-o", "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
def workbook(code: str, language: str, period: str | None, names: bool, small_figures: bool, out: Path) -> None:
    """Write the workbook of PROJECT to FILE (XLSX). Without names, small figures are hidden unless asked for."""
    project = find_project(code)
    if project is None:
        raise click.ClickException(f"There is no project with the code {code!r}.")
    try:
        chosen = get_period(project.id, period) if period else None
        asked = Asked(project, names or small_figures, names, chosen)
    except NotFound as refusal:
        raise click.ClickException(f"The project has no period with the code {period!r}.") from refusal
    audit.record(
        action_of(asked), project, by=COMMAND_LINE, project_id=project.id, language=CONTENT_LANGUAGES[language]
    )
    rows = 0

    def note(more: int) -> None:
        nonlocal rows
        rows += more

    try:
        with make_workbook(asked, language, after_some=note) as made, out.open("wb") as file:
            copyfileobj(made, file)
    except OSError as problem:
        db.session.rollback()
        raise click.ClickException(f"{out} cannot be written: {problem.strerror}") from problem
    db.session.commit()
    click.echo(f"{rows} rows written to {out}")
