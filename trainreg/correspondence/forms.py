"""The forms of an event's messages: how its mails go, and a letter to a chosen set."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField
from wtforms.validators import Length

from trainreg.agencies.models import Agency
from trainreg.correspondence.choosing import Wanted, wanted_from
from trainreg.correspondence.letters import problems_in
from trainreg.correspondence.rules import LONGEST_AHEAD, MOST_REMINDERS, days_from
from trainreg.kernel.text import problem_in
from trainreg.kernel.tokens import new_secret
from trainreg.registration.words import ROLE_WORDS, STATUS_WORDS
from trainreg.web.fields import ChoiceField
from trainreg.web.forms import EmailAddressField, Form, LineField, ParagraphField
from trainreg.web.locale import tr

LETTER_FILTERS = ("standing", "agency", "role", "group", "attended")
_SUBJECT = Length(max=200, message=_l("At most 200 characters."))
_BODY = Length(max=5000, message=_l("At most 5,000 characters."))


class MessagesForm(Form):
    """Reminders, thanks, and where answers go."""

    reminder_days = LineField(_l("Remind so many days before the start"), [Length(max=60)])
    sends_thanks = BooleanField(_l("Thank those who came, the day after"))
    reply_to = EmailAddressField(_l("Answers go to"), [Length(max=254)])

    days: list[int]

    def validate(self, extra_validators: Any = None) -> bool:
        """As any form; the days are whole numbers."""
        super().validate(extra_validators)
        days = days_from(self.reminder_days.data or "")
        if days is None:
            self.reminder_days.errors = [
                _(
                    "Write at most %(most)s numbers of days from 1 to %(longest)s, for example: 7, 1",
                    most=MOST_REMINDERS,
                    longest=LONGEST_AHEAD,
                )
            ]
        self.days = days or []
        return not self.errors


class LetterForm(Form):
    """A letter and whom it goes to. `key` is made with the form: pressed twice, the letter goes out once."""

    key = HiddenField()
    standing = ChoiceField(_l("Status"))
    agency = ChoiceField(_l("Agency, with all below it"))
    role = ChoiceField(_l("Role"))
    group = ChoiceField(_l("Group"))
    attended = ChoiceField(_l("Attendance"))
    subject_en = LineField(_l("Subject in English"), [_SUBJECT])
    subject_mn = LineField(_l("Subject in Mongolian"), [_SUBJECT])
    body_en = ParagraphField(_l("Text in English"), [_BODY])
    body_mn = ParagraphField(_l("Text in Mongolian"), [_BODY])

    def offer(self, agencies: list[tuple[Agency, int]], groups: list[tuple[str, str]]) -> None:
        """Fill the lists to choose from."""
        self.standing.choices = [("", _("Any"))] + [(one.value, str(words)) for one, words in STATUS_WORDS.items()]
        self.agency.choices = [("", _("Any"))] + [(one.code, "– " * depth + tr(one.name)) for one, depth in agencies]
        self.role.choices = [("", _("Any"))] + [(one.value, str(words)) for one, words in ROLE_WORDS.items()]
        self.group.choices = [("", _("Any")), *groups]
        self.attended.choices = [("", _("Any")), ("yes", _("Attended a session")), ("no", _("Attended none"))]

    def begin(self) -> None:
        """What a fresh form starts with, beyond what the address asks for."""
        self.key.data = new_secret()

    def validate(self, extra_validators: Any = None) -> bool:
        """As any form; the words are complete and every placeholder is known."""
        super().validate(extra_validators)
        is_stale = self.status == 400
        if not self.key.data or len(self.key.data) > 64 or problem_in(self.key.data):
            self.key.data = new_secret()
        for problem in problems_in(self.text("subject"), self.text("body")):
            self.refuse(problem)
        if is_stale:
            self.status = 400
        return not self.errors

    def wanted(self) -> Wanted:
        """The set as chosen."""
        return wanted_from({name: self[name].data or "" for name in LETTER_FILTERS})
