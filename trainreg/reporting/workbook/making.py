"""Put the sheets together, in the language that was asked for."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import IO

from flask_babel import force_locale
from flask_babel import gettext as _

from trainreg.kernel import clock
from trainreg.kernel.sheets_book import BookFacts, SheetPlan, write_book
from trainreg.reporting.workbook.asked import Asked
from trainreg.reporting.workbook.breakdowns import breakdowns_sheet
from trainreg.reporting.workbook.events import agencies_sheet, attended, events_sheet
from trainreg.reporting.workbook.figures import figures_sheet
from trainreg.reporting.workbook.indicators import indicators_sheet, periods_sheet
from trainreg.reporting.workbook.names import names_sheet
from trainreg.reporting.workbook.overview import overview_sheet
from trainreg.reporting.workbook.publications import publications_sheet
from trainreg.web.locale import format_day, tr


def make_workbook(
    asked: Asked, language: str, *, after_some: Callable[[int], object] = lambda _rows: None
) -> IO[bytes]:
    """The file, ready to be read; the caller closes it, and answers for who may have it."""
    made_at = clock.now()
    with force_locale(language):
        project = asked.project
        day = format_day(clock.local(made_at, project.timezone))
        facts = BookFacts(
            title=tr(project.title),
            subject=_("Results of project %(code)s", code=project.code),
            organisation=tr(project.organisation),
            footer=_("%(code)s, made on %(day)s", code=project.code, day=day),
            made_at=made_at,
        )
        return write_book(facts, _sheets(asked, made_at), after_some=after_some)


def _sheets(asked: Asked, made_at: datetime) -> Iterator[SheetPlan]:
    yield overview_sheet(asked, made_at)
    yield figures_sheet(asked)
    yield indicators_sheet(asked)
    yield periods_sheet(asked)
    yield breakdowns_sheet(asked)
    found = attended(asked)
    yield events_sheet(found)
    yield agencies_sheet(asked, found)
    yield publications_sheet(asked)
    if asked.lists_people:
        yield names_sheet(asked)


def file_name(asked: Asked, language: str) -> str:
    """workbook-mn-2012-fr.xlsx."""
    parts = ["workbook", asked.project.code, *([asked.period.code] if asked.period else []), language]
    parts += ["names"] if asked.lists_people else []
    return "-".join(parts).lower() + ".xlsx"
