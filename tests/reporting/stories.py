"""A world made of chance in the database, and what happens to it afterwards: there and in the plain lists alike."""

from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from tests import factories as make
from tests.factories import NOW, STAFF
from tests.reporting.chance import PARENTS
from trainreg.agencies.models import Agency
from trainreg.assessment.models import TestAnswer, TestAttempt, TestQuestion
from trainreg.assessment.rules import Kind, Occasion, Source
from trainreg.attendance.models import Attendance, UnnamedAttendance
from trainreg.attendance.rules import AttendanceState
from trainreg.attendance.rules import Source as MarkSource
from trainreg.certificates.models import Certificate
from trainreg.certificates.rules import CertificateKind, CertificateState
from trainreg.events.models import Event, Session
from trainreg.events.rules import EventKind, EventStatus, SessionStatus
from trainreg.kernel.db import db
from trainreg.people.models import Person
from trainreg.people.rules import AgeBand, Level, Sex
from trainreg.programme.models import Outcome, Project
from trainreg.publications.models import Handout, Publication
from trainreg.publications.rules import PublicationKind
from trainreg.records.service import merge
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationRole, RegistrationStatus

Row = dict[str, Any]
STRENGTH = ["confirmed", "declined", "cancelled"]
MARKS = ["present", "late", "excused", "absent"]

actions = st.one_of(
    st.tuples(st.just("mark"), st.integers(0, 12), st.integers(0, 2), st.sampled_from([*MARKS, None])),
    st.tuples(st.just("status"), st.integers(0, 12), st.sampled_from(["confirmed", "cancelled"])),
    st.tuples(st.just("session"), st.integers(0, 8), st.booleans()),
    st.tuples(st.just("event"), st.integers(0, 4), st.sampled_from(["closed", "cancelled"])),
    st.tuples(st.just("merge"), st.sampled_from([(0, 1), (2, 3), (0, 2), (1, 3), (3, 0)])),
)


