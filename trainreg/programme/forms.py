"""The form of a project: everything on one page."""

from collections.abc import Iterable, Sequence
from typing import Any

from babel import Locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FormField
from wtforms.validators import InputRequired, Length

from trainreg.agencies.models import Agency
from trainreg.agencies.queries import in_tree_order
from trainreg.kernel import clock
from trainreg.kernel.refusals import Refused
from trainreg.programme.checks import project_problems
from trainreg.programme.details import ProjectDetails
from trainreg.programme.models import Outcome, Project
from trainreg.programme.refusals import OutcomeServed, OutcomeTwice
from trainreg.programme.rows import OutcomeRow, SignatoryRow, row_of_outcome, row_of_signatory
from trainreg.programme.rules import LONGEST_CODE, LONGEST_TITLE, MOST_OUTCOMES, SIGNATORIES, next_number
from trainreg.web.fields import ChoiceField, DayField, MoneyField, RowsField, TicksField, TimezoneField
from trainreg.web.forms import InAllLanguages, LineField, ParagraphField, fill_texts
from trainreg.web.locale import current_language, tr

_TITLE = Length(max=LONGEST_TITLE, message=_l("At most 300 characters."))
_PARAGRAPHS = Length(max=3000, message=_l("At most 3,000 characters."))
# Codes of the territory list that are no countries.
_NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})


def country_choices() -> list[tuple[str, str]]:
    """Countries by name in the reader's language."""
    names = Locale.parse(current_language()).territories
    found = [(code, name) for code, name in names.items() if len(code) == 2 and code not in _NO_COUNTRIES]
    return sorted(found, key=lambda choice: choice[1].casefold())


