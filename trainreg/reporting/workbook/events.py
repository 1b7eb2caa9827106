"""The sheets of events: when, what, where, how long, and who came; and the same by agency."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from flask_babel import gettext as _

from trainreg.events.models import Event
from trainreg.events.queries import list_events_of
from trainreg.events.rules import EventStatus
from trainreg.framework.rules import Counting, CountingRule, Dimension
from trainreg.imports.export_words import EVENT_KINDS, EVENT_STATUSES
from trainreg.kernel import clock
from trainreg.kernel.sheets_book import Column, Kind, SheetPlan, Strong
from trainreg.kernel.sheets_cells import Value
from trainreg.reporting.counting.hiding import ALL
from trainreg.reporting.counting.rules import counted, counted_unnamed
from trainreg.reporting.workbook.asked import Asked, number
from trainreg.reporting.workbook.grids import Grid, grid_of, hidden_in_line
from trainreg.reporting.workbook.words import NOT_TOLD
from trainreg.web.locale import tr

EVERY_ATTENDANCE = Counting(CountingRule.ATTENDANCES)
SEXES = ("female", "male", None)
_HOUR = timedelta(hours=1)
Row = Sequence[Value] | Strong


@dataclass(frozen=True)
class Attended:
    """Attendances of the asked days by event, as the rule `attendances` counts them; counts without names apart."""

    events: Sequence[Event]
    by_sex: Grid
    by_agency: Grid
    unnamed: dict[int, int]
    hidden_unnamed: frozenset[int]


def attended(asked: Asked) -> Attended:
    facts = asked.told.facts
    came = [one.who for one in counted(facts, EVERY_ATTENDANCE, asked.span) if one.who is not None]
    unnamed: dict[int, int] = {}
    for crowd, people in counted_unnamed(facts, EVERY_ATTENDANCE, asked.span):
        unnamed[crowd.block.event_id] = unnamed.get(crowd.block.event_id, 0) + people
    events = _events(asked, {who.event_id for who in came} | set(unnamed))
    rows = [event.id for event in events]
    agencies = sorted({who.agency_id for who in came if who.agency_id is not None})
    sexes = grid_of([(who.event_id, who.sex) for who in came], rows, SEXES, with_names=asked.sees_all)
    of_agencies = [(who.event_id, who.agency_id) for who in came]
    by_agency = grid_of(of_agencies, rows, [*agencies, None], with_names=asked.sees_all)
    hidden = hidden_in_line(unnamed, with_names=asked.sees_all)
    return Attended(events, sexes, by_agency, unnamed, hidden)


def _events(asked: Asked, counting: set[int]) -> list[Event]:
    """The events of the asked days, the first one first. Drafts are nobody's business, unless somebody came."""
    found = [
        event
        for event in list_events_of(asked.project.id)
        if event.id in counting or (event.status is not EventStatus.DRAFT and _is_within(asked, days_of(event)))
    ]
    return sorted(found, key=lambda event: (days_of(event) or (date.max, date.max), event.id))


def days_of(event: Event) -> tuple[date, date] | None:
    """The first and the last day of its planned sessions, on the wall clock of its place."""
    days = [clock.local(one.starts_at, one.timezone).date() for one in event.planned_sessions]
    return (min(days), max(days)) if days else None


def _is_within(asked: Asked, days: tuple[date, date] | None) -> bool:
    if asked.span is None:
        return True
    return days is not None and days[0] <= asked.span.last and days[1] >= asked.span.first


def events_sheet(found: Attended) -> SheetPlan:
    columns = [
        Column(_("First day"), Kind.DAY),
        Column(_("Last day"), Kind.DAY),
        Column(_("Event"), width=46),
        Column(_("Kind"), width=18),
        Column(_("State"), width=18),
        Column(_("Place"), width=26),
        Column(_("Outcomes"), width=10),
        Column(_("Sessions"), Kind.NUMBER, 10),
        Column(_("Hours"), Kind.NUMBER, 9),
        Column(_("Days"), Kind.NUMBER, 9),
        Column(_("Attendances"), Kind.NUMBER),
        Column(_("Female"), Kind.NUMBER, 10),
        Column(_("Male"), Kind.NUMBER, 10),
        Column(_("Not stated"), Kind.NUMBER, 10),
        Column(_("Without names, beside it"), Kind.NUMBER),
    ]
    return SheetPlan(_("Events"), columns, _event_rows(found))


def _event_rows(found: Attended) -> Iterator[Row]:
    for event in found.events:
        days, sessions = days_of(event), event.planned_sessions
        hours = sum((one.ends_at - one.starts_at for one in sessions), timedelta()) / _HOUR
        yield (
            *(days or (None, None)),
            tr(event.title),
            str(EVENT_KINDS[event.kind]),
            _state(event),
            tr(event.place),
            ", ".join(str(outcome.number) for outcome in event.outcomes),
            len(sessions),
            number(hours),
            number(sum((one.day_share for one in sessions), Decimal(0))),
            _told(found.by_sex.cell(event.id, ALL)),
            *(_told(found.by_sex.cell(event.id, sex)) for sex in SEXES),
            _unnamed(found, event.id),
        )
    everybody = found.unnamed.values()
    blank: list[Value] = [None] * 9
    totals = [_told(found.by_sex.cell(ALL, column)) for column in (ALL, *SEXES)]
    yield Strong((_("Total"), *blank, *totals, _total_unnamed(found, sum(everybody))))


def _state(event: Event) -> str:
    """Of an event that is over a donor wants to know that it was held, not that nobody can register any more."""
    may_be_held = event.status in {EventStatus.OPEN, EventStatus.CLOSED}
    is_over = event.ends_at is not None and event.ends_at <= clock.now()
    return _("Held") if may_be_held and is_over else str(EVENT_STATUSES[event.status])


def _total_unnamed(found: Attended, people: int) -> Value:
    is_told = not found.hidden_unnamed or len(found.hidden_unnamed) < len(found.unnamed)
    return (people or None) if is_told else str(NOT_TOLD)


def _unnamed(found: Attended, event_id: int) -> Value:
    return str(NOT_TOLD) if event_id in found.hidden_unnamed else found.unnamed.get(event_id)


def agencies_sheet(asked: Asked, found: Attended) -> SheetPlan:
    columns = [
        Column(_("First day"), Kind.DAY),
        Column(_("Event"), width=46),
        Column(_("Agency"), width=46),
        Column(_("Attendances"), Kind.NUMBER),
    ]
    return SheetPlan(_("Events by agency"), columns, _agency_rows(asked, found))


def _agency_rows(asked: Asked, found: Attended) -> Iterator[Row]:
    grid = found.by_agency
    for event in found.events:
        days = days_of(event)
        for agency_id in grid.columns:
            value = grid.cell(event.id, agency_id)
            if value != 0:
                name = asked.parts.name(Dimension.AGENCY, agency_id)
                yield (days[0] if days else None, tr(event.title), name, _told(value))
    yield Strong((_("Total"), None, None, _told(grid.cell(ALL, ALL))))


def _told(value: int | None) -> Value:
    return str(NOT_TOLD) if value is None else value
