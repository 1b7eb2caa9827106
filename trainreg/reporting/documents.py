"""What can be taken from a project's record: one line for each document, shown to whoever may have it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l

from trainreg.kernel.permissions import Permission
from trainreg.programme.models import Project
from trainreg.web.access import may


@dataclass(frozen=True)
class Document:
    """Where it is made, what it is called, and what it is for."""

    endpoint: str
    title: Any
    purpose: Any
    permission: Permission = Permission.VIEW_RESULTS


DOCUMENTS: Sequence[Document] = (
    Document("factsheet.page", _l("Factsheet"), _l("For donors and partners: a page and a PDF in four languages.")),
    Document("workbook.page", _l("Workbook"), _l("Indicators, breakdowns and events as a spreadsheet (XLSX).")),
    Document(
        "workbook.people_page",
        _l("Everybody who attended"),
        _l("One long list with names, a row for each attendance (XLSX)."),
        Permission.VIEW_NAMES,
    ),
    Document("iati.page", _l("IATI file"), _l("The activity with its results as XML, checked before it leaves.")),
    Document("tables.page", _l("Tables for analysts"), _l("Facts without names as CSV, for Excel, R or Power BI.")),
    Document("results.results_page", _l("Results"), _l("Indicators by period, and handing in.")),
    Document("publications.publication_list", _l("Publications"), _l("Print runs, copies handed out, stock.")),
    Document(
        "programme.story_page",
        _l("Contact and photographs"),
        _l("What the factsheet shows beside the figures."),
        Permission.EDIT_PROJECT,
    ),
    Document(
        "iati_settings.edit",
        _l("Settings of the IATI file"),
        _l("Identifiers, sectors and roles of organisations."),
        Permission.EDIT_PROJECT,
    ),
)


def documents_of(project: Project) -> list[tuple[str, Document]]:
    """Address and description of each document that the person at the page may have."""
    return [
        (url_for(one.endpoint, code=project.code), one)
        for one in DOCUMENTS
        if may(one.permission, project_id=project.id)
    ]
