"""What else the house keeps of an official: the form, a file, a list, letters, and a second record."""

from tests import factories as make
from tests.factories import STAFF
from tests.registration.forms import filled
from trainreg.agencies.models import Agency
from trainreg.correspondence.facts import kept
from trainreg.correspondence.models import Announcement, Letter
from trainreg.correspondence.rules import AnnouncementState, News
from trainreg.events.changes import facts_of
from trainreg.imports.models import ImportRow, ImportRun
from trainreg.imports.rules import ImportKind, RowOutcome, RunStatus
from trainreg.kernel.db import db
from trainreg.kernel.tokens import hashed
from trainreg.people.models import LikelyPair, Person
from trainreg.questions.models import AnswerFile, EventForm, Question, StoredAnswer
from trainreg.questions.rules import Kind
from trainreg.questions.uploads import FileKind
from trainreg.records.models import PersonMerge
from trainreg.records.service import merge
from trainreg.registration.models import Registration, Submission
from trainreg.registration.receipts import receipt_for
from trainreg.registration.rules import RegistrationStatus


def doubled(registration: Registration, agency: Agency) -> tuple[Person, LikelyPair, PersonMerge]:
    """Somebody who may be the same, and somebody who was merged into them."""
    person, again = registration.person, make.person("Дахиннуу", "Нууцын")
    twin = make.person("Ихэрнуу", "Нууцын")
    make.registration(make.event(registration.event.project), twin, agency=agency)
    pair = LikelyPair(person_a_id=person.id, person_b_id=twin.id, score=60, evidence=["close"], found_at=make.NOW)
    db.session.add(pair)
    db.session.flush()
    return twin, pair, merge(person, again, by=STAFF)


def listed(registration: Registration) -> ImportRun:
    """A list with the same person on it, looked at and refused."""
    person, event = registration.person, registration.event
    run = ImportRun(
        kind=ImportKind.REGISTRATIONS,
        status=RunStatus.READY,
        project_id=event.project_id,
        event_id=event.id,
        filename="list.csv",
        content=f"Name\n{person.given_name}\n".encode(),
        content_hash="4" * 64,
        headings=["Name"],
        mapping=["given_name"],
        counts={RowOutcome.ERROR.value: 1},
        options={"status": "confirmed", "sends_mail": False},
        rows_total=1,
        language="en",
        actor_kind=STAFF.kind,
        actor_label=STAFF.label,
        created_at=make.NOW,
    )
    db.session.add(run)
    db.session.flush()
    reason = f"No agency for {person.given_name}"
    db.session.add(ImportRow(run_id=run.id, number=2, outcome=RowOutcome.ERROR, shown=person.given_name, reason=reason))
    return run


def written_about(registration: Registration) -> tuple[Letter, Announcement]:
    """A letter that was sent, and news that waits to be told."""
    event, name = registration.event, registration.person.given_name
    letter = Letter(
        event_id=event.id,
        key=f"{event.id}".rjust(43, "l"),
        subject={"en": f"About {name}"},
        body={"en": f"{name} brings the slides."},
        wanted={"status": "confirmed"},
        recipients=1,
        without_address=0,
        writer="Test Staff",
        sent_at=make.NOW,
    )
    announcement = Announcement(
        event_id=event.id,
        news=News.CHANGED,
        state=AnnouncementState.PENDING,
        before=kept(facts_of(event)),
        changed_at=make.NOW,
        due_at=make.NOW,
    )
    db.session.add_all([letter, announcement])
    db.session.flush()
    return letter, announcement


def file_sent_with(registration: Registration) -> Question:
    """A letter of the agency that came with the registration."""
    question = Question(place=1, kind=Kind.FILE, label={"en": "Letter"})
    db.session.add(EventForm(event_id=registration.event_id, questions=[question]))
    db.session.flush()
    facts = {"name": "letter.pdf", "kind": "pdf", "size": 8}
    answer = StoredAnswer(registration_id=registration.id, question_id=question.id, value=facts)
    db.session.add(answer)
    db.session.flush()
    file = {"name": "letter.pdf", "kind": FileKind.PDF, "size": 8, "sha256": "5" * 64, "content": b"%PDF-1.7"}
    db.session.add(AnswerFile(answer_id=answer.id, **file))
    db.session.flush()
    return question


def submitted(registration: Registration) -> str:
    key = str(filled(registration.agency)["key"])
    db.session.add(
        Submission(
            key=key,
            content_hash="0" * 64,
            event_id=registration.event_id,
            registration_id=registration.id,
            reference=f"{registration.event_id:04d}-{registration.id:04d}",
            receipt_hash=hashed(receipt_for(key)),
            answer=RegistrationStatus.CONFIRMED,
            name_as_typed=registration.person.name,
            at=make.NOW,
        )
    )
    return receipt_for(key)
