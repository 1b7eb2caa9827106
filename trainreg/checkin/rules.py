"""What a scan at the door comes to: which session it is for, who comes in, and what many scans of one person make."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from trainreg.attendance.rules import AttendanceState, Mark, Source, is_open_for_marks, session_label
from trainreg.registration.rules import RegistrationStatus


class ScanKind(StrEnum):
    """How somebody was recognised at the door."""

    QR = "qr"
    NAME = "name"
    WALK_IN = "walk_in"
    KIOSK = "kiosk"


class Outcome(StrEnum):
    """What a scan came to: the machine's code, each with its sentence in `checkin.answers`."""

    IN = "in"
    ALREADY_IN = "already_in"
    LET_IN = "let_in"
    NOT_CONFIRMED = "not_confirmed"
    CANCELLED = "cancelled"
    OTHER_EVENT = "other_event"
    SECOND_FORM = "second_form"
    UNKNOWN_CODE = "unknown_code"
    OTHER_DAY = "other_day"
    NO_SESSION_NOW = "no_session_now"
    EVENT_OFF = "event_off"
    INCOMPLETE = "incomplete"


class Recognised(StrEnum):
    """What a code or a name led to, before anything is asked about the person."""

    REGISTRATION = "registration"
    OTHER_EVENT = "other_event"
    SECOND_FORM = "second_form"
    NOTHING = "nothing"


ADMITTED = frozenset({Outcome.IN, Outcome.ALREADY_IN, Outcome.LET_IN})
REFUSED = frozenset(set(Outcome) - ADMITTED)
_NOBODY = {
    Recognised.OTHER_EVENT: Outcome.OTHER_EVENT,
    Recognised.SECOND_FORM: Outcome.SECOND_FORM,
    Recognised.NOTHING: Outcome.UNKNOWN_CODE,
}
_OFF = frozenset({RegistrationStatus.CANCELLED, RegistrationStatus.DECLINED})

OPENS_BEFORE = timedelta(hours=1)  # the door of a session
CHANGEOVER = timedelta(minutes=15)  # whoever comes so shortly before the next session comes for the next
GRACE = timedelta(minutes=15)  # as late as this is not late
CLOCK_TOLERANCE = timedelta(seconds=30)  # below it a difference is the network's, not the clock's


@dataclass(frozen=True)
class Block:
    """A planned session as the door sees it."""

    id: int
    starts_at: datetime
    ends_at: datetime
    timezone: str

    @property
    def opens_at(self) -> datetime:
        return self.starts_at - OPENS_BEFORE

    @property
    def label(self) -> str:
        """The session in histories."""
        return session_label(self.starts_at, self.timezone)

    def has_open_door(self, moment: datetime) -> bool:
        """Whether the door is open: from an hour before the start until the end."""
        return self.opens_at <= moment < self.ends_at

    def is_on_day_of(self, moment: datetime) -> bool:
        """Whether the moment lies on a calendar day of the session, where the session is."""
        zone = ZoneInfo(self.timezone)
        first, last = self.starts_at.astimezone(zone).date(), self.ends_at.astimezone(zone).date()
        return first <= moment.astimezone(zone).date() <= last

    def distance(self, moment: datetime) -> timedelta:
        """How far the moment lies from the session; none inside it."""
        return max(self.starts_at - moment, moment - self.ends_at, timedelta(0))


@dataclass(frozen=True)
class Entry:
    """A scan that let somebody in; `key` decides between two of one moment, so that the order of arrival does not."""

    at: datetime
    key: str
    source: Source = Source.QR
    by_id: int | None = None


def corrected(device_at: datetime, *, device_now: datetime, server_now: datetime) -> datetime:
    """When a scan was made by our clock, from the device's: never later than now, and a small difference is none."""
    ahead = device_now - server_now
    moment = device_at - ahead if abs(ahead) > CLOCK_TOLERANCE else device_at
    return min(moment, server_now)


