"""The forms of a publication, of its print runs, of copies handed out and of its files."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import FileInput

from trainreg.agencies.models import Agency
from trainreg.agencies.queries import in_tree_order
from trainreg.events.models import Event
from trainreg.kernel.languages import in_language
from trainreg.programme.models import Project
from trainreg.publications.details import HandoutDetails, PublicationDetails, RunDetails
from trainreg.publications.models import Handout, PrintRun, Publication
from trainreg.publications.refusals import BadEvidence
from trainreg.publications.rules import LONGEST_ADDRESS, PUBLICATION_LANGUAGES, PublicationKind
from trainreg.questions.uploads import LARGEST, BadFile, Upload, judged
from trainreg.web.fields import ChoiceField, DayField, WholeField
from trainreg.web.forms import Form, InAllLanguages, LineField, fill_texts
from trainreg.web.locale import current_language, language_name, tr

MOST_MEGABYTES = LARGEST // (1024 * 1024)
KINDS = [
    (PublicationKind.HANDBOOK.value, _l("Handbook")),
    (PublicationKind.TRAINING_MANUAL.value, _l("Training manual")),
    (PublicationKind.ASSESSMENT_REPORT.value, _l("Assessment report")),
    (PublicationKind.OTHER.value, _l("Other publication")),
]
_TITLE = Length(max=300, message=_l("At most 300 characters."))
_READERS = Length(max=500, message=_l("At most 500 characters."))
_ILLUSTRATIVE = _l("The source gives no exact day: the date is illustrative")
_AT_LEAST = _l("At least this many")


def spoken_languages() -> list[tuple[str, str]]:
    """What publications are printed in, by their names in the reader's language."""
    return [(code, language_name(code).capitalize()) for code in PUBLICATION_LANGUAGES]


