"""How kinds of questions, standard fields and answers read."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainreg.kernel.languages import in_language
from trainreg.questions.rules import NO, YES, Asked, Asking, FormSpec, Kind, Problem, StandardField
from trainreg.questions.uploads import FileProblem
from trainreg.web.locale import format_day

KIND_WORDS: dict[Kind, Any] = {
    Kind.SHORT_TEXT: _l("Short text"),
    Kind.LONG_TEXT: _l("Long text"),
    Kind.YES_NO: _l("Yes or no"),
    Kind.ONE_CHOICE: _l("One of several choices"),
    Kind.SEVERAL_CHOICES: _l("Several choices"),
    Kind.NUMBER: _l("A number"),
    Kind.DATE: _l("A day"),
    Kind.FILE: _l("File"),
}
ASKING_WORDS: dict[Asking, Any] = {
    Asking.OFF: _l("Not asked"),
    Asking.OPTIONAL: _l("May be answered"),
    Asking.REQUIRED: _l("Must be answered"),
}
STANDARD_WORDS: dict[StandardField, Any] = {
    StandardField.POSITION: _l("Position"),
    StandardField.LEVEL: _l("Level of the position"),
    StandardField.PROVINCE: _l("Province"),
    StandardField.AGE_BAND: _l("Age band"),
    StandardField.PHONE: _l("Telephone number"),
    StandardField.DIETARY_NEEDS: _l("Dietary needs"),
    StandardField.ACCESS_NEEDS: _l("Access needs"),
}
YES_NO_WORDS: dict[str, Any] = {YES: _l("Yes"), NO: _l("No")}
PROBLEM_WORDS: dict[Problem, Any] = {
    Problem.MISSING: _l("Please answer this question."),
    Problem.NOT_OFFERED: _l("Choose one of these."),
    Problem.TOO_SHORT: _l("This is too short: at least %(least)s characters."),
    Problem.TOO_LONG: _l("This is too long: at most %(most)s characters."),
    Problem.TOO_SMALL: _l("The number must be %(least)s or more."),
    Problem.TOO_LARGE: _l("The number must be %(most)s or less."),
    Problem.TOO_EARLY: _l("The day must be %(least)s or later."),
    Problem.TOO_LATE: _l("The day must be %(most)s or earlier."),
    Problem.TOO_FEW: _l("Choose at least %(least)s."),
    Problem.TOO_MANY: _l("Choose at most %(most)s."),
}
FILE_PROBLEM_WORDS: dict[FileProblem, Any] = {
    FileProblem.EMPTY: _l("This file is empty. Choose another one."),
    FileProblem.TOO_LARGE: _l("This file is too large: 5 MB at most."),
    FileProblem.UNKNOWN: _l("This is no PDF, JPEG, PNG or Word (docx) file. Choose another one."),
    FileProblem.TOO_WIDE: _l("This picture has too many pixels. Make it smaller first."),
}


def choice_words(question: Asked, language: str) -> dict[str, str]:
    """The words of each answer by its key, also of those no longer offered."""
    if question.kind is Kind.YES_NO:
        return {key: str(words) for key, words in YES_NO_WORDS.items()}
    return {choice.key: in_language(choice.label, language) for choice in question.choices}


def readable(question: Asked, stored: Any, language: str) -> str:
    """A stored answer as people read it."""
    if question.kind.decides:
        words = choice_words(question, language)
        keys = stored if isinstance(stored, list) else [stored]
        return "; ".join(words.get(str(key), str(key)) for key in keys)
    if question.kind is Kind.DATE:
        return format_day(date.fromisoformat(stored))
    return file_words(stored) if isinstance(stored, Mapping) else str(stored)


def file_words(facts: Mapping[str, Any]) -> str:
    """A file by its name and size."""
    kilobytes = max(1, round(int(facts.get("size", 0)) / 1024))
    return f"{facts.get('name', '')} ({kilobytes} KB)"


def condition_words(question: Asked, spec: FormSpec, language: str) -> str:
    """When the question is asked, as a sentence; empty when always."""
    condition = question.condition
    other = spec.find(condition.question_id) if condition is not None else None
    if condition is None or other is None:
        return ""
    words = choice_words(other, language)
    answers = [f"“{text}”" for key, text in words.items() if key in condition.keys]
    label = in_language(other.label, language)
    return str(_("Only if you answered “%(question)s” with %(answers)s.", question=label, answers=or_list(answers)))


def or_list(words: list[str]) -> str:
    """One, two or three: the last joined with "or"."""
    if len(words) < 2:
        return "".join(words)
    return str(_("%(several)s or %(last)s", several=", ".join(words[:-1]), last=words[-1]))
