"""What cannot be done with an event's messages."""

from flask_babel import lazy_gettext as _l

from trainreg.kernel.refusals import Invalid, Refused


class NothingWritten(Invalid):
    """A letter has a subject and a text, in the same language."""

    sentence = _l("Write a subject and a text in at least one language, both in the same.")
    field = "subject_en"


class HalfWritten(Invalid):
    """A subject without its text, or the other way round."""

    sentence = _l("This language has a subject or a text only. Write both, or neither.")


class UnknownPlaceholder(Invalid):
    """A word in braces that stands for nothing."""

    sentence = _l("{%(word)s} stands for nothing. You can use %(known)s.")


class NobodyChosen(Invalid):
    """A letter to nobody."""

    sentence = _l("Nobody with an e-mail address is in this set. Choose another one.")
    field = "standing"


class NoAddress(Refused):
    """There is nowhere to send it."""

    sentence = _l("There is no e-mail address for this person.")


class OutOfDate(Refused):
    """Written again it would say what is no longer so."""

    sentence = _l("This message is out of date: written again it would say what is no longer so.")


class NotWrittenHere(Refused):
    """A kind that only its own occasion writes."""

    sentence = _l("Messages of this kind are written on their own occasion only.")
