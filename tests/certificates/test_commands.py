"""`trainreg certificates issue|render|verify`."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from tests import factories as make
from tests.certificates.attending import attend, past_event
from tests.world import World
from trainreg.certificates import service
from trainreg.certificates.commands import certificates as command
from trainreg.certificates.models import Certificate
from trainreg.certificates.queries import facts_of, list_certificates_of
from trainreg.certificates.render import draw, draw_all
from trainreg.kernel.db import db


def run(app: Flask, *arguments: object) -> Result:
    return app.test_cli_runner().invoke(command, [str(argument) for argument in arguments])


def verify(app: Flask, tmp_path: Path, content: bytes) -> tuple[int, dict[str, bool]]:
    path = tmp_path / "file.pdf"
    path.write_bytes(content)
    result = run(app, "verify", path, "--json")
    return result.exit_code, json.loads(result.output)["checks"]


def test_issue_says_what_it_did_and_may_be_repeated(app: Flask, world: World) -> None:
    event = past_event(world.project)
    attend(make.registration(event, world.bolor), 4)
    make.registration(event, world.tuya)
    db.session.commit()

    first, second = run(app, "issue", event.slug, "--json"), run(app, "issue", event.slug)

    assert first.exit_code == 0
    assert json.loads(first.output) == {
        "issued": [f"{world.project.code}/0001"],
        "already": 0,
        "not_eligible": 1,
        "refused": {},
    }
    assert "0 issued, 1 had one already, 1 not eligible." in second.output
    (certificate,) = list_certificates_of(event.id)
    assert len(certificate.renditions) == 1


def test_issue_fails_when_somebody_cannot_be_printed(app: Flask, world: World) -> None:
    event = past_event(world.project)
    world.bolor.certificate_name = {"en": "王"}
    registration = make.registration(event, world.bolor)
    attend(registration, 4)

    result = run(app, "issue", event.slug)

    assert result.exit_code == 1
    assert registration.reference in result.output
    assert "U+738B" in result.output


@pytest.mark.parametrize("verb", ["issue", "render"])
def test_an_unknown_event_is_said_so(app: Flask, world: World, tmp_path: Path, verb: str) -> None:
    more = ["-o", tmp_path / "x.pdf"] if verb == "render" else []

    result = run(app, verb, "no-such-event", *more)

    assert result.exit_code == 1
    assert "no event" in result.output


def test_render_writes_a_folder_an_archive_or_one_pdf(app: Flask, certificate: Certificate, tmp_path: Path) -> None:
    slug = certificate.registration.event.slug

    for output in ("files", "all.zip", "all.pdf"):
        assert run(app, "render", slug, "-o", tmp_path / output).exit_code == 0

    (single,) = (tmp_path / "files").iterdir()
    assert single.read_bytes() == draw(facts_of(certificate))
    assert (tmp_path / "all.pdf").read_bytes() == draw_all([facts_of(certificate)])
    assert (tmp_path / "all.zip").read_bytes()[:2] == b"PK"


def test_render_without_certificates_says_so(app: Flask, world: World, tmp_path: Path) -> None:
    event = past_event(world.project)
    db.session.commit()

    assert run(app, "render", event.slug, "-o", tmp_path / "x.zip").exit_code == 1


def test_a_genuine_file_passes_every_check(app: Flask, certificate: Certificate, tmp_path: Path) -> None:
    code, checks = verify(app, tmp_path, draw(facts_of(certificate)))

    assert code == 0
    of_words = {"number_matches", "name_matches", "title_matches"}
    of_file = {"readable", "code_known", "record_unchanged", "file_as_issued", "signed", "key_trusted", "in_force"}
    of_credential = {"credential_signed", "credential_matches", "status_list"}
    assert set(checks) == of_file | of_words | of_credential
    assert all(checks.values())


@pytest.mark.slow
def test_the_pdf_for_printing_can_be_verified_too(
    app: Flask, world: World, certificate: Certificate, tmp_path: Path
) -> None:
    event = certificate.registration.event
    attend(make.registration(event, world.tuya), 4)
    service.issue(event, by=make.STAFF)
    db.session.commit()
    both = draw_all([facts_of(one) for one in list_certificates_of(event.id)])

    assert verify(app, tmp_path, both)[0] == 0


@pytest.mark.slow
def test_bytes_added_to_a_file_are_noticed(app: Flask, certificate: Certificate, tmp_path: Path) -> None:
    code, checks = verify(app, tmp_path, draw(facts_of(certificate)) + b"\n% more\n")

    assert code == 1
    assert not all(checks.values())


@pytest.mark.slow
def test_every_tampered_byte_is_noticed(app: Flask, certificate: Certificate, tmp_path: Path) -> None:
    content = draw(facts_of(certificate))

    for place in range(0, len(content), len(content) // 25):
        tampered = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
        assert verify(app, tmp_path, tampered)[0] == 1


@pytest.mark.parametrize("content", [b"", b"not a PDF", b"%PDF-1.4\n%%EOF", b"PK\x03\x04" * 100])
def test_what_is_not_a_pdf_is_refused(app: Flask, world: World, tmp_path: Path, content: bytes) -> None:
    code, checks = verify(app, tmp_path, content)

    assert (code, checks) == (1, {"readable": False})


@pytest.mark.slow
def test_a_revoked_certificate_fails_and_says_why(app: Flask, certificate: Certificate, tmp_path: Path) -> None:
    content = draw(facts_of(certificate))
    service.revoke(certificate, reason="Mistake", by=make.STAFF)
    db.session.commit()

    code, checks = verify(app, tmp_path, content)

    assert code == 1
    assert [check for check, held in checks.items() if not held] == ["status_list", "in_force"]


def test_an_altered_record_is_noticed(app: Flask, certificate: Certificate, tmp_path: Path) -> None:
    content = draw(facts_of(certificate))
    certificate.facts = certificate.facts.replace("B. Director", "A. Forger")
    db.session.commit()

    assert not verify(app, tmp_path, content)[1]["record_unchanged"]
