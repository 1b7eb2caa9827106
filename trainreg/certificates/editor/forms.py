"""The forms of designs: name and owner, a design's file, and what an event plans of its certificates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import DataRequired, Length

from trainreg.certificates.editor.picture_forms import FileForm
from trainreg.certificates.editor.queries import Plan
from trainreg.certificates.editor.rules import Mailing
from trainreg.kernel.types import Text
from trainreg.programme.models import Project
from trainreg.web.fields import ChoiceField, OptionsField, WholeField
from trainreg.web.forms import Form, LineField

WORDED_IN = [("en", _l("English")), ("mn", _l("Mongolian")), ("fr", _l("French")), ("es", _l("Spanish"))]
MAILINGS = [
    (Mailing.LINK.value, _l("A mail with a link to the certificate")),
    (Mailing.ATTACHMENT.value, _l("A mail with the certificate attached")),
    (Mailing.NONE.value, _l("No mail: it is handed over on paper")),
]
_TOO_LONG = _l("Keep the name within %(max)d characters.")


class RenameForm(Form):
    """What a design is called."""

    name_en = LineField(
        _l("Name in English"), [DataRequired(_l("Give the design a name.")), Length(max=100, message=_TOO_LONG)]
    )
    name_mn = LineField(_l("Name in Mongolian"), [Length(max=100, message=_TOO_LONG)])


class NameForm(RenameForm):
    """What a design is called and whose it is."""

    owner = ChoiceField(_l("Whose it is"))

    def offer(self, projects: Iterable[Project], *, house: bool) -> NameForm:
        """The owners that somebody may choose: the whole house, or one of these projects."""
        owners: list[tuple[str, Any]] = [("", _("Whole house: every project may use it"))] if house else []
        self.owner.choices = owners + [(project.code, project.code) for project in projects]
        return self

    @property
    def name(self) -> Text:
        return self.text("name")


class ImportForm(NameForm, FileForm):
    """A design from a file. Without a name it keeps the one that stands in the file."""

    name_en = LineField(_l("Name in English"), [Length(max=100, message=_TOO_LONG)])


class PlanForm(Form):
    """What an event plans of its certificates."""

    design = OptionsField(_l("Design"))
    first = ChoiceField(_l("First language"), choices=WORDED_IN)
    second = ChoiceField(_l("Second language"), choices=[("", _l("None")), *WORDED_IN])
    vertical = BooleanField(_l("With a vertical line in traditional Mongolian script, where there is room for it"))
    valid_months = WholeField(_l("Valid for"))
    mail = OptionsField(_l("How it reaches its holder"), choices=MAILINGS)
    person = ChoiceField(_l("Shown with the name of"), choices=[])

    def offer(self, designs: Sequence[tuple[str, str]], people: Sequence[tuple[str, str]]) -> PlanForm:
        self.design.choices = list(designs)
        self.person.choices = list(people)
        return self

    def fill(self, plan: Plan) -> None:
        self.design.data = plan.design_sha256
        self.first.data = plan.languages[0]
        self.second.data = plan.languages[1] if len(plan.languages) > 1 else ""
        self.vertical.data, self.mail.data = plan.vertical, plan.mail.value
        self.valid_months.data = "" if plan.valid_months is None else str(plan.valid_months)
        self.person.data = ""

    @property
    def plan(self) -> Plan:
        """What was chosen; asked after the form was accepted."""
        return Plan(
            design_sha256=self.design.data or "",
            languages=tuple(filter(None, (self.first.data, self.second.data))),
            vertical=bool(self.vertical.data),
            valid_months=self.valid_months.value,
            mail=Mailing(self.mail.data),
        )
