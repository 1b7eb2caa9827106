"""What the tests of an event say: per question, per test, per person, and what was learned between them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from trainreg.assessment.gains import Gains, Pair, gains_of
from trainreg.assessment.models import TestAttempt, TestQuestion
from trainreg.assessment.queries import list_attempts, list_participants
from trainreg.assessment.rules import Occasion
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
    handed_in = [
        attempt
        for occasion in Occasion
        for attempt in list_attempts(event_id, occasion)
        if attempt.handed_in_at is not None and attempt.registration_id in counted
    ]
    sheets: dict[int, dict[Occasion, Sheet]] = {}
    for attempt in handed_in:
        sheets.setdefault(attempt.registration_id, {})[attempt.occasion] = sheet_of(attempt)
    lines = [PersonLine(registration, sheets.get(registration.id, {})) for registration in people]
    pairs = [line.pair for line in lines]
    return Results(
        questions=_lines_of(handed_in),
        people=lines,
        gains=gains_of(pair for pair in pairs if pair is not None),
        unmarked=sum(sheet.points is None for found in sheets.values() for sheet in found.values()),
        unlike=sum(_are_unlike(line) for line in lines),
    )


def sheet_of(attempt: TestAttempt) -> Sheet:
    """What a handed-in test is worth."""
    points = [answer.points for answer in attempt.answers]
    marked = [one for one in points if one is not None]
    most = sum(answer.question.points for answer in attempt.answers)
    return Sheet(sum(marked, Decimal(0)) if len(marked) == len(points) else None, most)


def _lines_of(attempts: Iterable[TestAttempt]) -> list[QuestionLine]:
    lines: dict[int, QuestionLine] = {}
    for attempt in attempts:
        for answer in attempt.answers:
            line = lines.setdefault(answer.question_id, QuestionLine(answer.question))
            if answer.points is not None:
                line.shares[attempt.occasion].of += 1
                line.shares[attempt.occasion].right += answer.points == answer.question.points
    return sorted(lines.values(), key=lambda line: (line.question.place, line.question.series, line.question.version))


def _are_unlike(line: PersonLine) -> bool:
    pre, post = line.sheets.get(Occasion.PRE), line.sheets.get(Occasion.POST)
    return pre is not None and post is not None and pre.most != post.most
