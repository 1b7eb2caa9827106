"""One true row in every table of certificates."""

from tests import designed
from tests import factories as make
from tests.certificates.keys.making import signing_key
from tests.factories import NOW, STAFF
from trainreg.certificates.editor.models import CertificatePlan
from trainreg.certificates.issuing.models import CertificateJob, JobRefusal
from trainreg.certificates.issuing.rules import JobAction, RefusalKind
from trainreg.certificates.models import Certificate, RegisterCounter, Rendition
from trainreg.certificates.rules import CertificateKind
from trainreg.kernel.db import db
from trainreg.registration.models import Registration


def fill_certificates(registration: Registration) -> None:
    certificate = Certificate(
        registration_id=registration.id,
        kind=CertificateKind.ATTENDANCE,
        edition=1,
        register_number="P/0001",
        code="0" * 20,
        design="formal-1",
        facts="{}",
        facts_sha256="2" * 64,
        issued_at=NOW,
    )
    certificate.signing_key = signing_key()
    certificate.status_list, certificate.status_index = 1, 131_071
    certificate.renditions.append(Rendition(sha256="3" * 64, size=1, drawn_at=NOW))
    job = CertificateJob(event=registration.event, action=JobAction.ISSUE, total=1, created_at=NOW)
    job.actor_kind, job.actor_label = STAFF.kind, STAFF.label
    details = [{"text": "Батын Болор 王", "characters": "王"}]
    job.refusals.append(JobRefusal(registration=registration, kind=RefusalKind.UNDRAWABLE, details=details))
    db.session.add_all([certificate, job, RegisterCounter(series="P", last_number=1)])
    version = designed.design_version(designed.design(registration.event.project))
    db.session.add(CertificatePlan(event_id=registration.event_id, design_sha256=version.sha256, languages=["mn"]))
    make.signatory(registration.event.project, 9).image_sha256 = designed.picture().sha256
