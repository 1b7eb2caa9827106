"""Sessions and days as lists offer them."""

from flask_babel import gettext as _

from trainreg.events.models import Event, Session
from trainreg.paper.queries import days_of
from trainreg.web.locale import format_clock, format_day, format_span, tr


def session_words(session: Session) -> str:
    """Its day, hours and title."""
    day = format_span(session.starts_at, session.starts_at, session.timezone, "medium")
    hours = f"{format_clock(session.starts_at, session.timezone)}–{format_clock(session.ends_at, session.timezone)}"
    return " · ".join(filter(None, (f"{day}, {hours}", tr(session.title))))


def session_choices(event: Event) -> list[tuple[str, str]]:
    return [(str(session.id), session_words(session)) for session in event.planned_sessions]


def sheet_choices(event: Event) -> list[tuple[str, str]]:
    """Every session, and every day with several of them."""
    days = [
        (
            f"day:{day.on.isoformat()}",
            _("%(day)s, the whole day (%(count)s sessions)", day=format_day(day.on), count=len(day.sessions)),
        )
        for day in days_of(event)
    ]
    return [*days, *((f"session:{session_id}", words) for session_id, words in session_choices(event))]
