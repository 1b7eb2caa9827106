"""Calendar files that anybody may fetch: all public events, to subscribe to, and one event."""

from datetime import timedelta

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from trainreg.events.blueprint import blueprint
from trainreg.events.calendar import CONTENT_TYPE, calendar_of
from trainreg.events.queries import get_public_event, list_events_for_calendar
from trainreg.kernel import clock
from trainreg.kernel.refusals import NotFound
from trainreg.web.access import public
from trainreg.web.locale import current_language

# So long an event stays in the feed after its end: a calendar that drops the past at once looks broken.
REMEMBERED = timedelta(days=366)


@blueprint.get("/events.ics")
@public
def feed() -> Response:
    events = list_events_for_calendar(clock.now() - REMEMBERED)
    return _file(calendar_of(events, current_language(), name=_("Training register")))


@blueprint.get("/e/<slug>.ics")
@public
def calendar_file(slug: str) -> Response:
    event = get_public_event(slug)
    if event.starts_at is None:
        raise NotFound
    answer = _file(calendar_of([event], current_language()))
    answer.headers["Content-Disposition"] = f'attachment; filename="{event.slug}.ics"'
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _file(content: bytes) -> Response:
    """The file, or 304 for a reader who has this version: calendars ask every few hours, for ever."""
    answer = Response(content, content_type=CONTENT_TYPE)
    answer.add_etag()
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Vary"] = "Accept-Language, Cookie"
    # Read by programs on other sites too: nothing in it is anybody's own.
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer.make_conditional(request)
