"""What must hold of a question before it is written, each refusal with its sentence."""

from collections.abc import Sequence

from trainreg.questions.details import QuestionDetails
from trainreg.questions.refusals import (
    BadCondition,
    BoundsCrossed,
    NoLabel,
    TooFewChoices,
    TooManyChoices,
    TooManyFiles,
    TooManyQuestions,
)
from trainreg.questions.rules import MOST_CHOICES, MOST_FILES, MOST_QUESTIONS, Asked, FormSpec, Kind, bound_from


def ensure_room(spec: FormSpec, kind: Kind, *, besides: int | None = None) -> None:
    """Whether the form can take one more question of that kind."""
    others = [question for question in spec.asked if question.id != besides]
    if len(others) >= MOST_QUESTIONS:
        raise TooManyQuestions
    if kind is Kind.FILE and sum(question.kind is Kind.FILE for question in others) >= MOST_FILES:
        raise TooManyFiles


def ensure_question(details: QuestionDetails, before: Sequence[Asked]) -> None:
    """Whether the question makes sense after those that stand before it."""
    if not any(details.label.values()):
        raise NoLabel
    if details.kind.has_choices:
        if len(details.choices) < 2:
            raise TooFewChoices
        if len(details.choices) > MOST_CHOICES:
            raise TooManyChoices
    if details.kind.has_bounds and details.least and details.most:
        least, most = (bound_from(details.kind, text) for text in (details.least, details.most))
        if most < least:
            raise BoundsCrossed
    _ensure_condition(details, before)


def _ensure_condition(details: QuestionDetails, before: Sequence[Asked]) -> None:
    condition = details.condition
    if condition is None:
        return
    other = next((question for question in before if question.id == condition.question_id), None)
    if other is None or other.is_retired or not other.kind.decides:
        raise BadCondition
    if not condition.keys or not condition.keys <= other.keys:
        raise BadCondition
