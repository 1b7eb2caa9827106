"""An event in the words of schema.org, for search engines and whoever else reads pages by machine."""

from typing import Any

from flask_babel import gettext as _

from trainreg.events.models import Event
from trainreg.events.rules import EventStatus
from trainreg.kernel.clock import local
from trainreg.registration.queries import Places
from trainreg.web.locale import current_language, format_span, tr
from trainreg.web.sharing import Sharing, sharing


def sharing_of(event: Event) -> Sharing:
    """What a link to the public page shows: the summary, else when and where."""
    title = tr(event.title)
    when_and_where = " · ".join(
        words for words in (format_span(event.starts_at, event.ends_at, event.timezone), tr(event.place)) if words
    )
    about = " ".join(part for part in (when_and_where, tr(event.summary)) if part)
    return sharing("registration.public_event", title, about or title, slug=event.slug)


def structured_data(event: Event, places: Places, shared: Sharing) -> dict[str, Any] | None:
    """The event as a schema.org Event; None while it has no day, which that vocabulary asks for."""
    if event.starts_at is None or event.ends_at is None:
        return None
    where = tr(event.place) or _("To be announced")
    is_off = event.status is EventStatus.CANCELLED
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": shared.title,
        "description": shared.description,
        "url": shared.canonical,
        "image": [shared.picture],
        "inLanguage": current_language(),
        "startDate": local(event.starts_at, event.timezone).isoformat(),
        "endDate": local(event.ends_at, event.timezone).isoformat(),
        "eventStatus": f"https://schema.org/{'EventCancelled' if is_off else 'EventScheduled'}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {"@type": "Place", "name": where, "address": where},
        "organizer": {"@type": "Organization", "name": tr(event.project.organisation)},
    }
    if event.capacity is not None:
        data["maximumAttendeeCapacity"] = event.capacity
        data["remainingAttendeeCapacity"] = places.for_newcomers
    return data
