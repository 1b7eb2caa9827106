"""The form with which an organizer words an evaluation."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form as PlainForm
from wtforms import FormField, RadioField, SelectField
from wtforms.validators import Length

from trainreg.assessment.details import Plan
from trainreg.assessment.models import EvaluationItem
from trainreg.assessment.opinions import FOLLOW_UP_MONTHS, LONGEST_COMMENT, MOST_ITEMS, ItemKind
from trainreg.assessment.ready_made import Item
from trainreg.assessment.refusals import TooManyItems
from trainreg.assessment.rules import LONGEST_LABEL
from trainreg.assessment.words import ITEM_KIND_WORDS
from trainreg.kernel.languages import LANGUAGES
from trainreg.web.fields import RowsField
from trainreg.web.forms import Form, LineField, ParagraphField

_LABEL = [Length(max=LONGEST_LABEL, message=_l("This is too long: %(max)d characters at most."))]
MORE_ROWS = 3


class ItemForm(PlainForm):
    """One question of an evaluation; a row that was left empty is none."""

    kind = SelectField(_l("How it is answered"), choices=[(kind.value, ITEM_KIND_WORDS[kind]) for kind in ItemKind])
    label_en = LineField(_l("In English"), _LABEL)
    label_mn = LineField(_l("In Mongolian"), _LABEL)


class ItemsForm(Form):
    """Everything that an evaluation asks."""

    items = RowsField(FormField(ItemForm), max_entries=MOST_ITEMS + MORE_ROWS)

    def show_rows(self) -> None:
        """Leave room for a few more."""
        for _number in range(min(MORE_ROWS, MOST_ITEMS + MORE_ROWS - len(self.items))):
            self.items.append_entry()

    def wanted(self) -> list[Item]:
        """The questions in their order, after validation; raises TooManyItems."""
        found: list[Item] = []
        for entry in self.items:
            label = {code: entry.form[f"label_{code}"].data for code in LANGUAGES if entry.form[f"label_{code}"].data}
            if label:
                found.append((ItemKind(entry.form.kind.data), label))
        if len(found) > MOST_ITEMS:
            raise TooManyItems
        return found


def filled_items(items: Sequence[EvaluationItem]) -> ItemsForm:
    """The form with the questions as they are."""
    rows = [
        {"kind": item.kind.value} | {f"label_{code}": item.label.get(code, "") for code in LANGUAGES} for item in items
    ]
    return ItemsForm(formdata=None, data={"items": rows})


class FollowUpForm(Form):
    """Whether and when people are asked again."""

    months = RadioField(_l("Ask again at work"), default="")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        later = [(str(number), _("%(number)s months after the event", number=number)) for number in FOLLOW_UP_MONTHS]
        self.months.choices = [("", _("Never")), *later]

    @property
    def wanted(self) -> int | None:
        return int(self.months.data) if self.months.data else None


def follow_up_form(plan: Plan) -> FollowUpForm:
    """The form as it is set now."""
    return FollowUpForm(formdata=None, data={"months": str(plan.follow_up_months or "")})


class QuoteForm(Form):
    """Words for the report, names taken out."""

    words = ParagraphField(
        _l("As it is shown"), [Length(max=LONGEST_COMMENT, message=_l("This is too long: %(max)d characters at most."))]
    )
