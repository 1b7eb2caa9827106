"""What the door says: each outcome as a sentence that a helper can read aloud, and as the facts a device keeps."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainreg.attendance.rules import AttendanceState, counts_as_attended
from trainreg.checkin.rules import Outcome
from trainreg.checkin.service import Judged
from trainreg.kernel.languages import in_language
from trainreg.registration.words import STATUS_WORDS
from trainreg.web.locale import format_clock

# The word beside the colour, and the sentence under it; the page gets both for when there is no network.
TITLES: dict[Outcome, Any] = {
    Outcome.IN: _l("Come in"),
    Outcome.ALREADY_IN: _l("Already in"),
    Outcome.LET_IN: _l("Let in"),
    Outcome.NOT_CONFIRMED: _l("Not confirmed"),
    Outcome.CANCELLED: _l("Not on the list any more"),
    Outcome.OTHER_EVENT: _l("Another event"),
    Outcome.SECOND_FORM: _l("Look for the name"),
    Outcome.UNKNOWN_CODE: _l("Unknown code"),
    Outcome.OTHER_DAY: _l("Not today"),
    Outcome.NO_SESSION_NOW: _l("No session now"),
    Outcome.EVENT_OFF: _l("Called off"),
    Outcome.INCOMPLETE: _l("Something is missing"),
}
SENTENCES: dict[Outcome, Any] = {
    Outcome.IN: _l("Marked present."),
    Outcome.ALREADY_IN: _l("Came in before."),
    Outcome.LET_IN: _l("Let in, and written down with the reason."),
    Outcome.NOT_CONFIRMED: _l("The registration is not confirmed. Ask the desk, or let the person in with a reason."),
    Outcome.CANCELLED: _l("The registration was cancelled or declined. Ask the desk."),
    Outcome.OTHER_EVENT: _l("This pass is for another event."),
    Outcome.SECOND_FORM: _l(
        "This pass came from a second form for somebody who was registered already. Find the person by name."
    ),
    Outcome.UNKNOWN_CODE: _l("This code is no pass of this event. Find the person by name."),
    Outcome.OTHER_DAY: _l("The event has no session today."),
    Outcome.NO_SESSION_NOW: _l("No session is on now. Doors open an hour before each session."),
    Outcome.EVENT_OFF: _l("The event is called off."),
    Outcome.INCOMPLETE: _l("A name, an agency and the person's consent are needed. Add what is missing."),
}
TONES: dict[Outcome, str] = {Outcome.IN: "good", Outcome.ALREADY_IN: "warn", Outcome.LET_IN: "good"}


def tone_of(outcome: Outcome) -> str:
    """The colour of an answer; whatever lets nobody in is red."""
    return TONES.get(outcome, "bad")


def answer_of(judged: Judged, language: str, *, sees_names: bool) -> dict[str, Any]:
    """One scan's answer: machine code, title and sentence, and the person where the scanner may see names."""
    said: dict[str, Any] = {
        "id": judged.key,
        "code": judged.outcome.value,
        "tone": tone_of(judged.outcome),
        "title": str(TITLES[judged.outcome]),
        "words": sentence_of(judged),
        "at": int(judged.at.timestamp() * 1000),
    }
    if judged.session is not None:
        said["session"] = judged.session.id
    if judged.registration is not None:
        said["reference"] = judged.registration.reference
        said["standing"] = judged.registration.status.value
        if sees_names:
            said["name"] = judged.registration.person.name
            said["agency"] = in_language(judged.registration.agency.name, language)
            said["status"] = str(STATUS_WORDS[judged.registration.status])
    return said


def sentence_of(judged: Judged) -> str:
    """What happened, with when and by whom where somebody was quicker or the desk says otherwise."""
    if judged.outcome is Outcome.ALREADY_IN:
        return _already_in(judged)
    words = str(SENTENCES[judged.outcome])
    if judged.outcome in {Outcome.IN, Outcome.LET_IN} and judged.by_hand is not None:
        said = {AttendanceState.ABSENT: _("absent"), AttendanceState.EXCUSED: _("excused")}.get(judged.by_hand.state)
        if said is not None:
            note = _("The desk wrote “%(state)s”: that stands, and both are kept.", state=said)
            return f"{words} {note}"
    return words


def _already_in(judged: Judged) -> str:
    zone = judged.session.timezone if judged.session is not None else "UTC"
    if judged.by_hand is not None and counts_as_attended(judged.by_hand.state):
        return str(_("Marked at the desk at %(time)s.", time=format_clock(judged.by_hand.marked_at, zone)))
    if judged.first is None:
        return str(SENTENCES[Outcome.ALREADY_IN])
    time = format_clock(judged.first.at, zone)
    if judged.first_by:
        return str(_("Already in at %(time)s, scanned by %(name)s.", time=time, name=judged.first_by))
    return str(_("Already in at %(time)s, by their own telephone.", time=time))


def answers_of(judged: Iterable[Judged], language: str, *, sees_names: bool) -> list[Mapping[str, Any]]:
    """The answers to a batch, in its order."""
    return [answer_of(one, language, sees_names=sees_names) for one in judged]
