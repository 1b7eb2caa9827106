"""A framework as one table of a spreadsheet, out and in: what goes out comes in as it was. See docs/results.md.

Each row says in `what` which part it is. Headings and codes are the same in every language.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from trainreg.framework import refusals
from trainreg.framework.details import (
    FrameworkDetails,
    HandDetails,
    IndicatorDetails,
    OutputDetails,
    PeriodDetails,
    TargetDetails,
)
from trainreg.framework.rows import PROVINCE_CODES, joined, parts_of
from trainreg.framework.rules import CountingRule, Direction, Filters
from trainreg.framework.words import breakdown_code, breakdown_from
from trainreg.kernel.languages import CONTENT_LANGUAGES
from trainreg.kernel.sheets import Sheet, SheetRow
from trainreg.kernel.types import Text
from trainreg.web.fields import day_from, money_from, whole_from

WHAT = ("objective", "output", "period", "indicator", "target", "value")
LISTS = (*("event_kinds", "roles", "agencies", "levels", "provinces", "sexes", "age_bands", "groups", "product_kinds"),)
COLUMNS = (
    *("what", "code", "period", "outcome", "output"),
    *(f"title_{code}" for code in CONTENT_LANGUAGES),
    *(f"unit_{code}" for code in CONTENT_LANGUAGES),
    *("rule", "direction", "baseline_value", "baseline_year", "breakdowns"),
    *LISTS,
    *("minimum_hours", "own_outcome", "from", "until", "value", "due_on", "source"),
)
_YES, _NO = frozenset({"yes", "true", "1"}), frozenset({"", "no", "false", "0"})
Read = TypeVar("Read")
Cells = dict[str, Any]


def rows_of(told: FrameworkDetails, agency_codes: Mapping[int, str]) -> Iterator[list[Any]]:
    """The framework's rows, cells in the order of COLUMNS."""
    for cells in _cells_of(told, agency_codes):
        yield [cells.get(name) for name in COLUMNS]


def _cells_of(told: FrameworkDetails, agency_codes: Mapping[int, str]) -> Iterator[Cells]:
    yield {"what": "objective", **_words("title", told.objective)}
    for output in told.outputs:
        yield {"what": "output", "output": output.label, "outcome": output.outcome, **_words("title", output.title)}
    for period in told.periods:
        yield {"what": "period", "period": period.code, "from": period.starts_on, "until": period.ends_on}
    for one in told.indicators:
        yield _cells_of_indicator(one, agency_codes)
    for target in told.targets:
        where = {"what": "target", "code": target.indicator, "period": target.period}
        yield where | {"value": target.value, "due_on": target.due_on}
    for value in told.values:
        where = {"what": "value", "code": value.indicator, "period": value.period}
        yield where | {"value": value.value, "source": value.source}


def _cells_of_indicator(one: IndicatorDetails, agency_codes: Mapping[int, str]) -> Cells:
    filters = one.filters.as_json()
    filters["agencies"] = [agency_codes.get(key, str(key)) for key in filters.get("agencies", ())]
    return {
        "what": "indicator",
        "code": one.code,
        "outcome": one.outcome,
        "output": one.output,
        **_words("title", one.title),
        **_words("unit", one.unit),
        "rule": one.rule.value if one.rule else None,
        "direction": one.direction.value,
        "baseline_value": one.baseline_value,
        "baseline_year": one.baseline_year,
        "breakdowns": joined(breakdown_code(wanted) for wanted in one.breakdowns),
        **{name: joined(filters.get(name, ())) for name in LISTS},
        "minimum_hours": one.filters.minimum_hours,
        "own_outcome": "yes" if one.filters.own_outcome else "",
        "from": one.filters.from_day,
        "until": one.filters.until_day,
    }


def _words(name: str, text: Text) -> Cells:
    return {f"{name}_{code}": text.get(code, "") for code in CONTENT_LANGUAGES}


def read_framework(sheet: Sheet, agency_ids: Mapping[str, int]) -> FrameworkDetails:
    """A framework from a spreadsheet; `agency_ids` by folded code. What it does not know is refused with its place."""
    headings = [title.strip().casefold() for title in sheet.header]
    for title in headings:
        if title not in COLUMNS:
            raise refusals.UnknownHeading(column=title[:60])
    if "what" not in headings:
        raise refusals.MissingHeading(column="what")
    rows = [_Row(row, dict(zip(headings, row.cells, strict=True))) for row in sheet.rows]
    parts: dict[str, list[_Row]] = {what: [] for what in WHAT}
    for row in rows:
        parts[row.one_of("what", WHAT)].append(row)
    objective = parts["objective"][0].words("title") if parts["objective"] else {}
    return FrameworkDetails(
        objective=objective,
        outputs=[row.output() for row in parts["output"]],
        periods=[
            PeriodDetails(code=row.needed("period"), starts_on=row.day("from"), ends_on=row.day("until"))
            for row in parts["period"]
        ],
        indicators=[row.indicator(agency_ids) for row in parts["indicator"]],
        targets=[
            TargetDetails(
                indicator=row.needed("code"),
                period=row.needed("period"),
                value=row.number("value"),
                due_on=row.maybe("due_on", day_from),
            )
            for row in parts["target"]
        ],
        values=[
            HandDetails(
                indicator=row.needed("code"),
                period=row.needed("period"),
                value=row.number("value"),
                source=row.text("source"),
            )
            for row in parts["value"]
        ],
    )


