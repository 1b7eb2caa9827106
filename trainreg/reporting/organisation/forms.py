"""The filters of the report, as an address has them and as a page shows them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict
from wtforms import Field

from trainreg.agencies.queries import ids_with_children, in_tree_order, list_agencies
from trainreg.events.forms import KINDS
from trainreg.events.rules import EventKind
from trainreg.kernel.db import db
from trainreg.programme.models import ProjectPartner
from trainreg.reporting.organisation.answer import Sort
from trainreg.reporting.organisation.asked import Asked, Listed, Stage, funders_of, list_visible
from trainreg.reporting.organisation.lines import country_name
from trainreg.reporting.organisation.reader import Reader
from trainreg.totals.models import CountedMonth
from trainreg.web.fields import ChoiceField, DayField
from trainreg.web.forms import Form
from trainreg.web.locale import current_language, tr

STAGES: Mapping[Stage, Any] = {Stage.PLANNED: _l("Planned"), Stage.RUNNING: _l("Running"), Stage.ENDED: _l("Ended")}
INDENT = "\u2003"
OF_FIGURES = frozenset({"year", "first", "last", "agency", "kind"})


class OrganisationForm(Form):
    """Read from the address: a report is something to bookmark and to send on."""

    class Meta(Form.Meta):
        csrf = False

    year = ChoiceField(_l("Calendar year"), default="")
    first = DayField(_l("From"))
    last = DayField(_l("Until"))
    country = ChoiceField(_l("Country"), default="")
    funder = ChoiceField(_l("Funder"), default="")
    partner = ChoiceField(_l("Partner agency"), default="")
    stage = ChoiceField(_l("Projects that are"), default="")
    agency = ChoiceField(_l("Agency of the officials, with all below it"), default="")
    kind = ChoiceField(_l("Kind of event"), default="")
    sort = ChoiceField(_l("Order"), default=Sort.STARTED.value, choices=[(one.value, one.value) for one in Sort])

    def __init__(self, reader: Reader, arguments: MultiDict[str, str]) -> None:
        super().__init__(formdata=arguments)
        self._sees_names = reader.named is None or bool(reader.named)
        visible = list_visible(reader.ids)
        agencies = in_tree_order(list_agencies(only_active=False), current_language())
        self._ids = {one.code: one.id for one, _depth in agencies}
        partners = set(db.session.scalars(select(ProjectPartner.agency_id).distinct()))
        self.year.choices = _any([(str(year), str(year)) for year in _years()])
        self.country.choices = _any(_countries(visible))
        self.funder.choices = _any(sorted((name, tr(text)) for name, text in funders_of(visible).items()))
        self.partner.choices = _any([(one.code, tr(one.name)) for one, _depth in agencies if one.id in partners])
        self.stage.choices = _any([(one.value, str(words)) for one, words in STAGES.items()])
        self.agency.choices = _any([(one.code, INDENT * depth + tr(one.name)) for one, depth in agencies])
        self.kind.choices = _any([(str(kind), str(words)) for kind, words in KINDS])

    @property
    def filters(self) -> list[Field]:
        """Everything but the order; what narrows figures only where the reader may see names, or asked for it."""
        return [
            field
            for field in self
            if field.name != "sort" and (self._sees_names or field.data or field.name not in OF_FIGURES)
        ]

    @property
    def narrows(self) -> bool:
        return any(field.data for field in self.filters)

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        first, last = self.first.value, self.last.value
        if self.year.data and (first or last):
            self.year.errors = [_("Choose a calendar year, or a first and a last day, but not both.")]
        elif first and last and first > last:
            self.last.errors = [_("This day is before the first one.")]
        return not self.errors

    def asked(self) -> Asked:
        """What an accepted form asks for."""
        first, last = self.first.value, self.last.value
        if self.year.data:
            first, last = date(int(self.year.data), 1, 1), date(int(self.year.data), 12, 31)
        agency = self._ids.get(self.agency.data or "")
        return Asked(
            country=self.country.data or "",
            funder=self.funder.data or "",
            partner_id=self._ids.get(self.partner.data or ""),
            stage=Stage(self.stage.data) if self.stage.data else None,
            first=first,
            last=last,
            agencies=ids_with_children([agency]) if agency is not None else None,
            kind=EventKind(self.kind.data) if self.kind.data else None,
        )

    def sorted_by(self) -> Sort:
        return Sort(self.sort.data)

    def arguments(self, **others: str) -> dict[str, str]:
        """The address's, with others in their place; what is empty is left out."""
        own = {field.name: str(field.data or "") for field in self} | others
        return {name: value for name, value in own.items() if value and (name, value) != ("sort", Sort.STARTED.value)}


def _any(choices: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("", _("Any")), *choices]


def _countries(visible: Sequence[Listed]) -> list[tuple[str, str]]:
    return sorted(((code, country_name(code)) for code in {one.country for one in visible}), key=lambda one: one[1])


def _years() -> list[int]:
    """Those in which somebody came, the latest first."""
    first, last = db.session.execute(select(func.min(CountedMonth.month), func.max(CountedMonth.month))).one()
    return [] if first is None else list(range(last // 12, first // 12 - 1, -1))
