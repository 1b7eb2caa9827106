"""What a form asks: who is asked what, and which answers can be taken. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What kind of answer a question takes."""

    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    YES_NO = "yes_no"
    ONE_CHOICE = "one_choice"
    SEVERAL_CHOICES = "several_choices"
    NUMBER = "number"
    DATE = "date"
    FILE = "file"

    @property
    def has_choices(self) -> bool:
        """Whether the organizer writes the choices."""
        return self in {Kind.ONE_CHOICE, Kind.SEVERAL_CHOICES}

    @property
    def decides(self) -> bool:
        """Whether another question can hang on its answer."""
        return self is Kind.YES_NO or self.has_choices

    @property
    def has_bounds(self) -> bool:
        return self not in {Kind.YES_NO, Kind.ONE_CHOICE, Kind.FILE}


class Asking(StrEnum):
    """Whether the form shows a standard field, and whether it must be filled in."""

    OFF = "off"
    OPTIONAL = "optional"
    REQUIRED = "required"


class StandardField(StrEnum):
    """What many events ask, in words that need no organizer."""

    POSITION = "position"
    LEVEL = "level"
    PROVINCE = "province"
    AGE_BAND = "age_band"
    PHONE = "phone"
    DIETARY_NEEDS = "dietary_needs"
    ACCESS_NEEDS = "access_needs"


class Problem(StrEnum):
    """Why an answer cannot be taken."""

    MISSING = "missing"
    NOT_OFFERED = "not offered"
    TOO_SHORT = "too short"
    TOO_LONG = "too long"
    TOO_SMALL = "too small"
    TOO_LARGE = "too large"
    TOO_EARLY = "too early"
    TOO_LATE = "too late"
    TOO_FEW = "too few"
    TOO_MANY = "too many"


_A, _F = Asking, StandardField
USUAL: Mapping[StandardField, Asking] = {
    _F.POSITION: _A.OPTIONAL,
    _F.LEVEL: _A.OPTIONAL,
    _F.PROVINCE: _A.OFF,
    _F.AGE_BAND: _A.OFF,
    _F.PHONE: _A.OFF,
    _F.DIETARY_NEEDS: _A.OFF,
    _F.ACCESS_NEEDS: _A.OFF,
}
# What may be asked, and nobody has to say.
VOLUNTARY = frozenset({_F.AGE_BAND})
# Kept beside the registration, for those who may see contacts; the others are part of the registration itself.
PERSONAL = (_F.PHONE, _F.DIETARY_NEEDS, _F.ACCESS_NEEDS)
YES, NO = "yes", "no"
LONGEST_LABEL = 300
LONGEST_HINT = 500
LONGEST_CHOICE = 200
LONGEST = {Kind.SHORT_TEXT: 200, Kind.LONG_TEXT: 2000}
LONGEST_NEEDS = 500
MOST_QUESTIONS = 30
MOST_CHOICES = 30
MOST_FILES = 3
_NUMBER = re.compile(r"-?[0-9]{1,12}(?:[.,][0-9]{1,4})?")
_PHONE = re.compile(r"\+?[0-9]{6,15}")
_PHONE_SIGNS = str.maketrans("", "", " -.()/\u00a0")

# A text, a number, a day, the keys of choices, a file (see `uploads`), or nothing.
Answer = Any


@dataclass(frozen=True)
class Choice:
    """One of the answers on offer; one no longer offered still reads."""

    key: str
    label: dict[str, str]
    is_offered: bool = True


@dataclass(frozen=True)
class Condition:
    """Ask only if an earlier question has one of these answers."""

    question_id: int
    keys: frozenset[str]


@dataclass(frozen=True)
class Asked:
    """A question as the form shows it. `least` and `most` are lengths, numbers, days or counts, by its kind."""

    id: int
    kind: Kind
    label: dict[str, str]
    hint: dict[str, str] = field(default_factory=dict)
    is_required: bool = False
    is_personal: bool = False
    choices: tuple[Choice, ...] = ()
    least: str | None = None
    most: str | None = None
    condition: Condition | None = None
    is_retired: bool = False

    @property
    def name(self) -> str:
        """What its field is called in the form."""
        return f"q{self.id}"

    @property
    def offered(self) -> tuple[Choice, ...]:
        return tuple(choice for choice in self.choices if choice.is_offered)

    @property
    def keys(self) -> frozenset[str]:
        """The answers that a condition may name."""
        return frozenset({YES, NO}) if self.kind is Kind.YES_NO else frozenset(choice.key for choice in self.offered)


