"""Files that somebody asked for, and the pieces they consist of."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trainreg.exporting.rules import ExportStatus, Problem
from trainreg.kernel.db import Row
from trainreg.kernel.types import UtcDateTime, enum_column


class Export(Row):
    """One file for one account. `rights` are what its owner must hold, still, when it is made and when it is fetched.

    `claim` names the one worker that makes it, and afterwards the pieces that it made: whoever holds another claim
    writes nothing more, and nobody reads pieces of another file under a number that was given twice.
    """

    __tablename__ = "export_job"
    __table_args__ = (Index("ix_export_job_status", "status", "id"),)

    kind: Mapped[str] = mapped_column(String(40))
    params: Mapped[dict[str, Any]] = mapped_column(JSON)
    # [[permission, project or null], ...]; null: everywhere.
    rights: Mapped[list[list[Any]]] = mapped_column(JSON)
    language: Mapped[str] = mapped_column(String(8))
    file_name: Mapped[str] = mapped_column(String(200))
    status: Mapped[ExportStatus] = mapped_column(enum_column(ExportStatus), default=ExportStatus.WAITING)
    problem: Mapped[Problem | None] = mapped_column(enum_column(Problem))
    total: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    size: Mapped[int] = mapped_column(BigInteger, default=0)
    claim: Mapped[str | None] = mapped_column(String(43))
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(default=0)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ready_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class ExportPiece(Row):
    """A piece of a file, in order from 0."""

    __tablename__ = "export_piece"
    __table_args__ = (UniqueConstraint("export_id", "number"),)

    export_id: Mapped[int] = mapped_column(ForeignKey("export_job.id", ondelete="CASCADE"))
    number: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)
