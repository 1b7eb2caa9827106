"""Two projects full of secrets that must not meet."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from tests import designed
from tests import factories as make
from tests.attacks.traces import doubled, file_sent_with, listed, submitted, written_about
from tests.exporting.files import prepared_file
from tests.factories import STAFF
from tests.framework.telling import FIRST, indicator, saved
from tests.kept import Kept, Keys
from tests.learned import fill_learning
from tests.pictured import photograph
from tests.reporting.iati.telling import set_for
from tests.world import World
from trainreg.accounts.models import User
from trainreg.agencies.models import Agency
from trainreg.assessment.models import EvaluationQuote, TestQuestion
from trainreg.attendance.models import Attendance
from trainreg.attendance.rules import AttendanceState, Source
from trainreg.certificates import service as certificates
from trainreg.certificates.designs.gallery import DEFAULT, GALLERY
from trainreg.certificates.designs.schema import canonical
from trainreg.certificates.editor.models import DesignPicture
from trainreg.certificates.issuing.models import CertificateJob
from trainreg.certificates.issuing.rules import JobAction
from trainreg.certificates.models import Certificate
from trainreg.certificates.notices import token_for
from trainreg.correspondence.models import Announcement, Letter
from trainreg.events.models import Event
from trainreg.exporting.models import Export
from trainreg.imports.models import ImportRun
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Role
from trainreg.outbox.models import Message
from trainreg.paper.models import SheetScan
from trainreg.people.models import LikelyPair, Person
from trainreg.programme.models import Photograph, Project
from trainreg.publications.models import Handout, PrintRun, Publication, PublicationFile
from trainreg.publications.rules import PublicationKind
from trainreg.questions.models import Question
from trainreg.questions.uploads import FileKind
from trainreg.records.models import PersonMerge
from trainreg.registration.invitations import Terms, invite_agency
from trainreg.registration.models import Invitation, Registration
from trainreg.web.links import signature_of

Rooms = tuple[Keys, Keys, Keys, int]


@dataclass
class Secret(Kept):
    """One official of one project, whom the rest of the world must not learn of."""

    person: Person
    registration: Registration
    certificate: Certificate
    publication: Publication
    message: Message
    receipt: str
    question: Question
    twin: Person
    pair: LikelyPair
    merge: PersonMerge
    run: ImportRun
    letter: Letter
    announcement: Announcement
    invitation: Invitation
    test_question: TestQuestion
    quote: EvaluationQuote
    scan: SheetScan
    job: CertificateJob
    picture: DesignPicture
    photograph: Photograph
    export: Export

    @property
    def names(self) -> set[str]:
        return {self.person.given_name, self.person.given_name_latin}

    @property
    def contacts(self) -> set[str]:
        return {str(self.person.email), str(self.person.phone)}

    def values(self) -> dict[str, Any]:
        """What stands in the addresses of this project."""
        event = self.registration.event
        return {
            "slug": event.slug,
            "code": event.project.code,
            "reference": self.registration.reference,
            "receipt": self.receipt,
            "certificate_id": self.certificate.id,
            "publication_id": self.publication.id,
            "print_run_id": self.publication.print_runs[0].id,
            "handout_id": self.publication.handouts[0].id,
            "file_id": self.publication.files[0].id,
            "message_id": self.message.id,
            "question_id": self.question.id,
            "test_question_id": self.test_question.id,
            "occasion": "pre",
            "when": "after",
            "quote_id": self.quote.id,
            "place": 1,
            "agency_id": self.registration.agency_id,
            "person_id": self.person.id,
            "other_id": self.twin.id,
            "pair_id": self.pair.id,
            "merge_id": self.merge.id,
            "signature": signature_of(f"r/{self.registration.reference}"),
            "run_id": self.run.id,
            "letter_id": self.letter.id,
            "announcement_id": self.announcement.id,
            "key": self.invitation.key,
            "sheet_key": self.scan.sheet.key if self.scan.sheet else "",
            "scan_id": self.scan.id,
            "job_id": self.job.id,
            "order": "pause",
            "position": 1,
            "sha256": DEFAULT,
            "picture": self.picture.sha256,
            "photograph": self.photograph.id,
            "export_id": self.export.id,
            "indicator": "1.a",
            "period": FIRST.code,
            "mode": "dimensions",
            "page": 1,
            "number": 1,
            "kind": "people",
            "form": "csv",
            "rows": "registrations",
            "table": "events",
            "mail": "registration_confirmed",
            "token": token_for(self.certificate),
            "filename": "css/trainreg.css",
        }


@dataclass
class House:
    """The world, with a secret in either project, one account of every role in the first, and one of none."""

    world: World
    own: Secret
    other: Secret
    nobody: User

    @property
    def accounts(self) -> dict[str, User]:
        roles = (Role.ADMINISTRATOR, Role.ORGANIZER, Role.TRAINER, Role.ME_OFFICER, Role.VIEWER, Role.FOCAL_POINT)
        return {role.value: getattr(self.world, role.value) for role in roles} | {"nobody": self.nobody}

    def keys(self) -> Rooms:
        return self.world.keys(), self.own.keys(), self.other.keys(), self.nobody.id

    @classmethod
    def of(cls, rooms: Rooms) -> "House":
        """The house that was built before."""
        world, own, other, nobody = rooms
        return cls(World.of(world), Secret.of(own), Secret.of(other), db.session.get_one(User, nobody))

    def values(self, secret: Secret) -> dict[str, Any]:
        granted = self.world.trainer.grants[0]
        return secret.values() | {"user_id": self.world.trainer.id, "grant_id": granted.id}


def build() -> House:
    """Write it all down; commits."""
    world = World.create()
    department = make.agency("Department of Labour", parent_id=world.ministry.id)
    own = _secret(world.project, world.organizer, department, "Сэцэннуу", "Setsennuu")
    other = _secret(world.other_project, world.other_organizer, world.border, "Гэрэлнуу", "Gerelnuu")
    db.session.commit()
    house = House(world, own, other, make.user(None))
    db.session.commit()
    return house


def _secret(project: Project, organizer: User, agency: Agency, given: str, latin: str) -> Secret:
    held = _held_event(project)
    person = make.person(
        given,
        "Нууцын",
        given_name_latin=latin,
        family_name_latin="Nuutsyn",
        email=f"{latin.lower()}@secret.example",
        phone=f"+976 {990000 + project.id}",
    )
    registration = make.registration(held, person, agency=agency)
    for session in held.sessions:
        db.session.add(
            Attendance(
                registration_id=registration.id,
                session_id=session.id,
                state=AttendanceState.PRESENT,
                source=Source.DESK,
                marked_at=make.NOW,
            )
        )
    publication = Publication(
        project_id=project.id,
        kind=PublicationKind.HANDBOOK,
        title={"en": "Handbook"},
        print_runs=[PrintRun(language="en", copies=10)],
        handouts=[Handout(recipient={"en": "All"}, copies=5)],
        files=[
            PublicationFile(
                name="list.pdf", kind=FileKind.PDF, size=8, sha256="0" * 64, content=b"%PDF-1.7", sent_at=make.NOW
            )
        ],
    )
    db.session.add(publication)
    db.session.commit()
    [certificate] = certificates.issue(held, by=STAFF).certificates
    db.session.commit()
    message = db.session.scalars(select(Message).where(Message.recipient == person.email)).one()
    receipt, question = submitted(registration), file_sent_with(registration)
    kept = (*doubled(registration, agency), listed(registration), *written_about(registration))
    terms = Terms(outside_hours=True)
    invitation = invite_agency(held, agency, uses=2, terms=terms, language="mn", by=STAFF)
    scan = make.scan(make.sheet(held, [registration]), content=f"%PDF-1.7 {latin}".encode())
    db.session.flush()
    learned = fill_learning(registration)
    saved(project, indicators=(indicator(outcome=None),), targets=())
    set_for(project)
    # A design is found by its slug, as an event is; here they share it.
    content = canonical(GALLERY["modern"])
    designed.design_version(designed.design(project, content, slug=held.slug), content + " " * project.id)
    job = CertificateJob(event=held, action=JobAction.ISSUE, total=1, created_at=make.NOW)
    job.actor_kind, job.actor_label = STAFF.kind, STAFF.label
    db.session.add(job)
    db.session.flush()
    pictures = (designed.picture(b"\x89PNG%d" % project.id), photograph(project))
    file = prepared_file(organizer, latin.encode(), params={"projects": [project.id]})
    made = (*kept, invitation, *learned, scan, job, *pictures, file)
    return Secret(person, registration, certificate, publication, message, receipt, question, *made)


def _held_event(project: Project) -> Event:
    return make.event(project, starts=make.nine(-3), slug=f"held-{project.id}")
