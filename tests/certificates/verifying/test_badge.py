"""A badge or token is handed in: its credential is judged, never the picture around it."""

import json
from pathlib import Path

import pytest
from flask import Flask

from tests import factories as make
from tests.certificates.credentials.samples import HELD
from tests.certificates.test_commands import run
from tests.certificates.verifying.test_file import failed, hand_in
from tests.pages import Pages
from trainreg.certificates import service as certificates
from trainreg.certificates.credentials.badges import badge_of
from trainreg.certificates.credentials.baking import as_png, as_svg
from trainreg.certificates.credentials.build import jwt_of
from trainreg.certificates.keys import rekeying, service
from trainreg.certificates.models import Certificate
from trainreg.certificates.queries import facts_of
from trainreg.kernel.db import db

GENUINE = "The credential in this file is genuine, and the certificate is valid."
SIGNED = "The credential inside the file was altered, or is signed with no key of ours."


@pytest.fixture
def token(held: Certificate) -> str:
    return jwt_of(facts_of(held), service.credential_key_of(held.signing_key_id or 0))


def test_each_form_of_it_passes(pages: Pages, held: Certificate, token: str) -> None:
    badge = badge_of(HELD)
    for content in (as_png(badge, token), as_svg(badge, token), token.encode()):
        page = hand_in(pages, content)
        assert page.status == 200 and GENUINE in page.text and failed(page) == []
        assert "was not checked" in page.text and held.register_number in page.text


def test_a_changed_one_is_refused(pages: Pages, token: str) -> None:
    place = token.index(".") + 9
    changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
    page = hand_in(pages, changed.encode())
    assert failed(page) == [SIGNED] and "This file is no certificate that was issued here." in page.text


def test_one_of_a_revoked_certificate_says_so(pages: Pages, held: Certificate, token: str) -> None:
    certificates.revoke(held, reason="Issued by mistake", by=make.STAFF)
    db.session.commit()
    page = hand_in(pages, as_svg(badge_of(HELD), token))
    listed = "The public list of states names it as withdrawn: it was revoked."
    assert failed(page) == [listed, "The certificate is not in force today."]
    assert "is genuine, but the certificate is not in force today" in page.text


def test_a_stolen_key_is_named(pages: Pages, held: Certificate, token: str) -> None:
    rekeying.declare_compromised(by=make.STAFF, reason="stolen")
    db.session.commit()
    page = hand_in(pages, token.encode())
    assert GENUINE not in page.text
    assert failed(page) == ["The key of the credential may have been in other hands at that time."]


def test_a_pdf_is_judged_as_one_whatever_credential_it_carries(pages: Pages, token: str) -> None:
    """A false certificate with a genuine badge hidden in it is not genuine."""
    page = hand_in(pages, b"%PDF-1.7\n" + as_svg(badge_of(HELD), token))
    assert GENUINE not in page.text and "This file could not be checked." in page.text


def test_the_command_says_the_same(app: Flask, token: str, tmp_path: Path) -> None:
    path = tmp_path / "badge.jwt"
    path.write_text(token)
    done = run(app, "verify", path, "--json")
    said = json.loads(done.output)
    assert done.exit_code == 0 and said["genuine"] is True
    assert said["checks"] == dict.fromkeys(("credential_signed", "credential_matches", "status_list", "in_force"), True)
