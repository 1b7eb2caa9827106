"""The form of a project's settings for IATI."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Form as PlainForm
from wtforms import FormField
from wtforms.validators import Length

from trainreg.iati.codelists import codelist
from trainreg.kernel.refusals import Refused
from trainreg.programme.iati.checks import iati_problems
from trainreg.programme.iati.details import IatiDetails, SectorDetails
from trainreg.programme.iati.models import IatiSettings
from trainreg.programme.iati.rules import LONGEST_IDENTIFIER, LONGEST_REF, SECTORS, VOCABULARIES
from trainreg.programme.iati.words import ORGANISATION_TYPES, ROLES, SCOPES, choices
from trainreg.programme.rules import LONGEST_TITLE
from trainreg.web.fields import ChoiceField, DecimalField, RowsField
from trainreg.web.forms import Form, LineField, fill_texts
from trainreg.web.locale import current_language

_REF = Length(max=LONGEST_REF, message=_l("At most 80 characters."))
_TITLE = Length(max=LONGEST_TITLE, message=_l("At most 300 characters."))
_NOT_SAID = _l("Not said")
_LISTS = {"1": "OECD DAC", "7": "SDG"}
_CODES = ("scope", "funder_type", "implementer_type", "partner_role", "partner_type")
_REFS = ("reporting_ref", "identifier", "funder_ref", "implementer_ref")


def sector_choices(language: str) -> list[tuple[str, str]]:
    """Every sector of the lists offered, as list:code."""
    return [
        (f"{vocabulary}:{code}", f"{words} ({_LISTS[vocabulary]})")
        for vocabulary, name in VOCABULARIES.items()
        for code, words in codelist(name).choices(language)
    ]


class SectorRow(PlainForm):
    """One sector; left empty, none."""

    sector = ChoiceField(_l("Sector"), default="")
    percentage = DecimalField(_l("Per cent"))

    def details(self) -> SectorDetails:
        vocabulary, _colon, code = (self.sector.data or "").partition(":")
        return SectorDetails(vocabulary=vocabulary, code=code, percentage=self.percentage.value)


class IatiForm(Form):
    """Who reports, under which identifiers, and on what."""

    reporting_ref = LineField(_l("Identifier of the organisation"), [_REF])
    reporting_type = ChoiceField(_l("Kind of organisation"), default="40")
    reporting_name_en = LineField(_l("Name in English"), [_TITLE])
    reporting_name_mn = LineField(_l("Name in Mongolian"), [_TITLE])
    identifier = LineField(
        _l("Identifier of the activity"), [Length(max=LONGEST_IDENTIFIER, message=_l("At most 120 characters."))]
    )
    scope = ChoiceField(_l("Scope"), default="4")
    funder_ref = LineField(_l("Identifier of the funder"), [_REF])
    funder_type = ChoiceField(_l("What kind of organisation the funder is"), default="")
    implementer_ref = LineField(_l("Identifier of the implementing organisation"), [_REF])
    implementer_type = ChoiceField(_l("What kind of organisation implements"), default="")
    partner_role = ChoiceField(_l("What the partner agencies do"), default="")
    partner_type = ChoiceField(_l("What kind of organisation the partners are"), default="10")
    sectors = RowsField(FormField(SectorRow), min_entries=SECTORS, max_entries=SECTORS)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.reporting_type.choices = choices(ORGANISATION_TYPES)
        for field in (self.funder_type, self.implementer_type, self.partner_type):
            field.choices = choices(ORGANISATION_TYPES, _NOT_SAID)
        self.partner_role.choices = choices(ROLES, _l("They are not listed"))
        self.scope.choices = choices(SCOPES, _NOT_SAID)
        self._offer_sectors()

    def _offer_sectors(self) -> None:
        offered = [("", ""), *sector_choices(current_language())]
        for entry in self.sectors:
            entry.form.sector.choices = offered

    def validate(self, extra_validators: Any = None) -> bool:
        """Everything that is wrong at once, each beside its field."""
        super().validate(extra_validators)
        if self.status == 400:  # the page was open for too long: that comes first
            return False
        for refusal in iati_problems(self.details()):
            if not (refusal.field and self._fields[refusal.field].errors):
                self.refuse(refusal)
        return not self.errors

    def refuse(self, refusal: Refused) -> None:
        """As any form; what is wrong with the sectors stands beside the first of them."""
        if refusal.field != "sectors":
            super().refuse(refusal)
            return
        self.status = refusal.status
        field = self.sectors[0].form.sector
        field.errors = [*field.errors, str(refusal)]
        self.sectors.errors = [str(refusal)]

    def details(self) -> IatiDetails:
        plain = {name: self[name].data or "" for name in (*_REFS, *_CODES, "reporting_type")}
        chosen = [entry.form.details() for entry in self.sectors if entry.form.sector.data]
        if not plain["partner_role"]:
            plain["partner_type"] = ""
        return IatiDetails(reporting_name=self.text("reporting_name"), sectors=chosen, **plain)

    def fill(self, settings: IatiSettings) -> None:
        """Fill the form from what is kept."""
        fill_texts(self, reporting_name=settings.reporting_name)
        for name in (*_REFS, *_CODES, "reporting_type"):
            self[name].data = getattr(settings, name)
        self.sectors.process(
            None,
            [
                {
                    "sector": f"{one.vocabulary}:{one.code}",
                    "percentage": "" if one.percentage is None else f"{one.percentage.normalize():f}",
                }
                for one in settings.sectors
            ],
        )
        self._offer_sectors()
