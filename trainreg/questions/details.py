"""What a form brought, and what an organizer says of a question, in one piece each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from trainreg.kernel.types import Text
from trainreg.questions.rules import Answer, Choice, Condition, Kind, StandardField, plain_number
from trainreg.questions.uploads import Upload


@dataclass(frozen=True)
class Answers:
    """The answers to keep: standard fields kept as answers, and free questions by their id.

    `version` is that of the form they were given on; the same form is asked for when they are stored.
    """

    version: int | None = None
    standard: Mapping[StandardField, str] = field(default_factory=dict)
    questions: Mapping[int, Answer] = field(default_factory=dict)

    def fingerprint(self) -> dict[str, Any]:
        """The answers as JSON takes them; a file is known by the hash of its content."""
        free = {
            str(question_id): answer.sha256 if isinstance(answer, Upload) else as_stored(answer)
            for question_id, answer in sorted(self.questions.items())
        }
        return {"standard": {str(name): text for name, text in sorted(self.standard.items())}, "questions": free}


@dataclass(frozen=True, kw_only=True)
class QuestionDetails:
    """A question as the organizer writes it. A choice without a key is new."""

    kind: Kind
    label: Text
    hint: Text = field(default_factory=dict)
    is_required: bool = False
    is_personal: bool = False
    choices: tuple[Choice, ...] = ()
    least: str | None = None
    most: str | None = None
    condition: Condition | None = None


def as_stored(answer: Answer) -> Any:
    """The answer as JSON takes it."""
    if isinstance(answer, Decimal):
        return plain_number(answer)
    if isinstance(answer, date):
        return answer.isoformat()
    if isinstance(answer, Upload):
        return answer.facts
    return list(answer) if isinstance(answer, tuple) else answer
