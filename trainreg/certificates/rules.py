"""What a certificate is, who has earned one, and why not: decisions without a database."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction


class CertificateKind(StrEnum):
    """What the paper certifies."""

    ATTENDANCE = "attendance"
    COMPLETION = "completion"
    TRAINER = "trainer"
    APPRECIATION = "appreciation"


class CertificateState(StrEnum):
    """Where a certificate stands; none of these ever deletes it.

    A prepared one is printed and not valid yet; a voided one was printed and never came to hold.
    """

    PREPARED = "prepared"
    ISSUED = "issued"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"
    EXPIRED = "expired"
    VOIDED = "voided"


class Part(StrEnum):
    """In what part somebody took part, as far as certificates tell people apart."""

    PARTICIPANT = "participant"  # measured against the event's rule
    HELPER = "helper"  # trainers and resource persons: thanked for having been there
    NEITHER = "neither"  # observers and organizers


class ReasonKind(StrEnum):
    """Why a verdict is what it is."""

    NOT_A_PARTICIPANT = "not_a_participant"
    NOT_CONFIRMED = "not_confirmed"
    NO_PLANNED_SESSIONS = "no_planned_sessions"
    ATTENDED_TOO_LITTLE = "attended_too_little"
    ATTENDED_ENOUGH = "attended_enough"
    TEST_NOT_HANDED_IN = "test_not_handed_in"
    TEST_NOT_MARKED = "test_not_marked"
    TEST_FAILED = "test_failed"
    TEST_PASSED = "test_passed"
    EVALUATION_MISSING = "evaluation_missing"
    EVALUATION_HANDED_IN = "evaluation_handed_in"
    HELPED_NOWHERE = "helped_nowhere"
    HELPED = "helped"


# What speaks for somebody; everything else speaks against.
FAVOURABLE = frozenset(
    {ReasonKind.ATTENDED_ENOUGH, ReasonKind.TEST_PASSED, ReasonKind.EVALUATION_HANDED_IN, ReasonKind.HELPED}
)


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """One session of the event, and whether this person counts as having been there."""

    minutes: int
    cancelled: bool = False
    attended: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of a verdict: its kind and the numbers its sentence needs."""

    kind: ReasonKind
    attended_minutes: int = 0
    planned_minutes: int = 0
    threshold: Decimal = Decimal(0)
    # Of the post-test: the points, the most there were to get, and the share that is needed.
    points: Decimal = Decimal(0)
    most: int = 0
    pass_mark: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class PostTest:
    """A post-test that was handed in; `points` is None while a written answer waits for its mark."""

    points: Decimal | None
    most: int


@dataclass(frozen=True, slots=True)
class Learned:
    """What an event asks for beside attendance, and what this person has of it.

    `pass_mark` is a share of the post-test's points from 0 to 1; None: no test is asked for.
    """

    pass_mark: Decimal | None = None
    post_test: PostTest | None = None
    needs_evaluation: bool = False
    has_evaluated: bool = False


