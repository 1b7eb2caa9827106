"""A stranger reads the state of a certificate in English, Mongolian, French or Spanish."""

from io import BytesIO

import pytest
from flask import Flask

from tests.guards.test_certificate_languages import catalogue_of, gathered
from tests.guards.test_translations import _english, _forms, _heard
from tests.pages import Page, Pages
from trainreg.certificates.models import Certificate
from trainreg.kernel.db import db
from trainreg.kernel.languages import CONTENT_LANGUAGES, LANGUAGES


def language_of(page: Page) -> str | None:
    assert page.tree is not None
    html = page.tree if page.tree.tag == "html" else page.tree.find("html")
    assert html is not None
    return html.get("lang")


@pytest.mark.parametrize("language", [code for code in CONTENT_LANGUAGES if code not in LANGUAGES])
def test_these_pages_say_nothing_in_english(pages: Pages, certificate: Certificate, language: str) -> None:
    same = {said for message in catalogue_of(language) if message.id for said in _forms(message.string)}
    english = sorted(_english(set(gathered())) - same)
    paths = ["/v/", f"/v/{certificate.code}", "/v/nothing", "/v/find", "/v/file", "/v/scan", "/v/offline"]
    answers = [pages.get(f"{path}?lang={language}") for path in [*paths, "/v/"]]
    answers += [pages.post("/v/find", {"number": "X/1", "name": "Nobody"}), pages.post("/v/find")]
    answers += [pages.post("/v/file"), pages.post("/v/file", {"file": (BytesIO(b"no PDF"), "x.pdf")})]
    answers += [pages.post("/v/file", token="stale"), pages.get("/v/?code=")]
    for page in answers:
        assert language_of(page) == language
        heard = _heard(page)
        assert [sentence for sentence in english if sentence in heard] == []


@pytest.mark.parametrize(
    ("accepted", "spoken"),
    [("fr-CA,fr;q=0.9,en;q=0.5", "fr"), ("es", "es"), ("mn-MN", "mn"), ("de,es;q=0.3", "es"), ("de", "en")],
)
def test_the_browser_decides_first(pages: Pages, certificate: Certificate, accepted: str, spoken: str) -> None:
    page = pages.get(f"/v/{certificate.code}", headers={"Accept-Language": accepted})
    assert language_of(page) == spoken
    assert "Accept-Language" in page.response.headers["Vary"]


def test_else_the_certificate_does(pages: Pages, certificate: Certificate) -> None:
    certificate.facts = certificate.facts.replace('"languages":["en","mn"]', '"languages":["mn","en"]')
    db.session.commit()
    assert language_of(pages.get(f"/v/{certificate.code}", headers={"Accept-Language": "de"})) == "mn"
    assert language_of(pages.get(f"/v/{certificate.code}", headers={"Accept-Language": "es"})) == "es"


def test_the_choice_is_kept_for_these_pages_alone(pages: Pages, certificate: Certificate) -> None:
    assert language_of(pages.get("/v/?lang=fr")) == "fr"
    assert language_of(pages.get(f"/v/{certificate.code}")) == "fr"
    assert language_of(pages.get("/events")) == "en", "the rest of the house has no French"
    assert language_of(pages.get("/events?lang=fr")) == "en"


def test_every_page_offers_all_four(pages: Pages, app: Flask) -> None:
    for path in ("/v/", "/v/nothing", "/v/find", "/v/file", "/v/scan", "/v/offline"):
        links = [link.get("hreflang") for link in pages.get(path).find_all("a") if link.get("hreflang")]
        assert links == list(CONTENT_LANGUAGES), path


def test_days_read_as_they_are_written(pages: Pages, certificate: Certificate) -> None:
    assert "10–11 mars 2026" in pages.get(f"/v/{certificate.code}?lang=fr").text
    assert "10–11 de marzo de 2026" in pages.get(f"/v/{certificate.code}?lang=es").text
