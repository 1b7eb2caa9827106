"""One factory per model: the least that makes a true row; everything can be said otherwise."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from trainreg.accounts.models import RoleGrant, User
from trainreg.accounts.passwords import hash_password
from trainreg.agencies.models import Agency
from trainreg.assessment.models import AssessmentPlan, EvaluationItem, TestQuestion
from trainreg.assessment.opinions import ItemKind, When
from trainreg.assessment.rules import Kind
from trainreg.attendance.models import UnnamedAttendance
from trainreg.events.models import Event, Session
from trainreg.events.rules import Approval, EventKind, EventStatus
from trainreg.kernel.actor import Actor, ActorKind
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Role
from trainreg.outbox.models import Message
from trainreg.paper.models import SheetScan, SignInSheet
from trainreg.people.models import Person
from trainreg.people.rules import Level, Sex
from trainreg.people.service import PersonDetails
from trainreg.programme.models import Outcome, Project, Signatory
from trainreg.questions.uploads import FileKind
from trainreg.registration.models import Registration, RegistrationMove
from trainreg.registration.rules import Channel, RegistrationRole, RegistrationStatus

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
TIMEZONE = "Asia/Ulaanbaatar"
PASSWORD = "correct horse battery"
_HASH = hash_password(PASSWORD)
_next = count(1)
STAFF = Actor(ActorKind.STAFF, "Test Staff")


_together = False


@contextmanager
def together() -> Iterator[None]:
    """Write what is made inside in one go: rows have no number before the end of it."""
    global _together  # noqa: PLW0603
    outer, _together = _together, True
    try:
        yield
    finally:
        _together = outer
    _write()


def _write() -> None:
    if not _together:
        db.session.flush()


def _add(row: Any) -> Any:
    db.session.add(row)
    _write()
    return row


def agency(name: str = "Ministry of Labour", **values: Any) -> Agency:
    values.setdefault("code", f"agency-{next(_next)}")
    row: Agency = _add(Agency(name={"en": name, "mn": f"{name} (мн)"}, **values))
    return row


def project(**values: Any) -> Project:
    number = next(_next)
    values = {
        "code": f"P-{number}",
        "title": {"en": f"Project {number}", "mn": f"Төсөл {number}"},
        "organisation": {"en": "Example Organisation", "mn": "Жишээ байгууллага"},
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
        "created_at": NOW,
    } | values
    row: Project = _add(Project(**values))
    return row


def outcome(of: Project, number: int = 1, title: str = "Improved policy framework") -> Outcome:
    row: Outcome = _add(Outcome(project_id=of.id, number=number, title={"en": title, "mn": "Бодлогын орчин"}))
    return row


def signatory(of: Project, position: int = 1, name: str = "B. Tester") -> Signatory:
    row: Signatory = _add(
        Signatory(project_id=of.id, position=position, name={"en": name, "mn": name}, title={"en": "Head of mission"})
    )
    return row


def nine(days: int, timezone: str = TIMEZONE) -> datetime:
    """Nine o'clock where events are held, so many days from today: what begins then is over before midnight."""
    today = datetime.now(ZoneInfo(timezone)).replace(hour=9, minute=0, second=0, microsecond=0)
    return (today + timedelta(days=days)).astimezone(UTC)


def event(of: Project | None = None, *, days: int = 1, starts: datetime | None = None, **values: Any) -> Event:
    """An open event that starts in a week at nine where it is held, mornings and afternoons of three hours each."""
    number = next(_next)
    values = {
        "slug": f"event-{number}",
        "title": {"en": f"Seminar {number}", "mn": f"Семинар {number}"},
        "kind": EventKind.SEMINAR,
        "place": {"en": "Ulaanbaatar", "mn": "Улаанбаатар"},
        "timezone": TIMEZONE,
        "status": EventStatus.OPEN,
        "approval": Approval.DESK,
        "capacity": None,
        "created_at": NOW,
    } | values
    project_id = (of or project()).id
    with together():
        row: Event = _add(Event(project_id=project_id, **values))
        first = starts or nine(7, row.timezone)
        for day in range(days):
            for hours in (0, 4):
                session(row, first + timedelta(days=day, hours=hours))
    return row


def session(of: Event, starts: datetime, *, hours: int = 3, **values: Any) -> Session:
    values = {"title": {"en": "Session"}, "timezone": of.timezone, "day_share": Decimal("0.5")} | values
    row = Session(starts_at=starts, ends_at=starts + timedelta(hours=hours), **values)
    of.sessions.append(row)
    _write()
    return row


