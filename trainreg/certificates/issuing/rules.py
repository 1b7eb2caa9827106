"""Where a round of issuing stands, and what may be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class JobAction(StrEnum):
    """What a round makes: certificates that hold, or papers for the ceremony."""

    ISSUE = "issue"
    PREPARE = "prepare"


class JobStatus(StrEnum):
    """A round that is going is taken on by the worker; a paused one waits for the desk."""

    GOING = "going"
    PAUSED = "paused"
    STOPPED = "stopped"
    DONE = "done"

    @property
    def is_open(self) -> bool:
        """Whether it can still make something."""
        return self in {JobStatus.GOING, JobStatus.PAUSED}


class RefusalKind(StrEnum):
    """Why somebody got nothing."""

    NOT_ELIGIBLE = "not_eligible"
    UNDRAWABLE = "undrawable"


class Order(StrEnum):
    """What the desk tells a round."""

    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"


ORDERS: Mapping[tuple[JobStatus, Order], JobStatus] = {
    (JobStatus.GOING, Order.PAUSE): JobStatus.PAUSED,
    (JobStatus.PAUSED, Order.RESUME): JobStatus.GOING,
    (JobStatus.GOING, Order.STOP): JobStatus.STOPPED,
    (JobStatus.PAUSED, Order.STOP): JobStatus.STOPPED,
}

# So many registrations in one transaction: the write lock is held for a moment, and others have their turn.
SLICE = 25
# So many are gone through while the page waits; the worker takes longer rounds.
AT_ONCE = 60
