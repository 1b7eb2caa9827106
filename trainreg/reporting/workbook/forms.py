"""What to put into a workbook."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField

from trainreg.framework.queries import list_periods
from trainreg.kernel.languages import CONTENT_LANGUAGES
from trainreg.programme.models import Project
from trainreg.reporting.workbook.asked import Asked
from trainreg.web.fields import ChoiceField
from trainreg.web.forms import Form
from trainreg.web.locale import current_language

DONOR, EVERY_FIGURE, NAMES = "donor", "figures", "names"


class WorkbookForm(Form):
    """Language, period, and how much it tells: more than the donor's only for those who may see names."""

    language = ChoiceField(_l("Language of the workbook"), choices=list(CONTENT_LANGUAGES.items()))
    period = ChoiceField(_l("Reporting period"), default="")
    contents = RadioField(_l("What it tells"), default=DONOR)

    def __init__(self, project: Project, *, may_see_names: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.project = project
        self.periods = list_periods(project.id)
        self.period.choices = [("", _("All, and the whole project")), *((one.code, one.code) for one in self.periods)]
        self.contents.choices = [(DONOR, _("For the donor: no names, and figures of one to four people are hidden"))]
        if may_see_names:
            self.contents.choices += [
                (EVERY_FIGURE, _("For ourselves: no names, but every figure")),
                (NAMES, _("Every figure, and the list of names of those who attended")),
            ]
        if not self.is_submitted():
            self.language.data = current_language()

    def asked(self) -> Asked:
        period = next((one for one in self.periods if one.code == self.period.data), None)
        return Asked(self.project, self.contents.data != DONOR, self.contents.data == NAMES, period)
