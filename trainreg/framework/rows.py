"""Periods, outputs and indicators as rows of the framework's form."""

from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField
from wtforms import Form as PlainForm
from wtforms.validators import Length

from trainreg.events.forms import KINDS as EVENT_KINDS
from trainreg.framework.rules import (
    LONGEST_CODE,
    LONGEST_TITLE,
    LONGEST_UNIT,
    Breakdown,
    CountingRule,
    Dimension,
    Direction,
    Filters,
    dimensions_of,
    filters_of,
)
from trainreg.framework.words import (
    DIRECTION_WORDS,
    FILTER_WORDS,
    OFFERED_PAIRS,
    RULE_WORDS,
    breakdown_code,
    breakdown_from,
    breakdown_words,
)
from trainreg.kernel.languages import CONTENT_LANGUAGES
from trainreg.kernel.types import Text
from trainreg.people.provinces import PROVINCES
from trainreg.people.words import AGE_BAND_WORDS, LEVEL_WORDS
from trainreg.publications.forms import KINDS as PRODUCT_KINDS
from trainreg.registration.words import ROLE_WORDS
from trainreg.web.fields import ChoiceField, DayField, DecimalField, MoneyField, RowsField, TicksField, WholeField
from trainreg.web.forms import LineField

__all__ = ["IndicatorRow", "OutputRow", "PeriodRow", "RowsField"]
_CODE = Length(max=LONGEST_CODE, message=_l("At most 40 characters."))
_TITLE = Length(max=LONGEST_TITLE, message=_l("At most 300 characters."))
_UNIT = Length(max=LONGEST_UNIT, message=_l("At most 60 characters."))
_LIST = Length(max=1000, message=_l("At most 1,000 characters."))
_UNKNOWN = -1
PROVINCE_CODES = {code.casefold(): code for code in PROVINCES}


def words_as_choices(words: dict[Any, Any]) -> list[tuple[str, Any]]:
    return [(code.value, word) for code, word in words.items()]


def joined(codes: Any) -> str:
    """A list as one line of a form or a cell."""
    return "; ".join(str(one) for one in codes)


def parts_of(text: str | None) -> list[str]:
    """Back: what stands between semicolons."""
    return [part.strip() for part in (text or "").split(";") if part.strip()]


class Row(PlainForm):
    """A row with texts in every language of reports; `id` says which known part it is."""

    id = HiddenField()

    def text(self, name: str) -> Text:
        return {code: self[f"{name}_{code}"].data for code in CONTENT_LANGUAGES if self[f"{name}_{code}"].data}

    @property
    def known_id(self) -> int | None:
        """None for a new row, a key that nothing has for nonsense."""
        told = self.id.data or ""
        if not told:
            return None
        return int(told) if told.isascii() and told.isdecimal() and len(told) < 10 else _UNKNOWN


class PeriodRow(Row):
    """One reporting period. A new row without a name is no period."""

    code = LineField(_l("Name"), [_CODE])
    starts_on = DayField(_l("First day"))
    ends_on = DayField(_l("Last day"))

    @property
    def is_empty(self) -> bool:
        return not self.id.data and not (self.code.data or self.starts_on.data or self.ends_on.data)

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        if not self.code.data and not self.code.errors:
            self.code.errors = [_("Give the period a name, for example 2026-Q1.")]
        for field in (self.starts_on, self.ends_on):
            if not field.data and not field.errors:
                field.errors = [_("Say on which day the period begins and ends.")]
        return not self.errors


class OutputRow(Row):
    """One output of an outcome."""

    outcome = ChoiceField(_l("Outcome"), default="")
    number = WholeField(_l("Number"))
    title_en = LineField(_l("Output in English"), [_TITLE])
    title_mn = LineField(_l("Output in Mongolian"), [_TITLE])
    title_fr = LineField(_l("Output in French"), [_TITLE])
    title_es = LineField(_l("Output in Spanish"), [_TITLE])

    @property
    def is_empty(self) -> bool:
        return not self.id.data and not self.text("title")

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        if self.number.value is None and not self.number.errors:
            self.number.errors = [_("Number the outputs of an outcome from 1 to 999.")]
        return not self.errors


