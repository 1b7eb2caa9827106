"""The tables and their columns. Names are a contract: columns may be added, those that stand keep name and meaning."""

from collections.abc import Iterable
from enum import StrEnum

from trainreg.assessment.rules import Occasion
from trainreg.attendance.rules import AttendanceState
from trainreg.certificates.rules import CertificateKind, CertificateState
from trainreg.events.rules import EventKind, EventStatus, SessionStatus
from trainreg.framework.rules import CountingRule, Dimension, Direction
from trainreg.people.rules import AgeBand, Level, Sex
from trainreg.publications.rules import PublicationKind
from trainreg.registration.rules import RegistrationRole, RegistrationStatus
from trainreg.reporting.tables.schema import Column, TableSchema, Type

_S, _I, _N, _B, _D, _T = Type.STRING, Type.INTEGER, Type.NUMBER, Type.BOOLEAN, Type.DATE, Type.DATETIME


def _code(name: str, meaning: str, codes: type[StrEnum], *, required: bool = True) -> Column:
    return Column(name, _S, meaning, required=required, codes=[one.value for one in codes])


def _words(name: str, what: str) -> tuple[Column, Column]:
    return Column(f"{name}_en", _S, f"{what} in English."), Column(f"{name}_mn", _S, f"{what} in Mongolian.")


def _to(name: str, table: str, column: str, meaning: str, *, required: bool = True) -> Column:
    return Column(name, _S, meaning, required=required, refers=(table, column))


def _outcome(meaning: str, *, required: bool = False) -> Column:
    return Column("outcome", _I, meaning, required=required, refers=("outcomes", "outcome"))


_EVENT = _to("event", "events", "event", "The event.")
_SESSION = Column("session", _I, "The session.", required=True, refers=("sessions", "session"))
_REGISTRATION = _to("registration_key", "registrations", "registration_key", "The registration.")
_INDICATOR = _to("indicator", "indicators", "indicator", "The indicator.")
_PERIOD = _to("period", "periods", "period", "The reporting period; empty: over all time.", required=False)
_AGENCY = _to("agency", "agencies", "agency", "The agency, by its code.", required=False)
_SEX = _code("sex", "As stated then.", Sex)
_LEVEL = _code("level", "The level of the position, as stated then.", Level)
_HIDDEN = Column(
    "is_hidden", _B, "The figure is kept back, because it, or another it would give away, is of one to four.", "", True
)

