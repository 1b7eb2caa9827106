"""What happened at the events, told again in the order of time through the product's own services."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from trainreg.agencies.models import Agency
from trainreg.attendance import service as attendance
from trainreg.attendance.rules import AttendanceState, Source
from trainreg.certificates import service as certificates
from trainreg.demo.forms import answer_form
from trainreg.demo.projects import opening_of
from trainreg.demo.records import TIMEZONE, DemoEvent, DemoPerson, DemoRegistration
from trainreg.events import service as events
from trainreg.events.models import Event, Session
from trainreg.events.rules import Admission, EventStatus
from trainreg.kernel.actor import OFFICIAL, Actor
from trainreg.people import service as people
from trainreg.people.models import Person
from trainreg.people.rules import CONSENT_WORDS, AgeBand, ConsentPurpose, Level, Sex
from trainreg.registration import service as registration
from trainreg.registration.models import Registration
from trainreg.registration.rules import Channel, RegistrationRole, RegistrationStatus

STATES = {
    "P": AttendanceState.PRESENT,
    "L": AttendanceState.LATE,
    "E": AttendanceState.EXCUSED,
    "A": AttendanceState.ABSENT,
}
OFFICE_OPENS, OFFICE_HOURS = time(9), timedelta(hours=8)
GOLDEN_RATIO = 0.618034  # scatters evenly without chance: the same people come at the same hour every time
DECISION_TAKES = timedelta(hours=22)
NOTED_AFTER = {"P": timedelta(minutes=5), "L": timedelta(minutes=40)}
REASONS = {
    RegistrationStatus.DECLINED: "Meant for officers who interview",
    RegistrationStatus.CANCELLED: "On a mission that week",
}

_S = RegistrationStatus
_FIRST_BY_CHANNEL = {
    Channel.SELF: _S.REQUESTED,
    Channel.FOCAL_POINT: _S.NOMINATED,
    Channel.DESK: _S.INVITED,
}


@dataclass(frozen=True)
class Staff:
    """Who acts at the desk of the demonstration."""

    organizer: Actor
    trainer: Actor
    focal_points: dict[str, Actor]


@dataclass(frozen=True)
class Step:
    """One thing that happened, and when."""

    at: datetime
    do: Callable[[], object]


@dataclass
class History:
    """Collects the steps of every event, then takes them in the order of time, so that all histories read true."""

    now: datetime
    staff: Staff
    agencies: dict[str, Agency]
    known: dict[str, DemoPerson]
    met: dict[str, Person] = field(default_factory=dict)
    registered: dict[tuple[str, str], Registration] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)

    def plan(self, event: Event, told: DemoEvent, rows: list[DemoRegistration]) -> None:
        """Plan how one event opened, how its people came in, were decided on and attended, and what they were given."""
        opens_at, organizer = opening_of(told, _day_of(self.now)), self.staff.organizer
        self.then(opens_at, partial(events.open_event, event, by=organizer, at=opens_at))
        for row, at in zip(rows, self._arrivals(event, opens_at, len(rows)), strict=True):
            self._plan_registration(event, told, row, at)
            self._plan_attendance(event, row)
        if told.status == EventStatus.CLOSED:
            closed_at = min(_start_of(event) - timedelta(hours=1), self.now)
            self.then(closed_at, partial(events.close_event, event, by=organizer, at=closed_at))
        if told.certificates_issued:
            issued_at = _end_of(event) + timedelta(days=1)
            self.then(issued_at, partial(certificates.issue, event, by=organizer, at=issued_at, quiet=True))

    def then(self, at: datetime, do: Callable[[], object]) -> None:
        """Plan one more thing."""
        self.steps.append(Step(at, do))

    def happen(self) -> None:
        """Take every planned step, earliest first."""
        for step in sorted(self.steps, key=lambda step: step.at):
            step.do()
        self.steps.clear()

    def _arrivals(self, event: Event, opens_at: datetime, count: int) -> list[datetime]:
        """Spread over the working hours between the opening and two days before the start (or before now)."""
        last = _day_of(min(_start_of(event), self.now) - timedelta(days=2))
        days = [day for day in _days(_day_of(opens_at), last) if day.isoweekday() <= 5]
        uneven = [number + 0.2 + 0.6 * (number * GOLDEN_RATIO % 1) for number in range(count)]
        places = [place / count * len(days) for place in uneven]
        return [_moment(days[int(place)], place % 1) for place in places]

    def _plan_registration(self, event: Event, told: DemoEvent, row: DemoRegistration, at: datetime) -> None:
        status = RegistrationStatus(row.status)
        is_asked = told.admission == Admission.NOMINATION_ONLY
        is_given_at_once = (told.approval == "automatic" and not is_asked) or row.role == RegistrationRole.TRAINER
        first = status if is_given_at_once or status is _S.WAITLISTED else _FIRST_BY_CHANNEL[Channel(row.channel)]
        # Only news of what is still to come is worth a mail.
        is_news = _start_of(event) - self.now > timedelta(days=1)
        is_told = is_news and first is status
        self.then(at, partial(self._come_in, event, row, first, at=at, quiet=not is_told))
        if first is not status:
            decided_at = min(_on_working_day(at + DECISION_TAKES), self.now)
            self.then(decided_at, partial(self._decide, event, row, status, at=decided_at, quiet=not is_news))

    def _plan_attendance(self, event: Event, row: DemoRegistration) -> None:
        for session, letter in zip(event.sessions, row.attendance, strict=False):
            if letter in STATES:
                at = min(session.starts_at + NOTED_AFTER.get(letter, timedelta(hours=1)), self.now)
                self.then(at, partial(self._mark, event, row, session, STATES[letter], at=at))

    def _come_in(
        self, event: Event, row: DemoRegistration, status: RegistrationStatus, *, at: datetime, quiet: bool
    ) -> None:
        told, channel = self.known[row.person], Channel(row.channel)
        by = self._who_sent(told, channel)
        person = self.met.get(row.person) or self._meet(told, by=by, at=at)
        posting = people.ensure_posting(
            person,
            self.agencies[told.agency],
            by=by,
            position=f"{told.position['mn']} / {told.position['en']}",
            level=Level(told.level),
            province=told.province,
            at=at,
        )
        if channel is Channel.SELF:
            _consent(person, told, at=at)
        self.registered[event.slug, row.person] = registration.create_registration(
            event,
            person,
            self.agencies[told.agency],
            status,
            by=by,
            channel=channel,
            particulars=registration.Particulars(
                role=RegistrationRole(row.role),
                position=posting.position,
                level=posting.level,
                province=posting.province,
                group=row.group,
            ),
            at=at,
            quiet=quiet,
        )
        if channel is Channel.SELF:
            number = sum(slug == event.slug for slug, _person in self.registered)
            answer_form(event, self.registered[event.slug, row.person], number)

    def _decide(
        self, event: Event, row: DemoRegistration, status: RegistrationStatus, *, at: datetime, quiet: bool
    ) -> None:
        came = self.registered[event.slug, row.person]
        answered = event.admission is Admission.NOMINATION_ONLY and came.status is _S.NOMINATED
        if answered and status is _S.CONFIRMED:
            _consent(came.person, self.known[row.person], at=at)
        by_themselves = answered or status is _S.CANCELLED
        registration.move(
            came,
            status,
            by=OFFICIAL if by_themselves else self.staff.organizer,
            channel=Channel.SELF if by_themselves else Channel.DESK,
            reason="" if answered else REASONS.get(status, ""),
            at=at,
            quiet=quiet,
        )

    def _mark(
        self, event: Event, row: DemoRegistration, session: Session, state: AttendanceState, *, at: datetime
    ) -> None:
        noted_live = event.project.is_invented
        attendance.mark(
            self.registered[event.slug, row.person],
            session,
            state,
            by=self.staff.trainer if noted_live else self.staff.organizer,
            source=Source.DESK if noted_live else Source.SHEET,
            at=at,
        )

    def _who_sent(self, told: DemoPerson, channel: Channel) -> Actor:
        if channel is Channel.SELF:
            return OFFICIAL
        if channel is Channel.FOCAL_POINT:
            return self.staff.focal_points.get(told.agency, self.staff.organizer)
        return self.staff.organizer

    def _meet(self, told: DemoPerson, *, by: Actor, at: datetime) -> Person:
        details = people.PersonDetails(
            given_name=told.given_name,
            family_name=told.family_name,
            clan_name=told.clan_name,
            given_name_latin=told.given_name_latin,
            family_name_latin=told.family_name_latin,
            clan_name_latin=told.clan_name_latin,
            sex=Sex(told.sex),
            age_band=AgeBand(told.age_band),
            email=told.email,
            language=told.language,
            is_invented=True,
        )
        person = people.create_person(details, by=by, at=at)
        person.certificate_name = told.certificate_name
        self.met[told.key] = person
        return person


def _consent(person: Person, told: DemoPerson, *, at: datetime) -> None:
    """What registering takes, and nothing beside it."""
    people.record_consents(
        person,
        {purpose: purpose is ConsentPurpose.RUN_EVENT for purpose in ConsentPurpose},
        version=CONSENT_WORDS,
        language=told.language,
        channel=Channel.SELF.value,
        at=at,
    )


def _start_of(event: Event) -> datetime:
    if event.starts_at is None:
        raise ValueError(f"{event.slug} has no session")
    return event.starts_at


def _end_of(event: Event) -> datetime:
    if event.ends_at is None:
        raise ValueError(f"{event.slug} has no session")
    return event.ends_at


def _day_of(moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(TIMEZONE)).date()


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)


def _on_working_day(moment: datetime) -> datetime:
    weekend_left = max(0, 8 - moment.astimezone(ZoneInfo(TIMEZONE)).isoweekday())
    return moment + timedelta(days=weekend_left if weekend_left <= 2 else 0)


def _moment(day: date, share: float) -> datetime:
    opening = datetime.combine(day, OFFICE_OPENS, ZoneInfo(TIMEZONE))
    return (opening + OFFICE_HOURS * share).replace(microsecond=0)
