"""At least one true row in every table: for migrations, erasure, backups and whatever else must forget no table."""

from datetime import date
from decimal import Decimal

from tests import factories as make
from tests.certified import fill_certificates
from tests.exporting.files import prepared_file
from tests.factories import NOW, STAFF
from tests.learned import fill_learning
from tests.pictured import photograph
from tests.world import World
from trainreg.accounts.service import start_sign_in
from trainreg.attendance.rules import AttendanceState
from trainreg.attendance.service import mark
from trainreg.audit import service as audit
from trainreg.checkin.models import Scan
from trainreg.checkin.rules import Outcome, ScanKind
from trainreg.correspondence.models import Announcement, Letter
from trainreg.correspondence.rules import AnnouncementState, News
from trainreg.events.models import AgencyQuota, EventAgency, EventGroup
from trainreg.framework.models import FrozenRow, HandedIn, HandValue, Indicator, Output, ReportingPeriod, Target
from trainreg.framework.rules import CountingRule
from trainreg.imports.models import HeadingMemory, ImportRow, ImportRun
from trainreg.imports.rules import ImportKind, RowOutcome, RunStatus
from trainreg.kernel.db import db
from trainreg.me.models import LinkRequest, OwnPageLink, Visit
from trainreg.outbox.models import Failure
from trainreg.people.models import Consent, LikelyPair, Posting
from trainreg.people.rules import ConsentPurpose
from trainreg.programme.iati.models import IatiSector, IatiSettings
from trainreg.programme.models import ProjectPartner
from trainreg.publications.models import Handout, PrintRun, Publication, PublicationFile
from trainreg.publications.rules import PublicationKind
from trainreg.questions.models import AnswerFile, EventForm, Question, StoredAnswer
from trainreg.questions.rules import Kind
from trainreg.questions.uploads import FileKind
from trainreg.records.models import PersonMerge
from trainreg.registration.invitations import Terms, invite_agency
from trainreg.registration.models import Registration, Submission
from trainreg.registration.rules import RegistrationStatus
from trainreg.totals.models import TallyDue
from trainreg.web.throttle import Bucket


def fill_every_table() -> World:
    """The small world, and one row of everything it lacks; commits."""
    world = World.create()
    registration = make.registration(world.event, world.bolor, agency=world.ministry)
    _people(world)
    _programme(world)
    _framework(registration)
    _registration(registration)
    _form(registration)
    fill_certificates(registration)
    _scan(registration)
    fill_learning(registration)
    _import(world)
    make.message(registration_id=registration.id)
    _correspondence(registration)
    start_sign_in(world.organizer)
    prepared_file(world.organizer)
    _own_page(world)
    audit.record("registration.confirmed", registration, by=STAFF, project_id=world.project.id)
    db.session.add(Bucket(key="0" * 64, tokens=1.5, updated_at=NOW))
    db.session.commit()
    db.session.add(TallyDue(registration_id=0))  # what only somebody past the product leaves behind
    db.session.commit()
    return world


def _scan(registration: Registration) -> None:
    """Somebody let in at the door in spite of something."""
    session_id = registration.event.sessions[0].id
    moments = dict.fromkeys(("at", "device_at", "device_now", "received_at"), NOW)
    named = {"registration_id": registration.id, "said": registration.reference, "reason": "Нууц"}
    key, event_id = "0" * 36, registration.event_id
    scan = Scan(
        key=key, device=key, event_id=event_id, session_id=session_id, scanned_by="Test Staff", **named, **moments
    )
    scan.kind, scan.outcome = ScanKind.QR, Outcome.LET_IN
    db.session.add(scan)


def _people(world: World) -> None:
    posting = Posting(agency_id=world.ministry.id, position="Specialist", from_date=date(2020, 1, 1))
    world.bolor.postings.append(posting)
    db.session.add(
        Consent(
            person_id=world.bolor.id,
            purpose=ConsentPurpose.RUN_EVENT,
            version="1",
            is_given=True,
            at=NOW,
            language="mn",
            channel="form",
        )
    )
    twins = {"person_a_id": world.bolor.id, "person_b_id": world.tuya.id}
    db.session.add(LikelyPair(**twins, score=70, evidence=["same_name"], found_at=NOW))
    db.session.add(PersonMerge(kept_id=world.bolor.id, merged_id=world.tuya.id, changes=[], seats={}, at=NOW))


def _own_page(world: World) -> None:
    when = {"person_id": world.bolor.id}
    db.session.add_all(
        [
            LinkRequest(email="bolor@example.org", language="mn", at=NOW),
            OwnPageLink(key="7K3F9Q2M04", new_email="new@example.org", created_at=NOW, expires_at=NOW, **when),
            Visit(token_hash="4" * 64, started_at=NOW, ends_at=NOW, **when),
        ]
    )


