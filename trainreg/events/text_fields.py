"""What an event is called, what it is about, where it is and who holds it: in every language of reports."""

from flask_babel import lazy_gettext as _l
from wtforms.validators import Length

from trainreg.web.forms import InAllLanguages, LineField, ParagraphField

_LINE = Length(max=200, message=_l("At most 200 characters."))
_PARAGRAPHS = Length(max=2000, message=_l("At most 2,000 characters."))


class EventTexts(InAllLanguages):
    """The texts of an event's form."""

    title_en = LineField(_l("Title in English"), [_LINE])
    title_mn = LineField(_l("Title in Mongolian"), [_LINE])
    title_fr = LineField(_l("Title in French"), [_LINE])
    title_es = LineField(_l("Title in Spanish"), [_LINE])
    summary_en = ParagraphField(_l("What it is about, in English"), [_PARAGRAPHS])
    summary_mn = ParagraphField(_l("What it is about, in Mongolian"), [_PARAGRAPHS])
    summary_fr = ParagraphField(_l("What it is about, in French"), [_PARAGRAPHS])
    summary_es = ParagraphField(_l("What it is about, in Spanish"), [_PARAGRAPHS])
    place_en = LineField(_l("Place in English"), [_LINE])
    place_mn = LineField(_l("Place in Mongolian"), [_LINE])
    place_fr = LineField(_l("Place in French"), [_LINE])
    place_es = LineField(_l("Place in Spanish"), [_LINE])
    hosts_en = LineField(_l("Who holds it, in English"), [_LINE])
    hosts_mn = LineField(_l("Who holds it, in Mongolian"), [_LINE])
    hosts_fr = LineField(_l("Who holds it, in French"), [_LINE])
    hosts_es = LineField(_l("Who holds it, in Spanish"), [_LINE])
