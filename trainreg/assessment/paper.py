"""Enter tests that were written on paper, and mark texts by hand."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import sha256

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from trainreg.assessment.attempts import complete, put_answer
from trainreg.assessment.models import TestAnswer, TestAttempt, TestQuestion
from trainreg.assessment.queries import list_attempts, list_named, list_participants, list_questions, posed_from
from trainreg.assessment.refusals import (
    AnsweredByPhone,
    EnteredMeanwhile,
    MarkedMeanwhile,
    NoLongerConfirmed,
    NotSoManyPoints,
    QuestionsChanged,
)
from trainreg.assessment.rules import Kind, Occasion, Source, Stored, as_typed, may_take, plain_number
from trainreg.assessment.service import plan_to_change
from trainreg.audit import service as audit
from trainreg.events.models import Event
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, lock_row
from trainreg.kernel.refusals import NotFound
from trainreg.registration.models import Registration

audit.describes(
    {
        "test.entered_pre": _l("Pre-test: %(people)s sheets of paper entered"),
        "test.entered_post": _l("Post-test: %(people)s sheets of paper entered"),
        "test.marked": _l("%(answers)s written answers of the tests marked"),
    }
)

Sheets = Mapping[int, Mapping[int, Stored]]  # by registration and question
Typing = Mapping[str, str]  # one row of the entry screen, by the series of the question


def fingerprint(row: Typing) -> str:
    """What stands in a row of the entry screen, as its page carries it; nothing for an empty one."""
    cells = sorted((series, plain) for series, text in row.items() if (plain := " ".join(text.split())))
    return sha256(repr(cells).encode()).hexdigest()[:16] if cells else ""


@dataclass(frozen=True)
class EntryRow:
    """One person's row: what is entered so far, as it is typed; a row answered by telephone is only shown."""

    registration: Registration
    typed: Typing
    is_own: bool

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.typed)


def entry_rows(event: Event, occasion: Occasion, questions: Sequence[TestQuestion]) -> list[EntryRow]:
    """Every participant's row, in the order of names. An answer to an older version stands under the present one."""
    attempts = {attempt.registration_id: attempt for attempt in list_attempts(event.id, occasion)}
    rows = []
    for registration in list_participants(event.id):
        attempt = attempts.get(registration.id)
        is_own = attempt is not None and attempt.source is Source.PHONE
        rows.append(EntryRow(registration, _typed(attempt, questions), is_own))
    return rows


def _typed(attempt: TestAttempt | None, questions: Sequence[TestQuestion]) -> Typing:
    given = {answer.question.series: answer for answer in (attempt.answers if attempt is not None else ())}
    return {
        question.series: as_typed(posed_from(answer.question), answer.value)
        for question in questions
        if (answer := given.get(question.series)) is not None
    }


def enter_sheets(
    event: Event,
    occasion: Occasion,
    sheets: Sheets,
    *,
    shown: Mapping[int, str],
    by: Actor,
    at: datetime | None = None,
) -> int:
    """Keep what was read from paper; returns how many people's sheets changed.

    A row without any answer is no sheet; emptying a row takes the sheet away again. `shown` are the fingerprints of
    the rows as whoever typed saw them: a sheet that is not kept like that any more is not written over.
    """
    plan_to_change(event)
    moment = at or clock.now()
    people = {registration.id: registration for registration in list_participants(event.id)}
    asked = list_questions(event.id, occasion)
    attempts = {attempt.registration_id: attempt for attempt in list_attempts(event.id, occasion)}
    if gone := set(sheets) - set(people):
        raise NoLongerConfirmed(list_named(event.id, gone))
    changes: list[tuple[Registration, Mapping[int, Stored], TestAttempt | None]] = []
    late = []
    for registration_id, answers in sheets.items():
        if not set(answers) <= {question.id for question in asked}:
            raise QuestionsChanged
        attempt = attempts.get(registration_id)
        kept = _typed(attempt, asked)
        changed = _changed(asked, answers, kept)
        is_own = attempt is not None and attempt.source is Source.PHONE
        if changed and not is_own and fingerprint(kept) != shown.get(registration_id, ""):
            late.append(people[registration_id])
        changes.append((people[registration_id], changed, attempt))
    if late:
        raise EnteredMeanwhile(late)
    count = sum(_enter_one(who, occasion, asked, row, old, by=by, at=moment) for who, row, old in changes if row)
    if count:
        audit.record(f"test.entered_{occasion}", event, by=by, project_id=event.project_id, at=at, people=count)
    return count


