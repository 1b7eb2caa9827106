"""`trainreg report organisation`: all projects, or those asked for, from the command line."""

from datetime import datetime
from pathlib import Path
from shutil import copyfileobj

import click
from flask_babel import force_locale
from werkzeug.datastructures import MultiDict

from trainreg.kernel.languages import DEFAULT_LANGUAGE, LANGUAGES
from trainreg.kernel.sheets_writing import SheetFormat, write_sheet
from trainreg.reporting.organisation.answer import answer
from trainreg.reporting.organisation.asked import Stage
from trainreg.reporting.organisation.forms import OrganisationForm
from trainreg.reporting.organisation.reader import OPERATOR
from trainreg.reporting.organisation.sheets import write_table, write_workbook
from trainreg.reporting.rules import plain_number

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("organisation")
@click.option("--year", help="Only this calendar year.")
@click.option("--from", "first", type=_DAY, help="From this day on.")
@click.option("--until", "last", type=_DAY, help="Until this day.")
@click.option("--country", help="Projects in this country (ISO 3166: MN).")
@click.option("--funder", help="Projects of this funder, as its English name is written.")
@click.option("--partner", metavar="CODE", help="Projects with this agency as a partner.")
@click.option("--stage", type=click.Choice([one.value for one in Stage]), help="Projects that are at this stage today.")
@click.option("--agency", metavar="CODE", help="Officials of this agency and all below it.")
@click.option("--kind", help="Events of this kind (seminar, training, ...).")
@click.option("--language", type=click.Choice(list(LANGUAGES)), default=DEFAULT_LANGUAGE, show_default=True)
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="FILE.xlsx or .csv.")
def organisation(language: str, out: Path | None, **filters: str | datetime | None) -> None:
    """Figures of all projects, or of those asked for, with every figure: printed, or written to FILE."""
    if out is not None and out.suffix.removeprefix(".").lower() not in set(SheetFormat):
        raise click.ClickException("The name of the file has to end in .xlsx or .csv.")
    words = {name: _as_typed(value) for name, value in filters.items() if value}
    with force_locale(language):
        form = OrganisationForm(OPERATOR, MultiDict(words))
        if not form.validate():
            name, sentences = next(iter(form.errors.items()))
            raise click.ClickException(f"--{_OPTIONS.get(str(name), name)}: {' '.join(map(str, sentences))}")
        found = answer(form.asked(), OPERATOR)
        if out is None:
            header, rows = write_table(found, form)
            for row in (header, *rows):
                click.echo("\t".join("" if cell is None else str(cell) for cell in row))
            return
        if out.suffix.lower() == ".xlsx":
            content = write_workbook(found, form)
        else:
            content = write_sheet(SheetFormat.CSV, *write_table(found, form))
        try:
            with content, out.open("wb") as file:
                copyfileobj(content, file)
        except OSError as problem:
            raise click.ClickException(f"{out} cannot be written: {problem.strerror}") from problem
    total = found.total
    figures = (
        f"{total.attendances} attendances, {total.persons} officials, {plain_number(total.person_days)} person-days"
    )
    click.echo(f"{len(found.chosen)} projects written to {out}: {figures}")


_OPTIONS = {"first": "from", "last": "until"}


def _as_typed(value: str | datetime | None) -> str:
    return value.date().isoformat() if isinstance(value, datetime) else str(value)
