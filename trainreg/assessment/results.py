"""What the tests of an event say: per question, per test, per person, and what was learned between them."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select

from trainreg.assessment.gains import Gains, Pair, gains_of
from trainreg.assessment.models import TestAnswer, TestAttempt, TestQuestion
from trainreg.assessment.queries import list_participants
from trainreg.assessment.rules import Occasion
from trainreg.kernel.db import db
from trainreg.registration.models import Registration


@dataclass
class Right:
    """How many of those asked had all points of a question; those whose text waits for its mark are not counted."""

    right: int = 0
    of: int = 0

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.right, self.of) if self.of else None


@dataclass(frozen=True)
class QuestionLine:
    """One version of a question that somebody answered."""

    question: TestQuestion
    shares: Mapping[Occasion, Right] = field(default_factory=lambda: {occasion: Right() for occasion in Occasion})


@dataclass(frozen=True)
class Sheet:
    """One handed-in test: points (None: a text is still to be marked), and the most there were to get."""

    points: Decimal | None
    most: int


@dataclass(frozen=True)
class PersonLine:
    """One person's two tests."""

    registration: Registration
    sheets: Mapping[Occasion, Sheet]

    @property
    def pair(self) -> Pair | None:
        """Both tests, where both are marked and worth the same."""
        pre, post = self.sheets.get(Occasion.PRE), self.sheets.get(Occasion.POST)
        if pre is None or post is None or pre.points is None or post.points is None:
            return None
        if pre.most != post.most or not pre.most:
            return None
        return Pair(Fraction(pre.points), Fraction(post.points), Fraction(pre.most))


@dataclass(frozen=True)
class Results:
    """Everything that a page of results shows."""

    questions: Sequence[QuestionLine]
    people: Sequence[PersonLine]
    gains: Gains
    unmarked: int
    unlike: int  # people whose two tests are not worth the same: they are no pair

    def sheets(self, occasion: Occasion) -> list[Sheet]:
        """The tests that are handed in and marked."""
        found = [line.sheets[occasion] for line in self.people if occasion in line.sheets]
        return [sheet for sheet in found if sheet.points is not None]

    def mean(self, occasion: Occasion) -> Fraction | None:
        """The average share of the points of one test."""
        shares = [Fraction(sheet.points) / sheet.most for sheet in self.sheets(occasion) if sheet.points is not None]
        return sum(shares, Fraction(0)) / len(shares) if shares else None

    @property
    def is_empty(self) -> bool:
        return not any(line.sheets for line in self.people)


def results_of(event_id: int) -> Results:
    """The results of an event's tests. Only those who are confirmed participants now are counted."""
    people = list_participants(event_id)
    counted = {registration.id for registration in people}
    given = [one for one in list_given(event_id) if one.registration_id in counted]
    questions = {
        question.id: question
        for question in db.session.scalars(select(TestQuestion).where(TestQuestion.event_id == event_id))
    }
    sheets: dict[int, dict[Occasion, Sheet]] = {}
    for (registration_id, occasion), sheet in sheets_from(given, questions).items():
        sheets.setdefault(registration_id, {})[occasion] = sheet
    lines = [PersonLine(registration, sheets.get(registration.id, {})) for registration in people]
    pairs = [line.pair for line in lines]
    return Results(
        questions=_lines_of(given, questions),
        people=lines,
        gains=gains_of(pair for pair in pairs if pair is not None),
        unmarked=sum(sheet.points is None for found in sheets.values() for sheet in found.values()),
        unlike=sum(_are_unlike(line) for line in lines),
    )


@dataclass(frozen=True, slots=True)
class Given:
    """What an answer of a handed-in test was worth; no words."""

    registration_id: int
    occasion: Occasion
    question_id: int
    points: Decimal | None


def list_given(event_id: int, occasion: Occasion | None = None, only: Collection[int] | None = None) -> list[Given]:
    """Every answer of the tests that were handed in, as plain rows: there are thousands of them."""
    statement = (
        select(TestAttempt.registration_id, TestAttempt.occasion, TestAnswer.question_id, TestAnswer.points)
        .join(TestAnswer, TestAnswer.attempt_id == TestAttempt.id)
        .join(Registration, Registration.id == TestAttempt.registration_id)
        .where(Registration.event_id == event_id, TestAttempt.handed_in_at.is_not(None))
    )
    if occasion is not None:
        statement = statement.where(TestAttempt.occasion == occasion)
    if only is not None:
        statement = statement.where(TestAttempt.registration_id.in_(only))
    return [Given(*row) for row in db.session.execute(statement)]


def sheets_from(given: Iterable[Given], questions: Mapping[int, TestQuestion]) -> dict[tuple[int, Occasion], Sheet]:
    """What each handed-in test is worth."""
    points: dict[tuple[int, Occasion], Decimal | None] = {}
    most: Counter[tuple[int, Occasion]] = Counter()
    for one in given:
        key = (one.registration_id, one.occasion)
        before = points.get(key, Decimal(0))
        points[key] = None if before is None or one.points is None else before + one.points
        most[key] += questions[one.question_id].points
    return {key: Sheet(total, most[key]) for key, total in points.items()}


def _lines_of(given: Iterable[Given], questions: Mapping[int, TestQuestion]) -> list[QuestionLine]:
    lines: dict[int, QuestionLine] = {}
    for one in given:
        line = lines.setdefault(one.question_id, QuestionLine(questions[one.question_id]))
        if one.points is not None:
            line.shares[one.occasion].of += 1
            line.shares[one.occasion].right += one.points == line.question.points
    return sorted(lines.values(), key=lambda line: (line.question.place, line.question.series, line.question.version))


def _are_unlike(line: PersonLine) -> bool:
    pre, post = line.sheets.get(Occasion.PRE), line.sheets.get(Occasion.POST)
    return pre is not None and post is not None and pre.most != post.most
