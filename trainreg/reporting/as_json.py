"""Figures as programs read them: the stable shape of `trainreg report figures PROJECT --json`, see docs/figures.md."""

from decimal import Decimal
from typing import Any

from trainreg.people.rules import Sex
from trainreg.programme.models import Project
from trainreg.reporting.figures import AgencyName, ProjectFigures
from trainreg.reporting.rules import Figures, Measure, plain_number
from trainreg.reporting.unnamed import UnnamedFigures, unnamed_as_json

NAMES = {
    Measure.ATTENDANCES: "attendances",
    Measure.PERSONS: "unique_persons",
    Measure.PERSON_DAYS: "person_days",
}


def figures_as_json(project: Project, figures: ProjectFigures, unnamed: UnnamedFigures) -> dict[str, Any]:
    """The whole project: in total and per outcome; what was counted without names apart."""
    return {
        "project": project.code,
        "title": project.title,
        "total": {
            **_part(figures.total, figures),
            "events_held": figures.events_held,
            "publications_translated": figures.products.translated,
            "assessments": figures.products.assessments,
        },
        "unnamed": unnamed_as_json(unnamed),
        "outcomes": [
            {
                "number": outcome.number,
                "title": outcome.title,
                **_part(figures.by_outcome[outcome.id], figures),
                "events_held": figures.events_held_for(outcome.id),
                **_products(figures, outcome.id),
            }
            for outcome in project.outcomes
        ],
    }


def _products(figures: ProjectFigures, outcome_id: int) -> dict[str, int]:
    products = figures.products_of(outcome_id)
    return {"publications_translated": products.translated, "assessments": products.assessments}


def _part(part: Figures, figures: ProjectFigures) -> dict[str, Any]:
    return {
        **_values({measure: part.of(measure).total for measure in Measure}),
        "by_sex": {sex.value: _values({measure: part.of(measure).by_sex[sex] for measure in Measure}) for sex in Sex},
        "by_agency": [
            *(_agency(part, agency_id, agency) for agency_id, agency in figures.agencies_in(part)),
            _agency(part, None, None),
        ],
    }


def _agency(part: Figures, agency_id: int | None, agency: AgencyName | None) -> dict[str, Any]:
    values = {measure: part.of(measure).by_agency.get(agency_id, Decimal(0)) for measure in Measure}
    return {"code": agency.code if agency else None, "name": agency.name if agency else None, **_values(values)}


def _values(values: dict[Measure, Decimal]) -> dict[str, int | float]:
    return {NAMES[measure]: plain_number(value) for measure, value in values.items()}
