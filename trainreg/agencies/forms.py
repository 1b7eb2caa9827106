"""The form of an agency."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.validators import DataRequired, Length, Regexp, ValidationError

from trainreg.agencies.models import Agency
from trainreg.web.forms import InAllLanguages, LineField, NameField
from trainreg.web.locale import tr

INDENT = "\u2003"
LONGEST_CODE = 40
LONGEST_NAME = 200
_TOO_LONG = _l("This is too long: %(max)d characters at most.")


class AgencyForm(InAllLanguages):
    """The name in every language of reports, a short code, and the agency it belongs to."""

    name_en = NameField(
        _l("Name in English"),
        [DataRequired(_l("Enter the name in English.")), Length(max=LONGEST_NAME, message=_TOO_LONG)],
    )
    name_mn = NameField(_l("Name in Mongolian"), [Length(max=LONGEST_NAME, message=_TOO_LONG)])
    name_fr = NameField(_l("Name in French"), [Length(max=LONGEST_NAME, message=_TOO_LONG)])
    name_es = NameField(_l("Name in Spanish"), [Length(max=LONGEST_NAME, message=_TOO_LONG)])
    code = LineField(
        _l("Code"),
        [
            DataRequired(_l("Enter a short code.")),
            Length(max=LONGEST_CODE, message=_TOO_LONG),
            Regexp(r"\A[a-z0-9]+(-[a-z0-9]+)*\Z", message=_l("Small letters a to z, digits and single hyphens only.")),
        ],
        description=_l("Short and lasting, such as ministry-of-labour; spreadsheets name the agency by it."),
    )
    parent_id = SelectField(
        _l("Part of"),
        validate_choice=False,
        default="",
        description=_l("Departments and provincial offices stand below their agency."),
    )
    is_active = BooleanField(
        _l("Offered to people who register"),
        default=True,
        description=_l("Untick it for an agency that exists no more; everything recorded for it stays."),
    )

    _offered: frozenset[str] = frozenset()

    def offer(self, agencies: Iterable[tuple[Agency, int]]) -> None:
        """Fill the list of agencies that this one can belong to."""
        choices = [(str(agency.id), INDENT * depth + tr(agency.name)) for agency, depth in agencies]
        self._offered = frozenset(dict(choices)) | {""}
        self.parent_id.choices = [("", _("None: it stands on its own")), *choices]

    def validate_parent_id(self, field: Any) -> None:
        if field.data not in self._offered:
            raise ValidationError(_("Choose an agency from the list."))

    @property
    def chosen_parent(self) -> int | None:
        return int(self.parent_id.data) if self.parent_id.data else None
