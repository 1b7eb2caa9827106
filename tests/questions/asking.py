"""Forms and files for the tests of questions."""

import io
import struct
import zipfile
from typing import Any

from sqlalchemy import select

from tests.factories import STAFF
from trainreg.events.models import Event
from trainreg.kernel.db import db
from trainreg.questions import service
from trainreg.questions.details import QuestionDetails
from trainreg.questions.models import Question, StoredAnswer
from trainreg.questions.rules import Choice, Condition, Kind
from trainreg.registration.models import Registration

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def ask(event: Event, kind: Kind, label: str = "", **values: Any) -> Question:
    """Put a question on the event's form; commits."""
    label = label or f"A question of the kind {kind.value}"
    if kind.has_choices:
        values.setdefault("choices", tuple(Choice("", {"en": text}) for text in ("Red", "Green", "Blue")))
    details = QuestionDetails(kind=kind, label={"en": label, "mn": f"{label} (мн)"}, **values)
    question = service.add_question(event, details, by=STAFF)
    db.session.commit()
    return question


def only_if(question: Question, *keys: str) -> Condition:
    return Condition(question.id, frozenset(keys))


def stored() -> dict[Any, Any]:
    """Every answer that is kept, by question's id or standard field."""
    rows = db.session.scalars(select(StoredAnswer))
    return {row.question_id or row.standard: row.value for row in rows}


def newest() -> Registration:
    return db.session.scalars(select(Registration).order_by(Registration.id.desc()).limit(1)).one()


def file(content: bytes, name: str = "letter.pdf") -> tuple[io.BytesIO, str]:
    """A file as the test client sends it."""
    return io.BytesIO(content), name


def png(width: int, height: int) -> bytes:
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I4sII", 13, b"IHDR", width, height)
        + b"\x08\x02\x00\x00\x00"
        + b"\x00" * 20
    )


def jpeg(width: int, height: int) -> bytes:
    header = b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + b"JFIF\x00" + b"\x00" * 9
    return header + b"\xff\xc0" + struct.pack(">HBHHB", 17, 8, height, width, 3) + b"\x00" * 20


def docx(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as parts:
        for name in names or ("[Content_Types].xml", "word/document.xml"):
            parts.writestr(name, "<x/>")
    return made.getvalue()
