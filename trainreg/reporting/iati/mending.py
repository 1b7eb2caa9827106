"""Where in the product somebody mends what the check of a project's file found."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l

from trainreg.iati.findings import Finding
from trainreg.kernel.permissions import Permission


@dataclass(frozen=True)
class Place:
    """A page, and who may change it."""

    endpoint: str
    words: Any
    permission: Permission
    anchor: str = ""

    def url(self, code: str) -> str:
        return url_for(self.endpoint, code=code, _anchor=self.anchor or None)


SETTINGS = Place("iati_settings.edit", _l("Settings of the IATI file"), Permission.EDIT_PROJECT)
PROJECT = Place("programme.edit_project", _l("The project's record"), Permission.EDIT_PROJECT)
FRAMEWORK = Place("framework.edit_framework", _l("The results framework"), Permission.EDIT_FRAMEWORK)


def _setting(field: str) -> Place:
    return Place(SETTINGS.endpoint, SETTINGS.words, SETTINGS.permission, field)


# The first whose word stands in the path of the element.
_PLACES: tuple[tuple[str, Place], ...] = (
    ("/result", FRAMEWORK),
    ("/iati-identifier", _setting("identifier")),
    ("/reporting-org", _setting("reporting_ref")),
    ("/participating-org", _setting("funder_ref")),
    ("/sector", _setting("sectors-0-sector")),
    ("/activity-scope", _setting("scope")),
    ("/title", PROJECT),
    ("/description", PROJECT),
    ("/activity-date", PROJECT),
    ("/recipient-country", PROJECT),
    ("/budget", PROJECT),
)


def place_of(finding: Finding) -> Place:
    """The page on which the thing is said that the finding is about."""
    return next((place for word, place in _PLACES if word in finding.path), SETTINGS)
