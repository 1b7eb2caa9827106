"""What cannot be done to a test or an evaluation, each with its sentence."""

from collections.abc import Collection, Sequence

from flask_babel import lazy_gettext as _l

from trainreg.assessment.opinions import FEWEST, MOST_ITEMS
from trainreg.assessment.rules import MOST_QUESTIONS
from trainreg.kernel.refusals import Invalid, Refused
from trainreg.registration.models import Registration


class NoWords(Invalid):
    """A question needs words."""

    sentence = _l("Write the question in at least one language.")
    field = "label_en"


class TooFewToChoose(Invalid):
    """A choice needs alternatives."""

    sentence = _l("Write at least two choices.")


class NothingRight(Invalid):
    """A question without a right answer measures nothing."""

    sentence = _l("Say which answer is right.")


class SeveralRight(Invalid):
    """One choice has one right answer."""

    sentence = _l("Only one choice can be right. Make it a question with several choices, or untick the others.")


class InNoTest(Invalid):
    """A question that nobody would ever see."""

    sentence = _l("Say in which test it is asked: before, after, or both.")
    field = "in_pre"


class TooManyTestQuestions(Refused):
    """A test that nobody would finish."""

    sentence = _l("A test asks at most %(most)d questions.")

    def __init__(self) -> None:
        super().__init__(most=MOST_QUESTIONS)


class NothingToAsk(Refused):
    """A test without questions cannot open."""

    sentence = _l("There is no question for this test yet.")


class TestIsClosed(Refused):
    """It takes no answers now."""

    __test__ = False

    sentence = _l("This test is closed, so no answer can be given now.")


class NotForYou(Refused):
    """Only confirmed participants sit tests and evaluate."""

    sentence = _l("Tests and evaluations are for confirmed participants of the event.")


class AlreadyHandedIn(Refused):
    """One attempt."""

    sentence = _l("You have handed in this test already. Your answers are kept.")


class QuestionChanged(Refused):
    """The page shows a question that is no longer asked like this."""

    sentence = _l("This question was changed while you read it. Read it again and answer once more.")


class NotAnAnswer(Invalid):
    """What came is no answer to the question."""

    sentence = _l("This is no answer to the question. Choose one of these, or write a number in digits.")


class NothingAnswered(Refused):
    """An empty test is not handed in by mistake."""

    sentence = _l("You have answered no question yet.")


class AnsweredByPhone(Refused):
    """What people answered themselves is not written over."""

    sentence = _l("%(name)s answered this test by telephone. What people answered themselves cannot be changed.")


class EnteredMeanwhile(Refused):
    """A sheet is kept differently from how whoever typed saw it."""

    sentence = _l(
        "Somebody entered this sheet meanwhile: %(names)s. Nothing is saved yet. What is kept now stands beside the "
        "name; save again to put what you typed in its place."
    )

    def __init__(self, registrations: Sequence[Registration]) -> None:
        super().__init__(names=", ".join(registration.person.name for registration in registrations))
        self.registration_ids = frozenset(registration.id for registration in registrations)


class NoLongerConfirmed(Refused):
    """Somebody cancelled between the opening of the page and its saving."""

    sentence = _l(
        "No longer a confirmed participant: %(names)s. What you typed for them is left out, and nothing is saved yet: "
        "save again to keep the rest."
    )

    def __init__(self, registrations: Sequence[Registration]) -> None:
        super().__init__(names=", ".join(registration.person.name for registration in registrations))


class QuestionsChanged(Refused):
    """The page shows questions that are no longer asked like this."""

    sentence = _l(
        "Questions of this test were changed while you typed. Nothing is saved yet: look through the sheets and save "
        "again. Answers to questions that are no longer asked like this are left out."
    )


class NotSoManyPoints(Invalid):
    """A mark lies between nothing and all points."""

    sentence = _l("A mark is a number between 0 and the points of the question.")

    def __init__(self, answer_ids: Collection[int]) -> None:
        super().__init__()
        self.answer_ids = frozenset(answer_ids)


class MarkedMeanwhile(Refused):
    """A mark or the words are not what whoever marked saw."""

    sentence = _l(
        "Somebody marked or changed this answer meanwhile. Nothing is saved yet: look at it again, and save again to "
        "put your mark in its place."
    )

    def __init__(self, answer_ids: Collection[int]) -> None:
        super().__init__()
        self.answer_ids = frozenset(answer_ids)


class ItemsAreFrozen(Refused):
    """Answers must go on meaning what was asked."""

    sentence = _l("The questions can be changed only before the evaluation opens.")


class EvaluationNotOpen(Refused):
    """It takes no answers now."""

    sentence = _l("This evaluation is not open.")


class CannotReopen(Refused):
    """Results that could be seen do not change any more."""

    sentence = _l("This evaluation stays closed: its results can be seen, and one more answer would show in them.")


class NothingSaid(Invalid):
    """An empty evaluation says nothing."""

    sentence = _l("Answer at least one question.")


class NotShownYet(Refused):
    """Too few answers, or it is still open."""

    sentence = _l("Answers are shown once the evaluation is closed and at least %(fewest)d people have answered.")

    def __init__(self) -> None:
        super().__init__(fewest=FEWEST)


class NothingToEvaluate(Refused):
    """An evaluation without questions cannot open."""

    sentence = _l("The evaluation asks nothing yet.")


class TooManyItems(Invalid):
    """A form that nobody would fill in."""

    sentence = _l("An evaluation asks at most %(most)d questions.")

    def __init__(self) -> None:
        super().__init__(most=MOST_ITEMS)


class QuoteIsGone(Refused):
    """The words are not among the answers."""

    sentence = _l("These words are not among the answers.")


class NothingLeft(Invalid):
    """A quote without words."""

    sentence = _l("Leave some words of the quote.")
