"""What cannot be done to a form, each with its sentence."""

from flask_babel import lazy_gettext as _l

from trainreg.kernel.refusals import Invalid, Refused
from trainreg.questions.rules import MOST_CHOICES, MOST_FILES, MOST_QUESTIONS


class FormChanged(Refused):
    """Answers given on a form that is no longer this one."""

    sentence = _l("The questions were changed while you filled in the form. Look through them and press again.")


class NobodyMustSay(Invalid):
    """An age may be asked; it is for each to say."""

    sentence = _l("An age band can be asked, but nobody has to state it.")
    field = "age_band"


class NoLabel(Invalid):
    """A question needs words."""

    sentence = _l("Write the question in at least one language.")
    field = "label_en"


class TooManyQuestions(Refused):
    """A form that nobody would fill in."""

    sentence = _l("A form asks at most %(most)d questions.")

    def __init__(self) -> None:
        super().__init__(most=MOST_QUESTIONS)


class TooManyFiles(Refused):
    """Files are heavy, for people and for the server."""

    sentence = _l("A form asks for at most %(most)d files.")

    def __init__(self) -> None:
        super().__init__(most=MOST_FILES)


class TooFewChoices(Invalid):
    """One answer is no choice."""

    sentence = _l("Give at least two choices.")
    field = "choices"


class TooManyChoices(Invalid):
    """A list that nobody reads."""

    sentence = _l("Give at most %(most)d choices.")
    field = "choices"

    def __init__(self) -> None:
        super().__init__(most=MOST_CHOICES)


class UnknownChoice(Invalid):
    """A key that is none of the question's."""

    sentence = _l("The form did not arrive whole. Check it and press again.")


class BoundsCrossed(Invalid):
    """Nothing lies between them."""

    sentence = _l("This must not be below the one before it.")
    field = "most"


class BadCondition(Invalid):
    """Hangs on something that is not asked before it, or on two questions."""

    sentence = _l("Tick answers of one question, and of one that stands before this one.")
    field = "only_if"


class KindIsFixed(Refused):
    """Answers of another kind are there."""

    sentence = _l("There are answers already, so the type of the question stays as it is.")


class AlreadyAnswered(Refused):
    """An answer without its question could not be read."""

    sentence = _l("There are answers already, so the question cannot be removed. Retire it: it is asked no more.")


class OthersHang(Refused):
    """Another question is asked only after a certain answer to this one."""

    sentence = _l("The question “%(other)s” depends on this one. Change its condition first.")


class WouldComeTooEarly(Refused):
    """A question can only depend on one that stands before it."""

    sentence = _l("The question “%(other)s” depends on an answer and must stand after that question.")


class ConditionIsRetired(Refused):
    """What decides about it is asked no more."""

    sentence = _l("The question it depends on is retired. Bring that one back first.")
