"""The form of a publication."""

from typing import Any

from babel import Locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import Length

from trainreg.kernel.languages import LANGUAGES
from trainreg.programme.models import Project
from trainreg.publications.models import Publication
from trainreg.publications.rules import PublicationKind
from trainreg.publications.service import PublicationDetails
from trainreg.web.fields import ChoiceField, DayField, WholeField
from trainreg.web.forms import Form, LineField, fill_texts
from trainreg.web.locale import current_language, tr

KINDS = [
    (PublicationKind.HANDBOOK.value, _l("Handbook")),
    (PublicationKind.TRAINING_MANUAL.value, _l("Training manual")),
    (PublicationKind.ASSESSMENT_REPORT.value, _l("Assessment report")),
    (PublicationKind.OTHER.value, _l("Other publication")),
]
_TITLE = Length(max=300, message=_l("At most 300 characters."))
_READERS = Length(max=500, message=_l("At most 500 characters."))


class PublicationForm(Form):
    """A handbook, manual or report, and whom it reached."""

    kind = ChoiceField(_l("Kind"), choices=KINDS, default=PublicationKind.HANDBOOK.value)
    title_en = LineField(_l("Title in English"), [_TITLE])
    title_mn = LineField(_l("Title in Mongolian"), [_TITLE])
    translated_into = ChoiceField(_l("Translated into"), default="")
    outcome = ChoiceField(_l("Outcome it serves"), default="")
    published_on = DayField(_l("Published on"))
    has_illustrative_date = BooleanField(_l("The source gives no exact day: the date is illustrative"))
    printed = WholeField(_l("Copies printed"))
    printed_is_minimum = BooleanField(_l("At least this many"))
    distributed_to_en = LineField(_l("Distributed to, in English"), [_READERS])
    distributed_to_mn = LineField(_l("Distributed to, in Mongolian"), [_READERS])

    def __init__(self, project: Project, **kwargs: Any) -> None:
        self.project = project
        super().__init__(**kwargs)
        names = Locale.parse(current_language()).languages
        self.translated_into.choices = [
            ("", _("Not a translation")),
            *((code, names[code].capitalize()) for code in LANGUAGES),
        ]
        self.outcome.choices = [
            ("", _("None in particular")),
            *((str(outcome.id), f"{outcome.number}. {tr(outcome.title)}") for outcome in project.outcomes),
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Everything that is wrong at once, each beside its field."""
        super().validate(extra_validators)
        if not self.text("title") and not self.title_en.errors and not self.title_mn.errors:
            self.title_en.errors = [_("Give the publication a title, in one language at least.")]
        return not self.errors

    def details(self) -> PublicationDetails:
        """The publication as typed, once it is valid."""
        outcomes = {str(outcome.id): outcome for outcome in self.project.outcomes}
        return PublicationDetails(
            kind=PublicationKind(self.kind.data),
            title=self.text("title"),
            translated_into=self.translated_into.data or None,
            published_on=self.published_on.value,
            has_illustrative_date=bool(self.has_illustrative_date.data),
            printed=self.printed.value,
            printed_is_minimum=bool(self.printed_is_minimum.data),
            distributed_to=self.text("distributed_to"),
            outcome=outcomes.get(self.outcome.data or ""),
        )

    def fill(self, publication: Publication) -> None:
        """Fill the form from what is known."""
        fill_texts(self, title=publication.title, distributed_to=publication.distributed_to)
        self.kind.data = publication.kind.value
        self.translated_into.data = publication.translated_into or ""
        self.outcome.data = str(publication.outcome_id or "")
        self.published_on.data = publication.published_on.isoformat() if publication.published_on else ""
        self.has_illustrative_date.data = publication.has_illustrative_date
        self.printed.data = "" if publication.printed is None else str(publication.printed)
        self.printed_is_minimum.data = publication.printed_is_minimum