def person(given: str = "", family: str = "Батын", **values: Any) -> Person:
    given = given or f"Болор{next(_next)}"
    key = PersonDetails(given_name=given, family_name=family).match_key
    values = {"sex": Sex.FEMALE, "language": "mn", "created_at": NOW, "match_key": key} | values
    row: Person = _add(Person(given_name=given, family_name=family, **values))
    return row


def registration(
    at: Event,
    who: Person | None = None,
    status: RegistrationStatus = RegistrationStatus.CONFIRMED,
    **values: Any,
) -> Registration:
    with together():
        who = who or person()
        values = {
            "reference": f"T{next(_next):07d}",
            "role": RegistrationRole.PARTICIPANT,
            "sex": who.sex,
            "level": "not_stated",
            "language": "en",
            "created_at": NOW,
            "agency": values.pop("agency", None) or agency(),
            "waiting_since": NOW if status is RegistrationStatus.WAITLISTED else None,
        } | values
        row: Registration = _add(Registration(event=at, person=who, status=status, **values))
        by = {"actor_kind": STAFF.kind, "actor_label": STAFF.label}
        row.moves.append(RegistrationMove(to_status=status, at=NOW, channel=Channel.DESK, **by))
    return row


def user(role: Role | None = Role.ORGANIZER, *, project_id: int | None = None, agency_id: int | None = None) -> User:
    number = next(_next)
    row = User(email=f"user{number}@example.org", name=f"User {number}", password_hash=_HASH, created_at=NOW)
    if role is not None:
        row.grants.append(RoleGrant(role=role, project_id=project_id, agency_id=agency_id))
    added: User = _add(row)
    return added


def message(**values: Any) -> Message:
    """A mail that waits to be sent."""
    number = next(_next)
    values = {
        "key": f"key-{number}",
        "kind": "registration_received",
        "recipient": f"official{number}@example.org",
        "recipient_name": "Батын Болор",
        "language": "mn",
        "subject": f"Бүртгэл {number}",
        "text": "Сайн байна уу.\n",
        "html": "<p>Сайн байна уу.</p>\n",
        "next_try_at": NOW,
        "created_at": NOW,
    } | values
    row: Message = _add(Message(**values))
    return row


def plan(of: Event, **values: Any) -> AssessmentPlan:
    """What an event measures."""
    row: AssessmentPlan = _add(AssessmentPlan(event_id=of.id, **values))
    return row


def posed(of: Event, right: int | list[str] = 1, **values: Any) -> TestQuestion:
    """A question with three choices, asked before and after; `right` counts from 1, or is what is right."""
    number = next(_next)
    values = {
        "series": f"S{number}",
        "place": number,
        "kind": Kind.ONE_CHOICE,
        "label": {"en": f"Question {number}", "mn": f"Асуулт {number}"},
        "choices": [{"key": f"c{one}", "label": {"en": f"Choice {one}", "mn": f"Сонголт {one}"}} for one in (1, 2, 3)],
        "right": [f"c{right}"] if isinstance(right, int) else right,
    } | values
    row: TestQuestion = _add(TestQuestion(event_id=of.id, **values))
    return row


def evaluation_item(of: Event, kind: ItemKind = ItemKind.SCALE, when: When = When.AFTER, **values: Any) -> Any:
    """A question of an evaluation."""
    number = next(_next)
    values = {"place": number, "label": {"en": f"Statement {number}", "mn": f"Өгүүлбэр {number}"}} | values
    return _add(EvaluationItem(event_id=of.id, kind=kind, when=when, **values))


def unnamed(at: Session, people: int, **values: Any) -> UnnamedAttendance:
    """So many people at a session of whom no list exists."""
    values = {"agency_id": None, "sex": Sex.NOT_STATED, "level": Level.NOT_STATED} | values
    row: UnnamedAttendance = _add(UnnamedAttendance(session_id=at.id, people=people, **values))
    return row


def sheet(of: Event, people: Sequence[Registration], **values: Any) -> SignInSheet:
    """A sign-in sheet of the event's first session, printed."""
    values = {"key": f"SHEET{next(_next):05d}", "session_ids": [of.sessions[0].id], "blank_rows": 5} | values
    made = SignInSheet(event_id=of.id, people=[one.id for one in people], made_at=NOW, **values)
    row: SignInSheet = _add(made)
    return row


def scan(of: SignInSheet, **values: Any) -> SheetScan:
    """A scan of that sheet's first page."""
    content = values.pop("content", b"%PDF-1.7 signed")
    facts = {"name": "scan.pdf", "kind": FileKind.PDF, "size": len(content), "sha256": sha256(content).hexdigest()}
    facts |= {"sheet_id": of.id, "page": 1, "session_id": of.session_ids[0], "sent_at": NOW} | values
    row: SheetScan = _add(SheetScan(content=content, **facts))
    return row
