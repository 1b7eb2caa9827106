"""What people know of an event, kept with an announcement, and the differences in a reader's words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import force_locale
from flask_babel import gettext as _

from trainreg.correspondence.rules import Block, Difference, session_differences
from trainreg.events.changes import EventFacts, SessionFacts
from trainreg.kernel.languages import in_language
from trainreg.web.locale import format_clock, format_day, format_span


@dataclass(frozen=True)
class Change:
    """One thing that changed: what it was ("" for something new) and what it is ("" for something gone)."""

    label: str
    was: str
    now: str


def kept(facts: EventFacts) -> dict[str, Any]:
    """The facts as they are kept in a row."""
    return {
        **{name: value for name, value in vars(facts).items() if name != "sessions"},
        "sessions": [
            {**vars(session), "starts_at": session.starts_at.isoformat(), "ends_at": session.ends_at.isoformat()}
            for session in facts.sessions
        ],
    }


def read(row: Mapping[str, Any]) -> EventFacts:
    """The facts from a row."""
    sessions = tuple(
        SessionFacts(
            **{
                **session,
                "starts_at": datetime.fromisoformat(session["starts_at"]),
                "ends_at": datetime.fromisoformat(session["ends_at"]),
            }
        )
        for session in row["sessions"]
    )
    return EventFacts(**{**row, "sessions": sessions})


def changes_between(before: EventFacts, after: EventFacts, language: str) -> list[Change]:
    """What a reader of that language sees changed: title, place, days, and each session that is not as it was."""
    with force_locale(language):
        return list(_changes(before, after, language))


def _changes(before: EventFacts, after: EventFacts, language: str) -> Iterator[Change]:
    pairs = (
        (_("Title"), in_language(before.title, language), in_language(after.title, language)),
        (_("Dates"), _days(before), _days(after)),
        (_("Begins"), _begins(before), _begins(after)),
        (_("Place"), in_language(before.place, language), in_language(after.place, language)),
    )
    for label, was, now in pairs:
        if was != now:
            yield Change(str(label), was, now)
    blocks = ([_block(session, language) for session in facts.sessions] for facts in (before, after))
    for difference in session_differences(*blocks):
        yield _session_change(difference)


def _days(facts: EventFacts) -> str:
    return format_span(facts.starts_at, facts.ends_at, facts.timezone)


def _begins(facts: EventFacts) -> str:
    return f"{format_clock(facts.starts_at, facts.timezone)} ({facts.timezone})" if facts.starts_at else ""


def _block(session: SessionFacts, language: str) -> Block:
    words = {"title": in_language(session.title, language), "place": in_language(session.place, language)}
    return Block(**{**vars(session), **words})


def _session_change(difference: Difference) -> Change:
    was, now = difference.was, difference.now
    first = was or now
    title = first.title if first is not None else ""
    label = _("Session “%(title)s”", title=title) if title else _("Session")
    return Change(str(label), _words(was, besides=title), _words(now, besides=title))


def _words(block: Block | None, *, besides: str) -> str:
    """Day, times, and what else tells two states of a session apart."""
    if block is None:
        return ""
    when = f"{format_day(block.starts_at.astimezone(ZoneInfo(block.timezone)))}, "
    when += f"{format_clock(block.starts_at, block.timezone)}–{format_clock(block.ends_at, block.timezone)}"
    title = block.title if block.title != besides else ""
    return ", ".join(part for part in (when, title, block.place) if part)