class IndicatorRow(Row):
    """One indicator with its rule, its filters and its breakdowns."""

    code = LineField(_l("Code"), [_CODE])
    belongs = ChoiceField(_l("Belongs to"), default="")
    title_en = LineField(_l("Indicator in English"), [_TITLE])
    title_mn = LineField(_l("Indicator in Mongolian"), [_TITLE])
    title_fr = LineField(_l("Indicator in French"), [_TITLE])
    title_es = LineField(_l("Indicator in Spanish"), [_TITLE])
    unit_en = LineField(_l("Unit in English"), [_UNIT])
    unit_mn = LineField(_l("Unit in Mongolian"), [_UNIT])
    unit_fr = LineField(_l("Unit in French"), [_UNIT])
    unit_es = LineField(_l("Unit in Spanish"), [_UNIT])
    rule = ChoiceField(_l("How it is counted"), choices=[("", _l("Choose")), *words_as_choices(RULE_WORDS)], default="")
    direction = ChoiceField(
        _l("Direction"), choices=words_as_choices(DIRECTION_WORDS), default=Direction.INCREASE.value
    )
    baseline_value = MoneyField(_l("Baseline"))
    baseline_year = WholeField(_l("Year of the baseline"))
    breakdowns = TicksField(_l("Broken down by"))
    event_kinds = TicksField(FILTER_WORDS["event_kinds"], choices=EVENT_KINDS)
    roles = TicksField(FILTER_WORDS["roles"], choices=words_as_choices(ROLE_WORDS))
    sexes = TicksField(
        FILTER_WORDS["sexes"],
        choices=[("female", _l("Female")), ("male", _l("Male")), ("not_stated", _l("Not stated"))],
    )
    levels = TicksField(FILTER_WORDS["levels"], choices=words_as_choices(LEVEL_WORDS))
    age_bands = TicksField(FILTER_WORDS["age_bands"], choices=words_as_choices(AGE_BAND_WORDS))
    product_kinds = TicksField(FILTER_WORDS["product_kinds"], choices=PRODUCT_KINDS)
    agencies = LineField(FILTER_WORDS["agencies"], [_LIST])
    provinces = LineField(FILTER_WORDS["provinces"], [_LIST])
    groups = LineField(FILTER_WORDS["groups"], [_LIST])
    minimum_hours = DecimalField(FILTER_WORDS["minimum_hours"])
    from_day = DayField(FILTER_WORDS["from_day"])
    until_day = DayField(FILTER_WORDS["until_day"])
    own_outcome = BooleanField(FILTER_WORDS["own_outcome"])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        single: list[Breakdown] = [(one,) for one in Dimension]
        offered = {breakdown_code(one): breakdown_words(one) for one in (*single, *OFFERED_PAIRS)}
        for code in self.breakdowns.data or ():
            if code not in offered:
                offered[code] = _named(code)
        self.breakdowns.choices = [(code, words) for code, words in offered.items() if words]
        self.breakdowns.attributes = {code: {"data-fits": _rules_parted_by(code)} for code in offered}

    @staticmethod
    def fits(name: str) -> str:
        """The rules that a filter narrows; the page offers it while one of them is chosen."""
        return " ".join(rule for rule in CountingRule if name in filters_of(rule))

    @property
    def is_empty(self) -> bool:
        return not self.id.data and not self.code.data and not self.text("title")

    @property
    def narrowed(self) -> bool:
        """Whether a filter is said: its part of the page is then open."""
        names = (*_TICKED, *_LISTED, "agencies", "minimum_hours", "from_day", "until_day", "own_outcome")
        return any(self[name].data or self[name].errors for name in names)

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        if not self.code.data and not self.code.errors:
            self.code.errors = [_("Give the indicator a code, for example 1.2a.")]
        if not self.rule.data and not self.rule.errors:
            self.rule.errors = [_("Say how this indicator is counted.")]
        return not self.errors

    def filters(self, agencies: list[int]) -> Filters:
        """What is said of filters; only what was understood."""
        said: dict[str, Any] = {name: list(self[name].data or ()) for name in _TICKED}
        said |= {name: parts_of(self[name].data) for name in _LISTED}
        said["provinces"] = [PROVINCE_CODES.get(one.casefold(), one) for one in said["provinces"]]
        hours: Decimal | None = self.minimum_hours.value
        days = {"from_day": self.from_day.value, "until_day": self.until_day.value}
        said |= {name: str(day) for name, day in days.items() if day is not None} | (
            {"minimum_hours": str(hours)} if hours is not None else {}
        )
        return Filters.from_json(said | {"agencies": agencies, "own_outcome": bool(self.own_outcome.data)})

    def counting_rule(self) -> CountingRule | None:
        return CountingRule(self.rule.data) if self.rule.data in set(CountingRule) else None

    def breakdowns_told(self) -> tuple[Breakdown, ...]:
        return tuple(breakdown_from(code) for code in self.breakdowns.data or ())


_TICKED = ("event_kinds", "roles", "sexes", "levels", "age_bands", "product_kinds")
_LISTED = ("provinces", "groups")


def _rules_parted_by(code: str) -> str:
    """The rules whose figures can be broken down so."""
    wanted = set(code.split("*"))
    return " ".join(rule for rule in CountingRule if wanted <= {one.value for one in dimensions_of(rule)})


def _named(code: str) -> str:
    """A breakdown that the page does not offer, kept where the indicator has it; nonsense has no name."""
    try:
        return breakdown_words(breakdown_from(code))
    except ValueError:
        return ""
