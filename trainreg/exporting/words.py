"""What is said about prepared files."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from trainreg.exporting.refusals import RightGone
from trainreg.exporting.rules import ExportStatus, Problem
from trainreg.kernel.sheets_writing import SheetFull

STATUSES: Mapping[ExportStatus, Any] = {
    ExportStatus.WAITING: _l("Waiting for its turn"),
    ExportStatus.PREPARING: _l("Being prepared"),
    ExportStatus.READY: _l("Ready to fetch"),
    ExportStatus.FAILED: _l("Not prepared"),
}
TONES: Mapping[ExportStatus, str] = {
    ExportStatus.WAITING: "neutral",
    ExportStatus.PREPARING: "info",
    ExportStatus.READY: "good",
    ExportStatus.FAILED: "bad",
}
PROBLEMS: Mapping[Problem, Any] = {
    Problem.RIGHT_GONE: RightGone.sentence,
    Problem.SUBJECT_GONE: _l("What this file was to tell about is no longer there."),
    Problem.NO_ROOM: _l(
        "There was no room left on the disk for this file. Nothing of it was kept. Tell an administrator, and try again"
        " when there is room."
    ),
    Problem.TOO_LONG: _l("It took longer than half an hour and was given up. Try again at a quieter time."),
    Problem.TOO_MANY_ROWS: SheetFull.sentence,
    Problem.GIVEN_UP: _l(
        "It was begun three times and never came to an end. Tell an administrator before you try again."
    ),
    Problem.BROKEN: _l("Something went wrong on our side, and it was written down. Nothing of the file was kept."),
    Problem.ERASED: _l(
        "Somebody who may have been named in this file asked to be forgotten, so the file was deleted. "
        "Prepare it anew to have it without them."
    ),
}
