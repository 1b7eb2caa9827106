"""The form of an event, its questions, and what people answered."""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainreg.kernel.db import Row
from trainreg.kernel.types import Text, Translated, enum_column
from trainreg.questions.rules import USUAL, Asking, Kind, StandardField
from trainreg.questions.uploads import FileKind


class EventForm(Row):
    """What an event asks beside who somebody is; an event without a row asks the usual.

    `version` rises with every change: answers given on an older form are not stored.
    """

    __tablename__ = "event_form"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), unique=True)
    version: Mapped[int] = mapped_column(default=1)
    position: Mapped[Asking] = mapped_column(enum_column(Asking, "position"), default=USUAL[StandardField.POSITION])
    level: Mapped[Asking] = mapped_column(enum_column(Asking, "level"), default=USUAL[StandardField.LEVEL])
    province: Mapped[Asking] = mapped_column(enum_column(Asking, "province"), default=Asking.OFF)
    age_band: Mapped[Asking] = mapped_column(
        enum_column(Asking, "age_band"), default=Asking.OFF, server_default=Asking.OFF.value
    )
    phone: Mapped[Asking] = mapped_column(enum_column(Asking, "phone"), default=Asking.OFF)
    dietary_needs: Mapped[Asking] = mapped_column(enum_column(Asking, "dietary_needs"), default=Asking.OFF)
    access_needs: Mapped[Asking] = mapped_column(enum_column(Asking, "access_needs"), default=Asking.OFF)

    questions: Mapped[list["Question"]] = relationship(
        back_populates="form", order_by="[Question.place, Question.id]", cascade="all, delete-orphan"
    )


class Question(Row):
    """A free question. `choices` is a list of {key, label, is_offered}; `place` is its place in the form."""

    __tablename__ = "question"
    __table_args__ = (CheckConstraint("condition_id IS NULL OR condition_id <> id", name="not_its_own_condition"),)

    form_id: Mapped[int] = mapped_column(ForeignKey("event_form.id"), index=True)
    place: Mapped[int]
    kind: Mapped[Kind] = mapped_column(enum_column(Kind))
    label: Mapped[Text] = mapped_column(Translated)
    hint: Mapped[Text] = mapped_column(Translated, default=dict)
    is_required: Mapped[bool] = mapped_column(default=False)
    is_personal: Mapped[bool] = mapped_column(default=False)
    choices: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    least: Mapped[str | None] = mapped_column(String(20))
    most: Mapped[str | None] = mapped_column(String(20))
    condition_id: Mapped[int | None] = mapped_column(ForeignKey("question.id"), index=True)
    condition_keys: Mapped[list[str]] = mapped_column(JSON, default=list)
    is_retired: Mapped[bool] = mapped_column(default=False)

    form: Mapped[EventForm] = relationship(back_populates="questions")


class StoredAnswer(Row):
    """One answer of one registration, to a free question or to a standard field; all of it personal data.

    `value`: a text (numbers and days too), the keys of choices, or what is known of a file.
    """

    __tablename__ = "answer"
    __table_args__ = (
        UniqueConstraint("registration_id", "question_id"),
        UniqueConstraint("registration_id", "standard"),
        CheckConstraint("(question_id IS NULL) <> (standard IS NULL)", name="to_one_thing"),
    )

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    question_id: Mapped[int | None] = mapped_column(ForeignKey("question.id"), index=True)
    standard: Mapped[StandardField | None] = mapped_column(enum_column(StandardField))
    value: Mapped[Any] = mapped_column(JSON)


class AnswerFile(Row):
    """The file that an answer is; its content is read only to be handed out."""

    __tablename__ = "answer_file"

    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[FileKind] = mapped_column(enum_column(FileKind))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
