"""How it is written down who took a workbook."""

from flask_babel import lazy_gettext as _l

from trainreg.audit import service as audit
from trainreg.reporting.workbook.asked import Asked

audit.describes(
    {
        "project.workbook_taken": _l("Workbook handed out in %(language)s, without names"),
        "project.workbook_with_names_taken": _l("Workbook with the list of names handed out in %(language)s"),
        "project.people_taken": _l("List of everybody who attended handed out as %(format)s"),
    }
)


def action_of(asked: Asked) -> str:
    return "project.workbook_with_names_taken" if asked.lists_people else "project.workbook_taken"
