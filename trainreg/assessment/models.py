"""Tests before and after an event, and its anonymous evaluation."""

from datetime import datetime
from decimal import Decimal
from secrets import randbelow
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, Integer, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainreg.assessment.opinions import LONGEST_COMMENT, EvaluationState, ItemKind, When
from trainreg.assessment.rules import Kind, Occasion, Source, TestState
from trainreg.kernel.db import Base, Row
from trainreg.kernel.types import Text, Translated, UtcDateTime, enum_column
from trainreg.registration.models import Registration


class AssessmentPlan(Row):
    """What an event measures, and what of it a certificate asks for. An event without a row measures nothing."""

    __tablename__ = "assessment_plan"
    __table_args__ = (
        CheckConstraint("pass_mark IS NULL OR (pass_mark > 0 AND pass_mark <= 1)", name="pass_mark_is_share"),
        CheckConstraint("follow_up_months IS NULL OR follow_up_months IN (3, 6)", name="follow_up_in_months"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), unique=True)
    pre_state: Mapped[TestState] = mapped_column(enum_column(TestState, "pre_state"), default=TestState.CLOSED)
    post_state: Mapped[TestState] = mapped_column(enum_column(TestState, "post_state"), default=TestState.CLOSED)
    # The share of the post-test's points that a certificate asks for; None: it asks for no test.
    pass_mark: Mapped[Decimal | None] = mapped_column(Numeric(4, 3))
    needs_evaluation: Mapped[bool] = mapped_column(default=False)
    after_state: Mapped[EvaluationState] = mapped_column(
        enum_column(EvaluationState, "after_state"), default=EvaluationState.DRAFT
    )
    follow_up_state: Mapped[EvaluationState] = mapped_column(
        enum_column(EvaluationState, "follow_up_state"), default=EvaluationState.DRAFT
    )
    follow_up_months: Mapped[int | None]


class TestQuestion(Row):
    """One version of a question. An answered version is never changed: an edit makes the next one of its series.

    `choices` is a list of {key, label}; `right` the right keys, or the right number as text.
    """

    __test__ = False
    __tablename__ = "test_question"
    __table_args__ = (
        UniqueConstraint("event_id", "series", "version"),
        CheckConstraint("points >= 1 AND points <= 100", name="points_in_bounds"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    series: Mapped[str] = mapped_column(String(12))
    version: Mapped[int] = mapped_column(default=1)
    is_asked: Mapped[bool] = mapped_column(default=True)
    place: Mapped[int]
    kind: Mapped[Kind] = mapped_column(enum_column(Kind))
    label: Mapped[Text] = mapped_column(Translated)
    choices: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    right: Mapped[list[str]] = mapped_column("right_answers", JSON, default=list)
    tolerance: Mapped[str] = mapped_column(String(20), default="0")
    points: Mapped[int] = mapped_column(default=1)
    in_pre: Mapped[bool] = mapped_column(default=True)
    in_post: Mapped[bool] = mapped_column(default=True)


class TestAttempt(Row):
    """One person at one test, once. Until it is handed in, answers can be changed."""

    __test__ = False
    __tablename__ = "test_attempt"
    __table_args__ = (UniqueConstraint("registration_id", "occasion"),)

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    occasion: Mapped[Occasion] = mapped_column(enum_column(Occasion))
    source: Mapped[Source] = mapped_column(enum_column(Source, "attempt_source"))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    handed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    registration: Mapped[Registration] = relationship()
    answers: Mapped[list["TestAnswer"]] = relationship(back_populates="attempt", cascade="all, delete-orphan")


class TestAnswer(Row):
    """What one person answered to one version of a question. `points` is None while a text waits to be marked."""

    __test__ = False
    __tablename__ = "test_answer"
    __table_args__ = (UniqueConstraint("attempt_id", "question_id"),)

    attempt_id: Mapped[int] = mapped_column(ForeignKey("test_attempt.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("test_question.id"), index=True)
    value: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    points: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))
    marked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    attempt: Mapped[TestAttempt] = relationship(back_populates="answers")
    question: Mapped[TestQuestion] = relationship()


class EvaluationItem(Row):
    """One question of an evaluation: a scale, or a few words."""

    __tablename__ = "evaluation_item"
    __table_args__ = (Index("ix_evaluation_item_form", "event_id", "occasion"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    when: Mapped[When] = mapped_column("occasion", enum_column(When, "item_occasion"))
    place: Mapped[int]
    kind: Mapped[ItemKind] = mapped_column(enum_column(ItemKind))
    label: Mapped[Text] = mapped_column(Translated)


def random_number() -> int:
    """A number that says nothing of the order in which rows came: what PostgreSQL, SQLite and JSON all hold exactly."""
    return 1 + randbelow(2**53 - 1)


# On SQLite only a column of the very type INTEGER is the row's own number; any other leaves a hidden one that counts.
_RANDOM = BigInteger().with_variant(Integer(), "sqlite")


class EvaluationSheet(Base):
    """What somebody answered, and nothing that leads to whom: see ADR 0022 before adding a column.

    `answers`: by the number of the question, as text: a step of the scale, or words.
    """

    __tablename__ = "evaluation_sheet"
    __table_args__ = (Index("ix_evaluation_sheet_form", "event_id", "occasion"),)

    id: Mapped[int] = mapped_column(_RANDOM, primary_key=True, autoincrement=False, default=random_number)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    when: Mapped[When] = mapped_column("occasion", enum_column(When, "sheet_occasion"))
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)


class EvaluationHandedIn(Base):
    """That somebody has handed in an evaluation: not when, and not which."""

    __tablename__ = "evaluation_handed_in"
    __table_args__ = (UniqueConstraint("registration_id", "occasion"),)

    id: Mapped[int] = mapped_column(_RANDOM, primary_key=True, autoincrement=False, default=random_number)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    when: Mapped[When] = mapped_column("occasion", enum_column(When, "handed_in_occasion"))


class EvaluationQuote(Row):
    """Words chosen for the report, names taken out, and who chose them. `digest` is that of the words as written."""

    __tablename__ = "evaluation_quote"
    __table_args__ = (UniqueConstraint("item_id", "digest"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("evaluation_item.id"))
    text: Mapped[str] = mapped_column(String(LONGEST_COMMENT))
    digest: Mapped[str] = mapped_column(String(64))
    chosen_by: Mapped[str] = mapped_column(String(200))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    chosen_at: Mapped[datetime] = mapped_column(UtcDateTime)

    item: Mapped[EvaluationItem] = relationship()
