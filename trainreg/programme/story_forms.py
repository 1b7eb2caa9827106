"""The forms of a project's contact and of its photographs, in the four languages of reports."""

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FileField
from wtforms.validators import Length

from trainreg.kernel.photographs import NoPhotograph
from trainreg.programme.models import Photograph, Project
from trainreg.programme.rules import LONGEST_CAPTION, LONGEST_CONTACT, LONGEST_NOTE
from trainreg.programme.story import PhotographDetails
from trainreg.web.fields import WholeField
from trainreg.web.forms import InAllLanguages, LineField, ParagraphField, fill_texts

_CONTACT = Length(max=LONGEST_CONTACT, message=_l("At most 600 characters."))
_CAPTION = Length(max=LONGEST_CAPTION, message=_l("At most 300 characters."))
_NOTE = Length(max=LONGEST_NOTE, message=_l("At most 500 characters."))


class ContactForm(InAllLanguages):
    """Whom readers of reports can ask."""

    contact_en = ParagraphField(_l("Contact in English"), [_CONTACT])
    contact_mn = ParagraphField(_l("Contact in Mongolian"), [_CONTACT])
    contact_fr = ParagraphField(_l("Contact in French"), [_CONTACT])
    contact_es = ParagraphField(_l("Contact in Spanish"), [_CONTACT])

    def of(self, project: Project) -> "ContactForm":
        fill_texts(self, contact=project.contact)
        return self


class PhotographForm(InAllLanguages):
    """A photograph with its words and the consent of those in it."""

    file = FileField(_l("Photograph: JPEG or PNG"))
    caption_en = LineField(_l("Caption in English"), [_CAPTION])
    caption_mn = LineField(_l("Caption in Mongolian"), [_CAPTION])
    caption_fr = LineField(_l("Caption in French"), [_CAPTION])
    caption_es = LineField(_l("Caption in Spanish"), [_CAPTION])
    alternative_en = LineField(_l("What it shows, in English"), [_CAPTION])
    alternative_mn = LineField(_l("What it shows, in Mongolian"), [_CAPTION])
    alternative_fr = LineField(_l("What it shows, in French"), [_CAPTION])
    alternative_es = LineField(_l("What it shows, in Spanish"), [_CAPTION])
    consent_note = ParagraphField(_l("Who agreed, when and how"), [_NOTE])
    is_confirmed = BooleanField(_l("Everybody who can be recognised has agreed that reports show this photograph"))
    position = WholeField(_l("Place among the photographs"))

    def of(self, photograph: Photograph) -> "PhotographForm":
        """Filled with what is known."""
        fill_texts(self, caption=photograph.caption, alternative=photograph.alternative)
        self.consent_note.data, self.is_confirmed.data = photograph.consent_note, photograph.is_confirmed
        self.position.data = str(photograph.position)
        return self

    def sent(self) -> bytes:
        """The bytes that came; raises NoPhotograph."""
        file = request.files.get("file")
        if file is None or not file.filename:
            raise NoPhotograph
        content: bytes = file.read()
        return content

    def details(self) -> PhotographDetails:
        return PhotographDetails(
            caption=self.text("caption"),
            alternative=self.text("alternative"),
            consent_note=self.consent_note.data or "",
            is_confirmed=bool(self.is_confirmed.data),
            position=self.position.value or 0,
        )
