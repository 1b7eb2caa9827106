"""How long a link and a visit last, and what an official may do with a registration."""

from datetime import datetime, timedelta
from enum import StrEnum

from trainreg.registration.rules import RegistrationStatus

LINK_LASTS = timedelta(hours=1)
IDLE = timedelta(hours=2)
VISIT_LASTS = timedelta(hours=12)
AFTER_THE_EVENT = timedelta(days=30)
# The same browser pressing the button again at once is one press.
PRESSED_TWICE = timedelta(minutes=1)
# So many people of one address fit into one mail.
IN_ONE_MAIL = 6

_S = RegistrationStatus


class Act(StrEnum):
    """What the holder of a registration may do now."""

    ANSWER = "answer"
    ACCEPT = "accept"
    CHANGE = "change"
    CANCEL = "cancel"
    ENTER = "enter"


def acts(
    status: RegistrationStatus,
    *,
    is_off: bool,
    is_offered: bool,
    now: datetime,
    starts_at: datetime | None,
    ends_at: datetime | None,
) -> frozenset[Act]:
    """What may be done with a registration in that status.

    `is_off`: the event is called off; `is_offered`: a place is kept until its owner says that they come.
    """
    if is_off or (ends_at is not None and now >= ends_at):
        return frozenset()
    found: set[Act] = set()
    has_begun = starts_at is not None and now >= starts_at
    if status in {_S.REQUESTED, _S.WAITLISTED, _S.CONFIRMED}:
        found.add(Act.CHANGE)
    if status in {_S.INVITED, _S.NOMINATED} and not has_begun:
        found.add(Act.ANSWER)
    if status in {_S.REQUESTED, _S.WAITLISTED, _S.CONFIRMED} and not has_begun:
        found.add(Act.CANCEL)
    if status is _S.CONFIRMED:
        found.add(Act.ENTER)
        if is_offered:
            found.add(Act.ACCEPT)
    return frozenset(found)


def link_is_over(*, now: datetime, ends_at: datetime | None) -> bool:
    """Whether the link of one registration opens no more: thirty days after the end of its event."""
    return ends_at is not None and now >= ends_at + AFTER_THE_EVENT