@dataclass(frozen=True)
class _Row:
    """One row of the table, read cell by cell; what cannot be read is refused with its place."""

    row: SheetRow
    cells: Mapping[str, str]

    def text(self, name: str) -> str:
        return self.cells.get(name, "")

    def needed(self, name: str) -> str:
        if not self.text(name):
            raise refusals.MissingCell(row=self.row.number, column=name)
        return self.text(name)

    def one_of(self, name: str, known: Any) -> str:
        told = self.needed(name).casefold()
        if told not in set(known):
            raise self._unknown(name, told)
        return told

    def maybe(self, name: str, read: Callable[[str], Read]) -> Read | None:
        """A cell as something else than text; None where it is empty."""
        if not self.text(name):
            return None
        try:
            return read(self.text(name))
        except ValueError as error:
            raise refusals.UnreadableCell(row=self.row.number, column=name, text=self.text(name)[:60]) from error

    def day(self, name: str) -> date:
        self.needed(name)
        found = self.maybe(name, day_from)
        assert found is not None  # noqa: S101 - for the type checker
        return found

    def number(self, name: str) -> Decimal:
        self.needed(name)
        return self.maybe(name, money_from) or Decimal(0)

    def words(self, name: str) -> Text:
        told = {code: self.text(f"{name}_{code}") for code in CONTENT_LANGUAGES}
        return {code: text for code, text in told.items() if text}

    def output(self) -> OutputDetails:
        outcome, dot, number = self.needed("output").partition(".")
        if not dot or not (outcome.isdecimal() and number.isdecimal()) or len(outcome + number) > 8:
            raise self._unknown("output", self.text("output"))
        return OutputDetails(outcome=int(outcome), number=int(number), title=self.words("title"))

    def indicator(self, agency_ids: Mapping[str, int]) -> IndicatorDetails:
        output = self.text("output") or None
        outcome = self.maybe("outcome", whole_from)
        if output is not None and outcome is None:
            outcome = int(output.partition(".")[0]) if output.partition(".")[0].isdecimal() else None
        direction = self.one_of("direction", Direction) if self.text("direction") else Direction.INCREASE
        return IndicatorDetails(
            code=self.needed("code"),
            title=self.words("title"),
            unit=self.words("unit"),
            rule=CountingRule(self.one_of("rule", CountingRule)) if self.text("rule") else None,
            filters=self._filters(agency_ids),
            breakdowns=tuple(self._each("breakdowns", breakdown_from)),
            direction=Direction(direction),
            baseline_value=self.maybe("baseline_value", money_from),
            baseline_year=self.maybe("baseline_year", whole_from),
            outcome=outcome,
            output=output,
        )

    def _filters(self, agency_ids: Mapping[str, int]) -> Filters:
        said: dict[str, Any] = {name: parts_of(self.text(name)) for name in LISTS}
        said["agencies"] = [self._known("agencies", one, agency_ids) for one in said["agencies"]]
        said["provinces"] = [
            one if one == "not_stated" else self._known("provinces", one, PROVINCE_CODES) for one in said["provinces"]
        ]
        for name in set(LISTS) - {"agencies", "provinces", "groups"}:
            self._each(name, lambda one, name=name: Filters.from_json({name: [one]}))  # type: ignore[misc]
        days = {"from_day": self.maybe("from", day_from), "until_day": self.maybe("until", day_from)}
        hours = self.maybe("minimum_hours", money_from)
        if self.text("own_outcome").casefold() not in _YES | _NO:
            raise self._unknown("own_outcome", self.text("own_outcome"))
        said |= {name: str(day) for name, day in days.items() if day is not None}
        said |= {"minimum_hours": str(hours)} if hours is not None else {}
        return Filters.from_json(said | {"own_outcome": self.text("own_outcome").casefold() in _YES})

    def _each(self, name: str, read: Callable[[str], Read]) -> list[Read]:
        found = []
        for one in parts_of(self.text(name)):
            try:
                found.append(read(one))
            except ValueError as error:
                raise self._unknown(name, one) from error
        return found

    def _known(self, name: str, told: str, known: Mapping[str, Read]) -> Read:
        if told.casefold() not in known:
            raise self._unknown(name, told)
        return known[told.casefold()]

    def _unknown(self, name: str, told: str) -> refusals.UnknownWord:
        return refusals.UnknownWord(row=self.row.number, column=name, text=told[:60])
