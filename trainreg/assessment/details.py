"""What an organizer says of a question, and what an event measures, in one piece each."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from trainreg.assessment.opinions import EvaluationState, When
from trainreg.assessment.rules import Kind, Occasion, TestState
from trainreg.kernel.types import Text


@dataclass(frozen=True)
class QuestionDetails:
    """A question as it should be; `choices` each with whether it is right."""

    kind: Kind
    label: Text
    choices: tuple[tuple[Text, bool], ...] = ()
    right: tuple[str, ...] = ()
    tolerance: Decimal = Decimal(0)
    points: int = 1
    in_pre: bool = True
    in_post: bool = True


@dataclass(frozen=True)
class Plan:
    """What an event measures."""

    tests: Mapping[Occasion, TestState]
    evaluations: Mapping[When, EvaluationState]
    pass_mark: Decimal | None
    needs_evaluation: bool
    follow_up_months: int | None

    def is_open(self, occasion: Occasion) -> bool:
        """Whether the test takes answers from telephones."""
        return self.tests[occasion] is TestState.OPEN


NO_PLAN = Plan(dict.fromkeys(Occasion, TestState.CLOSED), dict.fromkeys(When, EvaluationState.DRAFT), None, False, None)
