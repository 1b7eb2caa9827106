"""The camera, and the page that checks certificates without a network: what it keeps, and its copy in one file."""

from __future__ import annotations

from flask import Response, current_app, make_response, render_template

from trainreg.certificates.blueprint import blueprint
from trainreg.certificates.verifying.forms import VerifyForm
from trainreg.certificates.verifying.offline import single_file, worker_script
from trainreg.certificates.verifying.offline_words import offline_words, scan_words
from trainreg.certificates.verifying.pages import unlisted
from trainreg.kernel.languages import CONTENT_LANGUAGES
from trainreg.web.access import public
from trainreg.web.forms import answer
from trainreg.web.locale import speaks
from trainreg.web.safety import SCANNING_POLICY


@blueprint.get("/v/scan")
@public
@speaks(CONTENT_LANGUAGES)
def scan() -> Response:
    """A code before the camera leads to its certificate; without a script, the box for a code is there."""
    form = VerifyForm(formdata=None)
    page = unlisted(
        *answer("certificates/verifying/scan.html", form, words=scan_words(), house=current_app.config["BASE_URL"])
    )
    page.headers["Content-Security-Policy"] = SCANNING_POLICY
    return page


@blueprint.get("/v/offline")
@public
@speaks(CONTENT_LANGUAGES)
def offline() -> Response:
    """The page is the same for everybody and names nobody: what it checks never leaves the device."""
    page = make_response(
        render_template(
            "certificates/verifying/offline.html", words=offline_words(), house=current_app.config["BASE_URL"]
        )
    )
    page.headers["Cache-Control"] = "no-cache"
    page.headers["X-Robots-Tag"] = "noindex, nofollow"
    page.headers["Content-Security-Policy"] = SCANNING_POLICY
    page.vary.update(("Accept-Language", "Cookie"))
    return page


@blueprint.get("/v/offline/sw.js")
@public
def offline_worker() -> Response:
    """The service worker: the same for everybody, with the files of this version to keep."""
    script = Response(worker_script(current_app), mimetype="text/javascript")
    script.headers["Cache-Control"] = "no-cache"
    script.headers["Service-Worker-Allowed"] = "/v/offline"
    return script


@blueprint.get("/v/offline/file")
@public
@speaks(CONTENT_LANGUAGES)
def offline_file() -> Response:
    """The page, its scripts and today's keys in one file, for machines that never see a network."""
    file = Response(single_file(current_app), mimetype="application/octet-stream")
    file.headers["Content-Disposition"] = 'attachment; filename="check-certificates.html"'
    file.headers["X-Robots-Tag"] = "noindex, nofollow"
    return file
