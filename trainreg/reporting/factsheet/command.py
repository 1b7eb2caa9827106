"""`trainreg report factsheet PROJECT`: the factsheet as a file."""

from pathlib import Path

import click

from trainreg.kernel import clock
from trainreg.kernel.languages import CONTENT_LANGUAGES, DEFAULT_LANGUAGE
from trainreg.programme.queries import find_project
from trainreg.reporting.factsheet.compose import factsheet_of
from trainreg.reporting.factsheet.pdf import draw_factsheet


@click.command("factsheet")
@click.argument("project_code", metavar="PROJECT")
@click.option("--language", type=click.Choice(list(CONTENT_LANGUAGES)), default=DEFAULT_LANGUAGE, show_default=True)
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where the PDF goes.")
@click.option("--hide-small", is_flag=True, help="Hide small numbers, as from a reader without the right to names.")
def factsheet(project_code: str, language: str, out: Path, hide_small: bool) -> None:
    """The donor's factsheet of PROJECT as a PDF, from its records alone."""
    project = find_project(project_code)
    if project is None:
        raise click.ClickException(f"There is no project with the code {project_code!r}.")
    now = clock.now()
    content = draw_factsheet(factsheet_of(project, language, with_names=not hide_small, at=now), at=now)
    try:
        out.write_bytes(content)
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written: {error.strerror}.") from error
    click.echo(f"{out}: {len(content) // 1024 + 1} kB")
