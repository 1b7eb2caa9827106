"""Handbooks, manuals and reports of a project, and to whom they went."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainreg.kernel.db import Row
from trainreg.kernel.types import Text, Translated, enum_column
from trainreg.programme.models import Outcome, Project
from trainreg.publications.rules import PublicationKind


class Publication(Row):
    """One publication. `translated_into` is a language code when the project's part was the translation."""

    __tablename__ = "publication"
    __table_args__ = (CheckConstraint("printed IS NULL OR printed >= 0", name="printed_not_negative"),)

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    outcome_id: Mapped[int | None] = mapped_column(ForeignKey("outcome.id"), index=True)
    kind: Mapped[PublicationKind] = mapped_column(enum_column(PublicationKind))
    title: Mapped[Text] = mapped_column(Translated)
    translated_into: Mapped[str | None] = mapped_column(String(8))
    published_on: Mapped[date | None]
    has_illustrative_date: Mapped[bool] = mapped_column(default=False)
    printed: Mapped[int | None]
    printed_is_minimum: Mapped[bool] = mapped_column(default=False)
    distributed_to: Mapped[Text] = mapped_column(Translated, default=dict)

    project: Mapped[Project] = relationship()
    outcome: Mapped[Outcome | None] = relationship()
