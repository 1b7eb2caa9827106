"""Places of agencies and groups as rows of the event's form."""

from collections.abc import Iterable
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField
from wtforms import Form as PlainForm
from wtforms.validators import Length

from trainreg.agencies.models import Agency
from trainreg.agencies.queries import in_tree_order
from trainreg.events.details import GroupDetails, QuotaDetails
from trainreg.events.models import Event
from trainreg.events.refusals import GroupTwice, GroupWithoutName, QuotaTwice, UnknownQuotaAgency
from trainreg.events.rules import MOST_ROWS_OF_PLACES
from trainreg.kernel.languages import CONTENT_LANGUAGES
from trainreg.kernel.numbers import whole_number
from trainreg.kernel.refusals import Refused
from trainreg.kernel.types import Text
from trainreg.web.fields import RowsField, WholeField
from trainreg.web.forms import LineField, told_of
from trainreg.web.locale import current_language, tr

_LINE = Length(max=200, message=_l("At most 200 characters."))
_UNKNOWN = -1
INDENT = "\u2003"


class QuotaRow(PlainForm):
    """The places of one agency. A row without both is no row."""

    agency = SelectField(_l("Agency"), choices=[], validate_choice=False, default="")
    places = WholeField(_l("Places"))

    @property
    def is_empty(self) -> bool:
        return not self.agency.data and not self.places.data

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Both are needed, each with a sentence of its own."""
        super().validate(*args, **kwargs)
        if self.agency.data not in {choice[0] for choice in self.agency.choices or ()} - {""}:
            self.agency.errors = [_("Choose the agency.")]
        _need_places(self.places)
        return not self.errors

    def details(self) -> QuotaDetails | None:
        """The quota, None when something in the row stands in the way."""
        if self.errors or self.places.value is None:
            return None
        return QuotaDetails(agency_id=_number(self.agency.data) or _UNKNOWN, places=self.places.value)


class GroupRow(PlainForm):
    """A group of participants. A new row that was left empty is no group."""

    id = HiddenField()
    name_en = LineField(_l("Name in English"), [_LINE])
    name_mn = LineField(_l("Name in Mongolian"), [_LINE])
    name_fr = LineField(_l("Name in French"), [_LINE])
    name_es = LineField(_l("Name in Spanish"), [_LINE])
    places = WholeField(_l("Places"))
    is_open = BooleanField(_l("People may say themselves that they belong to it, when they register"))

    @property
    def is_empty(self) -> bool:
        return not self.id.data and not self.places.data and not any(self._name().values())

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """A name in one language at least."""
        super().validate(*args, **kwargs)
        if not any(self._name().values()) and not self.name_en.errors and not self.name_mn.errors:
            self.name_en.errors = [_("Give the group a name, in one language at least, or remove it.")]
        if self.places.data:
            _need_places(self.places)
        return not self.errors

    def details(self) -> GroupDetails | None:
        """The group, None when something in the row stands in the way."""
        if self.errors:
            return None
        return GroupDetails(
            id=_number(self.id.data), name=self._name(), places=self.places.value, is_open=bool(self.is_open.data)
        )

    def _name(self) -> Text:
        return told_of(self, "name")


class PlaceRows:
    """The part of the event's form that holds them: `quotas` and `groups` are its fields."""

    quotas: RowsField
    groups: RowsField
    form_errors: list[str]
    # Beside which field of the last row a refusal stands; the others are about its number of places.
    columns: ClassVar[dict[type[Refused], str]] = {
        UnknownQuotaAgency: "agency",
        QuotaTwice: "agency",
        GroupWithoutName: "name_en",
        GroupTwice: "name_en",
    }
    # The part of the form in which the last button changed rows, for what is said there.
    said_in: str = "sessions"
    said_of: str = ""

    def offer_quota_agencies(self, agencies: Iterable[Agency]) -> None:
        """Fill the list of agencies of every row, and of rows to come."""
        ordered = in_tree_order(agencies, current_language())
        self._offered = [("", _("Choose the agency"))]
        self._offered += [(str(agency.id), INDENT * depth + tr(agency.name)) for agency, depth in ordered]
        for entry in self.quotas:
            entry.form.agency.choices = self._offered

    def drop_empty_places(self) -> None:
        """Rows that nobody filled in are no rows."""
        for rows in (self.quotas, self.groups):
            for place in reversed(range(len(rows))):
                if rows[place].form.is_empty:
                    rows.take_out(place)

    def rearrange_places(self, pressed: str) -> str | None:
        """Add or remove a row as the pressed button says; returns what was done, None for another button."""
        what, _dash, which = pressed.partition("-")
        rows = {"quota": self.quotas, "group": self.groups}.get(which.partition("-")[0])
        if rows is None or what not in {"add", "remove"}:
            return None
        self.said_in, self.said_of = "places", which.partition("-")[0]
        if what == "add":
            return self._add(rows)
        number = which.partition("-")[2]
        if number not in {str(place) for place in range(len(rows))}:
            return None
        rows.take_out(int(number))
        said: str = _("The row is taken out. Nothing is saved yet.")
        return said

    def refuse_places(self, refusal: Refused) -> None:
        """Put what is wrong with quotas or groups beside the last row of them."""
        rows = self.groups if refusal.field == "groups" else self.quotas
        if not rows:
            self.form_errors.append(str(refusal))
            return
        field = rows[-1].form[self.columns.get(type(refusal), "places")]
        field.errors = [*field.errors, str(refusal)]
        rows.errors = [entry.errors for entry in rows]

    def quota_details(self) -> tuple[QuotaDetails, ...]:
        return tuple(details for entry in self.quotas if (details := entry.form.details()) is not None)

    def group_details(self) -> tuple[GroupDetails, ...]:
        return tuple(details for entry in self.groups if (details := entry.form.details()) is not None)

    def _add(self, rows: RowsField) -> str:
        if len(rows) >= MOST_ROWS_OF_PLACES:
            self.form_errors.append(_("There are as many rows as an event can have."))
            return ""
        rows.append_entry({})
        if rows is self.quotas:
            rows[-1].form.agency.choices = self._offered
        said: str = _("A row is added at the end. Nothing is saved yet.")
        return said


def rows_of_places(event: Event) -> dict[str, Any]:
    """What the rows of an event that is there begin with."""
    return {
        "holds_quotas": event.holds_quotas,
        "offer_hours": "" if event.offer_hours is None else str(event.offer_hours),
        "quotas": [{"agency": str(quota.agency_id), "places": str(quota.places)} for quota in event.quotas],
        "groups": [
            {
                "id": str(group.id),
                **{f"name_{code}": group.name.get(code, "") for code in CONTENT_LANGUAGES},
                "places": "" if group.places is None else str(group.places),
                "is_open": group.is_open,
            }
            for group in event.groups
        ],
    }


def _need_places(field: WholeField) -> None:
    if not field.errors and not field.value:
        field.errors = [_("Enter the number of places, 1 or more.")]


def _number(text: str | None) -> int | None:
    if not text:
        return None
    number = whole_number(text)
    return _UNKNOWN if number is None else number
