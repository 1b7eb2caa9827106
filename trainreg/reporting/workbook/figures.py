"""The sheet of figures: attendances, officials and person-days of the project and of each outcome, by sex."""

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from trainreg.framework.rules import Counting, CountingRule, Dimension, Filters
from trainreg.framework.words import RULE_WORDS
from trainreg.kernel.sheets_book import Column, Kind, SheetPlan
from trainreg.kernel.sheets_cells import Value
from trainreg.programme.models import Outcome
from trainreg.reporting.counting.hiding import hide_small
from trainreg.reporting.counting.rules import count
from trainreg.reporting.counting.tables import Table
from trainreg.reporting.workbook.asked import Asked, number
from trainreg.reporting.workbook.words import NOT_TOLD
from trainreg.web.locale import tr

MEASURES = (CountingRule.ATTENDANCES, CountingRule.UNIQUE_PERSONS, CountingRule.PERSON_DAYS)
PARTS = ("female", "male", None)


def figures_sheet(asked: Asked) -> SheetPlan:
    columns = [
        Column(_("Outcome"), width=10),
        Column(_("Title"), width=60),
        Column(_("How it is counted"), width=22),
        Column(_("Total"), Kind.NUMBER),
        Column(_("Female"), Kind.NUMBER, 10),
        Column(_("Male"), Kind.NUMBER, 10),
        Column(_("Not stated"), Kind.NUMBER, 10),
        Column(_("Without names, beside it"), Kind.NUMBER),
    ]
    return SheetPlan(_("Figures"), columns, _rows(asked))


def _rows(asked: Asked) -> Iterator[Sequence[Value]]:
    for outcome in (None, *asked.project.outcomes):
        place = outcome.number if outcome else None
        title = tr(outcome.title) if outcome else _("The whole project")
        for rule in MEASURES:
            yield (place, title, str(RULE_WORDS[rule]), *_told(_table(asked, rule, outcome)))


def _table(asked: Asked, rule: CountingRule, outcome: Outcome | None) -> Table:
    """By the same rules as indicators; outcomes do not add up, because an event can serve several."""
    counting = Counting(rule, Filters(own_outcome=outcome is not None), outcome.id if outcome else None)
    table = count(asked.told.facts, counting, asked.span, (Dimension.SEX,))
    return table if asked.sees_all else hide_small(table)


def _told(table: Table) -> Iterator[Value]:
    yield str(NOT_TOLD) if () in table.hidden else number(table.value)
    for part in PARTS:
        yield str(NOT_TOLD) if (part,) in table.hidden else number(table.cell(part))
    if () in table.hidden_unnamed:
        yield str(NOT_TOLD)
    else:
        yield number(table.unnamed.sum) if table.unnamed is not None else None