@dataclass(frozen=True)
class FormSpec:
    """The form of one event; `version` is None where nobody changed the usual form."""

    version: int | None = None
    standard: Mapping[StandardField, Asking] = field(default_factory=lambda: USUAL)
    questions: tuple[Asked, ...] = ()

    @property
    def asked(self) -> tuple[Asked, ...]:
        """The questions of today, in order."""
        return tuple(question for question in self.questions if not question.is_retired)

    @property
    def asks_files(self) -> bool:
        return any(question.kind is Kind.FILE for question in self.asked)

    def find(self, question_id: int) -> Asked | None:
        return next((question for question in self.questions if question.id == question_id), None)


PLAIN = FormSpec()


def asked_of(questions: Sequence[Asked], answers: Mapping[int, Answer]) -> list[Asked]:
    """The questions put to somebody who answers like this; what was not asked decides nothing."""
    found: dict[int, Asked] = {}
    for question in questions:
        condition = question.condition
        if condition is None or (
            condition.question_id in found and condition.keys & chosen(answers.get(condition.question_id))
        ):
            found[question.id] = question
    return list(found.values())


def chosen(answer: Answer) -> frozenset[str]:
    """The choices that an answer names."""
    if isinstance(answer, tuple):
        return frozenset(answer)
    return frozenset({answer}) if isinstance(answer, str) and answer else frozenset()


def is_empty(answer: Answer) -> bool:
    return answer is None or answer in ("", ())


def kept(questions: Sequence[Asked], answers: Mapping[int, Answer]) -> dict[int, Answer]:
    """The answers to keep: of questions that were asked, and answered."""
    return {
        question.id: answers[question.id]
        for question in asked_of(questions, answers)
        if not is_empty(answers.get(question.id))
    }


def problem_of(question: Asked, answer: Answer) -> Problem | None:
    """Why the answer to a question that was asked cannot be taken; None when it can."""
    if is_empty(answer):
        return Problem.MISSING if question.is_required else None
    if question.kind.decides and not chosen(answer) <= question.keys:
        return Problem.NOT_OFFERED
    if not question.kind.has_bounds:
        return None
    below, above = _PROBLEMS[question.kind]
    measured = _measure(question.kind, answer)
    least, most = (bound_from(question.kind, text) for text in (question.least, question.most))
    if least is not None and measured < least:
        return below
    most = most if most is not None else LONGEST.get(question.kind)
    return above if most is not None and measured > most else None


_PROBLEMS = {
    Kind.SHORT_TEXT: (Problem.TOO_SHORT, Problem.TOO_LONG),
    Kind.LONG_TEXT: (Problem.TOO_SHORT, Problem.TOO_LONG),
    Kind.NUMBER: (Problem.TOO_SMALL, Problem.TOO_LARGE),
    Kind.DATE: (Problem.TOO_EARLY, Problem.TOO_LATE),
    Kind.SEVERAL_CHOICES: (Problem.TOO_FEW, Problem.TOO_MANY),
}


def _measure(kind: Kind, answer: Any) -> Any:
    return answer if kind in {Kind.NUMBER, Kind.DATE} else len(answer)


def bound_from(kind: Kind, text: str | None) -> Any:
    """A bound as it is compared; raises ValueError for what is none."""
    if not text:
        return None
    if kind is Kind.NUMBER:
        return number_from(text)
    return date.fromisoformat(text) if kind is Kind.DATE else int(text)


def number_from(text: str) -> Decimal:
    """12, -3, 0.5 or 0,5: up to twelve digits and four more; raises ValueError."""
    plain = text.replace(" ", "").replace("\u00a0", "").replace("−", "-")
    if _NUMBER.fullmatch(plain) is None:
        raise ValueError
    return Decimal(plain.replace(",", "."))


def plain_number(value: Decimal) -> str:
    """A number without needless zeros: 10.0 is 10."""
    return format(value.normalize() + 0, "f")


def is_phone(text: str) -> bool:
    """Whether this can be a telephone number: six to fifteen digits, perhaps after a plus."""
    return _PHONE.fullmatch(text.translate(_PHONE_SIGNS)) is not None


def order_problem(questions: Sequence[Asked]) -> Asked | None:
    """The first question that would be asked before what decides about it."""
    seen: set[int] = set()
    for question in questions:
        if question.condition is not None and question.condition.question_id not in seen:
            return question
        seen.add(question.id)
    return None


def hanging_on(questions: Sequence[Asked], question_id: int) -> list[Asked]:
    """The questions of today that are asked only after a certain answer to this one."""
    return [
        one for one in questions if not one.is_retired and one.condition and one.condition.question_id == question_id
    ]
