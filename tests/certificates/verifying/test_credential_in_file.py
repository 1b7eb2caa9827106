"""The credential inside a handed-in PDF is judged as well: missing, altered, of another; and what the list says."""

from dataclasses import replace

import pytest

from tests import factories as make
from tests.certificates.credentials.conftest import hold
from tests.certificates.credentials.samples import HELD, new_key
from tests.certificates.verifying.test_file import failed, hand_in
from tests.pages import Pages
from tests.world import World
from trainreg.certificates import composing, service
from trainreg.certificates.credentials.build import jwt_of
from trainreg.certificates.keys.jose import CredentialKey
from trainreg.certificates.keys.service import credential_key_of
from trainreg.certificates.models import Certificate
from trainreg.certificates.pdf.page import Attachment
from trainreg.certificates.queries import facts_of
from trainreg.certificates.render import draw_certificate
from trainreg.certificates.verification import Check, examine
from trainreg.kernel.db import db

NOT_AS_ISSUED = "The file is not, byte for byte, what was handed out."


def signed_with(certificate: Certificate, token: str | None, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """The file as somebody with our key could have made it: the seal of the PDF is right, the credential is this."""

    def attachment(*_: object) -> Attachment:
        content = (token or "").encode()
        return Attachment(
            name="credential.jwt", media_type="application/vc+jwt", content=content, description="Open Badges 3.0"
        )

    facts = facts_of(certificate)
    with monkeypatch.context() as patched:
        patched.setattr(composing, "attachment_of", attachment)
        if token is None:
            patched.setattr(composing, "draw", _without_attachments(composing.draw))
        return composing.signed(facts, certificate.signing_key_id or 0)


def _without_attachments(draw: object) -> object:
    return lambda pages, **how: draw(pages, **{**how, "attachments": []})


def own_token(certificate: Certificate) -> str:
    return jwt_of(facts_of(certificate), credential_key_of(certificate.signing_key_id or 0))


def test_no_credential_in_the_file(pages: Pages, held: Certificate, monkeypatch: pytest.MonkeyPatch) -> None:
    page = hand_in(pages, signed_with(held, None, monkeypatch))
    assert failed(page) == [NOT_AS_ISSUED, "The credential that belongs inside the file is missing."]


def test_a_letter_of_it_changed(pages: Pages, held: Certificate, monkeypatch: pytest.MonkeyPatch) -> None:
    token = own_token(held)
    other = token[:200] + ("A" if token[200] != "A" else "B") + token[201:]
    page = hand_in(pages, signed_with(held, other, monkeypatch))
    assert failed(page) == [
        NOT_AS_ISSUED,
        "The credential inside the file was altered, or is signed with no key of ours.",
    ]


def test_a_strangers_credential(pages: Pages, held: Certificate, monkeypatch: pytest.MonkeyPatch) -> None:
    token = jwt_of(facts_of(held), CredentialKey(service_kid(held), new_key().key))
    page = hand_in(pages, signed_with(held, token, monkeypatch))
    assert failed(page)[-1] == "The credential inside the file was altered, or is signed with no key of ours."


def service_kid(certificate: Certificate) -> str:
    return credential_key_of(certificate.signing_key_id or 0).kid


def test_the_credential_of_another_certificate(
    pages: Pages, held: Certificate, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = replace(HELD, register_number="MN-2012/0002", status_index=5)
    other = hold(make.registration(world.event, make.person()), facts)
    page = hand_in(pages, signed_with(held, own_token(other), monkeypatch))
    assert failed(page) == [NOT_AS_ISSUED, "The credential inside the file belongs to another certificate."]


def test_a_credential_with_another_name(pages: Pages, held: Certificate, monkeypatch: pytest.MonkeyPatch) -> None:
    forged = replace(facts_of(held), names={"en": "Somebody Else", "mn": "Өөр хүн"})
    token = jwt_of(forged, credential_key_of(held.signing_key_id or 0))
    page = hand_in(pages, signed_with(held, token, monkeypatch))
    assert failed(page) == [NOT_AS_ISSUED, "The credential does not say what was issued."]


def test_the_list_of_states_is_read_as_well(held: Certificate) -> None:
    content = draw_certificate(held)
    assert {finding.check for finding in examine(content).findings} == set(Check)
    service.revoke(held, reason="Mistake", by=make.STAFF)
    db.session.commit()
    examination = examine(content)
    assert examination.is_ours and not examination.is_genuine
    assert [one.check for one in examination.findings if not one.held] == [Check.STATUS_LIST, Check.IN_FORCE]


def test_a_file_read_by_the_stranger_reader_gives_its_credential_too(held: Certificate) -> None:
    """Bytes behind the seal are read in the guarded process; what is in the file is found all the same."""
    findings = {one.check: one.held for one in examine(draw_certificate(held) + b"\n% more\n").findings}
    assert findings[Check.CREDENTIAL_SIGNED] and findings[Check.CREDENTIAL_MATCHES] and not findings[Check.SIGNED]
