"""The sessions of an event as rows of its form."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField
from wtforms import Form as PlainForm
from wtforms.validators import Length

from trainreg.events.details import SessionDetails
from trainreg.events.models import Session
from trainreg.events.rules import ClockProblem, SessionPlan, SessionProblem, SessionStatus, clock_problem
from trainreg.kernel import clock
from trainreg.kernel.languages import LANGUAGES
from trainreg.kernel.numbers import whole_number
from trainreg.kernel.types import Text
from trainreg.web.fields import ClockField, DayField, DecimalField, TimezoneField
from trainreg.web.forms import LineField, text_of

CLOCK_PROBLEMS = {
    ClockProblem.SKIPPED: _l("The clocks of this place skip this time on that day. Choose another time."),
    ClockProblem.TWICE: _l("The clocks of this place show this time twice on that day. Choose another time."),
}
FIELD_OF: dict[SessionProblem, str] = {
    SessionProblem.FAR_FROM_PROJECT: "day",
    SessionProblem.FAR_FROM_OTHERS: "day",
    SessionProblem.OVERLAP: "starts",
}
_UNKNOWN = -1


class SessionForm(PlainForm):
    """One session. A new row that was left empty is not a session."""

    id = HiddenField()
    laid = HiddenField()
    day = DayField(_l("Date"))
    starts = ClockField(_l("From"))
    ends = ClockField(_l("Until"))
    day_share = DecimalField(_l("Share of a day"))
    title_en = LineField(_l("Title in English"), [Length(max=200, message=_l("At most 200 characters."))])
    title_mn = LineField(_l("Title in Mongolian"), [Length(max=200, message=_l("At most 200 characters."))])
    place_en = LineField(_l("Place in English"), [Length(max=200, message=_l("At most 200 characters."))])
    place_mn = LineField(_l("Place in Mongolian"), [Length(max=200, message=_l("At most 200 characters."))])
    timezone = TimezoneField(_l("Time zone"))
    is_cancelled = BooleanField(_l("This session is called off: it counts for nobody"))

    @property
    def is_new(self) -> bool:
        return not self.id.data

    @property
    def has_words(self) -> bool:
        """Whether somebody wrote more than the times."""
        return any(self[name].data for name in ("title_en", "title_mn", "place_en", "place_mn", "timezone"))

    @property
    def has_more_errors(self) -> bool:
        """Whether something is wrong in the part of the row that is folded away."""
        return any(self[name].errors for name in ("title_en", "title_mn", "place_en", "place_mn", "timezone"))

    @property
    def is_empty(self) -> bool:
        return self.is_new and not self.has_words and not any((self.day.data, self.starts.data, self.ends.data))

    @property
    def is_as_laid(self) -> bool:
        """Whether the layout made this row and nobody changed its times since."""
        return self.is_new and bool(self.laid.data) and self.laid.data == _times(**self.data)

    def number_labels(self, number: int) -> None:
        """Name the session in the labels, which the summary of errors repeats."""
        for field in self:
            field.label.text = _("Session %(number)s, %(field)s", number=number, field=str(field.label.text).lower())

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """As any form; a session has a day, a start, an end and a share of a day."""
        super().validate(*args, **kwargs)
        for field, sentence in (
            (self.day, _("Enter the day.")),
            (self.starts, _("Enter when it starts.")),
            (self.ends, _("Enter when it ends.")),
            (self.day_share, _("Enter its share of a day: half a day is 0.5.")),
        ):
            if not field.data and not field.errors:
                _blame(field, sentence)
        if self.day_share.value is not None and self.day_share.value > 1:
            _blame(self.day_share, _("Enter a share of a day from 0 to 1: half a day is 0.5."))
        return not self.errors

    def details(self, event_timezone: str) -> SessionDetails | None:
        """The session, None when something in the row stands in the way."""
        timezone = self.timezone.value or event_timezone
        if self.errors:
            return None
        for field in (self.starts, self.ends):
            problem = clock_problem(self.day.value, field.value, timezone)
            if problem is not None:
                _blame(field, str(CLOCK_PROBLEMS[problem]))
        if self.errors:
            return None
        zone = ZoneInfo(timezone)
        starts_at = datetime.combine(self.day.value, self.starts.value, zone)
        until_midnight = self.ends.value == time(0) and self.starts.value != time(0)
        last_day = self.day.value + timedelta(days=1) if until_midnight else self.day.value
        return SessionDetails(
            id=_number(self.id.data),
            starts_at=starts_at,
            ends_at=datetime.combine(last_day, self.ends.value, zone),
            timezone=timezone,
            day_share=self.day_share.value,
            title=self._text("title"),
            place=self._text("place"),
            is_cancelled=bool(self.is_cancelled.data) and not self.is_new,
        )

    def blame(self, problem: SessionProblem, sentence: str) -> None:
        """Put a sentence beside the field that a problem is about."""
        _blame(self[FIELD_OF.get(problem, "ends")], sentence)

    def lay(self, plan: SessionPlan) -> None:
        """Take day, times and share from the layout; whatever was written stays."""
        for name, value in row_of_plan(plan).items():
            self[name].data = value

    def _text(self, name: str) -> Text:
        return text_of(self, name, LANGUAGES)


def row_of_plan(plan: SessionPlan) -> dict[str, str]:
    """A row for a session that the layout proposes."""
    row = {
        "day": plan.starts_at.date().isoformat(),
        "starts": f"{plan.starts_at:%H:%M}",
        "ends": f"{plan.ends_at:%H:%M}",
        "day_share": f"{plan.day_share.normalize():f}",
    }
    return row | {"laid": _times(**row)}


def row_of_session(session: Session, event_timezone: str) -> dict[str, Any]:
    """A row for a session that is there, on the wall clock of its place."""
    starts, ends = (clock.local(moment, session.timezone) for moment in (session.starts_at, session.ends_at))
    words = {
        f"{name}_{code}": getattr(session, name).get(code, "") for name in ("title", "place") for code in LANGUAGES
    }
    return words | {
        "id": str(session.id),
        "day": starts.date().isoformat(),
        "starts": f"{starts:%H:%M}",
        "ends": f"{ends:%H:%M}",
        "day_share": f"{session.day_share.normalize():f}",
        "timezone": "" if session.timezone == event_timezone else session.timezone,
        "is_cancelled": session.status is SessionStatus.CANCELLED,
    }


def not_laid_yet(plans: Iterable[SessionPlan], rows: Iterable[SessionForm]) -> list[SessionPlan]:
    """The plans for which none of these rows starts at the same time of the same day."""
    there = {(row.day.data, row.starts.data) for row in rows}
    return [plan for plan in plans if (plan.starts_at.date().isoformat(), f"{plan.starts_at:%H:%M}") not in there]


def _times(*, day: str, starts: str, ends: str, day_share: str, **_others: object) -> str:
    return f"{day} {starts} {ends} {day_share}"


def _blame(field: Field, sentence: str) -> None:
    field.errors = [*field.errors, sentence]


def _number(text: str | None) -> int | None:
    if not text:
        return None
    number = whole_number(text)
    return _UNKNOWN if number is None else number
