"""What an import is, where it stands, and what a row of it comes to."""

from datetime import timedelta
from enum import StrEnum

from trainreg.kernel.permissions import Permission


class ImportKind(StrEnum):
    """What the rows of the file are."""

    PEOPLE = "people"
    AGENCIES = "agencies"
    REGISTRATIONS = "registrations"
    ATTENDANCE = "attendance"
    PAST_EVENTS = "past_events"


class RunStatus(StrEnum):
    """Mapping: the desk says what each column is. Looking, applying: the worker has it. Ready: looked at."""

    MAPPING = "mapping"
    LOOKING = "looking"
    READY = "ready"
    APPLYING = "applying"
    APPLIED = "applied"
    REFUSED = "refused"

    @property
    def is_busy(self) -> bool:
        return self in {RunStatus.LOOKING, RunStatus.APPLYING}


class RowOutcome(StrEnum):
    """What applying would do with a row; an ambiguous row waits for the desk, one with an error stops everything."""

    ERROR = "error"
    AMBIGUOUS = "ambiguous"
    NEW = "new"
    MATCHED = "matched"
    UNCHANGED = "unchanged"


# Looked through and applied while the page waits; beyond it the worker does it, and the page tells how far it is.
ROWS_AT_ONCE = 500
PROGRESS_EVERY = 500
KEPT_FOR = timedelta(days=30)
# A worker that died half-way leaves its import to be taken up again after this time.
LEASE = timedelta(minutes=5)
# The one permission each kind asks for; for kinds about one event or project, held there.
PERMISSIONS: dict[ImportKind, Permission] = {
    ImportKind.PEOPLE: Permission.MANAGE_AGENCIES,
    ImportKind.AGENCIES: Permission.MANAGE_AGENCIES,
    ImportKind.REGISTRATIONS: Permission.DECIDE_REGISTRATIONS,
    ImportKind.ATTENDANCE: Permission.DECIDE_REGISTRATIONS,
    ImportKind.PAST_EVENTS: Permission.EDIT_EVENTS,
}


def may_apply(counts: dict[str, int]) -> bool:
    """Whether nothing stands in the way: no error, no open question, and something to write."""
    stops = counts.get(RowOutcome.ERROR, 0) + counts.get(RowOutcome.AMBIGUOUS, 0)
    return stops == 0 and counts.get(RowOutcome.NEW, 0) + counts.get(RowOutcome.MATCHED, 0) > 0
