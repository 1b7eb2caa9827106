"""A certificate that goes along with its mail: drawn as the mail leaves, so that no copy of it lies in the database."""

from __future__ import annotations

from trainreg.certificates.delivery import file_name, finished
from trainreg.certificates.queries import facts_of, find_certificate_by_number
from trainreg.certificates.rules import CertificateState
from trainreg.outbox.delivery import Picture
from trainreg.outbox.models import Message

_SUFFIX = "/ready"


def certificate_for_mail(message: Message) -> Picture | None:
    """The PDF that a mail says is attached; none when it does not hold any more, and the link in the mail says so."""
    if message.kind != "certificate_attached" or not message.key.endswith(_SUFFIX):
        return None
    certificate = find_certificate_by_number(message.key.removesuffix(_SUFFIX))
    if certificate is None or certificate.state is not CertificateState.ISSUED:
        return None
    return Picture(finished(certificate), file_name(facts_of(certificate)), "application/pdf")