def session_at(sessions: Sequence[Block], moment: datetime, *, wished: int | None = None) -> Block | None:
    """The session that somebody who comes at this moment comes for; None when no door is open.

    Of several (rooms at once, or one after the other) the door's own choice `wished` counts where its door is open;
    else the one that runs, the last begun, unless the next begins within a quarter of an hour.
    """
    open_now = sorted((one for one in sessions if one.has_open_door(moment)), key=lambda one: (one.starts_at, one.id))
    if wished is not None and any(one.id == wished for one in open_now):
        return next(one for one in open_now if one.id == wished)
    begun = [one for one in open_now if one.starts_at <= moment]
    soon = [one for one in open_now if moment < one.starts_at]
    if soon and (not begun or soon[0].starts_at - moment <= CHANGEOVER):
        return soon[0]
    return begun[-1] if begun else None


def session_for_let_in(sessions: Sequence[Block], moment: datetime, *, wished: int | None = None) -> Block | None:
    """Where to count somebody who is let in although no door is open: the nearest session that takes marks by then."""
    at_the_door = session_at(sessions, moment, wished=wished)
    if at_the_door is not None:
        return at_the_door
    takes = [one for one in sessions if is_open_for_marks(now=moment, starts_at=one.starts_at)]
    chosen = [one for one in takes if one.id == wished] or sorted(takes, key=lambda one: (one.distance(moment), one.id))
    return chosen[0] if chosen else None


def judge(
    found: Recognised,
    status: RegistrationStatus | None,
    *,
    sessions: Sequence[Block],
    moment: datetime,
    session: Block | None,
    is_in: bool = False,
    is_off: bool = False,
    is_let_in: bool = False,
) -> Outcome:
    """What the door answers. `is_let_in`: somebody decided to let the person in whatever the answer."""
    answer = _answer(found, status, sessions=sessions, moment=moment, session=session, is_in=is_in, is_off=is_off)
    return Outcome.LET_IN if is_let_in and answer in REFUSED else answer


def _answer(
    found: Recognised,
    status: RegistrationStatus | None,
    *,
    sessions: Sequence[Block],
    moment: datetime,
    session: Block | None,
    is_in: bool,
    is_off: bool,
) -> Outcome:
    if found in _NOBODY:
        return _NOBODY[found]
    if is_off:
        return Outcome.EVENT_OFF
    if status in _OFF:
        return Outcome.CANCELLED
    if session is not None and is_in:
        return Outcome.ALREADY_IN
    if status is not RegistrationStatus.CONFIRMED:
        return Outcome.NOT_CONFIRMED
    if session is None:
        today = any(one.is_on_day_of(moment) for one in sessions)
        return Outcome.NO_SESSION_NOW if today else Outcome.OTHER_DAY
    return Outcome.IN


def state_at(starts_at: datetime, moment: datetime) -> AttendanceState:
    """Whether somebody who came at this moment came late."""
    return AttendanceState.LATE if moment > starts_at + GRACE else AttendanceState.PRESENT


def mark_at(session: Block, moment: datetime) -> Mark:
    """The mark of somebody who came at this moment: how many minutes late, where they came before the end."""
    state = state_at(session.starts_at, moment)
    late = int((moment - session.starts_at).total_seconds()) // 60
    is_told = state is AttendanceState.LATE and moment < session.ends_at
    return Mark(state, late_minutes=late if is_told else 0)


def first_entry(entries: Iterable[Entry]) -> Entry | None:
    """Of all the scans that let a person into a session, in any order and however often: the earliest counts."""
    return min(entries, key=lambda entry: (entry.at, entry.key), default=None)


def stands(
    entries: Iterable[Entry], *, starts_at: datetime, by_hand: AttendanceState | None = None
) -> AttendanceState | None:
    """What is known of one person at one session: what a person said by hand, else the earliest scan."""
    if by_hand is not None:
        return by_hand
    first = first_entry(entries)
    return None if first is None else state_at(starts_at, first.at)


def conflicts(by_hand: AttendanceState | None, entries: Iterable[Entry]) -> bool:
    """Whether a person said that somebody was not there whom a scan let in."""
    return by_hand in {AttendanceState.ABSENT, AttendanceState.EXCUSED} and first_entry(entries) is not None