NOTHING_ASKED = Learned()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether somebody has earned a certificate, with the figures behind the answer."""

    attended_minutes: int
    planned_minutes: int
    threshold: Decimal
    reasons: tuple[Reason, ...]

    @property
    def eligible(self) -> bool:
        """A verdict is favourable when nothing in it speaks against."""
        return all(reason.kind in FAVOURABLE for reason in self.reasons)

    @property
    def share(self) -> Fraction | None:
        """The exact share of the planned time attended; None when nothing was planned."""
        if self.planned_minutes == 0:
            return None
        return Fraction(self.attended_minutes, self.planned_minutes)

    @property
    def percent(self) -> int | None:
        """The share in whole per cent, rounded down, so that 79.9 never reads as the 80 it is not."""
        return None if self.share is None else int(self.share * 100)


def eligibility(
    sessions: Iterable[SessionRecord],
    *,
    part: Part,
    is_confirmed: bool,
    threshold: Decimal,
    learned: Learned = NOTHING_ASKED,
) -> Verdict:
    """Judge one registration against the event's rule, weighting every session by its length.

    Cancelled sessions are nobody's fault and count on neither side. The comparison is made in
    exact fractions: two thirds is two thirds, whatever a float would make of it. `threshold` is a
    share from 0 to 1. Whoever helped is thanked: one attended session is enough, and nothing else is asked.
    """
    held = [session for session in sessions if not session.cancelled]
    if any(session.minutes < 0 for session in held):
        raise ValueError("a session cannot last less than no time")
    planned = sum(session.minutes for session in held)
    attended = sum(session.minutes for session in held if session.attended)

    def reason(kind: ReasonKind) -> Reason:
        return Reason(kind, attended, planned, threshold)

    reasons: list[Reason] = []
    if part is Part.NEITHER:
        reasons.append(reason(ReasonKind.NOT_A_PARTICIPANT))
    if not is_confirmed:
        reasons.append(reason(ReasonKind.NOT_CONFIRMED))
    if planned == 0:
        reasons.append(reason(ReasonKind.NO_PLANNED_SESSIONS))
    elif part is Part.HELPER:
        reasons.append(reason(ReasonKind.HELPED if attended else ReasonKind.HELPED_NOWHERE))
    elif attended == 0 or Fraction(attended, planned) < Fraction(threshold):
        # Somebody who was never there has earned nothing, even where the threshold is nil.
        reasons.append(reason(ReasonKind.ATTENDED_TOO_LITTLE))
    else:
        reasons.append(reason(ReasonKind.ATTENDED_ENOUGH))
    asked = NOTHING_ASKED if part is Part.HELPER else learned
    return Verdict(attended, planned, threshold, (*reasons, *_reasons_of_learning(asked)))


def _reasons_of_learning(learned: Learned) -> Iterator[Reason]:
    """What the post-test and the evaluation say, where the event asks for them; exact fractions here too."""
    if learned.pass_mark is not None:
        yield _reason_of_test(learned.pass_mark, learned.post_test)
    if learned.needs_evaluation:
        yield Reason(ReasonKind.EVALUATION_HANDED_IN if learned.has_evaluated else ReasonKind.EVALUATION_MISSING)


def _reason_of_test(pass_mark: Decimal, test: PostTest | None) -> Reason:
    if test is None or test.most == 0:
        return Reason(ReasonKind.TEST_NOT_HANDED_IN, pass_mark=pass_mark)
    if test.points is None:
        return Reason(ReasonKind.TEST_NOT_MARKED, most=test.most, pass_mark=pass_mark)
    is_passed = Fraction(test.points) / test.most >= Fraction(pass_mark)
    kind = ReasonKind.TEST_PASSED if is_passed else ReasonKind.TEST_FAILED
    return Reason(kind, points=test.points, most=test.most, pass_mark=pass_mark)


_KIND_BY_EVENT: Mapping[str, CertificateKind] = {
    "training": CertificateKind.COMPLETION,
    "training_of_trainers": CertificateKind.TRAINER,
    "workshop": CertificateKind.COMPLETION,
}


def certificate_kind_for(event_kind: str, part: Part = Part.PARTICIPANT) -> CertificateKind:
    """Name the certificate that such an event gives to those who took this part in it."""
    if part is Part.HELPER:
        return CertificateKind.APPRECIATION
    return _KIND_BY_EVENT.get(event_kind, CertificateKind.ATTENDANCE)


class Cause(StrEnum):
    """What moves a certificate from one state to another."""

    ACTIVATED = "activated"
    CORRECTED = "corrected"
    RENEWED = "renewed"
    REVOKED = "revoked"
    LAPSED = "lapsed"
    VOIDED = "voided"


_S, _C = CertificateState, Cause
# Every move there is. A correction is of what holds; a renewal also of what has lapsed; what was revoked, replaced or
# voided stays so for good, and nothing goes back to being prepared.
MOVES: Mapping[tuple[CertificateState, Cause], CertificateState] = {
    (_S.PREPARED, _C.ACTIVATED): _S.ISSUED,
    (_S.PREPARED, _C.CORRECTED): _S.SUPERSEDED,
    (_S.PREPARED, _C.VOIDED): _S.VOIDED,
    (_S.ISSUED, _C.CORRECTED): _S.SUPERSEDED,
    (_S.ISSUED, _C.RENEWED): _S.SUPERSEDED,
    (_S.ISSUED, _C.REVOKED): _S.REVOKED,
    (_S.ISSUED, _C.LAPSED): _S.EXPIRED,
    (_S.EXPIRED, _C.RENEWED): _S.SUPERSEDED,
    (_S.EXPIRED, _C.REVOKED): _S.REVOKED,
}


def state_after(current: CertificateState, cause: Cause) -> CertificateState | None:
    """Where a certificate stands after that; None where it may not happen to it."""
    return MOVES.get((current, cause))


def may_move(current: CertificateState, new: CertificateState) -> bool:
    """Tell whether anything leads from one state to the other."""
    return any(before is current and after is new for (before, _cause), after in MOVES.items())


# States in which a person has their paper, or has lost it for good: nothing is issued beside it by itself.
STANDS = frozenset({_S.PREPARED, _S.ISSUED, _S.REVOKED, _S.EXPIRED})
# So many days before a certificate lapses its holder is reminded, and from then on it may be renewed.
REMINDED_DAYS_BEFORE = 60


def last_day(issued_on: date, months: int) -> date:
    """The last day of a certificate that holds for so many months; of a shorter month, its last day."""
    year, month = divmod(issued_on.month - 1 + months, 12)
    year, month = issued_on.year + year, month + 1
    return date(year, month, min(issued_on.day, monthrange(year, month)[1]))


def is_lapsing(valid_until: date | None, today: date) -> bool:
    """Whether a certificate is in its last days, or past them: the time to renew it."""
    return valid_until is not None and today >= valid_until - timedelta(days=REMINDED_DAYS_BEFORE)
