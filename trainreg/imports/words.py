"""How imports read."""

from typing import Any

from flask_babel import lazy_gettext as _l

from trainreg.imports.rules import ImportKind, RowOutcome, RunStatus
from trainreg.registration.rules import RegistrationStatus
from trainreg.registration.words import STATUS_WORDS

KIND_WORDS: dict[ImportKind, Any] = {
    ImportKind.PEOPLE: _l("People"),
    ImportKind.AGENCIES: _l("Agencies"),
    ImportKind.REGISTRATIONS: _l("Registrations"),
    ImportKind.ATTENDANCE: _l("Attendance"),
    ImportKind.PAST_EVENTS: _l("Past events"),
}
KIND_LEDES: dict[ImportKind, Any] = {
    ImportKind.PEOPLE: _l("One row for each person, with where they serve. What is on record is never overwritten."),
    ImportKind.AGENCIES: _l("One row for each agency, with its code and the agency it is part of."),
    ImportKind.REGISTRATIONS: _l("One row for each person. Whoever is on the list already stays as they are."),
    ImportKind.ATTENDANCE: _l(
        "One row for each person and one column for each session. The attendance list of the event, downloaded and "
        "filled in, has them already."
    ),
    ImportKind.PAST_EVENTS: _l(
        "One row for each person at each event, with its days and their attendance. Nobody is written to."
    ),
}
RUN_WORDS: dict[RunStatus, Any] = {
    RunStatus.MAPPING: _l("Columns to be said"),
    RunStatus.LOOKING: _l("Being looked through"),
    RunStatus.READY: _l("To be looked at"),
    RunStatus.APPLYING: _l("Being written"),
    RunStatus.APPLIED: _l("Imported"),
    RunStatus.REFUSED: _l("Not imported"),
}
RUN_TONES: dict[RunStatus, str] = {
    RunStatus.MAPPING: "neutral",
    RunStatus.LOOKING: "info",
    RunStatus.READY: "warn",
    RunStatus.APPLYING: "info",
    RunStatus.APPLIED: "good",
    RunStatus.REFUSED: "bad",
}
OUTCOME_WORDS: dict[RowOutcome, Any] = {
    RowOutcome.ERROR: _l("Error"),
    RowOutcome.AMBIGUOUS: _l("Question"),
    RowOutcome.NEW: _l("New"),
    RowOutcome.MATCHED: _l("Known"),
    RowOutcome.UNCHANGED: _l("Unchanged"),
}
OUTCOME_TONES: dict[RowOutcome, str] = {
    RowOutcome.ERROR: "bad",
    RowOutcome.AMBIGUOUS: "warn",
    RowOutcome.NEW: "good",
    RowOutcome.MATCHED: "info",
    RowOutcome.UNCHANGED: "neutral",
}
STANDINGS = [
    (status.value, STATUS_WORDS[status])
    for status in (RegistrationStatus.CONFIRMED, RegistrationStatus.REQUESTED, RegistrationStatus.NOMINATED)
]
