"""The charts and the headline of a factsheet, from its figures."""

from collections.abc import Sequence
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import ngettext

from trainreg.framework.rules import CountingRule, Dimension
from trainreg.people.rules import Sex
from trainreg.publications.models import Publication
from trainreg.publications.rules import PublicationKind
from trainreg.reporting.factsheet.counted import Counted
from trainreg.reporting.factsheet.parts import Bar, Bars, Block, Paragraph, Tiles
from trainreg.reporting.factsheet.printed import printed_of
from trainreg.reporting.factsheet.rules import MOST_BARS, copies_together, most_of
from trainreg.reporting.factsheet.words import SEXES, own, step_name
from trainreg.reporting.indicators import plain
from trainreg.reporting.part_words import PartWords
from trainreg.web.locale import format_number

_BOOKS = {PublicationKind.HANDBOOK, PublicationKind.TRAINING_MANUAL}


def headline(counted: Counted) -> str:
    """147 attendances by 113 officials (F: 60, M: 53, not stated: 0)."""
    persons = counted.table(CountingRule.UNIQUE_PERSONS, (Dimension.SEX,))
    attendances, officials = counted.total(CountingRule.ATTENDANCES), plain(persons.value)
    by_sex = {sex: told(plain(persons.cell(None if sex is Sex.NOT_STATED else sex.value))) for sex in Sex}
    if attendances is None and officials is None:
        hidden: str = _("How many attended, and how often, is not told")
        return hidden
    sentence: str = ngettext(
        "%(attendances)s by %(officials)s official (F: %(female)s, M: %(male)s, not stated: %(other)s)",
        "%(attendances)s by %(officials)s officials (F: %(female)s, M: %(male)s, not stated: %(other)s)",
        int(officials or 0),
        attendances=ngettext(
            "%(count)s attendance", "%(count)s attendances", int(attendances or 0), count=told(attendances)
        ),
        officials=told(officials),
        female=by_sex[Sex.FEMALE],
        male=by_sex[Sex.MALE],
        other=by_sex[Sex.NOT_STATED],
    )
    return sentence


def told(value: Decimal | None) -> str:
    """A figure in words; a hidden one says so."""
    return str(_("not told")) if value is None else format_number(value)


def tiles(counted: Counted, publications: Sequence[Publication]) -> Tiles:
    """The largest figures."""
    made = [printed_of(one) for one in publications]
    copies, is_minimum = copies_together((one.copies or 0, one.is_minimum) for one in made)
    assessments = sum(one.kind is PublicationKind.ASSESSMENT_REPORT for one in publications)
    translated = [one.kind for one in publications if one.translated_into]
    found = [
        (counted.total(CountingRule.ATTENDANCES), _("attendances")),
        (counted.total(CountingRule.UNIQUE_PERSONS), _("officials, each counted once")),
        (counted.total(CountingRule.PERSON_DAYS), _("person-days")),
        (counted.total(CountingRule.EVENTS_HELD), _("events held")),
    ]
    shown = [(told(value), str(word)) for value, word in found]
    if translated:
        are_books = set(translated) <= _BOOKS
        word = _("manuals and handbooks translated") if are_books else _("publications translated")
        shown.append((format_number(len(translated)), word))
    if assessments:
        shown.append(
            (format_number(assessments), ngettext("assessment completed", "assessments completed", assessments))
        )
    if copies:
        number = format_number(copies)
        shown.append((_("over %(count)s", count=number) if is_minimum else number, _("copies printed")))
    return Tiles(shown)


def charts(counted: Counted, parts: PartWords) -> list[Block]:
    """By agency, by sex, and over time."""
    unit = str(_("Attendances"))
    agencies = counted.parts(Dimension.AGENCY)
    shown, rest = most_of(agencies.told, MOST_BARS)
    bars = [Bar(parts.name(Dimension.AGENCY, part), value, format_number(value)) for part, value in shown]
    if rest:
        value = sum((one[1] for one in rest), Decimal(0))
        more = ngettext("%(count)s more agency", "%(count)s more agencies", len(rest), count=format_number(len(rest)))
        bars.append(Bar(more, value, format_number(value)))
    if agencies.hidden:
        label = _("Agencies whose numbers are not told: %(count)s", count=format_number(len(agencies.hidden)))
        bars.append(Bar(label, None, told(None)))
    by_sex = counted.table(CountingRule.ATTENDANCES, (Dimension.SEX,))
    values = {sex: plain(by_sex.cell(None if sex is Sex.NOT_STATED else sex.value)) for sex in Sex}
    sexes = [Bar(str(SEXES[sex]), values[sex], told(values[sex])) for sex in SEXES]
    kind, steps = counted.trend()
    trend = [Bar(name or (step_name(kind, span) if kind else ""), one, told(one)) for span, name, one in steps]
    found: list[Block] = []
    if bars:
        found.append(Bars(_("Attendances by agency"), _("Agency"), unit, bars))
        found.append(Bars(_("Attendances by sex"), _("Sex"), unit, sexes))
    if len(trend) > 1:
        found.append(Bars(_("Attendances over time"), _("Period"), unit, trend, in_time=True))
    return found


def unnamed(counted: Counted) -> list[Block]:
    """What was counted without names, apart from all else."""
    table = counted.table(CountingRule.ATTENDANCES, (Dimension.SEX,))
    if table.unnamed is None or not table.unnamed.of:
        return []
    total = None if () in table.hidden_unnamed else Decimal(table.unnamed.of)
    by_sex = {sex: plain(table.unnamed_cell(None if sex is Sex.NOT_STATED else sex.value)) for sex in Sex}
    sentence = _(
        "Counted at sessions without a list of names, and in none of the figures above: %(count)s "
        "(F: %(female)s, M: %(male)s, not stated: %(other)s).",
        count=told(total),
        female=told(by_sex[Sex.FEMALE]),
        male=told(by_sex[Sex.MALE]),
        other=told(by_sex[Sex.NOT_STATED]),
    )
    return [Paragraph(own(sentence))]
