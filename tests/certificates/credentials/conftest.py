"""A certificate of the second format that Bolor holds, a key of this test's own, a browser with the script."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests import factories as make
from tests.certificates.credentials.samples import HELD
from tests.world import World
from trainreg import resources
from trainreg.certificates.codes import new_code
from trainreg.certificates.facts import CertificateFacts, canonical_json, sha256_of
from trainreg.certificates.keys import files, service
from trainreg.certificates.models import Certificate
from trainreg.kernel.db import db
from trainreg.registration.models import Registration


@pytest.fixture(autouse=True)
def keys_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "keys"
    monkeypatch.setattr(files, "folder", lambda: folder)
    return folder


def hold(registration: Registration, facts: CertificateFacts, site: str = "http://localhost") -> Certificate:
    """A certificate with these facts, under a code of its own."""
    code = new_code()
    facts = replace(facts, code=code, verify_url=f"{site}/v/{code}")
    record = canonical_json(facts)
    certificate = Certificate(
        registration=registration,
        kind=facts.kind,
        edition=facts.edition,
        register_number=facts.register_number,
        code=code,
        design=facts.design,
        facts=record,
        facts_sha256=sha256_of(record),
        issued_at=facts.issued_at or make.NOW,
        signing_key=service.current_key() if facts.format > 1 else None,
        status_list=facts.status_list,
        status_index=facts.status_index,
    )
    db.session.add(certificate)
    db.session.commit()
    return certificate


@pytest.fixture
def held(world: World) -> Certificate:
    return hold(make.registration(world.event, world.bolor), HELD)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that has the script and nothing else: whatever it asks for beyond that fails the test."""
    page = browser.new_page()
    asked = []
    script = (resources.static_folder() / "js" / "credential.js").read_bytes()
    page.route("**/*", lambda route: asked.append(route.request.url) or route.abort())
    page.route("**/credential.js", lambda route: route.fulfill(body=script, content_type="text/javascript"))
    page.route("http://localhost/", lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))
    page.goto("http://localhost/")
    yield page
    page.close()
    assert asked == []