def _changed(asked: Sequence[TestQuestion], answers: Mapping[int, Stored], kept: Typing) -> Mapping[int, Stored]:
    """The answers that are not what is kept already, so that an answer nobody touched stays as it is."""
    return {
        question.id: answers[question.id]
        for question in asked
        if question.id in answers
        and as_typed(posed_from(question), answers[question.id]) != kept.get(question.series, "")
    }


def _enter_one(
    registration: Registration,
    occasion: Occasion,
    asked: Sequence[TestQuestion],
    answers: Mapping[int, Stored],
    attempt: TestAttempt | None,
    *,
    by: Actor,
    at: datetime,
) -> bool:
    if attempt is not None and attempt.source is Source.PHONE:
        if all(value is None for value in answers.values()):
            return False
        raise AnsweredByPhone(name=registration.person.name)
    sent = {question.series: answers[question.id] for question in asked if question.id in answers}
    before = {answer.question.series: answer.value for answer in (attempt.answers if attempt is not None else ())}
    if all(value is None for value in (before | sent).values()):
        if attempt is not None:
            db.session.delete(attempt)
        return attempt is not None
    if attempt is None:
        attempt = TestAttempt(
            registration_id=registration.id,
            occasion=occasion,
            source=Source.PAPER,
            started_at=at,
            entered_by_id=by.user_id,
            answers=[],
        )
        db.session.add(attempt)
    older = {answer.question.series: answer.question for answer in attempt.answers}
    for question in asked:
        if question.series in sent:
            # Paper that was entered before an edit answers the version that was printed on it.
            value, version = sent[question.series], older.get(question.series, question)
            put_answer(attempt, version, value if may_take(posed_from(version), value) else None)
    complete(attempt, asked, at=attempt.handed_in_at or at)
    return True


@dataclass(frozen=True)
class ToMark:
    """The written answers to one question, in an order that says nothing of whose they are."""

    question: TestQuestion
    answers: Sequence[TestAnswer]


def list_to_mark(event: Event, *, also_marked: bool, also: Collection[int] = ()) -> list[ToMark]:
    """What waits to be marked by hand, without names; `also` the answers of these numbers, marked or not."""
    found: dict[int, list[TestAnswer]] = {}
    questions: dict[int, TestQuestion] = {}
    for answer in _written(event):
        if also_marked or answer.points is None or answer.id in also:
            questions[answer.question_id] = answer.question
            found.setdefault(answer.question_id, []).append(answer)
    return [ToMark(questions[key], sorted(answers, key=_digest)) for key, answers in found.items()]


def mark_shown(answer: TestAnswer) -> str:
    """The mark and the words as the page carries them: the points, a colon, a digest of the words."""
    return f"{plain_number(answer.points) if answer.points is not None else ''}:{_digest(answer)[:16]}"


def mark(event: Event, points: Mapping[int, Decimal], *, shown: Mapping[int, str], by: Actor) -> int:
    """Give points to written answers of this event; returns how many marks changed.

    `shown` is what the page showed of each: a mark or words that changed since are not written over.
    """
    lock_row(Event, event.id)
    answers = {answer.id: answer for answer in _written(event)}
    if any(answer_id not in answers and answer_id not in shown for answer_id in points):
        raise NotFound
    bad = [key for key, given in points.items() if key in answers and not 0 <= given <= answers[key].question.points]
    if bad:
        raise NotSoManyPoints(bad)
    late = [key for key, given in points.items() if _is_late(answers.get(key), given, shown.get(key, ""))]
    if late:
        raise MarkedMeanwhile(late)
    changed = [(answers[key], given) for key, given in points.items() if answers[key].points != given]
    for answer, given in changed:
        answer.points, answer.marked_by_id = given, by.user_id
    if changed:
        audit.record("test.marked", event, by=by, project_id=event.project_id, answers=len(changed))
    return len(changed)


def _is_late(answer: TestAnswer | None, given: Decimal, shown: str) -> bool:
    if answer is None:
        return True
    now = mark_shown(answer)
    same_words = now.partition(":")[2] == shown.partition(":")[2]
    return now != shown and not (same_words and answer.points == given)


def _written(event: Event) -> Sequence[TestAnswer]:
    statement = (
        select(TestAnswer)
        .join(TestAnswer.question)
        .join(TestAnswer.attempt)
        .options(contains_eager(TestAnswer.question))
        .where(
            TestQuestion.event_id == event.id,
            TestQuestion.kind == Kind.SHORT_TEXT,
            TestAttempt.handed_in_at.is_not(None),
        )
        .order_by(TestQuestion.place, TestQuestion.id)
    )
    return [answer for answer in db.session.scalars(statement) if answer.value]


def _digest(answer: TestAnswer) -> str:
    """Names an answer and its words; in its order answers stand shuffled, and the same for everybody who marks."""
    return sha256(f"{answer.id}/{answer.value}".encode()).hexdigest()
