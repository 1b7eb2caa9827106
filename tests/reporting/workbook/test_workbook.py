"""The donor's workbook: real numbers and days, sheets that can be printed, figures that are those of the pages."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests import factories as make
from tests.reporting.workbook.opened import FORMULA, made, rows, texts
from tests.world import World
from trainreg.events.rules import EventStatus
from trainreg.framework.queries import get_period
from trainreg.people.rules import Sex
from trainreg.reporting.figures import figures_of
from trainreg.reporting.indicators import Progress
from trainreg.reporting.workbook.asked import Asked

SHEETS = ["Overview", "Figures", "Indicators", "Periods", "Breakdowns", "Events", "Events by agency", "Publications"]


@pytest.fixture
def book(reported: World) -> Any:
    return made(Asked(reported.project, sees_all=True, lists_people=True))


def test_its_sheets_can_be_read_and_printed(book: Any) -> None:
    assert book.sheetnames == [*SHEETS, "Names"]
    for sheet in book:
        assert sheet.freeze_panes == "A2", sheet.title
        assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.oddFooter.right.text == "&P / &N" and sheet.oddFooter.left.text
        assert sheet.column_dimensions["A"].width > 8
        assert (sheet.auto_filter.ref is not None) == (sheet.title != "Overview")


def test_the_file_names_nobody_who_made_it(book: Any) -> None:
    told = book.properties
    assert not told.creator and not told.lastModifiedBy
    assert told.title and told.created.date() == datetime.now(told.created.tzinfo).date()


def test_numbers_are_numbers_and_days_are_days(book: Any) -> None:
    [first, *_rest] = rows(book, "Periods")
    assert isinstance(first["First day"], datetime) and first["First day"].date() == date(2026, 1, 1)
    assert (first["Target"], first["Actual"]) == (20, 15) and isinstance(first["Actual"], int)
    event = next(row for row in rows(book, "Events") if row["Event"] == FORMULA)
    assert event["First day"].date() == date(2026, 3, 2) and isinstance(event["Hours"], int | float)
    assert next(iter(rows(book, "Publications")))["Copies printed"] == 500


def test_what_looks_like_a_formula_is_text(book: Any) -> None:
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert "f" not in kinds
    assert any(row["Given name"] == FORMULA for row in rows(book, "Names"))


def test_its_figures_are_those_of_the_pages(reported: World, book: Any) -> None:
    told = Progress(reported.project, with_names=True)
    totals = {row["Code"]: row["Total over all time"] for row in rows(book, "Indicators")}
    assert totals == {line.indicator.code: line.total for line in told.lines}
    shown = {(row["Code"], row["Period"]): row["Actual"] for row in rows(book, "Periods")}
    assert shown == {(line.indicator.code, one.period.code): one.told for line in told.lines for one in line.figures}
    unnamed = {row["Code"]: row["Without names, beside it"] for row in rows(book, "Indicators")}
    assert unnamed["1.a"] == 12 and unnamed["1.b"] is None


def test_the_projects_figures_are_those_of_its_page(reported: World, book: Any) -> None:
    told = figures_of(reported.project)
    found = {(row["Outcome"], row["How it is counted"]): row for row in rows(book, "Figures")}
    for words, measure in (
        ("Attendances", told.total.attendances),
        ("Unique officials", told.total.persons),
        ("Person-days", told.total.person_days),
    ):
        row = found[None, words]
        assert (row["Total"], row["Female"], row["Male"]) == (
            measure.total,
            measure.by_sex[Sex.FEMALE],
            measure.by_sex[Sex.MALE],
        )
    assert found[1, "Attendances"]["Total"] == told.by_outcome[reported.outcome.id].attendances.total == 0


@pytest.mark.slow
def test_parts_sum_to_the_figure_and_hold_the_not_stated(reported: World, book: Any) -> None:
    told = Progress(reported.project, with_names=True)
    for line in told.lines:
        for by in ("Sex", "Sex × Agency"):
            own = [
                row
                for row in rows(book, "Breakdowns")
                if (row["Code"], row["Period"], row["Broken down by"]) == (line.indicator.code, "All time", by)
            ]
            if own:
                *parts, total = own
                assert total["Part"] == "Total" and total["Value"] == total["Sum of the parts"] == line.total
                assert sum(row["Value"] for row in parts) == line.total
                assert any(row["Part"] == "Not stated" for row in parts)


@pytest.mark.slow
def test_events_sum_to_the_attendances(book: Any) -> None:
    *events, total = rows(book, "Events")
    assert total["Event"] is None and total["Attendances"] == sum(row["Attendances"] for row in events) == 15
    assert (total["Female"], total["Male"], total["Not stated"]) == (9, 6, 0)
    assert total["Without names, beside it"] == 12
    *by_agency, total = rows(book, "Events by agency")
    assert sum(row["Attendances"] for row in by_agency) == total["Attendances"] == 15
    assert sorted(row["Attendances"] for row in by_agency) == [2, 4, 9]


def test_an_event_that_is_over_was_held_unless_it_was_called_off(reported: World) -> None:
    for year, status in ((2020, EventStatus.OPEN), (2021, EventStatus.CANCELLED), (2090, EventStatus.OPEN)):
        make.event(reported.project, starts=datetime(year, 5, 4, 1, tzinfo=UTC), status=status)
    states = {
        row["First day"].year: row["State"] for row in rows(made(Asked(reported.project, sees_all=True)), "Events")[:-1]
    }
    assert (states[2020], states[2021], states[2090]) == ("Held", "Called off", "Open for registration")


def test_names_are_those_who_attended(book: Any) -> None:
    people = rows(book, "Names")
    assert len(people) == 15 and {row["Sex"] for row in people} == {"Female", "Male"}
    assert all(row["Days attended"] == 1 and row["Sessions attended"] == 2 for row in people)
    assert {row["Agreed that the donor sees the name"] for row in people} == {"No"}


def test_the_donors_names_nobody_and_hides_the_few(reported: World) -> None:
    book = made(Asked(reported.project, sees_all=False))
    assert book.sheetnames == SHEETS
    own = [row for row in rows(book, "Breakdowns") if row["Code"] == "1.a" and row["Broken down by"] == "Sex × Agency"]
    few = [row for row in own if row["Part"] == "Male" and row["and part"] == "Border Protection"]
    assert {row["Value"] for row in few if row["Period"] in ("2026-H1", "All time")} == {"not told"}
    by_agency = [row["Attendances"] for row in rows(book, "Events by agency")]
    assert 2 not in by_agency and "not told" in by_agency
    words = texts(book)
    assert "Ганбатын" not in words and "one1@example.org" not in words and "9911" not in words
    assert "not told" in str(rows(book, "Overview")[-2]["As recorded"])


def test_of_one_period_only_what_lies_in_it(reported: World) -> None:
    period = get_period(reported.project.id, "2026-H2")
    book = made(Asked(reported.project, sees_all=True, lists_people=True, period=period))
    assert {row["Period"] for row in rows(book, "Periods")} == {"2026-H2"}
    assert {row["Period"] for row in rows(book, "Breakdowns")} == {"2026-H2"}
    assert rows(book, "Names") == [] and rows(book, "Publications") == []
    assert FORMULA not in {row["Event"] for row in rows(book, "Events")}
