"""What was counted at sessions of which no list exists: beside the figures, and in none of them."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import Integer, cast, func, select

from trainreg.attendance.models import UnnamedAttendance
from trainreg.events.models import Event, Session
from trainreg.kernel.db import db
from trainreg.people.rules import Sex
from trainreg.reporting.counting.facts import is_within
from trainreg.reporting.organisation.asked import Asked
from trainreg.reporting.rules import COUNTED_SESSIONS, NOT_COUNTED_EVENTS, THOUSANDTHS, days
from trainreg.totals.reading import local_day


@dataclass(frozen=True)
class Unnamed:
    """People counted at sessions: whoever came to two was counted twice."""

    people: int = 0
    thousandths: int = 0
    by_sex: Mapping[Sex, int] = field(default_factory=lambda: dict.fromkeys(Sex, 0))
    projects: Mapping[int, int] = field(default_factory=dict)

    @property
    def person_days(self) -> Decimal:
        return days(self.thousandths)


def count_unnamed(asked: Asked, projects: Collection[int] | None) -> Unnamed:
    """Of planned sessions of events that were not called off."""
    length = func.sum(UnnamedAttendance.people * cast(func.round(Session.day_share * THOUSANDTHS), Integer))
    cell = (Event.project_id, Session.id, Session.starts_at, Session.timezone, UnnamedAttendance.sex)
    statement = (
        select(*cell, func.sum(UnnamedAttendance.people), length)
        .join(Session, Session.id == UnnamedAttendance.session_id)
        .join(Event, Event.id == Session.event_id)
        .where(Event.status != NOT_COUNTED_EVENTS, Session.status == COUNTED_SESSIONS)
        .group_by(*cell)
    )
    if projects is not None:
        statement = statement.where(Event.project_id.in_(projects))
    if asked.kind is not None:
        statement = statement.where(Event.kind == asked.kind)
    if asked.agencies is not None:
        statement = statement.where(UnnamedAttendance.agency_id.in_(asked.agencies))
    people, thousandths, by_sex, by_project = 0, 0, dict.fromkeys(Sex, 0), Counter[int]()
    for project_id, _session, starts_at, timezone, sex, counted, lengths in db.session.execute(statement):
        if is_within(local_day(starts_at, timezone), (asked.first, asked.last)):
            people, thousandths = people + int(counted), thousandths + int(lengths)
            by_sex[sex] += int(counted)
            by_project[project_id] += int(counted)
    return Unnamed(people, thousandths, by_sex, by_project)
