"""The registration form of an event of the demonstration, and what people answered on it."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from trainreg.events.models import Event
from trainreg.kernel.actor import Actor
from trainreg.questions import service as questions
from trainreg.questions.details import Answers, QuestionDetails
from trainreg.questions.queries import form_of
from trainreg.questions.rules import Asking, Choice, Condition, FormSpec, Kind, StandardField, kept
from trainreg.registration.models import Registration

NEEDS = {3: "Мах иддэггүй", 7: "Самарны харшилтай", 11: "Сүү, сүүн бүтээгдэхүүн"}
WISHES = {
    2: "Хүүхэдтэй хэрхэн ярилцах вэ",
    5: "Орчуулагчтай ярилцах арга",
    8: "Хамгаалалт хэрэгтэй хүнийг яаж таних вэ",
}


def create_form(told: dict[str, Any], event: Event, *, by: Actor, at: datetime) -> None:
    """Make the event's form as told: the standard fields, then the questions in order."""
    if not told:
        return
    standard = {StandardField(name): Asking(asking) for name, asking in told["standard"].items()}
    questions.set_standard(event, standard, by=by, at=at)
    made: list[int] = []
    for entry in told["questions"]:
        values = {name: value for name, value in entry.items() if name in {"label", "hint", "least", "most"}}
        details = QuestionDetails(
            kind=Kind(entry["kind"]),
            choices=tuple(Choice("", label) for label in entry.get("choices", [])),
            condition=_condition(entry.get("only_if"), made),
            **values,
        )
        made.append(questions.add_question(event, details, by=by, at=at).id)


def answer_form(event: Event, registration: Registration, number: int) -> None:
    """What the official who came in as the `number`th answered; scattered without chance."""
    spec = form_of(event.id)
    if spec.version is None:
        return
    needs = {StandardField.DIETARY_NEEDS: NEEDS[number]} if number in NEEDS else {}
    questions.store_answers(event.id, registration.id, Answers(spec.version, needs, _answers(spec, number)))


def _answers(spec: FormSpec, number: int) -> dict[int, Any]:
    given: dict[int, Any] = {}
    for question in spec.asked:
        if question.kind is Kind.ONE_CHOICE:
            given[question.id] = question.offered[number * 7 % len(question.offered)].key
        elif question.kind is Kind.YES_NO:
            given[question.id] = "yes" if number % 3 else "no"
        elif question.kind is Kind.NUMBER:
            given[question.id] = Decimal(number % 3 + 1)
        elif number in WISHES:
            given[question.id] = WISHES[number]
    return kept(spec.asked, given)


def _condition(told: dict[str, Any] | None, made: list[int]) -> Condition | None:
    """`question` counts from one, and so do the choices."""
    if told is None:
        return None
    keys = [f"c{choice}" if isinstance(choice, int) else str(choice) for choice in told["choices"]]
    return Condition(made[told["question"] - 1], frozenset(keys))
