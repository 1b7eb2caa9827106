"""The table of indicators: target and actual of the latest periods, as they were handed in where they were."""

from decimal import Decimal

from flask_babel import gettext as _

from trainreg.framework.rules import CountingRule
from trainreg.reporting.factsheet.parts import Block, Cell, IndicatorLine, Indicators, Paragraph
from trainreg.reporting.factsheet.rules import PERIODS_SHOWN
from trainreg.reporting.factsheet.words import own, words_of
from trainreg.reporting.indicators import Figure, Line, Progress
from trainreg.web.locale import format_number

_NONE = "–"
# Where nothing is hidden, an empty figure is one that nobody has yet.
_MAY_BE_EMPTY = frozenset({CountingRule.HAND_ENTERED, CountingRule.KNOWLEDGE_GAIN})


def indicators(progress: Progress) -> list[Block]:
    """Nothing where the project has no indicators."""
    if not progress.lines:
        return []
    first = max(0, len(progress.periods) - PERIODS_SHOWN)
    periods = [(period.code, str(_("handed in")) if period.is_locked else "") for period in progress.periods[first:]]
    has_baseline = any(line.indicator.baseline_value is not None for line in progress.lines)
    table = Indicators(
        head=_("Indicator"),
        baseline=_("Baseline") if has_baseline else "",
        all_time=_("All time"),
        periods=periods,
        lines=[_line(line, first) for line in progress.lines],
    )
    remarks = [_("Actual figures; the target stands below each.")]
    if first:
        remarks.append(
            _(
                "The latest %(shown)s of %(count)s reporting periods are shown.",
                shown=format_number(PERIODS_SHOWN),
                count=format_number(len(progress.periods)),
            )
        )
    return [table, Paragraph(own(" ".join(remarks)), "quiet")]


def _line(line: Line, first: int) -> IndicatorLine:
    indicator = line.indicator
    baseline = ""
    if indicator.baseline_value is not None:
        year = f" ({indicator.baseline_year})" if indicator.baseline_year else ""
        baseline = f"{format_number(indicator.baseline_value)}{year}"
    return IndicatorLine(
        code=indicator.code,
        title=words_of(indicator.title),
        unit=words_of(indicator.unit),
        baseline=baseline or _NONE,
        cells=[_cell(figure) for figure in line.figures[first:]],
        total=_number(line.total, indicator.rule),
    )


def _cell(figure: Figure) -> Cell:
    target = ""
    if figure.target is not None:
        number = format_number(figure.target)
        target = _("of %(target)s: reached", target=number) if figure.is_reached else _("of %(target)s", target=number)
    note = ""
    if figure.unnamed:
        note = _("and %(count)s without names", count=format_number(figure.unnamed))
    actual = _number(figure.told, figure.indicator.rule)
    return Cell(actual, target, note)


def _number(value: Decimal | None, rule: CountingRule) -> str:
    if value is None:
        return _NONE if rule in _MAY_BE_EMPTY else str(_("not told"))
    return format_number(value)
