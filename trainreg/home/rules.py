"""What to do next with an event."""

from dataclasses import dataclass
from enum import StrEnum

from trainreg.events.rules import EventStatus


class Task(StrEnum):
    """The steps of an event's life at the desk, in their order."""

    OPEN_REGISTRATION = "open_registration"
    DECIDE = "decide"
    TAKE_ATTENDANCE = "take_attendance"
    ISSUE_CERTIFICATES = "issue_certificates"
    SEE_RESULTS = "see_results"


class TaskState(StrEnum):
    """Behind us, at hand, or still ahead."""

    DONE = "done"
    CURRENT = "current"
    AHEAD = "todo"


@dataclass(frozen=True)
class Standing:
    """The facts that decide what is at hand."""

    status: EventStatus
    undecided: int
    confirmed: int
    is_over: bool
    sessions_over: int
    sessions_marked: int
    certificates: int


def states(standing: Standing) -> dict[Task, TaskState]:
    """Each task's state; the first that is neither done nor impossible yet is the current one."""
    done = {
        Task.OPEN_REGISTRATION: standing.status is not EventStatus.DRAFT,
        Task.DECIDE: standing.confirmed > 0 and standing.undecided == 0,
        Task.TAKE_ATTENDANCE: standing.is_over and standing.sessions_marked >= standing.sessions_over > 0,
        Task.ISSUE_CERTIFICATES: standing.certificates > 0,
        Task.SEE_RESULTS: False,
    }
    found: dict[Task, TaskState] = {}
    is_open = True
    for task in Task:
        if done[task]:
            found[task] = TaskState.DONE
        elif is_open:
            found[task], is_open = TaskState.CURRENT, False
        else:
            found[task] = TaskState.AHEAD
    return found
