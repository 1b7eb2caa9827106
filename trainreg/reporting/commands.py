"""`trainreg report`: figures from the command line."""

import json
from decimal import Decimal

import click
from flask.cli import AppGroup

from trainreg.kernel.languages import DEFAULT_LANGUAGE, in_language
from trainreg.people.rules import Sex
from trainreg.programme.models import Project
from trainreg.programme.queries import find_project
from trainreg.reporting.as_json import figures_as_json
from trainreg.reporting.factsheet.command import factsheet
from trainreg.reporting.figures import ProjectFigures, figures_of
from trainreg.reporting.iati.command import iati, iati_check
from trainreg.reporting.organisation.command import organisation
from trainreg.reporting.rules import Figures, Measure, plain_number
from trainreg.reporting.tables.command import tables
from trainreg.reporting.unnamed import unnamed_of
from trainreg.reporting.workbook.command import workbook
from trainreg.reporting.workbook.people_command import attendances

report = AppGroup("report", help="What projects report.")
report.add_command(tables)
report.add_command(workbook)
report.add_command(attendances)

report.add_command(factsheet)
report.add_command(iati)
report.add_command(iati_check)
report.add_command(organisation)

HEADINGS = ("attendances", "unique persons", "person-days")
SEXES = {Sex.FEMALE: "female", Sex.MALE: "male", Sex.NOT_STATED: "not stated"}


@report.command("figures")
@click.argument("project_code", metavar="PROJECT")
@click.option("--json", "as_json", is_flag=True, help="For programs; the shape is described in docs/figures.md.")
def figures(project_code: str, as_json: bool) -> None:
    """Attendances, unique persons and person-days of PROJECT, per outcome and in total, by sex and agency."""
    project = find_project(project_code)
    if project is None:
        raise click.ClickException(f"There is no project with the code {project_code!r}.")
    counted = figures_of(project)
    if as_json:
        click.echo(json.dumps(figures_as_json(project, counted, unnamed_of(project.id)), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join([*_lines(project, counted), *_unnamed(project)]))


def _lines(project: Project, counted: ProjectFigures) -> list[str]:
    lines = [f"{project.code}  {in_language(project.title, DEFAULT_LANGUAGE)}"]
    lines += ["", *_table("Total", counted.total, counted)]
    for outcome in project.outcomes:
        heading = f"Outcome {outcome.number}  {in_language(outcome.title, DEFAULT_LANGUAGE)}"
        lines += ["", *_table(heading, counted.by_outcome[outcome.id], counted)]
    products = counted.products
    lines += ["", f"Events held: {counted.events_held}"]
    lines += [f"Publications translated: {products.translated}", f"Assessments: {products.assessments}"]
    return lines


def _unnamed(project: Project) -> list[str]:
    counted = unnamed_of(project.id).total
    if not counted.people:
        return []
    told = f"{counted.people} people at sessions, {plain_number(counted.person_days)} person-days"
    return [f"Counted without names (in none of the figures above): {told}"]


def _table(heading: str, part: Figures, counted: ProjectFigures) -> list[str]:
    rows = [("in total", [part.of(measure).total for measure in Measure])]
    rows += [(word, [part.of(measure).by_sex[sex] for measure in Measure]) for sex, word in SEXES.items()]
    for agency_id, agency in counted.agencies_in(part):
        values = [part.of(measure).by_agency.get(agency_id, Decimal(0)) for measure in Measure]
        rows.append((in_language(agency.name, DEFAULT_LANGUAGE), values))
    rows += [("agency not stated", [part.of(measure).by_agency[None] for measure in Measure])]
    width = max(len(word) for word, _values in rows)
    lines = [heading, f"  {'':<{width}}" + "".join(f"{word:>16}" for word in HEADINGS)]
    lines += [f"  {word:<{width}}" + "".join(f"{plain_number(value):>16}" for value in values) for word, values in rows]
    return lines