class ProjectForm(InAllLanguages):
    """A project with its outcomes, partners and signatories."""

    code = LineField(
        _l("Code"),
        [InputRequired(_l("Give the project a code.")), Length(max=LONGEST_CODE, message=_l("At most 40 characters."))],
    )
    title_en = LineField(_l("Title in English"), [_TITLE])
    title_mn = LineField(_l("Title in Mongolian"), [_TITLE])
    title_fr = LineField(_l("Title in French"), [_TITLE])
    title_es = LineField(_l("Title in Spanish"), [_TITLE])
    summary_en = ParagraphField(_l("Summary in English"), [_PARAGRAPHS])
    summary_mn = ParagraphField(_l("Summary in Mongolian"), [_PARAGRAPHS])
    summary_fr = ParagraphField(_l("Summary in French"), [_PARAGRAPHS])
    summary_es = ParagraphField(_l("Summary in Spanish"), [_PARAGRAPHS])
    organisation_en = LineField(_l("Organisation in English"), [_TITLE])
    organisation_mn = LineField(_l("Organisation in Mongolian"), [_TITLE])
    organisation_fr = LineField(_l("Organisation in French"), [_TITLE])
    organisation_es = LineField(_l("Organisation in Spanish"), [_TITLE])
    funder_en = LineField(_l("Funder in English"), [_TITLE])
    funder_mn = LineField(_l("Funder in Mongolian"), [_TITLE])
    funder_fr = LineField(_l("Funder in French"), [_TITLE])
    funder_es = LineField(_l("Funder in Spanish"), [_TITLE])
    country = ChoiceField(_l("Country"), choices=[], default="MN")
    timezone = TimezoneField(_l("Time zone"), [InputRequired(_l("Choose a time zone."))], default="Asia/Ulaanbaatar")
    starts_on = DayField(_l("First day"), [InputRequired(_l("Say when the project starts."))])
    ends_on = DayField(_l("Last day"))
    budget_amount = MoneyField(_l("Budget"))
    budget_currency = LineField(_l("Currency"), [Length(max=3, message=_l("Three letters, for example USD."))])
    outcomes = RowsField(FormField(OutcomeRow), max_entries=MOST_OUTCOMES)
    partner_ids = TicksField(_l("Partner agencies"))
    signatories = RowsField(FormField(SignatoryRow), min_entries=SIGNATORIES, max_entries=SIGNATORIES)

    def __init__(self, agencies: Iterable[Agency], project: Project | None = None, **kwargs: Any) -> None:
        self.project = project
        self.agencies = {str(agency.id): agency for agency in agencies}
        super().__init__(**kwargs)
        self.country.choices = country_choices()
        ordered = in_tree_order(self.agencies.values(), current_language())
        self.partner_ids.choices = [(str(agency.id), "– " * depth + tr(agency.name)) for agency, depth in ordered]

    @property
    def rows(self) -> list[OutcomeRow]:
        return [entry.form for entry in self.outcomes]

    def validate(self, extra_validators: Any = None) -> bool:
        """Everything that is wrong at once, each beside its field."""
        for place in reversed(range(len(self.rows))):
            if self.rows[place].is_empty:
                self.outcomes.take_out(place)
        super().validate(extra_validators)
        is_stale = self.status == 400
        for refusal in project_problems(self.details()):
            if not self._is_said(refusal):
                self.refuse(refusal)
        self.status = 400 if is_stale else self.status
        return not self.errors

    def _is_said(self, refusal: Refused) -> bool:
        """Whether the field, or the rows, have a sentence of their own already."""
        return bool(self._fields[refusal.field].errors if refusal.field else self.outcomes.errors)

    def refuse(self, refusal: Refused) -> None:
        """As any form; what is wrong with one outcome stands beside its number."""
        number = refusal.facts.get("number") if isinstance(refusal, OutcomeServed | OutcomeTwice) else None
        rows = [row for row in self.rows if number is not None and row.number.data == str(number)]
        if not rows:
            super().refuse(refusal)
            return
        self.status = refusal.status
        rows[-1].number.errors = [str(refusal)]
        self.outcomes.errors = [str(refusal)]

    def details(self) -> ProjectDetails:
        """The project as typed; where the first day could not be read, a day that is no problem stands for it."""
        return ProjectDetails(
            code=self.code.data or "",
            title=self.told("title"),
            summary=self.told("summary"),
            organisation=self.told("organisation"),
            funder=self.told("funder"),
            country=self.country.data,
            timezone=self.timezone.value or "",
            starts_on=self.starts_on.value or self.ends_on.value or clock.now().date(),
            ends_on=self.ends_on.value,
            budget_amount=self.budget_amount.value,
            budget_currency=(self.budget_currency.data or "").upper() or None,
            outcomes=[row.details() for row in self.rows],
            partners=self._partners(),
            signatories=[entry.form.details() for entry in self.signatories if not entry.form.is_empty],
        )

    def _partners(self) -> Sequence[Agency]:
        """Those who were partners keep their order; new ones follow in the order of the list."""
        chosen = set(self.partner_ids.data or ())
        ticked = [self.agencies[choice[0]] for choice in self.partner_ids.choices or () if choice[0] in chosen]
        before = [partner.agency for partner in self.project.partners] if self.project else []
        return [*(one for one in before if one in ticked), *(one for one in ticked if one not in before)]

    def fill(self, project: Project) -> None:
        """Fill the form from what is known."""
        fill_texts(
            self, title=project.title, summary=project.summary, organisation=project.organisation, funder=project.funder
        )
        self.code.data, self.country.data, self.timezone.data = project.code, project.country, project.timezone
        self.starts_on.data = project.starts_on.isoformat()
        self.ends_on.data = project.ends_on.isoformat() if project.ends_on else ""
        self.budget_amount.data = (
            "" if project.budget_amount is None else f"{project.budget_amount:f}".removesuffix(".00")
        )
        self.budget_currency.data = project.budget_currency or ""
        self.partner_ids.data = [str(partner.agency_id) for partner in project.partners]
        for outcome in project.outcomes:
            self.outcomes.append_entry(row_of_outcome(outcome))
        self.signatories.process(None, [row_of_signatory(signatory) for signatory in project.signatories])

    def add_outcome(self) -> str:
        """One more row with the next number; says what was done. Nothing is written."""
        if len(self.outcomes) >= MOST_OUTCOMES:
            self.form_errors.append(_("A project has at most %(most)s outcomes.", most=MOST_OUTCOMES))
            return ""
        typed = [row.number.data or "" for row in self.rows]
        number = next_number([int(text) for text in typed if text.isdecimal() and len(text) < 4])
        self.outcomes.append_entry({"number": str(number)})
        said: str = _("Outcome %(number)s is added at the end. Nothing is saved yet.", number=number)
        return said

    def outcome_at(self, place: int) -> Outcome | None:
        """The known outcome that the row at this place stands for."""
        known = {outcome.id: outcome for outcome in self.project.outcomes} if self.project else {}
        return known.get(self.rows[place].known_id or 0)

    def take_out(self, place: int) -> str:
        """Remove a row; says what was done. Nothing is written."""
        number = self.rows[place].number.data
        self.outcomes.take_out(place)
        said: str = _("Outcome %(number)s is taken out. Nothing is saved yet.", number=number)
        return said

    def restore_outcomes(self) -> None:
        """Bring back the rows of known outcomes that were taken out: somebody made them needed meanwhile."""
        shown = {row.known_id for row in self.rows}
        for outcome in self.project.outcomes if self.project else ():
            if outcome.id not in shown and len(self.outcomes) < MOST_OUTCOMES:
                self.outcomes.append_entry(row_of_outcome(outcome))
