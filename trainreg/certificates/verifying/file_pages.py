"""Hand in the PDF of a certificate, or its badge, and read what was checked about it. Nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from flask import Response, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainreg.certificates.blueprint import blueprint
from trainreg.certificates.reading import FROM_A_STRANGER
from trainreg.certificates.verification import Check, Examination, Finding, examine
from trainreg.certificates.verifying import guessing
from trainreg.certificates.verifying.forms import FileForm
from trainreg.certificates.verifying.pages import unlisted
from trainreg.certificates.verifying.standing import standing_of
from trainreg.certificates.verifying.words import TONES, sentence_of, state_sentence
from trainreg.kernel.languages import CONTENT_LANGUAGES
from trainreg.kernel.refusals import Refused
from trainreg.web.access import public
from trainreg.web.forms import answer
from trainreg.web.locale import speaks
from trainreg.web.safety import body_limit, keeps_typed

MOST_BYTES = 10 * 1024 * 1024
_BESIDE = 16 * 1024  # the form's other parts
# Each reader may take half a gigabyte: two at a time in one process, and who comes then waits a moment.
_READERS = BoundedSemaphore(2)
_PATIENCE = 5  # seconds


class ReadersBusy(Refused):
    """Too many files are being read at this moment."""

    sentence = _l("Other files are being checked at this moment. Try again in a few seconds.")
    status = 503


@blueprint.get("/v/file")
@public
@speaks(CONTENT_LANGUAGES)
def file_form() -> Response:
    return unlisted(*answer("certificates/verifying/file.html", FileForm(formdata=None)))


@blueprint.post("/v/file")
@public
@keeps_typed
@speaks(CONTENT_LANGUAGES)
@body_limit(MOST_BYTES + _BESIDE)
def check_file() -> Response:
    guessing.ensure_may_ask_by_code()
    guessing.take_a_file()
    form = FileForm()
    content = _handed_in()
    if form.validate() and content and len(content) <= MOST_BYTES:
        with _reader():
            examination = examine(content, FROM_A_STRANGER)
        if not examination.certificates:
            guessing.note_wrong_code()  # a file is a way to guess as well
        return unlisted(_result(examination))
    if not form.errors:
        form.file.errors = [
            _("A certificate has 10 MB at most. Choose the file that was handed out.")
            if content
            else _("Choose the file of the certificate.")
        ]
    return unlisted(*answer("certificates/verifying/file.html", form))


def _handed_in() -> bytes:
    file = request.files.get("file")
    return file.stream.read(MOST_BYTES + 1) if file is not None else b""


@contextmanager
def _reader() -> Iterator[None]:
    if not _READERS.acquire(timeout=_PATIENCE):
        raise ReadersBusy
    try:
        yield
    finally:
        _READERS.release()


def _result(examination: Examination) -> str:
    certificates = {certificate.code: certificate for certificate in examination.certificates}.values()
    stands = [(certificate, standing_of(certificate)) for certificate in certificates]
    return render_template(
        "certificates/verifying/file_result.html",
        tone="good" if examination.is_genuine else "warn" if examination.is_ours else "bad",
        verdict=_verdict(examination),
        checks=[(finding.held, sentence_of(finding), _about(finding, len(stands))) for finding in examination.findings],
        certificates=[(one, TONES[stand.standing], state_sentence(stand)) for one, stand in stands],
        is_unsigned=bool(stands) and not examination.expects_signature and len(examination.findings) > 2,
    )


def _about(finding: Finding, count: int) -> str:
    return ", ".join(finding.about) if count > 1 else ""


def _credential_verdict(examination: Examination) -> str:
    """Only the credential is judged: anybody can put a genuine one into a picture that shows another name."""
    if examination.is_genuine:
        said = _(
            "The credential in this file is genuine, and the certificate is valid. What the picture around it "
            "shows was not checked: read below whose it is."
        )
    else:
        said = _("The credential in this file is genuine, but the certificate is not in force today.")
    return str(said)


def _verdict(examination: Examination) -> str:
    first = examination.findings[0]
    if examination.is_credential and examination.is_ours:
        said = _credential_verdict(examination)
    elif examination.is_genuine:
        said = _("This file is genuine, and the certificate is valid.")
    elif examination.is_ours:
        said = _("This file is genuine, but the certificate is not in force today.")
    elif first.check is Check.READABLE and not first.held:
        said = _("This file could not be checked.")
    elif not examination.certificates:
        said = _("This file is no certificate that was issued here.")
    else:
        said = _("This file is not what was handed out. Do not trust it.")
    return str(said)
