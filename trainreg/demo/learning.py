"""What people of the demonstration knew before and after, and how they found it; scattered without chance."""

import tomllib
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from trainreg.assessment import evaluating, service
from trainreg.assessment.attempts import close_test
from trainreg.assessment.details import QuestionDetails
from trainreg.assessment.models import TestQuestion
from trainreg.assessment.opinion_results import digest_of
from trainreg.assessment.opinions import ItemKind, When
from trainreg.assessment.paper import enter_sheets
from trainreg.assessment.queries import list_participants
from trainreg.assessment.quotes import choose_quote
from trainreg.assessment.ready_made import READY_MADE
from trainreg.assessment.rules import Kind, Occasion, Stored
from trainreg.events.models import Event
from trainreg.kernel.actor import Actor

_FILE = Path(__file__).parent / "data" / "demo-2026-learning.toml"
_GOLDEN_RATIO = 0.618034
Told = dict[str, Any]


def tell_learning(events: dict[str, Event], *, by: Actor, now: datetime) -> None:
    """The tests and evaluations of these events, as far as they have come."""
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    for entry in told["test"]:
        _tell_test(events[entry["event"]], entry["questions"], by=by, now=now)
    for entry in told["evaluation"]:
        _tell_evaluation(events[entry["event"]], entry, by=by, now=now)


def _tell_test(event: Event, told: list[Told], *, by: Actor, now: datetime) -> None:
    written_at = event.created_at
    questions = [service.add_question(event, _details(one), by=by, at=written_at) for one in told]
    starts_at, ends_at = event.starts_at, event.ends_at
    if starts_at is None or ends_at is None:
        raise ValueError(f"{event.slug} has no session")
    if ends_at > now:
        service.open_test(event, Occasion.PRE, by=by, at=written_at)
        return
    for number, (occasion, at) in enumerate(((Occasion.PRE, starts_at), (Occasion.POST, ends_at))):
        service.open_test(event, occasion, by=by, at=at)
        sheets = {
            registration.id: {
                question.id: _answer(question, one["shares"][number], place, at_question)
                for at_question, (question, one) in enumerate(zip(questions, told, strict=True))
            }
            for place, registration in enumerate(list_participants(event.id))
            if place % 9 != 8 or occasion is Occasion.PRE  # some had left by then
        }
        enter_sheets(event, occasion, sheets, shown={}, by=by, at=at)
        close_test(event, occasion, by=by, at=at)


def _details(told: Told) -> QuestionDetails:
    kind = Kind(told["kind"])
    right = tuple(told.get("right", ()))
    choices = tuple((label, str(number) in right) for number, label in enumerate(told.get("choices", ()), 1))
    tolerance, points = Decimal(told.get("tolerance", "0")), told.get("points", 1)
    return QuestionDetails(kind, told["label"], choices, () if choices else right, tolerance, points)


def _answer(question: TestQuestion, share: float, person: int, place: int) -> Stored:
    """The right answer from so many people, another from the rest."""
    luck = (person * _GOLDEN_RATIO + place * 0.37) % 1
    if luck < share:
        return list(question.right) if question.kind is Kind.SEVERAL_CHOICES else question.right[0]
    if luck > 0.95:
        return None
    if question.kind is Kind.TRUE_FALSE:
        return "true" if "false" in question.right else "false"
    if question.kind is Kind.NUMBER:
        return "6"
    wrong = [choice["key"] for choice in question.choices if choice["key"] not in question.right]
    return [question.right[0]] if question.kind is Kind.SEVERAL_CHOICES else wrong[person % len(wrong)]


def _tell_evaluation(event: Event, told: Told, *, by: Actor, now: datetime) -> None:
    if event.ends_at is None or event.ends_at > now:
        return
    evaluating.set_items(event, When.AFTER, READY_MADE[When.AFTER], by=by, at=event.created_at)
    evaluating.open_evaluation(event, When.AFTER, by=by, at=event.ends_at)
    items = evaluating.list_items(event.id, When.AFTER)
    words: Sequence[list[str]] = (told["useful"], told["better"])
    for person, registration in enumerate(list_participants(event.id)):
        if person % 4 == 3:
            continue
        given: dict[int, int | str] = {}
        comments = iter(words)
        for place, item in enumerate(items):
            if item.kind is ItemKind.SCALE:
                given[item.id] = 5 - int((person * _GOLDEN_RATIO + place * 0.29) % 1 * 2.6)
            else:
                said = next(comments)
                given[item.id] = said[person // 2] if person % 2 == 0 and person // 2 < len(said) else ""
        evaluating.hand_in(registration, When.AFTER, given)
    evaluating.close_evaluation(event, When.AFTER, by=by, at=now)
    useful = next(item for item in items if item.kind is ItemKind.TEXT)
    for number in told["quotes"]:
        words_of_one = told["useful"][number]
        choose_quote(event, When.AFTER, useful.id, digest_of(words_of_one), words_of_one, by=by)
