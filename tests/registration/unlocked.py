"""The application with the lock on what is counted switched off: what the tests of the last place must catch.

Served in place of `trainreg.wsgi` only to prove that those tests can fail.
"""

import time
from collections.abc import Callable
from typing import TypeVar

from trainreg.app import create_app
from trainreg.events.models import Event
from trainreg.kernel import db as kernel_db
from trainreg.kernel.db import AnyRow, db
from trainreg.kernel.refusals import NotFound
from trainreg.registration import intake, invitations, service, waiting

Counted = TypeVar("Counted")
SECONDS_BETWEEN_COUNTING_AND_WRITING = 0.05


def begin_deferred() -> str:
    """SQLite's own way to begin: the write lock comes with the first write, after the counting."""
    return "BEGIN DEFERRED"


def read_without_lock(model: type[AnyRow], row_id: int) -> AnyRow:
    """The row as it is, without FOR UPDATE."""
    row = db.session.get(model, row_id, populate_existing=True)
    if row is None:
        raise NotFound
    return row


def slowly(count: Callable[[Event], Counted]) -> Callable[[Event], Counted]:
    """The same count, with time for others to count as well."""

    def counted(event: Event) -> Counted:
        places = count(event)
        time.sleep(SECONDS_BETWEEN_COUNTING_AND_WRITING)
        return places

    return counted


kernel_db.begin_statement = begin_deferred
service.lock_row = read_without_lock
invitations.lock_row = read_without_lock
service.seating_of = slowly(service.seating_of)
intake.seating_of = slowly(intake.seating_of)
waiting.seating_of = slowly(waiting.seating_of)

app = create_app()
