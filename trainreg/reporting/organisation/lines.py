"""The parts of the report as lines with their words: in total, by who came, over time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from babel import Locale
from babel.dates import format_skeleton
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainreg.agencies.models import Agency
from trainreg.agencies.queries import in_tree_order, list_agencies
from trainreg.kernel.languages import DEFAULT_LANGUAGE
from trainreg.people.provinces import list_provinces
from trainreg.people.rules import Level, Sex
from trainreg.people.words import LEVEL_WORDS
from trainreg.reporting.charts import Trend, trend_of
from trainreg.reporting.organisation.answer import Answer
from trainreg.reporting.organisation.counted import Sums
from trainreg.reporting.view import AGENCIES_NOT_TOLD, SEXES
from trainreg.totals.models import NO_PROVINCE
from trainreg.totals.packs import first_of
from trainreg.web.locale import current_language, tr


@dataclass(frozen=True)
class Line:
    """One part in every measure; None is not told. `depth`: how far down the tree; `code`: its filter, if any."""

    label: str
    attendances: int | None = None
    persons: int | None = None
    person_days: Decimal | None = None
    depth: int = 0
    code: str = ""


@dataclass(frozen=True)
class Part:
    """One way of parting: its lines sum to the total."""

    key: str
    title: str
    head: str
    lines: Sequence[Line]


HEADS = {"sex": _l("Sex"), "agency": _l("Agency"), "level": _l("Level"), "province": _l("Province")}
TITLES = {
    "sex": _l("By sex"),
    "agency": _l("By agency"),
    "level": _l("By level"),
    "province": _l("By province"),
}


def parts_of(answer: Answer) -> list[Part]:
    """By sex, level, agency and province, each with those not stated."""
    if not answer.mask.tells_parts:
        return []
    found = {
        "sex": _lines(answer, "sex", [(sex.value, str(SEXES[sex])) for sex in Sex]),
        "level": _lines(answer, "level", [(one.value, str(LEVEL_WORDS[one])) for one in Level]),
        "agency": _agencies(answer),
        "province": _provinces(answer),
    }
    return [Part(key, str(TITLES[key]), str(HEADS[key]), lines) for key, lines in found.items()]


def _lines(answer: Answer, dimension: str, words: Iterable[tuple[Any, str]]) -> list[Line]:
    own = answer.parts[dimension]
    return [_line(answer, dimension, part, label, own.get(part, Sums())) for part, label in words]


def _line(answer: Answer, dimension: str, part: Any, label: str, sums: Sums, *, depth: int = 0, code: str = "") -> Line:
    if not answer.mask.tells(dimension, part):
        return Line(label, depth=depth, code=code)
    if not answer.mask.tells_sums:
        return Line(label, None, sums.persons, None, depth, code)
    return Line(label, sums.attendances, sums.persons, sums.person_days, depth, code)


def _provinces(answer: Answer) -> list[Line]:
    """Those that somebody came from, in the order of the alphabet, then any that the list does not know."""
    own = answer.parts["province"]
    known = [one for one in list_provinces(current_language()) if one[0] in own]
    others = sorted(set(own) - {code for code, _name in known} - {NO_PROVINCE})
    named = [*known, *((code, code) for code in others)]
    return _lines(answer, "province", [*named, (NO_PROVINCE, str(SEXES[Sex.NOT_STATED]))])


def _agencies(answer: Answer) -> list[Line]:
    """As a tree: each with what came under its own name, those above them too. What is not told stands in one line."""
    own = answer.parts["agency"]
    known = {one.id: one for one in list_agencies(only_active=False)}
    hidden = {part for part in own if not answer.mask.tells("agency", part)}
    shown = [known[key] for key in _with_parents(own.keys() - hidden, known)]
    lines = [
        _line(answer, "agency", one.id, tr(one.name), own.get(one.id, Sums()), depth=depth, code=one.code)
        for one, depth in in_tree_order(shown, current_language())
    ]
    if hidden:
        lines.append(Line(str(AGENCIES_NOT_TOLD)))
    nowhere = Sums()
    for key in own.keys() - known.keys() - hidden:
        nowhere.add(own[key])
    return [*lines, _line(answer, "agency", None, str(SEXES[Sex.NOT_STATED]), nowhere)]


def _with_parents(ids: Iterable[int], known: Mapping[int, Agency]) -> set[int]:
    found: set[int] = set()
    for one in ids:
        key: int | None = one
        while key is not None and key in known and key not in found:
            found.add(key)
            key = known[key].parent_id
    return found


def spans_of(answer: Answer) -> list[Line]:
    """Month by month or year by year, without a gap between the first and the last."""
    if not answer.mask.tells_parts or not answer.mask.tells_sums:
        return []
    spans = {span: one for span, one in answer.counted.spans.items() if one.attendances}
    if not spans:
        return []
    return [_span(answer, span, spans.get(span, Sums())) for span in range(min(spans), max(spans) + 1)]


def _span(answer: Answer, span: int, sums: Sums) -> Line:
    label = str(span) if answer.counted.by_years else month_name(first_of(span))
    if not answer.mask.tells("span", span):
        return Line(label)
    return Line(label, sums.attendances, None, sums.person_days)


def month_name(day: date) -> str:
    return str(format_skeleton("yMMM", day, locale=current_language()))


def chart_of(lines: Sequence[Line]) -> Trend:
    """What is not told is a gap in the line."""
    return trend_of([(None if one.attendances is None else Decimal(one.attendances), None) for one in lines])


def country_name(code: str) -> str:
    """In the reader's language, else in English."""
    for language in (current_language(), DEFAULT_LANGUAGE):
        name = Locale.parse(language).territories.get(code)
        if name:
            return str(name)
    return code


def filters_in_words(answer: Answer, form: Any) -> Iterator[tuple[str, str]]:
    """What was asked for, as the form says it."""
    for field in form.filters:
        words = field.data
        if hasattr(field, "choices"):
            words = next((label for value, label in field.choices if value == field.data and value), "")
        if words:
            yield str(field.label.text), str(words).strip("\u2003 ")
    yield str(_("Projects")), str(len(answer.chosen))
