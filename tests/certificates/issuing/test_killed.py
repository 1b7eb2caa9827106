"""Eight processes at once, and processes killed at work: each person once, no number missing or double.

On real databases, SQLite and PostgreSQL alike: every process opens its own.
"""

import os
import signal
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from tests import factories as make
from tests.certificates.attending import two_events
from tests.processes import FRESH
from trainreg.app import create_app
from trainreg.certificates.issuing import jobs
from trainreg.certificates.issuing.models import CertificateJob
from trainreg.certificates.issuing.rules import SLICE, JobAction, JobStatus
from trainreg.certificates.models import Certificate, RegisterCounter
from trainreg.config import load_settings
from trainreg.events.queries import get_event
from trainreg.kernel.db import db

PROCESSES = 8
PEOPLE = 60

pytestmark = pytest.mark.slow


@pytest.fixture
def slugs(separate_app: Flask) -> list[str]:
    with separate_app.app_context():
        events = two_events(PEOPLE)
        db.session.commit()
        return [one.slug for one in events]


def _press(instance: str, url: str, slug: str, dies: str = "") -> None:
    """One organiser in a process of their own: begins the round, and goes through it like a worker.

    It may be killed after the first slice, or within the second, whose certificates are written by then.
    """

    def die(*_told: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def after_slice() -> None:
        if dies == "within":
            event.listen(db.session, "before_commit", die)
        elif dies == "after":
            die()

    environment = {"TRAINREG_DATABASE_URL": url, "TRAINREG_BASE_URL": "http://localhost"}
    with create_app(load_settings(Path(instance), environment), TESTING=True).app_context():
        job = jobs.begin(get_event(slug), JobAction.ISSUE, by=make.STAFF)
        job_id = job.id
        db.session.commit()
        jobs.go_through(job_id, after_slice=after_slice)


def _start(app: Flask, slug: str, dies: str = "") -> BaseProcess:
    with app.app_context():
        url = db.engine.url.render_as_string(hide_password=False)
    process = FRESH.Process(target=_press, args=(app.instance_path, url, slug, dies))
    process.start()
    return process


def _ensure_each_once(app: Flask) -> None:
    with app.app_context():
        numbers = db.session.scalars(select(Certificate.sequence).order_by(Certificate.sequence)).all()
        assert list(numbers) == list(range(1, 2 * PEOPLE + 1))
        assert db.session.scalar(select(func.count(Certificate.registration_id.distinct()))) == 2 * PEOPLE
        assert db.session.scalar(select(RegisterCounter.last_number)) == 2 * PEOPLE
        assert set(db.session.scalars(select(CertificateJob.status))) == {JobStatus.DONE}


def test_eight_processes_issue_each_once(separate_app: Flask, slugs: list[str]) -> None:
    processes = [_start(separate_app, slugs[number % 2]) for number in range(PROCESSES)]
    for process in processes:
        process.join(120)

    assert [process.exitcode for process in processes] == [0] * PROCESSES
    _ensure_each_once(separate_app)


def test_what_a_killed_process_left_another_takes_up(separate_app: Flask, slugs: list[str]) -> None:
    processes = [_start(separate_app, slug, dies) for slug, dies in zip(slugs, ("after", "within"), strict=True)]
    for process in processes:
        process.join(120)

    assert [process.exitcode for process in processes] == [-signal.SIGKILL] * 2
    with separate_app.app_context():
        assert db.session.scalars(select(CertificateJob.done)).all() == [SLICE] * 2
        assert db.session.scalar(select(func.count(Certificate.id))) == 2 * SLICE
        jobs.work_on_jobs(60)
    _ensure_each_once(separate_app)