_FRAME = (
    TableSchema(
        "projects",
        "Project",
        "The project that all tables are about: one row.",
        (
            Column("project", _S, "The project's code.", required=True),
            *_words("title", "Title"),
            Column("country", _S, "Country, ISO 3166-1 alpha-2."),
            Column("timezone", _S, "Time zone of the project, IANA name."),
            Column("starts_on", _D, "First day.", required=True),
            Column("ends_on", _D, "Last day; empty where it is open."),
            Column("budget_amount", _N, "Budget.", "budget_currency"),
            Column("budget_currency", _S, "Currency of the budget, ISO 4217."),
            Column("is_invented", _B, "Whether the project is made up, for a demonstration.", required=True),
        ),
        ("project",),
    ),
    TableSchema(
        "agencies",
        "Agencies",
        "Every agency, and what it belongs to; a filter by agency takes in all below it.",
        (
            Column("agency", _S, "The agency's code.", required=True),
            _to("parent", "agencies", "agency", "The agency it belongs to.", required=False),
            *_words("name", "Name"),
        ),
        ("agency",),
    ),
    TableSchema(
        "outcomes",
        "Outcomes",
        "The key outcomes that the project promised.",
        (Column("outcome", _I, "Number of the outcome.", required=True), *_words("title", "Title")),
        ("outcome",),
    ),
    TableSchema(
        "periods",
        "Reporting periods",
        "The times the project reports on; they share no day.",
        (
            Column("period", _S, "The period's code.", required=True),
            Column("starts_on", _D, "First day.", required=True),
            Column("ends_on", _D, "Last day.", required=True),
            Column("handed_in_at", _T, "When it was handed in; empty while it is open.", "UTC"),
        ),
        ("period",),
    ),
)
_EVENTS = (
    TableSchema(
        "events",
        "Events",
        "Seminars, trainings and the like. Drafts are told only to those who may have the tables about individuals.",
        (
            Column("event", _S, "The event's name in addresses.", required=True),
            _code("kind", "Kind of event.", EventKind),
            _code("status", "`cancelled` is called off: nothing of it counts.", EventStatus),
            *_words("title", "Title"),
            *_words("place", "Place"),
            Column("timezone", _S, "Time zone, IANA name.", required=True),
            Column("capacity", _I, "Places; empty: no limit.", "people"),
            Column("threshold", _N, "Share of the planned time that meets the event's rule.", "share of 1", True),
            Column("has_illustrative_dates", _B, "The source gives no exact days: they are illustrative.", "", True),
        ),
        ("event",),
    ),
    TableSchema(
        "event_outcomes",
        "Outcomes of events",
        "Which outcomes an event serves; it can serve several.",
        (_EVENT, _outcome("The outcome.", required=True)),
        ("event", "outcome"),
    ),
    TableSchema(
        "sessions",
        "Sessions",
        "The dated blocks of events; attendance is taken at them.",
        (
            Column("session", _I, "Number of the session.", required=True),
            _EVENT,
            Column("day", _D, "The day on the wall clock of its place: periods go by it.", required=True),
            Column("starts_at", _T, "Start.", "UTC", True),
            Column("ends_at", _T, "End.", "UTC", True),
            Column("minutes", _I, "Length.", "minutes", True),
            Column("day_share", _N, "What it counts in person-days.", "days", True),
            _code("status", "`cancelled`: nothing of it counts.", SessionStatus),
        ),
        ("session",),
    ),
)
_INDIVIDUAL = (
    TableSchema(
        "registrations",
        "Registrations",
        "A person at an event, once, as they were then. Keys are pseudonyms that hold within this project only.",
        (
            Column("registration_key", _S, "Pseudonym of the registration.", required=True),
            Column("person_key", _S, "Pseudonym of the person: the same in all tables of this project.", "", True),
            Column("sequence", _I, "Order of the registrations of the project.", required=True),
            _EVENT,
            _code("role", "Only participants count as trained, unless an indicator says otherwise.", RegistrationRole),
            _code("status", "Only confirmed registrations count.", RegistrationStatus),
            _SEX,
            _AGENCY,
            _LEVEL,
            _code("age_band", "As stated then.", AgeBand),
            Column("province", _S, "Province, ISO 3166-2:MN; empty: not stated."),
            Column("group", _S, "Group within the event, by its code; empty: none."),
        ),
        ("registration_key",),
        individual=True,
    ),
    TableSchema(
        "attendance",
        "Attendance",
        "What is known of a registration at a session. Attended is `present` or `late`.",
        (_REGISTRATION, _SESSION, _code("state", "The mark.", AttendanceState)),
        ("registration_key", "session"),
        individual=True,
    ),
    TableSchema(
        "completions",
        "Completions",
        "The registrations that met their event's rule: attendance and, where it asks for them, test and evaluation.",
        (_REGISTRATION,),
        ("registration_key",),
        individual=True,
    ),
    TableSchema(
        "certificates",
        "Certificates",
        "Editions of certificates, without number and code: they would lead to the name on the page that verifies.",
        (
            _REGISTRATION,
            _code("kind", "Kind of certificate.", CertificateKind),
            Column("edition", _I, "A correction is a new edition of the same certificate.", required=True),
            _code("state", "`issued` and `expired` stand.", CertificateState),
            Column("issued_on", _D, "Day of issue, in the project's time zone.", required=True),
            Column("valid_until", _D, "Last day it is valid; empty: without end."),
        ),
        ("registration_key", "kind", "edition"),
        individual=True,
    ),
    TableSchema(
        "tests",
        "Tests",
        "Tests before and after that were handed in and marked in full.",
        (
            _REGISTRATION,
            _code("occasion", "Before or after.", Occasion),
            Column("points", _N, "Points gained.", "points", True),
            Column("most_points", _N, "Points there were.", "points", True),
        ),
        ("registration_key", "occasion"),
        individual=True,
    ),
    TableSchema(
        "unnamed_attendance",
        "People counted without names",
        "Where no list exists: how many of one agency, sex and level came to a session. Never added to the named.",
        (_SESSION, _AGENCY, _SEX, _LEVEL, Column("people", _I, "How many.", "people", True)),
        individual=True,
    ),
)
_RESULTS = (
    TableSchema(
        "publications",
        "Publications",
        "Handbooks, manuals and reports.",
        (
            Column("publication", _I, "Number of the publication.", required=True),
            _code("kind", "Kind of publication.", PublicationKind),
            *_words("title", "Title"),
            _outcome("The outcome it serves."),
            Column("published_on", _D, "Day it came out; empty: not stated."),
            Column("translated_into", _S, "Language it was translated into, ISO 639; empty: no translation."),
            Column("printed", _I, "Copies printed.", "copies"),
            Column("printed_is_minimum", _B, "At least this many.", required=True),
            Column("copies_handed_out", _I, "Copies that went to somebody.", "copies"),
            Column("web_address", _S, "Where everybody can read it; empty: nowhere."),
        ),
        ("publication",),
    ),
    TableSchema(
        "handouts",
        "Copies handed out",
        "To whom copies of publications went, and when: what `copies_distributed` counts.",
        (
            Column("handout", _I, "Number of the entry.", required=True),
            Column("publication", _I, "The publication.", required=True, refers=("publications", "publication")),
            _to("agency", "agencies", "agency", "The agency that received them; empty: of none.", required=False),
            _to("event", "events", "event", "The event at which they were handed out.", required=False),
            *_words("recipient", "To whom"),
            Column("handed_on", _D, "Day they went; empty: not stated."),
            Column("copies", _I, "How many; empty: nobody counted.", "copies"),
            Column("is_minimum", _B, "At least this many.", required=True),
        ),
        ("handout",),
    ),
    TableSchema(
        "indicators",
        "Indicators",
        "What shows how far the project came, each with the rule it is counted by (docs/results.md).",
        (
            Column("indicator", _S, "The indicator's code.", required=True),
            _outcome("The outcome it belongs to; empty: the whole project."),
            Column("output", _S, "The output it belongs to: 1.2."),
            *_words("title", "Title"),
            *_words("unit", "Unit"),
            _code("rule", "What is counted.", CountingRule),
            Column("filters", _S, "What of it, as JSON: names of filters with their codes.", required=True),
            Column("breakdowns", _S, "What it is broken down by: `sex; sex*agency`."),
            _code("direction", "Whether it should rise or fall.", Direction),
            Column("baseline_value", _N, "Where it began.", "that of the indicator"),
            Column("baseline_year", _I, "When that was."),
        ),
        ("indicator",),
    ),
    TableSchema(
        "targets",
        "Targets",
        "What an indicator should reach in a period.",
        (
            _INDICATOR,
            _to("period", "periods", "period", "The reporting period."),
            Column("value", _N, "The target.", "that of the indicator", True),
            Column("due_on", _D, "Day by which it should be reached."),
        ),
        ("indicator", "period"),
    ),
    TableSchema(
        "figures",
        "Figures",
        "Each indicator in each period, and over all time (which is not the sum of the periods).",
        (
            _INDICATOR,
            _PERIOD,
            Column("value", _N, "What reports print: as handed in, else as it counts now.", "that of the indicator"),
            Column("value_now", _N, "As it counts now.", "that of the indicator"),
            Column("unnamed", _N, "Counted without names; in no figure.", "that of the indicator"),
            Column("is_handed_in", _B, "Whether the period was handed in.", required=True),
            _HIDDEN,
        ),
    ),
    TableSchema(
        "figure_parts",
        "Figures by their parts",
        "The breakdowns that an indicator wants; the parts of one sum to its figure, save for means.",
        (
            _INDICATOR,
            _PERIOD,
            _code("by", "By what.", Dimension),
            Column("part", _S, "The part's code; `not_stated` where nobody said.", required=True),
            _code("by_2", "And by what; empty where it is by one thing.", Dimension, required=False),
            Column("part_2", _S, "That part's code."),
            Column("value", _N, "The figure of the part.", "that of the indicator"),
            Column("unnamed", _N, "Counted without names; in no figure.", "that of the indicator"),
            _HIDDEN,
        ),
    ),
)
TABLES: tuple[TableSchema, ...] = (*_FRAME, *_EVENTS, *_INDIVIDUAL, *_RESULTS)
BY_NAME = {table.name: table for table in TABLES}


def tables_for(*, sees_individuals: bool) -> list[TableSchema]:
    """The tables that somebody may have."""
    return [table for table in TABLES if sees_individuals or not table.individual]


def names_of(tables: Iterable[TableSchema]) -> frozenset[str]:
    return frozenset(table.name for table in tables)
