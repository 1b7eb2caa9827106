"""What a workbook calls its sheets and columns, in the language it is made in."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainreg.framework.models import Indicator, ReportingPeriod
from trainreg.framework.rules import Dimension, Filters
from trainreg.framework.words import DIMENSION_WORDS
from trainreg.reporting.part_words import PartWords
from trainreg.web.locale import format_day, format_number

NOT_TOLD = _l("not told")
ALL_TIME = _l("All time")
_BY_FILTER: Mapping[str, Dimension] = {
    "event_kinds": Dimension.EVENT_KIND,
    "roles": Dimension.ROLE,
    "agencies": Dimension.AGENCY,
    "levels": Dimension.LEVEL,
    "provinces": Dimension.PROVINCE,
    "sexes": Dimension.SEX,
    "age_bands": Dimension.AGE_BAND,
    "groups": Dimension.GROUP,
    "product_kinds": Dimension.PRODUCT_KIND,
}


def yes_or_no(is_so: bool) -> str:
    return str(_("Yes") if is_so else _("No"))


def period_name(period: ReportingPeriod | None) -> str:
    return str(ALL_TIME) if period is None else period.code


def filters_in_words(filters: Filters, parts: PartWords) -> str:
    """What an indicator leaves out, one after the other; nothing where it counts all that its rule can."""
    told = []
    for name, dimension in _BY_FILTER.items():
        chosen = sorted(parts.name(dimension, _part(one)) for one in getattr(filters, name))
        if chosen:
            told.append(_("%(what)s: %(these)s", what=DIMENSION_WORDS[dimension], these=", ".join(chosen)))
    if filters.minimum_hours is not None:
        told.append(_("Attended for at least %(hours)s hours", hours=format_number(filters.minimum_hours)))
    if filters.from_day is not None:
        told.append(_("From %(day)s on", day=format_day(filters.from_day)))
    if filters.until_day is not None:
        told.append(_("Until %(day)s", day=format_day(filters.until_day)))
    if filters.own_outcome:
        told.append(_("Only what serves the outcome of the indicator"))
    return "; ".join(told)


def _part(code: Any) -> Any:
    """Filters name what was not stated; parts of a breakdown leave it empty."""
    return None if code == "not_stated" else code


def place_of(indicator: Indicator) -> str:
    """Where in the framework an indicator stands: 1.2 for an output, 1 for an outcome."""
    if indicator.output is not None:
        return indicator.output.label
    return str(indicator.outcome.number) if indicator.outcome is not None else ""


def hidden_in_words(with_names: bool) -> list[str]:
    """What a workbook keeps to itself, and why."""
    if with_names:
        return [_("Nothing is hidden in this workbook: who asked for it may see names. Hand it on with care.")]
    few = _("Figures of one to four people are not told, because those counted could be recognised.")
    more = _(
        "Others are not told with them, where they would give these away. Such a cell says: %(word)s.", word=NOT_TOLD
    )
    return [few, more, _("No official is named.")]