class PublicationForm(InAllLanguages):
    """A handbook, manual or report."""

    kind = ChoiceField(_l("Kind"), choices=KINDS, default=PublicationKind.HANDBOOK.value)
    title_en = LineField(_l("Title in English"), [_TITLE])
    title_mn = LineField(_l("Title in Mongolian"), [_TITLE])
    title_fr = LineField(_l("Title in French"), [_TITLE])
    title_es = LineField(_l("Title in Spanish"), [_TITLE])
    translated_into = ChoiceField(_l("Translated into"), default="")
    outcome = ChoiceField(_l("Outcome it serves"), default="")
    published_on = DayField(_l("Published on"))
    has_illustrative_date = BooleanField(_ILLUSTRATIVE)
    web_address = LineField(
        _l("Public address on the web"), [Length(max=LONGEST_ADDRESS, message=_l("At most 500 characters."))]
    )

    def __init__(self, project: Project, **kwargs: Any) -> None:
        self.project = project
        super().__init__(**kwargs)
        self.translated_into.choices = [("", _("Not a translation")), *spoken_languages()]
        self.outcome.choices = [
            ("", _("None in particular")),
            *((str(outcome.id), f"{outcome.number}. {tr(outcome.title)}") for outcome in project.outcomes),
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Everything that is wrong at once, each beside its field."""
        super().validate(extra_validators)
        if not self.text("title") and not any(self[f"title_{code}"].errors for code in self.spoken):
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
            outcome=outcomes.get(self.outcome.data or ""),
            web_address=self.web_address.data or "",
        )

    def fill(self, publication: Publication) -> None:
        """Fill the form from what is known."""
        fill_texts(self, title=publication.title)
        self.kind.data = publication.kind.value
        self.translated_into.data = publication.translated_into or ""
        self.outcome.data = str(publication.outcome_id or "")
        self.published_on.data = _day(publication.published_on)
        self.web_address.data = publication.web_address
        self.has_illustrative_date.data = publication.has_illustrative_date


class RunForm(Form):
    """Copies printed at one time."""

    copies = WholeField(_l("Copies printed"), [DataRequired(_l("Enter how many copies were printed."))])
    is_minimum = BooleanField(_AT_LEAST)
    language = ChoiceField(_l("Language"))
    day = DayField(_l("Printed on"))
    has_illustrative_date = BooleanField(_ILLUSTRATIVE)

    def __init__(self, publication: Publication, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.language.choices = spoken_languages()
        if not self.is_submitted():
            self.language.data = publication.translated_into or PUBLICATION_LANGUAGES[0]

    def details(self) -> RunDetails:
        """The print run as typed, once it is valid."""
        return RunDetails(
            language=self.language.data,
            copies=self.copies.value or 0,
            is_minimum=bool(self.is_minimum.data),
            day=self.day.value,
            has_illustrative_date=bool(self.has_illustrative_date.data),
        )

    def fill(self, run: PrintRun) -> None:
        """Fill the form from what is known."""
        self.copies.data, self.is_minimum.data = str(run.copies), run.is_minimum
        self.language.data, self.day.data = run.language, _day(run.printed_on)
        self.has_illustrative_date.data = run.has_illustrative_date


class HandoutForm(InAllLanguages):
    """Copies that went to somebody."""

    agency = ChoiceField(_l("Agency"), default="")
    event = ChoiceField(_l("Event of the project"), default="")
    recipient_en = LineField(_l("To whom, in English"), [_READERS])
    recipient_mn = LineField(_l("To whom, in Mongolian"), [_READERS])
    recipient_fr = LineField(_l("To whom, in French"), [_READERS])
    recipient_es = LineField(_l("To whom, in Spanish"), [_READERS])
    copies = WholeField(_l("Copies handed out"))
    is_minimum = BooleanField(_AT_LEAST)
    day = DayField(_l("Handed out on"))
    has_illustrative_date = BooleanField(_ILLUSTRATIVE)

    def __init__(self, agencies: Sequence[Agency], events: Iterable[Event], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        language = current_language()
        self.agencies = {agency.code: agency for agency in agencies}
        self.events = {str(event.id): event for event in events}
        self.agency.choices = [("", _("None"))] + [
            (agency.code, "\u2003" * depth + in_language(agency.name, language))
            for agency, depth in in_tree_order(agencies, language)
        ]
        self.event.choices = [("", _("None")), *((key, tr(event.title)) for key, event in self.events.items())]

    def details(self) -> HandoutDetails:
        """As typed, once it is valid."""
        return HandoutDetails(
            copies=self.copies.value,
            is_minimum=bool(self.is_minimum.data),
            agency=self.agencies.get(self.agency.data or ""),
            event=self.events.get(self.event.data or ""),
            recipient=self.text("recipient"),
            day=self.day.value,
            has_illustrative_date=bool(self.has_illustrative_date.data),
        )

    def fill(self, handout: Handout) -> None:
        """Fill the form from what is known."""
        fill_texts(self, recipient=handout.recipient)
        self.agency.data = handout.agency.code if handout.agency else ""
        self.event.data = str(handout.event_id or "")
        self.copies.data = "" if handout.copies is None else str(handout.copies)
        self.is_minimum.data, self.day.data = handout.is_minimum, _day(handout.handed_on)
        self.has_illustrative_date.data = handout.has_illustrative_date


class HandoutOfProjectForm(HandoutForm):
    """The same where the publication is still to be chosen."""

    publication = ChoiceField(_l("Publication"))

    def __init__(self, publications: Sequence[Publication], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.publications = {str(one.id): one for one in publications}
        self.publication.choices = [(key, tr(one.title)) for key, one in self.publications.items()]

    @property
    def chosen(self) -> Publication:
        """The publication, once the form is valid."""
        return self.publications[self.publication.data]


class FileForm(Form):
    """A file kept as evidence."""

    file = LineField(_l("File"), widget=FileInput())

    def upload(self) -> Upload:
        """The file, judged by its content; raises BadEvidence."""
        sent = request.files.get("file")
        try:
            if sent is not None:
                return judged(sent.filename, sent.stream.read(LARGEST + 1))
        except BadFile:
            pass
        raise BadEvidence(most=MOST_MEGABYTES)


def _day(day: Any) -> str:
    return day.isoformat() if day else ""