@dataclass
class Story:
    """The world as plain lists, and its rows in the same order."""

    world: Row
    project: Project
    agencies: list[Agency]
    outcomes: list[Outcome]
    people: list[Person]
    sessions: list[Session] = field(default_factory=list)
    registrations: list[Registration] = field(default_factory=list)
    gone: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, world: Row) -> "Story":
        """All of it in four goes, each of rows whose forerunners have their numbers."""
        with make.together():
            agencies, project = [make.agency() for _parent in PARENTS], make.project()
        with make.together():
            for agency, parent in zip(agencies, PARENTS, strict=True):
                agency.parent_id = agencies[parent].id if parent is not None else None
            outcomes = [make.outcome(project, number) for number in (1, 2)]
            story = cls(world, project, agencies, outcomes, [make.person() for _ in range(4)])
            events = [story._tell_event(number, event) for number, event in enumerate(world["events"])]
        with make.together():
            questions: dict[int, TestQuestion] = {}
            for one in world["registrations"]:
                number = one["event"]
                if number not in questions:
                    questions[number] = make.posed(events[number], kind=Kind.SHORT_TEXT, choices=[], right=[], points=4)
                story.registrations.append(story._registration(events[number], one))
        with make.together():
            for one, row in zip(world["registrations"], story.registrations, strict=True):
                story._tell_registration(row, one, questions[one["event"]])
            db.session.add_all(story._crowd(one) for one in world["crowds"])
            db.session.add_all(story._publication(one) for one in world["products"])
        return story

    def _publication(self, one: Row) -> Publication:
        outcome_id = None if one["outcome"] is None else self.outcomes[one["outcome"]].id
        words = {"title": {"en": "Handbook"}, "published_on": one["day"]}
        kind, handouts = PublicationKind(one["kind"]), [self._handout(gone) for gone in one["handed"]]
        return Publication(project=self.project, outcome_id=outcome_id, kind=kind, handouts=handouts, **words)

    def _handout(self, gone: Row) -> Handout:
        agency = None if gone["agency"] is None else self.agencies[gone["agency"]]
        return Handout(agency=agency, recipient={"en": "all"}, copies=gone["copies"], handed_on=gone["day"])

    def _crowd(self, one: Row) -> UnnamedAttendance:
        agency_id = None if one["agency"] is None else self.agencies[one["agency"]].id
        who = {"sex": Sex(one["sex"]), "level": Level(one["level"]), "people": one["people"]}
        return UnnamedAttendance(session_id=self.sessions[one["session"]].id, agency_id=agency_id, **who)

    def _tell_event(self, number: int, told: Row) -> Event:
        event = make.event(self.project, days=0, kind=EventKind(told["kind"]), status=EventStatus(told["status"]))
        event.threshold = told["threshold"].numerator / told["threshold"].denominator
        event.outcomes.extend(self.outcomes[one] for one in sorted(told["outcomes"]))
        for one in (one for one in self.world["sessions"] if one["event"] == number):
            status = SessionStatus.PLANNED if one["planned"] else SessionStatus.CANCELLED
            session = make.session(event, one["start"], day_share=float(one["share"]), status=status)
            session.ends_at = one["start"] + (session.ends_at - session.starts_at) * one["minutes"] / 180
            self.sessions.append(session)
        return event

    def _registration(self, event: Event, one: Row) -> Registration:
        return make.registration(
            event,
            self.people[one["person"]],
            RegistrationStatus(one["status"]),
            role=RegistrationRole(one["role"]),
            sex=Sex(one["sex"]),
            level=Level(one["level"]),
            age_band=AgeBand(one["age_band"]),
            province=one["province"],
            group=one["group"],
            agency=self.agencies[one["agency"]],
        )

    def _tell_registration(self, row: Registration, one: Row, question: TestQuestion) -> None:
        for number, state in one["marks"].items():
            self._mark(row, self.sessions[number], state)
        for edition, paper in enumerate(one["papers"], 1):
            key = f"{row.id}-{edition}"
            at = datetime.combine(paper["day"], time(9), ZoneInfo("Asia/Ulaanbaatar"))
            texts = {
                "register_number": f"{key}/1",
                "code": key,
                "design": "formal-1",
                "facts": "{}",
                "facts_sha256": "2" * 64,
            }
            kind, state = CertificateKind(paper["kind"]), CertificateState(paper["state"])
            db.session.add(
                Certificate(registration_id=row.id, kind=kind, edition=edition, state=state, issued_at=at, **texts)
            )
        for occasion, points in zip((Occasion.PRE, Occasion.POST), one["tests"][:2], strict=True):
            if points is not None:
                attempt = TestAttempt(registration_id=row.id, occasion=occasion, source=Source.PHONE)
                attempt.started_at = attempt.handed_in_at = NOW
                attempt.answers.append(TestAnswer(question_id=question.id, value="", points=points))
                db.session.add(attempt)

    @staticmethod
    def _mark(row: Registration, session: Session, state: str) -> None:
        said = {"state": AttendanceState(state), "source": MarkSource.SHEET, "marked_at": NOW}
        db.session.add(Attendance(registration_id=row.id, session_id=session.id, **said))

    def act(self, action: tuple[Any, ...]) -> None:
        """One late change, to the rows and to the lists."""
        name, place, *rest = action
        size = {"mark": self.registrations, "status": self.registrations, "session": self.sessions}.get(name)
        if name == "event":
            size = self.world["events"]
        if name != "merge" and (not size or place >= len(size)):
            return
        getattr(self, f"_{name}_late" if name == "mark" else f"_{name}")(place, *rest)
        db.session.flush()

    def _mark_late(self, place: int, number: int, state: str | None) -> None:
        told = self.world["registrations"][place]
        own = [one["number"] for one in self.world["sessions"] if one["event"] == told["event"]]
        if number >= len(own):
            return
        session, row = self.sessions[own[number]], self.registrations[place]
        known = db.session.query(Attendance).filter_by(registration_id=row.id, session_id=session.id).one_or_none()
        if known is not None:
            db.session.delete(known)
            db.session.flush()
        told["marks"].pop(own[number], None)
        if state is not None:
            told["marks"][own[number]] = state
            self._mark(row, session, state)

    def _status(self, place: int, status: str) -> None:
        self.world["registrations"][place]["status"] = status
        self.registrations[place].status = RegistrationStatus(status)

    def _session(self, place: int, planned: bool) -> None:
        self.world["sessions"][place]["planned"] = planned
        self.sessions[place].status = SessionStatus.PLANNED if planned else SessionStatus.CANCELLED

    def _event(self, place: int, status: str) -> None:
        sessions = zip(self.world["sessions"], self.sessions, strict=True)
        event = next((row.event for told, row in sessions if told["event"] == place), None)
        if event is not None:
            self.world["events"][place]["status"] = status
            event.status = EventStatus(status)

    def _merge(self, pair: tuple[int, int]) -> None:
        """The second person becomes the first; by hand: see ADR 0013."""
        kept, merged = pair
        if {kept, merged} & self.gone:
            return
        self.gone.add(merged)
        merge(self.people[kept], self.people[merged], by=STAFF)
        own = self.world["registrations"]
        for theirs in [one for one in own if one["person"] == merged]:
            mine = next((one for one in own if one["person"] == kept and one["event"] == theirs["event"]), None)
            if mine is None:
                theirs["person"] = kept
                continue
            self._collapse(mine, theirs)

    @staticmethod
    def _collapse(mine: Row, theirs: Row) -> None:
        if STRENGTH.index(theirs["status"]) < STRENGTH.index(mine["status"]):
            for name in ("status", "role", "agency", "sex", "level", "province", "age_band", "group"):
                mine[name] = theirs[name]
        if theirs["status"] == "confirmed":
            theirs["status"] = "cancelled"
        for session, state in list(theirs["marks"].items()):
            known = mine["marks"].get(session)
            if known is None:
                mine["marks"][session] = theirs["marks"].pop(session)
            elif MARKS.index(state) < MARKS.index(known):
                mine["marks"][session] = state
        mine["papers"], theirs["papers"] = [*mine["papers"], *theirs["papers"]], []
        tests, other = list(mine["tests"]), list(theirs["tests"])
        for place in (0, 1):
            if tests[place] is None:
                tests[place], other[place] = other[place], None
        mine["tests"], theirs["tests"] = tuple(tests), tuple(other)
