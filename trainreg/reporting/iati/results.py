"""A project's results for the file, in either mode."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from trainreg.framework.models import Indicator as Kept
from trainreg.framework.models import ReportingPeriod
from trainreg.framework.rules import OF_PEOPLE, Breakdown
from trainreg.framework.words import RULE_WORDS
from trainreg.iati.house_rules import says_unique
from trainreg.kernel.languages import DEFAULT_LANGUAGE, LANGUAGES, in_language
from trainreg.reporting.counting.tables import Key, Table
from trainreg.reporting.iati.content import Indicator, Period, Result, Text, Value
from trainreg.reporting.iati.part_names import PartNames
from trainreg.reporting.iati.rules import Mode, ResultType, is_ascending, may_be_added, measure_of
from trainreg.reporting.indicators import Figure, Line, Progress, plain

_COUNTED = _l("What is counted: %(what)s.")
_UNIT = _l("Unit: %(unit)s.")
_HIDDEN = _l("Figures of fewer than five people are not published, nor those from which they could be worked out.")
_UNNAMED = _l("Besides, %(count)s were counted without names; they are in none of these figures.")
_SOURCE = _l("Entered by hand. Source: %(source)s")
_BY_PARTS = _l("One part of the indicator %(code)s.")
Tables = Mapping[int, Table | None]


def in_both(sentence: Any, **facts: object) -> dict[str, str]:
    """A sentence of ours in the languages of the pages, whoever asks."""
    told = {}
    for language in LANGUAGES:
        with force_locale(language):
            told[language] = str(sentence) % facts if facts else str(sentence)
    return told


def results_of(progress: Progress, mode: Mode) -> list[Result]:
    """Results in the framework's order: of the whole project, of outcomes, of outputs; none without indicators."""
    grouped: dict[tuple[ResultType, int | None], list[Line]] = {}
    for line in progress.lines:
        grouped.setdefault(_group(line.indicator), []).append(line)
    names = PartNames()
    order = sorted(grouped, key=lambda group: _order(grouped[group][0].indicator))
    return [
        Result(
            type=group[0],
            title=_title(progress, grouped[group][0].indicator),
            indicators=[one for line in grouped[group] for one in _indicators(progress, line, mode, names)],
        )
        for group in order
    ]


def _group(one: Kept) -> tuple[ResultType, int | None]:
    if one.output is not None:
        return ResultType.OUTPUT, one.output_id
    return (ResultType.OUTCOME, one.outcome_id) if one.outcome is not None else (ResultType.OTHER, None)


def _order(one: Kept) -> tuple[int, int]:
    return (one.outcome.number if one.outcome else 0, one.output.number if one.output else 0)


def _title(progress: Progress, one: Kept) -> Text:
    if one.output is not None:
        return one.output.title
    return one.outcome.title if one.outcome is not None else progress.project.title


def _indicators(progress: Progress, line: Line, mode: Mode, names: PartNames) -> Iterator[Indicator]:
    """The indicator itself, and in the second mode one more for each part of each breakdown."""
    one = line.indicator
    tables = {
        wanted: {period.id: progress.told_table(one, period, wanted) for period in progress.periods}
        for wanted in one.wanted
    }
    periods = []
    for figure in line.figures:
        actuals = list(_total(figure))
        if mode is Mode.DIMENSIONS:
            for wanted, of_period in tables.items():
                actuals += _cells(of_period[figure.period.id], wanted, _keys(of_period), names)
        periods.append(_period(figure.period, figure.target, actuals))
    baseline = None
    if one.baseline_year is not None and one.baseline_value is not None:
        baseline = (one.baseline_year, one.baseline_value)
    yield _indicator(one, code=one.code, title=one.title, more={}, baseline=baseline, periods=periods)
    for wanted, of_period in tables.items() if mode is Mode.INDICATORS else ():
        for key in _keys(of_period):
            yield _indicator(
                one,
                code=names.code(one.code, wanted, key),
                title=names.title(one.title, wanted, key),
                more=in_both(_BY_PARTS, code=one.code),
                periods=[_period(each, None, _cell(of_period[each.id], key)) for each in progress.periods],
            )


def _indicator(one: Kept, *, title: Text, more: Text, **values: Any) -> Indicator:
    told: list[Text] = [in_both(_COUNTED, what=_Spoken(RULE_WORDS[one.rule]))]
    if one.unit:
        told.append(
            {language: in_both(_UNIT, unit=in_language(one.unit, language))[language] for language in LANGUAGES}
        )
    told += [in_both(_HIDDEN)] if one.rule in OF_PEOPLE else []
    told += [more] if more else []
    return Indicator(
        title=title,
        description={language: " ".join(text[language] for text in told) for language in LANGUAGES},
        measure=measure_of(one.rule, in_language(one.unit, DEFAULT_LANGUAGE)),
        is_ascending=is_ascending(one.direction),
        may_be_added=may_be_added(one.rule) and not says_unique(one.title.values()),
        **values,
    )


class _Spoken:
    """Words that are put into a sentence in the language in which the sentence is."""

    def __init__(self, words: Any) -> None:
        self._words = words

    def __str__(self) -> str:
        return str(self._words)


def _period(period: ReportingPeriod, target: Any, actuals: Sequence[Value]) -> Period:
    return Period(first=period.starts_on, last=period.ends_on, target=target, actuals=actuals)


def _total(figure: Figure) -> Iterator[Value]:
    """The figure as reports print it, with what has to be said of it; none where it is hidden or not known."""
    if figure.told is None:
        return
    told = []
    if figure.source:
        told.append(in_both(_SOURCE, source=figure.source))
    if figure.unnamed and not figure.period.is_locked:
        told.append(in_both(_UNNAMED, count=f"{figure.unnamed:f}"))
    comment = {language: " ".join(one[language] for one in told) for language in LANGUAGES} if told else {}
    yield Value(value=figure.told, comment=comment)


def _keys(tables: Tables) -> list[Key]:
    """Every part that is shown in some period, "not stated" always among them."""
    shown = [table for table in tables.values() if table is not None]
    if not shown:
        return []
    places = range(len(shown[0].dimensions))
    parts = [dict.fromkeys(part for table in shown for part in table.parts(place)[:-1]) for place in places]
    return list(product(*([*own, None] for own in parts)))


def _cells(table: Table | None, breakdown: Breakdown, keys: list[Key], names: PartNames) -> Iterator[Value]:
    named = names.dimensions(breakdown, keys)
    for key in keys:
        for one in _cell(table, key):
            yield Value(value=one.value, dimensions=named[key])


def _cell(table: Table | None, key: Key) -> list[Value]:
    """What is told of one part: nothing where it is hidden, was not handed in, or has nothing to average."""
    if table is None or () in table.hidden:
        return []
    value = plain(table.cell(*key))
    return [] if value is None else [Value(value=value)]
