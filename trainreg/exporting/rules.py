"""Where a file that is being prepared stands, what can go wrong with it, and the limits that hold."""

from datetime import timedelta
from enum import StrEnum

# So many rows are made while the page waits; a longer list becomes a job of the worker.
AT_ONCE = 5_000
# A file lies in the database in pieces of this size: neither writing nor sending it holds more of it in memory.
PIECE = 256 * 1024
# Files of one account, waiting, being prepared and ready.
AT_A_TIME = 5
KEPT_FOR = timedelta(hours=24)
# A worker that was killed leaves its file to the next one after this time without a sign of life.
LEASE = timedelta(seconds=60)
# What takes longer is given up: on SQLite the log cannot be emptied, on PostgreSQL nothing be cleared away, meanwhile.
MOST_SECONDS = 1800.0
MOST_TRIES = 3
NOTE_EVERY = 1.0
# Nobody began for so long: perhaps no worker runs.
BEGINS_WITHIN = timedelta(minutes=2)


class ExportStatus(StrEnum):
    """Waiting for the worker, in its hands, ready to be fetched, or given up with a reason."""

    WAITING = "waiting"
    PREPARING = "preparing"
    READY = "ready"
    FAILED = "failed"

    @property
    def is_open(self) -> bool:
        """Whether the worker still has something to do."""
        return self in {ExportStatus.WAITING, ExportStatus.PREPARING}


class Problem(StrEnum):
    """Why there is no file."""

    RIGHT_GONE = "right_gone"
    SUBJECT_GONE = "subject_gone"
    NO_ROOM = "no_room"
    TOO_LONG = "too_long"
    TOO_MANY_ROWS = "too_many_rows"
    GIVEN_UP = "given_up"
    BROKEN = "broken"
    ERASED = "erased"


def is_long(rows: int) -> bool:
    """Whether a list of so many rows is left to the worker."""
    return rows > AT_ONCE


def tenths(done: int, total: int) -> int:
    """How much is done, in steps of ten per cent: as often as it is worth being told aloud."""
    return min(done * 10 // total, 10) * 10 if total > 0 else 0
