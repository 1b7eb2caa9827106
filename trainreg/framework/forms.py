"""The form of a framework: everything on one page."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FileField, FormField, HiddenField, TextAreaField
from wtforms.validators import Length

from trainreg.agencies.models import Agency
from trainreg.framework import refusals
from trainreg.framework.beside import tell_beside
from trainreg.framework.checks import framework_problems
from trainreg.framework.details import (
    FrameworkDetails,
    HandDetails,
    IndicatorDetails,
    OutputDetails,
    PeriodDetails,
    TargetDetails,
)
from trainreg.framework.models import Indicator, ReportingPeriod
from trainreg.framework.rows import PROVINCE_CODES, IndicatorRow, OutputRow, PeriodRow, RowsField, joined, parts_of
from trainreg.framework.rules import LONGEST_REASON, LONGEST_SOURCE, MOST_INDICATORS, MOST_OUTPUTS, MOST_PERIODS
from trainreg.framework.values import Cell, values_of
from trainreg.framework.versions import version_of
from trainreg.framework.words import breakdown_code
from trainreg.kernel.languages import CONTENT_LANGUAGES
from trainreg.kernel.refusals import Refused
from trainreg.programme.models import Project
from trainreg.web.fields import ChoiceField
from trainreg.web.forms import Form, InAllLanguages, ParagraphField, fill_texts
from trainreg.web.locale import tr

_PARAGRAPHS = Length(max=2000, message=_l("At most 2,000 characters."))
PARTS = {
    "period": ("periods", MOST_PERIODS),
    "output": ("outputs", MOST_OUTPUTS),
    "indicator": ("indicators", MOST_INDICATORS),
}


class FrameworkForm(InAllLanguages):
    """Objective, periods, outputs, indicators; and a grid of targets for what is known already."""

    seen = HiddenField()
    objective_en = ParagraphField(_l("Objective in English"), [_PARAGRAPHS])
    objective_mn = ParagraphField(_l("Objective in Mongolian"), [_PARAGRAPHS])
    objective_fr = ParagraphField(_l("Objective in French"), [_PARAGRAPHS])
    objective_es = ParagraphField(_l("Objective in Spanish"), [_PARAGRAPHS])
    periods = RowsField(FormField(PeriodRow), max_entries=MOST_PERIODS)
    outputs = RowsField(FormField(OutputRow), max_entries=MOST_OUTPUTS)
    indicators = RowsField(FormField(IndicatorRow), max_entries=MOST_INDICATORS)

    def __init__(
        self,
        project: Project,
        agencies: Sequence[Agency],
        known: Sequence[Indicator],
        known_periods: Sequence[ReportingPeriod],
        **kwargs: Any,
    ) -> None:
        self.project, self.known, self.known_periods = project, known, known_periods
        self.agency_ids = {agency.code.casefold(): agency.id for agency in agencies}
        self.agency_codes = {agency.id: agency.code for agency in agencies}
        super().__init__(**kwargs)
        self.offer()
        self.cells: dict[tuple[int, int], Cell] = values_of(known, known_periods, request.form)

    def offer(self) -> None:
        """What outputs and indicators can belong to: outcomes as they are kept, outputs as they are typed."""
        outcomes = [(str(one.number), f"{one.number}  {tr(one.title)}") for one in self.project.outcomes]
        for entry in self.outputs:
            entry.form.outcome.choices = outcomes or [("", "")]
        outputs = [
            (f"{row.outcome.data}.{row.number.data}", f"{row.outcome.data}.{row.number.data}  {tr(row.text('title'))}")
            for row in (entry.form for entry in self.outputs)
        ]
        for entry in self.indicators:
            entry.form.belongs.choices = [("", _("The whole project")), *outcomes, *outputs]

    def rows(self, name: str) -> list[Any]:
        return [entry.form for entry in self[name]]

    def fill(self, told: FrameworkDetails) -> None:
        """Fill the form from what is known."""
        self.seen.data = version_of(self.project)
        fill_texts(self, objective=told.objective)
        for period in told.periods:
            days = {"starts_on": period.starts_on.isoformat(), "ends_on": period.ends_on.isoformat()}
            self.periods.append_entry({"id": str(period.id), "code": period.code, **days})
        for output in told.outputs:
            where = {"outcome": str(output.outcome), "number": str(output.number)}
            self.outputs.append_entry({"id": str(output.id), **where, **_texts(title=output.title)})
        for indicator in told.indicators:
            self.indicators.append_entry(self._filled(indicator))
        self.offer()

    def _filled(self, one: IndicatorDetails) -> dict[str, Any]:
        filters = one.filters.as_json()
        listed = {name: joined(filters.get(name, ())) for name in ("provinces", "groups")}
        agencies = joined(self.agency_codes[key] for key in filters.get("agencies", ()) if key in self.agency_codes)
        plain = {name: filters[name] for name in filters if name not in {"provinces", "groups", "agencies"}}
        return {
            "id": str(one.id),
            "code": one.code,
            "belongs": one.output or (str(one.outcome) if one.outcome else ""),
            "rule": one.rule.value if one.rule else "",
            "direction": one.direction.value,
            "baseline_value": "" if one.baseline_value is None else f"{one.baseline_value.normalize():f}",
            "baseline_year": str(one.baseline_year or ""),
            "breakdowns": [breakdown_code(wanted) for wanted in one.breakdowns],
            **_texts(title=one.title, unit=one.unit),
            **plain,
            **listed,
            "agencies": agencies,
        }

    def validate(self, extra_validators: Any = None) -> bool:
        """Everything that is wrong at once; what is wrong with the whole stands at the top."""
        for name, _most in PARTS.values():
            for place in reversed(range(len(self[name]))):
                if self[name][place].form.is_empty:
                    self[name].take_out(place)
        self.offer()
        super().validate(extra_validators)
        self._check_codes()
        self.form_errors += [cell.error for cell in self.cells.values() if cell.error]
        if not self.errors:
            self._tell(framework_problems(self.project, self.details()))
        return not self.errors

    def _tell(self, problems: Iterable[Refused]) -> None:
        """Each sentence once, beside the field it is about, else at the top; that of a target stands there, too."""
        indicators, periods = self._named()
        cells = {
            (indicators.get(one, "").casefold(), periods.get(two, "").casefold()): cell
            for (one, two), cell in self.cells.items()
        }
        for sentence, problem in {str(one): one for one in problems}.items():
            if not tell_beside(problem, periods=self.periods, indicators=self.indicators, cells=cells):
                self.form_errors.append(sentence)

    def _check_codes(self) -> None:
        """Agencies and provinces that nothing has."""
        for row in self.rows("indicators"):
            for field, known in ((row.agencies, self.agency_ids), (row.provinces, PROVINCE_CODES)):
                unknown = [part for part in parts_of(field.data) if part.casefold() not in known]
                if unknown:
                    field.errors = [*field.errors, _("We do not know the code “%(code)s”.", code=unknown[0])]
                    self.indicators.errors = [*self.indicators.errors, *field.errors]

    def details(self) -> FrameworkDetails:
        """The framework as typed."""
        return FrameworkDetails(
            objective=self.text("objective"),
            periods=[
                PeriodDetails(
                    code=row.code.data, starts_on=row.starts_on.value, ends_on=row.ends_on.value, id=row.known_id
                )
                for row in self.rows("periods")
            ],
            outputs=[
                OutputDetails(
                    outcome=int(row.outcome.data or 0),
                    number=row.number.value,
                    title=row.text("title"),
                    id=row.known_id,
                )
                for row in self.rows("outputs")
            ],
            indicators=[self._indicator(row) for row in self.rows("indicators")],
            targets=list(self._targets()),
            values=list(self._values()),
        )

    def _indicator(self, row: IndicatorRow) -> IndicatorDetails:
        outcome, _dot, output = row.belongs.data.partition(".")
        agencies = [self.agency_ids[part.casefold()] for part in parts_of(row.agencies.data)]
        return IndicatorDetails(
            id=row.known_id,
            code=row.code.data or "",
            title=row.text("title"),
            unit=row.text("unit"),
            rule=row.counting_rule(),
            filters=row.filters(agencies),
            breakdowns=row.breakdowns_told(),
            direction=row.direction.data,
            baseline_value=row.baseline_value.value,
            baseline_year=row.baseline_year.value,
            outcome=int(outcome) if outcome else None,
            output=row.belongs.data if output else None,
        )

    def _named(self) -> tuple[dict[int | None, str], dict[int | None, str]]:
        """Known indicators and periods by the code that they have on the page now."""
        return (
            {row.known_id: row.code.data for row in self.rows("indicators")},
            {row.known_id: row.code.data for row in self.rows("periods")},
        )

    def _targets(self) -> Any:
        indicators, periods = self._named()
        for (indicator_id, period_id), cell in self.cells.items():
            if cell.target_value is not None and indicator_id in indicators and period_id in periods:
                yield TargetDetails(
                    indicator=indicators[indicator_id],
                    period=periods[period_id],
                    value=cell.target_value,
                    due_on=cell.due_on,
                )

    def _values(self) -> Any:
        indicators, periods = self._named()
        for (indicator_id, period_id), cell in self.cells.items():
            if cell.hand_value is not None and indicator_id in indicators and period_id in periods:
                code, source = indicators[indicator_id], cell.source[:LONGEST_SOURCE]
                yield HandDetails(indicator=code, period=periods[period_id], value=cell.hand_value, source=source)

    def rearrange(self, pressed: str) -> str | None:
        """Add or take out a row as the button says; None where the button was another. Nothing is written."""
        match = re.fullmatch(r"(add|remove)-(period|output|indicator)(?:-([0-9]{1,3}))?", pressed)
        if match is None:
            return None
        name, most = PARTS[match[2]]
        if match[1] == "add":
            if len(self[name]) >= most:
                self.form_errors.append(str(refusals.TooMany(most=most)))
                return ""
            self[name].append_entry({})
        elif match[3] is not None and int(match[3]) < len(self[name]):
            self[name].take_out(int(match[3]))
        self.offer()
        added: str = _("A row is added at the end of its list. Nothing is saved yet.")
        taken: str = _("A row is taken out. Nothing is saved yet.")
        return added if match[1] == "add" else taken

    def refuse(self, refusal: Refused) -> None:
        self.status = refusal.status
        self._tell([refusal])


def _texts(**texts: dict[str, str]) -> dict[str, str]:
    return {f"{name}_{code}": text.get(code, "") for name, text in texts.items() for code in CONTENT_LANGUAGES}


class SheetForm(Form):
    """A framework as a spreadsheet."""

    file = FileField(_l("Spreadsheet, XLSX or CSV"))


class CopyForm(Form):
    """Which project's framework is taken over."""

    source = ChoiceField(_l("Project"), default="")


class ReopenForm(Form):
    """Why a period is opened again."""

    reason = TextAreaField(_l("Reason"), [Length(max=LONGEST_REASON, message=_l("At most 500 characters."))])
