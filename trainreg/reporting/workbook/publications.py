"""The sheet of publications: what came out, in which language, how many copies, and to whom they went."""

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from trainreg.kernel.sheets_book import Column, Kind, SheetPlan
from trainreg.kernel.sheets_cells import Value
from trainreg.publications.forms import KINDS
from trainreg.publications.models import Handout
from trainreg.publications.queries import list_publications_of
from trainreg.reporting.counting.facts import EVER, is_within
from trainreg.reporting.workbook.asked import Asked
from trainreg.reporting.workbook.words import yes_or_no
from trainreg.web.locale import language_name, tr


def publications_sheet(asked: Asked) -> SheetPlan:
    columns = [
        Column(_("Published on"), Kind.DAY),
        Column(_("Title"), width=46),
        Column(_("Kind"), width=20),
        Column(_("Translated into"), width=16),
        Column(_("Outcome"), Kind.NUMBER, 10),
        Column(_("Copies printed"), Kind.NUMBER),
        Column(_("At least this many"), width=10),
        Column(_("Copies handed out"), Kind.NUMBER),
        Column(_("Distributed to"), width=46),
    ]
    return SheetPlan(_("Publications"), columns, _rows(asked))


def _rows(asked: Asked) -> Iterator[Sequence[Value]]:
    kinds = dict(KINDS)
    window = (asked.span.first, asked.span.last) if asked.span else EVER
    found = [one for one in list_publications_of(asked.project.id) if is_within(one.published_on, window)]
    for one in reversed(found):
        yield (
            one.published_on,
            tr(one.title),
            str(kinds[one.kind.value]),
            language_name(one.translated_into) if one.translated_into else None,
            one.outcome.number if one.outcome else None,
            one.copies_printed.number or None,
            yes_or_no(one.copies_printed.is_minimum) if one.print_runs else None,
            one.copies_handed.number or None,
            "; ".join(filter(None, map(_recipient, one.handouts))),
        )


def _recipient(one: Handout) -> str:
    return ": ".join(filter(None, (tr(one.named), tr(one.recipient))))
