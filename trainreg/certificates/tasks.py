"""The worker's share of certificates: rounds of issuing, files, the ceremony's papers, what lapses."""

from __future__ import annotations

import time

from trainreg.certificates.issuing.ceremony import activate_after_events
from trainreg.certificates.issuing.jobs import work_on_jobs
from trainreg.certificates.issuing.lapsing import lapse, remind
from trainreg.certificates.queries import list_certificates_without_file
from trainreg.certificates.service import record_files
from trainreg.kernel.db import db

AT_ONCE = 20
SECONDS = 2.0


def issue_and_draw() -> None:
    """Go on with rounds of issuing, and note the fingerprint of files that nobody drew yet, each for a while."""
    work_on_jobs(SECONDS)
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        waiting = list_certificates_without_file(limit=AT_ONCE)
        if not waiting:
            db.session.rollback()
            break
        record_files(waiting)
        db.session.commit()


def lapse_and_remind() -> None:
    """What is a matter of days: papers after an event's end, last days, reminders."""
    activate_after_events()
    lapse()
    remind()
