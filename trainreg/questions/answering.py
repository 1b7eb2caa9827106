"""Keep what people answered, hand out their files, and erase it all."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, insert, select

from trainreg.audit import service as audit
from trainreg.events.models import Event
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db
from trainreg.kernel.languages import DEFAULT_LANGUAGE, in_language
from trainreg.questions.details import Answers, as_stored
from trainreg.questions.models import AnswerFile, Question, StoredAnswer
from trainreg.questions.queries import get_file, version_of
from trainreg.questions.refusals import FormChanged
from trainreg.questions.uploads import Upload

audit.describes({"form.file_handed_out": _l("File of registration %(reference)s handed out: %(question)s")})


def store_answers(event_id: int, registration_id: int, answers: Answers) -> None:
    """Keep the answers of a new registration; refuses those given on a form that was changed since.

    The caller holds the event's lock, under which forms are changed too.
    """
    if answers.version is None:
        return
    if answers.version != version_of(event_id):
        raise FormChanged
    rows = [
        {"registration_id": registration_id, "question_id": None, "standard": name, "value": text}
        for name, text in answers.standard.items()
    ]
    for question_id, answer in answers.questions.items():
        row = {"registration_id": registration_id, "question_id": question_id, "standard": None}
        if isinstance(answer, Upload):
            _store_file(row | {"value": as_stored(answer)}, answer)
        else:
            rows.append(row | {"value": as_stored(answer)})
    if rows:
        db.session.execute(insert(StoredAnswer), rows)


def erase_answers(registration_id: int) -> int:
    """Erase every answer of a registration with its files; says how many there were."""
    mine = select(StoredAnswer.id).where(StoredAnswer.registration_id == registration_id)
    ids = db.session.scalars(mine).all()
    if ids:
        db.session.execute(delete(AnswerFile).where(AnswerFile.answer_id.in_(ids)))
        db.session.execute(delete(StoredAnswer).where(StoredAnswer.id.in_(ids)))
    return len(ids)


def hand_out_file(event: Event, registration_id: int, question_id: int, *, reference: str, by: Actor) -> AnswerFile:
    """The file that somebody sent with the form; who asked for it is written down."""
    file = get_file(registration_id, question_id)
    question = db.session.get_one(Question, question_id)
    label = in_language(question.label, DEFAULT_LANGUAGE)
    audit.record(
        "form.file_handed_out",
        event,
        by=by,
        project_id=event.project_id,
        reference=reference,
        question=label,
    )
    return file


def _store_file(row: dict[str, object], upload: Upload) -> None:
    answer = StoredAnswer(**row)
    db.session.add(answer)
    db.session.flush()
    db.session.add(
        AnswerFile(
            answer_id=answer.id,
            name=upload.name,
            kind=upload.kind,
            size=len(upload.content),
            sha256=upload.sha256,
            content=upload.content,
        )
    )
    db.session.flush()
