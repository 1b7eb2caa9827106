"""An invented world of any size, the same each time: for trying the product, and measuring it, under load.

Rows go past the session, thousands at once. People get no keys: the desk does not look for their doubles.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import func, select

from trainreg.kernel.db import Base, db
from trainreg.programme.models import Project

AT_ONCE = 20_000
PER_EVENT, EVENTS_PER_PROJECT, SESSIONS, PER_PERSON = 50, 40, 3, 5
START = datetime(2024, 1, 8, 1, 0)  # noqa: DTZ001 - in UTC, as SQLite keeps it
CREATED = datetime(2024, 1, 1)  # noqa: DTZ001
PREFIX = "SEED-"
AGENCIES = 24
SEXES, LEVELS = ("female", "male", "female", "male", "not_stated"), ("senior", "middle", "junior", "not_stated")
BANDS = ("under_25", "25_34", "35_44", "45_54", "55_over", "not_stated")
PROVINCES = ("MN-1", "MN-1", "MN-047", "MN-043", "MN-035", None)
KINDS = ("training", "seminar", "briefing", "workshop", "training_of_trainers")
MARKS = ("present",) * 10 + ("late", "absent", "excused")
GIVEN = ("Болор", "Туяа", "Бат", "Саран", "Ганаа", "Оюун", "Дорж", "Наран", "Энх", "Цэцэг", "Хулан", "Тэмүүлэн")
FAMILY = ("Батын", "Доржийн", "Ганболдын", "Сүхийн", "Энхийн", "Пүрэвийн", "Лувсангийн", "Чулууны")
# Every rule that counts people or events, with breakdowns; quarterly, with targets.
INDICATORS = (
    ("1.a", "attendances", '[["sex"],["sex","agency"]]'),
    ("1.b", "unique_persons", '[["sex"],["agency"]]'),
    ("1.c", "completers", '[["sex"]]'),
    ("2.a", "person_days", '[["sex"]]'),
    ("2.b", "person_hours", '[["level"]]'),
    ("2.c", "unique_persons_per_event_kind", '[["event_kind"]]'),
    ("3.a", "events_held", '[["event_kind"]]'),
    ("3.b", "certificates_issued", '[["sex"]]'),
)


@dataclass
class Crowd:
    """How many of everything there will be, and the keys that rows are numbered from."""

    registrations: int
    say: Callable[[str], None]
    random: Random = field(default_factory=lambda: Random(20120101))  # noqa: S311 - the same each time

    def __post_init__(self) -> None:
        self.events = max(1, self.registrations // PER_EVENT)
        self.projects = max(1, self.events // EVENTS_PER_PROJECT)
        self.people = max(PER_EVENT, self.registrations // PER_PERSON)
        tables = ("project", "outcome", "agency", "person", "event", "session", "registration", "indicator")
        self.first = {name: _highest(name) + 1 for name in (*tables, "reporting_period")}

    def build(self) -> None:
        """Write everything; the caller commits."""
        self._write("agency", ("id", "code", "name", "is_active"), self._agencies())
        project = ("id", "code", "title", "organisation", "summary", "funder", "country", "timezone", "starts_on")
        self._write("project", (*project, "ends_on", "is_invented", "created_at"), self._projects())
        self._write("outcome", ("id", "project_id", "number", "title"), self._outcomes())
        self._framework()
        person = ("id", "given_name", "family_name", "clan_name", "given_name_latin", "family_name_latin")
        more = ("clan_name_latin", "certificate_name", "sex", "language", "match_key", "is_invented", "created_at")
        self._write("person", (*person, *more, "compared_at"), self._people())
        event = ("id", "project_id", "slug", "title", "summary", "kind", "place", "timezone", "has_waiting_list")
        policy = ("approval", "audience", "status", "threshold", "has_illustrative_dates", "created_at")
        self._write("event", (*event, *policy), self._events())
        self._write("event_outcome", ("event_id", "outcome_id"), self._ties())
        session = ("id", "event_id", "title", "starts_at", "ends_at", "timezone", "place", "day_share", "status")
        self._write("session", session, self._sessions())
        registration = ("id", "event_id", "person_id", "reference", "role", "status", "agency_id", "sex", "level")
        snapshot = ("age_band", "position", "province", "group_name", "language", "created_at")
        self._write("registration", (*registration, *snapshot), self._registrations())
        self._write("attendance", ("registration_id", "session_id", "state", "source", "marked_at"), self._marks())

    def _write(self, table: str, columns: Sequence[str], rows: Iterator[Sequence[Any]]) -> None:
        """Plain tuples through the driver: objects would take ten times as long."""
        mark = "?" if db.engine.dialect.name == "sqlite" else "%s"
        into = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join([mark] * len(columns))})"  # noqa: S608
        written = 0
        while chunk := list(islice(rows, AT_ONCE)):
            db.session.connection().exec_driver_sql(into, [tuple(row) for row in chunk])
            written += len(chunk)
        self.say(f"{table:<18}{written:>10}")

    def _agencies(self) -> Iterator[Sequence[Any]]:
        for number in range(AGENCIES):
            key = self.first["agency"] + number
            yield key, f"seed-{key}", f'{{"en": "Agency {number + 1}", "mn": "Байгууллага {number + 1}"}}', True

    def _projects(self) -> Iterator[Sequence[Any]]:
        for number in range(self.projects):
            words = (f'{{"en": "Seeded project {number + 1}"}}', '{"en": "Example Organisation"}', "{}", "{}")
            days = (date(2024, 1, 1).isoformat(), date(2025, 12, 31).isoformat())
            code = f"{PREFIX}{number + 1:04d}"
            yield self.first["project"] + number, code, *words, "MN", "Asia/Ulaanbaatar", *days, True, CREATED

    def _outcomes(self) -> Iterator[Sequence[Any]]:
        for number in range(self.projects * 3):
            project_id = self.first["project"] + number // 3
            yield self.first["outcome"] + number, project_id, number % 3 + 1, f'{{"en": "Outcome {number % 3 + 1}"}}'

    def _framework(self) -> None:
        period = ("id", "project_id", "code", "starts_on", "ends_on")
        self._write("reporting_period", period, self._periods())
        indicator = ("id", "project_id", "outcome_id", "position", "code", "title", "unit", "rule", "filters")
        self._write("indicator", (*indicator, "breakdowns", "direction"), self._indicators())
        self._write("target", ("indicator_id", "period_id", "value"), self._targets())

    def _periods(self) -> Iterator[Sequence[Any]]:
        for number in range(self.projects * 8):
            project_id = self.first["project"] + number // 8
            year, quarter = 2024 + number % 8 // 4, number % 4
            starts = date(year, 3 * quarter + 1, 1)
            ends = date(year + quarter // 3, (3 * quarter + 3) % 12 + 1, 1) - timedelta(days=1)
            key = self.first["reporting_period"] + number
            yield key, project_id, f"{year}-Q{quarter + 1}", starts.isoformat(), ends.isoformat()

    def _indicators(self) -> Iterator[Sequence[Any]]:
        for number in range(self.projects * len(INDICATORS)):
            project = number // len(INDICATORS)
            code, rule, breakdowns = INDICATORS[number % len(INDICATORS)]
            owner = (self.first["project"] + project, self.first["outcome"] + 3 * project + int(code[0]) - 1)
            title = f'{{"en": "Indicator {code}"}}'
            key = self.first["indicator"] + number
            yield key, *owner, number, code, title, "{}", rule, "{}", breakdowns, "increase"

    def _targets(self) -> Iterator[Sequence[Any]]:
        for project in range(self.projects):
            for number in range(len(INDICATORS) * 8):
                indicator = self.first["indicator"] + project * len(INDICATORS) + number // 8
                yield indicator, self.first["reporting_period"] + project * 8 + number % 8, 100 + number

    def _people(self) -> Iterator[Sequence[Any]]:
        choice = self.random.choice
        for number in range(self.people):
            given, family = choice(GIVEN), choice(FAMILY)
            names = (f"{given}{number}", family, "", "", "", "", "{}")
            yield (
                self.first["person"] + number,
                *names,
                SEXES[number % 5],
                "mn",
                f"seed {number}",
                True,
                CREATED,
                CREATED,
            )

    def _events(self) -> Iterator[Sequence[Any]]:
        for number in range(self.events):
            key = self.first["event"] + number
            project_id = self.first["project"] + min(number // EVENTS_PER_PROJECT, self.projects - 1)
            words = (f"seed-{key}", f'{{"en": "Event {number + 1}", "mn": "Арга хэмжээ {number + 1}"}}', "{}")
            policy = (True, "desk", "any_agency", "closed", 0.8, False, CREATED)
            yield key, project_id, *words, KINDS[number % len(KINDS)], "{}", "Asia/Ulaanbaatar", *policy

    def _ties(self) -> Iterator[Sequence[Any]]:
        for number in range(self.events):
            project = min(number // EVENTS_PER_PROJECT, self.projects - 1)
            yield self.first["event"] + number, self.first["outcome"] + 3 * project + number % 3

    def _sessions(self) -> Iterator[Sequence[Any]]:
        for number in range(self.events * SESSIONS):
            event, place = divmod(number, SESSIONS)
            starts = START + timedelta(days=event % EVENTS_PER_PROJECT * 18, hours=4 * place)
            ends = starts + timedelta(hours=3)
            key, event_id = self.first["session"] + number, self.first["event"] + event
            yield key, event_id, "{}", starts, ends, "Asia/Ulaanbaatar", "{}", 0.333, "planned"

    def _registrations(self) -> Iterator[Sequence[Any]]:
        """Most people of a project come again: from its own circle, a few from anywhere."""
        draw, choice = self.random.randrange, self.random.choice
        circle = max(PER_EVENT, self.people // self.projects)
        number = 0
        for event in range(self.events):
            home = min(event // EVENTS_PER_PROJECT, self.projects - 1) * circle
            wanted = (
                min(PER_EVENT, self.registrations - number) if event + 1 < self.events else self.registrations - number
            )
            chosen: set[int] = set()
            while len(chosen) < min(wanted, self.people):
                anywhere = draw(8) == 0 or circle < 2 * PER_EVENT
                chosen.add(draw(self.people) if anywhere else (home + draw(circle)) % self.people)
            for person in sorted(chosen):
                key = self.first["registration"] + number
                role = "participant" if draw(25) else "trainer"
                agency = self.first["agency"] + person % AGENCIES
                who = (SEXES[person % 5], choice(LEVELS), BANDS[person % 6], "", choice(PROVINCES), "", "mn")
                place = (self.first["event"] + event, self.first["person"] + person, f"S{key:09d}")
                yield key, *place, role, "confirmed" if draw(15) else "cancelled", agency, *who, CREATED
                number += 1

    def _marks(self) -> Iterator[Sequence[Any]]:
        choice = self.random.choice
        for number in range(self.registrations):
            event = min(number // PER_EVENT, self.events - 1)
            for place in range(SESSIONS):
                session = self.first["session"] + event * SESSIONS + place
                yield self.first["registration"] + number, session, choice(MARKS), "sheet", CREATED


def is_seeded() -> bool:
    """Whether such a world was built here before."""
    return db.session.scalar(select(Project.id).where(Project.code.startswith(PREFIX)).limit(1)) is not None


def _highest(table: str) -> int:
    found: int = db.session.scalar(select(func.coalesce(func.max(Base.metadata.tables[table].c.id), 0))) or 0
    return found
