"""What is at hand with an event."""

import pytest

from trainreg.events.rules import EventStatus
from trainreg.home.rules import Standing, Task, TaskState, states

DRAFT = Standing(EventStatus.DRAFT, 0, 0, False, 0, 0, 0)
OPEN = Standing(EventStatus.OPEN, 3, 1, False, 0, 0, 0)
DECIDED = Standing(EventStatus.OPEN, 0, 4, False, 0, 0, 0)
HALFWAY = Standing(EventStatus.CLOSED, 0, 4, False, 1, 1, 0)
UNMARKED = Standing(EventStatus.CLOSED, 0, 4, True, 2, 1, 0)
MARKED = Standing(EventStatus.CLOSED, 0, 4, True, 2, 2, 0)
ISSUED = Standing(EventStatus.CLOSED, 0, 4, True, 2, 2, 4)


@pytest.mark.parametrize(
    ("standing", "current"),
    [
        (DRAFT, Task.OPEN_REGISTRATION),
        (OPEN, Task.DECIDE),
        (DECIDED, Task.TAKE_ATTENDANCE),
        (HALFWAY, Task.TAKE_ATTENDANCE),
        (UNMARKED, Task.TAKE_ATTENDANCE),
        (MARKED, Task.ISSUE_CERTIFICATES),
        (ISSUED, Task.SEE_RESULTS),
    ],
)
def test_exactly_one_task_is_at_hand(standing: Standing, current: Task) -> None:
    found = states(standing)
    assert [task for task, state in found.items() if state is TaskState.CURRENT] == [current]


def test_what_is_done_out_of_order_stays_done() -> None:
    late_question = Standing(EventStatus.CLOSED, 1, 4, True, 2, 2, 4)
    found = states(late_question)
    assert found[Task.DECIDE] is TaskState.CURRENT
    assert found[Task.ISSUE_CERTIFICATES] is TaskState.DONE
