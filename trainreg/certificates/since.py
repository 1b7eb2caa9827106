"""What became of attendance after a certificate was issued: the paper stays as it is, and the desk is told."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select

from trainreg.attendance.models import Attendance, AttendanceBatch, AttendanceChange, says_the_same
from trainreg.certificates.models import Certificate
from trainreg.certificates.rules import CertificateState
from trainreg.kernel.db import db
from trainreg.registration.models import Registration


def attendance_changed_since(event_id: int) -> Mapping[int, datetime]:
    """The certificates in force whose holder's attendance was changed after they were issued, and when last."""
    statement = (
        select(Certificate.id, func.max(AttendanceBatch.at))
        .join(Registration, Registration.id == Certificate.registration_id)
        .join(AttendanceChange, AttendanceChange.registration_id == Registration.id)
        .join(AttendanceBatch, AttendanceBatch.id == AttendanceChange.batch_id)
        .where(
            Registration.event_id == event_id,
            Certificate.state == CertificateState.ISSUED,
            AttendanceBatch.at > Certificate.issued_at,
            ~says_the_same(AttendanceChange),
        )
        .group_by(Certificate.id)
    )
    return dict(db.session.execute(statement).all())


def missed_minutes(event_id: int) -> Mapping[int, int]:
    """How many minutes each registration came late or left early, all in all; they count for nothing, and are told."""
    missed = func.sum(Attendance.late_minutes + Attendance.left_early_minutes)
    statement = (
        select(Attendance.registration_id, missed)
        .join(Registration, Registration.id == Attendance.registration_id)
        .where(Registration.event_id == event_id)
        .group_by(Attendance.registration_id)
        .having(missed > 0)
    )
    return {registration_id: int(minutes) for registration_id, minutes in db.session.execute(statement)}
