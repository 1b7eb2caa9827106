"""What the data files of the demonstration hold, as typed records."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from trainreg.events.rules import Pattern, SessionPlan, lay_out
from trainreg.kernel.types import Text

TIMEZONE = "Asia/Ulaanbaatar"


@dataclass(frozen=True)
class Day:
    """A calendar day: a date, days from today, or a weekday (1 is Monday) of a week counted from this one."""

    fixed: date | None = None
    day: int = 0
    week: int | None = None
    weekday: int = 1

    def on(self, today: date) -> date:
        """The day meant, when it is `today`."""
        if self.fixed is not None:
            return self.fixed
        if self.week is not None:
            monday = today - timedelta(days=today.weekday())
            return monday + timedelta(weeks=self.week, days=self.weekday - 1)
        return today + timedelta(days=self.day)


@dataclass(frozen=True, kw_only=True)
class DemoEvent:
    """An event of the demonstration; `pattern` is how each of its `days` is divided into sessions."""

    slug: str
    kind: str
    title: Text
    summary: Text
    place: Text
    starts: Day
    pattern: str
    days: int
    capacity: int
    outcomes: tuple[int, ...]
    hosts: Text = field(default_factory=dict)
    status: str = "closed"
    approval: str = "desk"
    admission: str = "open"
    # Hours to answer for whoever moves up; places by agency; groups with name, places and whether they are open.
    offer_hours: int | None = None
    quotas: dict[str, int] = field(default_factory=dict)
    groups: tuple[dict[str, Any], ...] = ()
    opens: Day | None = None
    has_illustrative_dates: bool = False
    certificates_issued: bool = False
    # What its registration form asks beside the usual; see `demo.forms`.
    form: dict[str, Any] = field(default_factory=dict)
    # Who is invited by link, and what the organizer wrote to a group; see `demo.letters`.
    invitations: dict[str, Any] = field(default_factory=dict)
    letter: dict[str, Any] = field(default_factory=dict)

    def sessions(self, today: date) -> list[SessionPlan]:
        """Its sessions, in order."""
        return lay_out(self.starts.on(today), self.days, Pattern(self.pattern), TIMEZONE)


@dataclass(frozen=True, kw_only=True)
class DemoPublication:
    """A publication of the demonstration."""

    kind: str
    title: Text
    published_on: Day
    outcome: int
    translated_into: str | None = None
    printed: int | None = None
    printed_is_minimum: bool = False
    distributed_to: Text = field(default_factory=dict)
    has_illustrative_date: bool = False
    handouts: tuple["DemoHandout", ...] = ()


@dataclass(frozen=True, kw_only=True)
class DemoHandout:
    """Copies that went to an agency, or were handed out at an event, by code and slug."""

    day: Day
    copies: int
    agency: str | None = None
    event: str | None = None


@dataclass(frozen=True, kw_only=True)
class DemoRegistration:
    """One person at one event; `attendance` has one letter for each session (P, L, E, A or a full stop)."""

    event: str
    person: str
    role: str
    status: str
    channel: str
    attendance: str
    group: str


@dataclass(frozen=True, kw_only=True)
class DemoProject:
    """A project of the demonstration with all that belongs to it."""

    code: str
    is_invented: bool
    title: Text
    summary: Text
    organisation: Text
    funder: Text
    country: str
    starts_on: Day
    ends_on: Day
    partners: tuple[str, ...]
    contact: Text = field(default_factory=dict)
    budget: dict[str, Any] = field(default_factory=dict)
    # How it is called in the register of IATI; see `programme.iati`.
    iati: dict[str, Any] = field(default_factory=dict)
    signatories: tuple[dict[str, Text], ...]
    outcomes: tuple[dict[str, Any], ...]
    events: tuple[DemoEvent, ...]
    publications: tuple[DemoPublication, ...]
    registrations: tuple[DemoRegistration, ...]

    def registrations_of(self, slug: str) -> list[DemoRegistration]:
        """Who is registered for this event, in the order they came in."""
        return [registration for registration in self.registrations if registration.event == slug]


@dataclass(frozen=True, kw_only=True)
class DemoAgency:
    """An agency, and the one it counts with."""

    code: str
    name: Text
    parent: str | None = None


@dataclass(frozen=True, kw_only=True)
class DemoPerson:
    """An invented official."""

    key: str
    clan_name: str
    family_name: str
    given_name: str
    clan_name_latin: str
    family_name_latin: str
    given_name_latin: str
    certificate_name: Text
    sex: str
    age_band: str
    language: str
    agency: str
    level: str
    position: Text
    province: str
    email: str | None


@dataclass(frozen=True, kw_only=True)
class SignIn:
    """An account of the demonstration, password included: it exists in demonstration databases only."""

    role: str
    email: str
    name: str
    password: str
    projects: tuple[str, ...] = ()
    agency: str | None = None
