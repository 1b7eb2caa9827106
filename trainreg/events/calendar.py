"""Calendar files (RFC 5545): one entry per event, the same for the feed, for mails and for an official's own page.

An event of several sessions is one entry from its first start to its last end, with the programme in its text: one
UID, so that an update replaces it and a cancellation takes it away whole. Moments are written in UTC, which every
reader turns into its own clock and which no time zone table of an old telephone can get wrong.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid5

import icalendar
from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from icalendar import vCalAddress

from trainreg.events.models import Event, Session
from trainreg.events.rules import EventStatus, SessionStatus
from trainreg.kernel.clock import local
from trainreg.kernel.languages import in_language
from trainreg.web.links import absolute
from trainreg.web.locale import format_day

CONTENT_TYPE = "text/calendar; charset=utf-8"
REFRESH = timedelta(hours=6)
_NAMESPACE = UUID("6d6f5f0e-9a0c-5b60-8f6e-3a9d2f1c7b54")


class Method(StrEnum):
    """What the reader should do: take note, take part in it, or strike it out."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


class Attending(StrEnum):
    """How an attendee stands to the event."""

    ACCEPTED = "ACCEPTED"
    TENTATIVE = "TENTATIVE"
    DECLINED = "DECLINED"


@dataclass(frozen=True)
class Attendee:
    """The one person a file is made for."""

    name: str
    email: str
    attending: Attending = Attending.ACCEPTED


def uid_of(event: Event) -> str:
    """The entry's name for ever: neither a new title nor another address of the site changes it."""
    return str(uuid5(_NAMESPACE, f"{event.id} {event.created_at.isoformat()}"))


def entry_of(
    event: Event,
    language: str,
    *,
    sequence: int | None = None,
    method: Method = Method.PUBLISH,
    attendee: Attendee | None = None,
    at: datetime | None = None,
    note: str = "",
) -> icalendar.Event | None:
    """The event as a calendar entry; None while it has no day.

    `sequence` and `at` (the moment of the last change) are the event's own unless a file for one person says more;
    whoever gives a sequence adds to the event's, so that it only ever rises. `note` stands first in the text.
    """
    starts_at, ends_at = event.starts_at, event.ends_at
    if starts_at is None or ends_at is None:
        return None
    is_off = event.status is EventStatus.CANCELLED or method is Method.CANCEL
    is_sure = attendee is None or attendee.attending is Attending.ACCEPTED
    entry = icalendar.Event()
    entry.add("uid", uid_of(event))
    entry.add("sequence", event.sequence if sequence is None else sequence)
    entry.add("dtstamp", at or event.changed_at or event.created_at)
    entry.add("dtstart", starts_at)
    entry.add("dtend", ends_at)
    entry.add("status", "CANCELLED" if is_off else "CONFIRMED" if is_sure else "TENTATIVE")
    entry.add("transp", "OPAQUE" if is_sure and not is_off else "TRANSPARENT")
    with force_locale(language):
        entry.add("summary", _called_off(event, language) if is_off else in_language(event.title, language))
        entry.add("description", "\n".join(_lines(event, language, note)).strip())
    if in_language(event.place, language):
        entry.add("location", in_language(event.place, language))
    entry.add("url", absolute("registration.public_event", slug=event.slug))
    entry.add("organizer", _organizer(event, language))
    if attendee is not None:
        entry.add("attendee", _attendee(attendee))
    return entry


def calendar_of(
    events: Iterable[Event],
    language: str,
    *,
    name: str = "",
    sequence: int | None = None,
    method: Method = Method.PUBLISH,
    attendee: Attendee | None = None,
    at: datetime | None = None,
    note: str = "",
) -> bytes:
    """A calendar file with an entry for each event that has a day; `name` titles a feed that people subscribe to."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//trainreg//trainreg//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT6H")
    for event in events:
        entry = entry_of(event, language, sequence=sequence, method=method, attendee=attendee, at=at, note=note)
        if entry is not None:
            calendar.add_component(entry)
    return bytes(calendar.to_ical())


def _called_off(event: Event, language: str) -> str:
    title = in_language(event.title, language)
    return str(_("Called off: %(title)s", title=title)) if event.status is EventStatus.CANCELLED else title


def _lines(event: Event, language: str, note: str) -> list[str]:
    """The text of an entry: what it is about, the programme on the clock of its place, and where to read more."""
    summary = in_language(event.summary, language)
    lines = [*([note, ""] if note else []), *([summary, ""] if summary else [])]
    if event.has_illustrative_dates:
        lines += [_("The dates are illustrative."), ""]
    lines += [_session_line(session, language) for session in event.sessions]
    zones = sorted({session.timezone for session in event.sessions})
    lines += [_("Times are on the clock of %(zone)s.", zone=", ".join(zones)), ""]
    return [*lines, absolute("registration.public_event", slug=event.slug)]


def _session_line(session: Session, language: str) -> str:
    starts, ends = (local(moment, session.timezone) for moment in (session.starts_at, session.ends_at))
    what = ", ".join(
        text for text in (in_language(session.title, language), in_language(session.place, language)) if text
    )
    words = f"{format_day(starts.date())}, {starts:%H:%M}–{ends:%H:%M} {what}".strip()
    return f"{words} ({_('called off')})" if session.status is SessionStatus.CANCELLED else words


def _organizer(event: Event, language: str) -> vCalAddress:
    """Readers that follow a file back write to the address that our mails come from."""
    organizer = vCalAddress(f"mailto:{current_app.extensions['settings'].mail_from}")
    organizer.params["cn"] = _quotable(in_language(event.project.organisation, language))
    return organizer


def _attendee(attendee: Attendee) -> vCalAddress:
    address = vCalAddress(f"mailto:{attendee.email}")
    address.params["cn"] = _quotable(attendee.name)
    address.params["role"] = "REQ-PARTICIPANT"
    address.params["partstat"] = attendee.attending.value
    address.params["rsvp"] = "FALSE"
    return address


def _quotable(text: str) -> str:
    """A parameter can hold no double quote at all."""
    return text.replace('"', "'")
