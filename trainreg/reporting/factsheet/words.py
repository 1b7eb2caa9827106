"""What a factsheet calls things. Its words stand in four languages (see `babel-reports.cfg` and ADR 0030)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from babel import Locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainreg.events.rules import EventKind
from trainreg.framework.rules import Span
from trainreg.kernel.languages import in_language
from trainreg.people.rules import Sex
from trainreg.publications.rules import PublicationKind
from trainreg.reporting.factsheet.parts import Words
from trainreg.reporting.factsheet.rules import Length
from trainreg.reporting.steps import StepKind
from trainreg.web.locale import current_language

EVENT_KINDS: dict[EventKind, Any] = {
    EventKind.SEMINAR: _l("seminar"),
    EventKind.WORKSHOP: _l("workshop"),
    EventKind.TRAINING: _l("training"),
    EventKind.TRAINING_OF_TRAINERS: _l("training of trainers"),
    EventKind.BRIEFING: _l("briefing"),
    EventKind.CONSULTATION_MEETING: _l("consultation meeting"),
    EventKind.STUDY_VISIT: _l("study visit"),
}
PUBLICATION_KINDS: dict[PublicationKind, Any] = {
    PublicationKind.HANDBOOK: _l("Handbook"),
    PublicationKind.TRAINING_MANUAL: _l("Training manual"),
    PublicationKind.ASSESSMENT_REPORT: _l("Assessment report"),
    PublicationKind.OTHER: _l("Publication"),
}
SEXES: dict[Sex, Any] = {Sex.FEMALE: _l("Female"), Sex.MALE: _l("Male"), Sex.NOT_STATED: _l("Not stated")}
_HALF = _l("Half-day")
_DAYS: dict[int, Any] = {
    1: _l("One-day"),
    2: _l("Two-day"),
    3: _l("Three-day"),
    4: _l("Four-day"),
    5: _l("Five-day"),
    6: _l("Six-day"),
    7: _l("Seven-day"),
    8: _l("Eight-day"),
    9: _l("Nine-day"),
    10: _l("Ten-day"),
}


def words_of(text: Mapping[str, str] | None) -> Words:
    """A text of the records in the language of the factsheet, else in the one it has."""
    language = current_language()
    told = in_language(text, language)
    if text and text.get(language) != told:
        language = next((code for code, one in text.items() if one == told), language)
    return Words(told, language)


def own(text: str) -> Words:
    """A text that the factsheet itself says."""
    return Words(text, current_language())


def event_words(kind: EventKind, length: Length | None) -> str:
    """Two-day seminar."""
    if length is None:
        return str(EVENT_KINDS[kind])
    if length.is_half:
        told = str(_HALF)
    else:
        told = str(_DAYS[length.days]) if length.days in _DAYS else _("%(days)s-day", days=length.days)
    return str(_("%(length)s %(kind)s", length=told, kind=EVENT_KINDS[kind]))


def country_name(code: str) -> str:
    """A country's name; empty for a code that is none."""
    return str(Locale.parse(current_language()).territories.get(code, ""))


def step_name(kind: StepKind, span: Span) -> str:
    """Q3 2012, or 2012."""
    return str(span.first.year) if kind is StepKind.YEAR else _quarter(span.first)


def _quarter(day: date) -> str:
    return str(_("Q%(number)s %(year)s", number=(day.month + 2) // 3, year=day.year))
