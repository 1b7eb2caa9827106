"""`trainreg report iati` and `trainreg report iati-check`."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from trainreg.iati.reading import LARGEST
from trainreg.iati.validator import Verdict, check
from trainreg.kernel import clock
from trainreg.kernel.refusals import Refused
from trainreg.programme.queries import find_project
from trainreg.reporting.iati.making import make_file
from trainreg.reporting.iati.rules import Mode

_ERRORS_SHOWN = 50


@click.command("iati")
@click.argument("project_code", metavar="PROJECT")
@click.option(
    "--mode", type=click.Choice([one.value for one in Mode]), default=Mode.DIMENSIONS.value, show_default=True
)
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where to write it.")
@with_appcontext
def iati(project_code: str, mode: str, out: Path) -> None:
    """PROJECT with its results as IATI 2.03 XML; one that is not valid is not written, and it says why."""
    project = find_project(project_code)
    if project is None:
        raise click.ClickException(f"There is no project with the code {project_code!r}.")
    try:
        made = make_file(project, Mode(mode), now=clock.now())
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    _tell(made.verdict)
    if not made.verdict.is_valid:
        raise click.ClickException("The file is not valid and was not written.")
    try:
        out.write_bytes(made.data)
    except OSError as error:
        raise click.ClickException(f"The file cannot be written: {error.strerror}.") from error
    click.echo(f"{out}: {len(made.data)} bytes, valid.")


@click.command("iati-check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def iati_check(file: Path) -> None:
    """Whether FILE is valid IATI 2.03, in sentences; exit code 1 where it is not."""
    with file.open("rb") as opened:
        verdict = check(opened.read(LARGEST + 1), now=clock.now())
    _tell(verdict)
    if not verdict.is_valid:
        raise click.ClickException(f"{file}: not valid.")
    click.echo(f"{file}: valid.")


def _tell(verdict: Verdict) -> None:
    for one in verdict.findings[:_ERRORS_SHOWN]:
        where = f"line {one.line}: " if one.line else ""
        path = f"  {one.path}" if one.path else ""
        click.echo(f"{one.weight.value}: {where}{one}{path}", err=True)
    more = len(verdict.findings) - _ERRORS_SHOWN
    if more > 0 or verdict.has_more:
        click.echo(f"and at least {max(more, 1)} more.", err=True)