def _programme(world: World) -> None:
    photograph(world.project)
    world.project.partners.append(ProjectPartner(agency_id=world.border.id))
    settings = IatiSettings(project_id=world.project.id, reporting_ref="XX", reporting_type="40", identifier="XX-1")
    settings.sectors.append(IatiSector(position=1, vocabulary="1", code="15190"))
    db.session.add(settings)
    world.event.agencies.append(EventAgency(agency_id=world.ministry.id))
    world.event.quotas.append(AgencyQuota(agency_id=world.ministry.id, places=1))
    world.event.groups.append(EventGroup(code="drafting-committee", name={"en": "Drafting committee"}, places=1))
    db.session.add(
        Publication(
            project_id=world.project.id,
            outcome_id=world.outcome.id,
            kind=PublicationKind.HANDBOOK,
            title={"en": "Handbook"},
            translated_into="mn",
            print_runs=[PrintRun(language="mn", copies=100, printed_on=make.NOW.date())],
            handouts=[
                Handout(agency_id=world.ministry.id, copies=40, handed_on=make.NOW.date()),
                Handout(event_id=world.event.id, recipient={"en": "Speakers"}, copies=10),
            ],
            files=[
                PublicationFile(
                    name="list.pdf", kind=FileKind.PDF, size=8, sha256="0" * 64, content=b"%PDF-1.7", sent_at=make.NOW
                )
            ],
        )
    )


def _framework(registration: Registration) -> None:
    """An indicator of an output, its period with a target, a value by hand, and a period that was handed in."""
    outcome = registration.event.outcomes[0]
    project = outcome.project
    output = Output(outcome=outcome, number=1, title={"en": "Officials trained"})
    period = ReportingPeriod(project=project, code="2026", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    words = {"title": {"en": "Laws passed"}, "unit": {"en": "laws"}}
    indicator = Indicator(
        project=project, outcome=outcome, output=output, code="I-1", rule=CountingRule.HAND_ENTERED, **words
    )
    indicator.targets.append(Target(period=period, value=Decimal(3)))
    indicator.values.append(HandValue(period=period, value=Decimal(1), source="The gazette"))
    handed_in = HandedIn(at=NOW, actor_kind=STAFF.kind, actor_label=STAFF.label, figures="{}", figures_sha256="0" * 64)
    handed_in.rows.append(FrozenRow(registration=registration, snapshot={}))
    period.handovers.append(handed_in)
    db.session.add(indicator)


def _registration(registration: Registration) -> None:
    session = registration.event.sessions[0]
    session.day_share = Decimal("0.5")
    mark(registration, session, AttendanceState.PRESENT, by=STAFF, at=session.starts_at)
    make.unnamed(session, 12)
    make.scan(make.sheet(registration.event, [registration]))
    invitation = invite_agency(registration.event, registration.agency, uses=2, terms=Terms(), language="mn", by=STAFF)
    db.session.flush()
    registration.invitation_id = invitation.id
    db.session.add(
        Submission(
            key="k" * 36,
            content_hash="0" * 64,
            event_id=registration.event_id,
            registration_id=registration.id,
            reference="7K3F-9Q2M",
            receipt_hash="1" * 64,
            answer=RegistrationStatus.CONFIRMED,
            name_as_typed="Батын Болор",
            agency_id=registration.agency_id,
            position="Мэргэжилтэн",
            language="mn",
            at=NOW,
        )
    )


def _form(registration: Registration) -> None:
    question = Question(place=1, kind=Kind.FILE, label={"en": "Your letter"})
    db.session.add(EventForm(event_id=registration.event_id, questions=[question]))
    db.session.flush()
    facts = {"name": "letter.pdf", "kind": "pdf", "size": 8}
    answer = StoredAnswer(registration_id=registration.id, question_id=question.id, value=facts)
    db.session.add(answer)
    db.session.flush()
    db.session.add(
        AnswerFile(
            answer_id=answer.id, name="letter.pdf", kind=FileKind.PDF, size=8, sha256="4" * 64, content=b"%PDF-1.7"
        )
    )


def _import(world: World) -> None:
    run = ImportRun(
        kind=ImportKind.REGISTRATIONS,
        status=RunStatus.READY,
        project_id=world.project.id,
        event_id=world.event.id,
        filename="list.csv",
        content=b"Name\nBat\n",
        content_hash="4" * 64,
        headings=["Name"],
        mapping=["given_name"],
        options={"status": "confirmed", "sends_mail": False},
        language="en",
        actor_kind=STAFF.kind,
        actor_label=STAFF.label,
        created_at=NOW,
    )
    db.session.add_all([run, HeadingMemory(kind=run.kind, fields={"name": "given_name"}, used_at=NOW)])
    db.session.flush()
    db.session.add(ImportRow(run_id=run.id, number=2, outcome=RowOutcome.NEW, shown="Bat"))


def _correspondence(registration: Registration) -> None:
    letter = Letter(
        event_id=registration.event_id,
        key="l" * 43,
        subject={"en": "Lunch"},
        body={"en": "Lunch is at noon."},
        wanted={"status": "confirmed"},
        recipients=1,
        without_address=0,
        writer="Test Staff",
        sent_at=NOW,
    )
    announcement = Announcement(
        event_id=registration.event_id,
        news=News.CHANGED,
        state=AnnouncementState.TOLD,
        before={},
        changed_at=NOW,
        due_at=NOW,
    )
    db.session.add_all([letter, announcement])
    db.session.flush()
    make.message(registration_id=registration.id, letter_id=letter.id, failure=Failure.TOO_SLOW)
