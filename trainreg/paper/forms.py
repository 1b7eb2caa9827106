"""What the pages of paper send."""

from collections.abc import Sequence

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField, SelectField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange
from wtforms.widgets import FileInput

from trainreg.agencies.models import Agency
from trainreg.agencies.queries import in_tree_order
from trainreg.kernel.languages import in_language
from trainreg.paper.refusals import BadScan
from trainreg.paper.rules import MOST_BLANK_ROWS, USUAL_BLANK_ROWS
from trainreg.paper.scans import LARGEST_SCAN
from trainreg.people.rules import LONGEST_NAME, LONGEST_POSITION, AgeBand, ConsentPurpose, Sex
from trainreg.people.service import PersonDetails
from trainreg.people.words import SEX_WORDS, age_band_choices
from trainreg.questions.uploads import BadFile, FileKind, Upload, judged
from trainreg.registration.intake import PublicRegistration
from trainreg.web.forms import Form, LineField, NameField

_TOO_LONG = _l("This is too long: %(max)d characters at most.")
_name = [Length(max=LONGEST_NAME, message=_TOO_LONG)]
SCANNED = frozenset({FileKind.PDF, FileKind.PNG, FileKind.JPEG})
MOST_MEGABYTES = LARGEST_SCAN // (1024 * 1024)


class PrintForm(Form):
    """Which sheet to print: of a session or of a day."""

    what = SelectField(_l("Sheet for"), choices=[], validate_choice=False)
    blank_rows = IntegerField(
        _l("Blank rows for walk-ins"),
        [
            InputRequired(_l("Enter a number; 0 for none.")),
            NumberRange(0, MOST_BLANK_ROWS, _l("From %(min)d to %(max)d rows.")),
        ],
        default=USUAL_BLANK_ROWS,
    )


class ScanForm(Form):
    """A signed page that came back."""

    file = LineField(_l("Scanned page"), widget=FileInput())
    session = SelectField(_l("Session"), choices=[], validate_choice=False, default="")

    def upload(self) -> Upload:
        """The file, judged by its content; raises BadScan."""
        sent = request.files.get("file")
        try:
            upload = judged(sent.filename, sent.stream.read(LARGEST_SCAN + 1), largest=LARGEST_SCAN) if sent else None
        except BadFile:
            upload = None
        if upload is None or upload.kind not in SCANNED:
            raise BadScan(most=MOST_MEGABYTES)
        return upload


class WalkInForm(Form):
    """Somebody who wrote their name on a blank row."""

    family_name = NameField(_l("Family name or patronymic"), _name)
    given_name = NameField(_l("Given name"), [DataRequired(_l("Enter the given name.")), *_name])
    agency = SelectField(_l("Agency"), [DataRequired(_l("Choose the agency."))], choices=[], validate_choice=False)
    position = LineField(_l("Position"), [Length(max=LONGEST_POSITION, message=_TOO_LONG)])
    sex = SelectField(_l("Sex"), default=Sex.NOT_STATED.value)
    age_band = SelectField(_l("Age"), default=AgeBand.NOT_STATED.value)
    run_event = BooleanField(_l("Agreed, by signing, that these details are used to run the event"))
    same_as = RadioField(_l("Is it one of these?"), choices=[], validate_choice=False, default="")

    def offer(self, agencies: Sequence[Agency], language: str, *, asks_age: bool) -> None:
        """Fill the lists; an age band is asked where the event asks it."""
        self.age_band.choices = age_band_choices()
        if not asks_age:
            del self.age_band
        self.agency.choices = [("", _l("Choose the agency"))] + [
            (agency.code, "\u2003" * depth + in_language(agency.name, language))
            for agency, depth in in_tree_order(agencies, language)
        ]
        self.sex.choices = [(sex.value, SEX_WORDS[sex]) for sex in reversed(Sex)]

    def details(self, language: str) -> PublicRegistration:
        """Who it is, after validation."""
        return PublicRegistration(
            details=PersonDetails(
                given_name=self.given_name.data or "",
                family_name=self.family_name.data or "",
                sex=Sex(self.sex.data),
                age_band=AgeBand(self.age_band.data) if "age_band" in self else AgeBand.NOT_STATED,
                language=language,
            ),
            agency_code=self.agency.data,
            position=self.position.data or "",
            consents=frozenset({ConsentPurpose.RUN_EVENT} if self.run_event.data else ()),
        )


class BadgesForm(Form):
    """Holds the token; whom badges are for is read from the ticks."""
