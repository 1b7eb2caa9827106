"""Who has earned a certificate, and why not."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainreg.certificates.rules import (
    CertificateKind,
    CertificateState,
    Part,
    ReasonKind,
    SessionRecord,
    Verdict,
    certificate_kind_for,
    eligibility,
    may_move,
)

R = ReasonKind


def judge(
    *sessions: tuple[int, str], participant: bool = True, confirmed: bool = True, threshold: str = "0.8"
) -> Verdict:
    """Sessions as (minutes, "there" | "away" | "cancelled" | "cancelled there")."""
    records = [SessionRecord(minutes, "cancelled" in how, "there" in how) for minutes, how in sessions]
    return eligibility(
        records,
        part=Part.PARTICIPANT if participant else Part.NEITHER,
        is_confirmed=confirmed,
        threshold=Decimal(threshold),
    )


THERE, AWAY, OFF = "there", "away", "cancelled"


@pytest.mark.parametrize(
    ("sessions", "eligible", "reasons"),
    [
        ([(180, THERE)], True, {R.ATTENDED_ENOUGH}),
        ([(180, AWAY)], False, {R.ATTENDED_TOO_LITTLE}),
        ([], False, {R.NO_PLANNED_SESSIONS}),
        ([(180, OFF)], False, {R.NO_PLANNED_SESSIONS}),
        ([(180, THERE)] * 4 + [(180, AWAY)], True, {R.ATTENDED_ENOUGH}),  # exactly four fifths
        ([(180, THERE)] * 3 + [(180, AWAY)], False, {R.ATTENDED_TOO_LITTLE}),
        ([(240, THERE), (60, AWAY)], True, {R.ATTENDED_ENOUGH}),  # by duration, not by number
        ([(60, THERE), (60, THERE), (240, AWAY)], False, {R.ATTENDED_TOO_LITTLE}),
        ([(180, THERE), (180, OFF)], True, {R.ATTENDED_ENOUGH}),
        ([(180, AWAY), (180, "cancelled there")], False, {R.ATTENDED_TOO_LITTLE}),
        ([(0, THERE)], False, {R.NO_PLANNED_SESSIONS}),
    ],
)
def test_the_share_of_planned_time_decides(
    sessions: list[tuple[int, str]], eligible: bool, reasons: set[ReasonKind]
) -> None:
    verdict = judge(*sessions)

    assert verdict.eligible is eligible
    assert {reason.kind for reason in verdict.reasons} == reasons


@pytest.mark.parametrize("participant", [True, False])
@pytest.mark.parametrize("confirmed", [True, False])
@pytest.mark.parametrize("how", [THERE, AWAY])
def test_role_status_and_attendance_must_all_be_right(participant: bool, confirmed: bool, how: str) -> None:
    verdict = judge((180, how), participant=participant, confirmed=confirmed)
    kinds = {reason.kind for reason in verdict.reasons}

    assert verdict.eligible is (participant and confirmed and how == THERE)
    assert (R.NOT_A_PARTICIPANT in kinds) is not participant
    assert (R.NOT_CONFIRMED in kinds) is not confirmed
    assert (R.ATTENDED_TOO_LITTLE in kinds) is (how == AWAY)


def test_a_verdict_shows_numerator_and_denominator() -> None:
    verdict = judge((180, THERE), (120, AWAY), (60, OFF))

    assert (verdict.attended_minutes, verdict.planned_minutes) == (180, 300)
    assert verdict.share == Fraction(3, 5)
    assert verdict.percent == 60
    assert verdict.reasons[0].attended_minutes == 180


def test_a_percentage_is_never_rounded_up_to_the_threshold() -> None:
    verdict = judge((799, THERE), (201, AWAY))

    assert verdict.percent == 79
    assert not verdict.eligible


def test_thirds_are_compared_exactly() -> None:
    assert not judge((1, THERE), (1, THERE), (1, AWAY), threshold="0.667").eligible
    assert judge((1, THERE), (1, THERE), (1, AWAY), threshold="0.666").eligible


def test_never_there_earns_nothing_even_without_a_threshold() -> None:
    assert not judge((180, AWAY), threshold="0").eligible


def test_a_session_shorter_than_nothing_is_a_defect() -> None:
    with pytest.raises(ValueError, match="less than no time"):
        judge((-1, THERE))


sessions = st.lists(st.builds(SessionRecord, st.integers(0, 600), st.booleans(), st.booleans()), max_size=12)
thresholds = st.decimals(0, 1, places=3)


@given(sessions, thresholds)
def test_eligible_means_the_share_reaches_the_threshold(records: list[SessionRecord], threshold: Decimal) -> None:
    verdict = eligibility(records, part=Part.PARTICIPANT, is_confirmed=True, threshold=threshold)

    assert 0 <= verdict.attended_minutes <= verdict.planned_minutes
    earned = verdict.share is not None and verdict.attended_minutes > 0 and verdict.share >= Fraction(threshold)
    assert verdict.eligible is earned


@given(sessions, thresholds)
def test_attending_one_session_more_never_takes_a_certificate_away(
    records: list[SessionRecord], threshold: Decimal
) -> None:
    everything = [SessionRecord(record.minutes, record.cancelled, attended=True) for record in records]
    before = eligibility(records, part=Part.PARTICIPANT, is_confirmed=True, threshold=threshold)
    after = eligibility(everything, part=Part.PARTICIPANT, is_confirmed=True, threshold=threshold)

    assert after.eligible or not before.eligible


@given(sessions, thresholds)
def test_cancelled_sessions_change_nothing(records: list[SessionRecord], threshold: Decimal) -> None:
    held = [record for record in records if not record.cancelled]

    assert eligibility(records, part=Part.PARTICIPANT, is_confirmed=True, threshold=threshold) == eligibility(
        held, part=Part.PARTICIPANT, is_confirmed=True, threshold=threshold
    )


def test_training_trainers_earns_a_trainers_certificate() -> None:
    assert certificate_kind_for("training_of_trainers") is CertificateKind.TRAINER
    assert certificate_kind_for("training") is CertificateKind.COMPLETION
    assert certificate_kind_for("briefing") is CertificateKind.ATTENDANCE


def test_only_a_prepared_paper_comes_to_hold() -> None:
    assert [state for state in CertificateState if may_move(state, CertificateState.ISSUED)] == [
        CertificateState.PREPARED
    ]
    assert may_move(CertificateState.ISSUED, CertificateState.REVOKED)
    assert not may_move(CertificateState.REVOKED, CertificateState.SUPERSEDED)
