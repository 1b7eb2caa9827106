"""What the tables are called on their page; in the files and their description they are English."""

from typing import Any

from flask_babel import lazy_gettext as _l

TITLES: dict[str, Any] = {
    "projects": _l("Project"),
    "agencies": _l("Agencies"),
    "outcomes": _l("Outcomes"),
    "periods": _l("Reporting periods"),
    "events": _l("Events"),
    "event_outcomes": _l("Outcomes of events"),
    "sessions": _l("Sessions"),
    "registrations": _l("Registrations"),
    "attendance": _l("Attendance"),
    "completions": _l("Completions"),
    "certificates": _l("Certificates"),
    "tests": _l("Tests"),
    "unnamed_attendance": _l("People counted without names"),
    "publications": _l("Publications"),
    "handouts": _l("Copies handed out"),
    "indicators": _l("Indicators"),
    "targets": _l("Targets"),
    "figures": _l("Figures"),
    "figure_parts": _l("Figures by their parts"),
}
