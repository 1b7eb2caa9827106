"""The link with which holders add a certificate to their LinkedIn profile. They press it; we ask nothing there."""

from __future__ import annotations

from urllib.parse import urlencode

from trainreg.certificates.credentials.achievements import language_of
from trainreg.certificates.credentials.wording import words_of
from trainreg.certificates.facts import CertificateFacts
from trainreg.kernel.languages import in_language

_PAGE = "https://www.linkedin.com/profile/add"


def linkedin_link(facts: CertificateFacts) -> str:
    """The page that asks whether to add this certificate, filled in."""
    language = language_of(facts)
    told: dict[str, str | int] = {
        "startTask": "CERTIFICATION_NAME",
        "name": f"{words_of(facts.kind, language).name}: {in_language(facts.event_title, language)}",
        "organizationName": in_language(facts.organisation, language),
        "issueYear": facts.issued_on.year,
        "issueMonth": facts.issued_on.month,
        "certUrl": facts.verify_url,
        "certId": facts.register_number,
    }
    if facts.valid_until is not None:
        told |= {"expirationYear": facts.valid_until.year, "expirationMonth": facts.valid_until.month}
    return f"{_PAGE}?{urlencode(told)}"
