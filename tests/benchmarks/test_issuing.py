"""From the verdict to the archive: certificates issued in slices, drawn, signed, checked and zipped.

CPU seconds, and how much the peak of memory grows. Nothing is asserted about time. TRAINREG_BENCH_PEOPLE says how
many; 10,000 take some minutes.
"""

import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, insert, select

from tests import factories as make
from tests.benchmarks.sizes import sized
from tests.certificates.attending import past_event
from trainreg.attendance.models import Attendance
from trainreg.attendance.rules import AttendanceState, Source
from trainreg.certificates.delivery import archive, entries_of
from trainreg.certificates.issuing import jobs
from trainreg.certificates.issuing.rules import JobAction
from trainreg.certificates.models import Certificate
from trainreg.certificates.queries import list_certificates_without_file, list_for_archive
from trainreg.certificates.service import record_files
from trainreg.events.queries import get_event
from trainreg.kernel.db import db
from trainreg.people.models import Person
from trainreg.people.rules import Sex
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationRole, RegistrationStatus

PEOPLE = sized(400, 30, "TRAINREG_BENCH_PEOPLE")


def _peak_kb() -> int:
    """The most memory this process has held, as the kernel counts it."""
    with Path("/proc/self/status").open(encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))


def _crowd(slug: str) -> None:
    event = get_event(slug)
    agency = make.agency()
    people = [
        {
            "given_name": f"Болор{number}",
            "family_name": "Батын",
            "given_name_latin": f"Bolor{number}",
            "family_name_latin": "Bat",
            "sex": Sex.FEMALE,
            "match_key": f"k{number}",
            "created_at": make.NOW,
        }
        for number in range(PEOPLE)
    ]
    db.session.execute(insert(Person), people)
    ids = db.session.scalars(select(Person.id).order_by(Person.id)).all()
    common = {
        "event_id": event.id,
        "agency_id": agency.id,
        "status": RegistrationStatus.CONFIRMED,
        "role": RegistrationRole.PARTICIPANT,
        "sex": Sex.FEMALE,
        "level": "not_stated",
        "language": "en",
        "created_at": make.NOW,
    }
    registrations = [common | {"person_id": one, "reference": f"B{one:07d}"} for one in ids]
    db.session.execute(insert(Registration), registrations)
    came = {"state": AttendanceState.PRESENT, "source": Source.DESK, "marked_at": datetime(2026, 3, 11, tzinfo=UTC)}
    sessions = [session.id for session in event.sessions]
    for one in db.session.scalars(select(Registration.id)).all():
        marks = [came | {"registration_id": one, "session_id": session} for session in sessions]
        db.session.execute(insert(Attendance), marks)
    db.session.commit()


@pytest.mark.slow
def test_from_the_verdict_to_the_archive(separate_app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    with separate_app.app_context():
        slug = past_event(make.project(code="BENCH")).slug
        db.session.commit()
        _crowd(slug)
        db.session.expunge_all()
        told = [_issue(slug), _draw(), _zip(slug)]
        assert db.session.scalar(select(func.count(Certificate.id))) == PEOPLE
    with capsys.disabled():
        sys.stdout.write(f"\n{PEOPLE} certificates: {'; '.join(told)}\n")


def _issue(slug: str) -> str:
    began = time.process_time()
    job = jobs.begin(get_event(slug), JobAction.ISSUE, by=make.STAFF)
    job_id = job.id
    db.session.commit()
    jobs.go_through(job_id)
    return f"issued in {time.process_time() - began:.1f} s CPU"


def _draw() -> str:
    began = time.process_time()
    while waiting := list_certificates_without_file(limit=20):
        record_files(waiting)
        db.session.commit()
    spent = time.process_time() - began
    return f"drawn, signed and checked in {spent:.1f} s ({spent * 1000 / PEOPLE:.1f} ms each)"


def _zip(slug: str) -> str:
    before, began = _peak_kb(), time.process_time()
    packed = archive(entries_of(list_for_archive(get_event(slug).id)))
    length, sent, early = len(packed), 0, 0
    for chunk in packed:
        sent += len(chunk)
        if not early and sent > length // 10:
            early = _peak_kb()
    assert sent == length
    spent, grown, late = time.process_time() - began, _peak_kb() - before, _peak_kb() - early
    return f"zipped {sent / 1e6:.1f} MB in {spent:.1f} s; peak memory grew {grown} kB, {late} kB after the first tenth"
