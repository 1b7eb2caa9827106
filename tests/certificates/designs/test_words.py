"""What a certificate says in each language, and that nothing filled in is ever read as a placeholder."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainreg.certificates.designs import spans, templates
from trainreg.certificates.designs import wording_2 as words
from trainreg.certificates.designs.gallery import GALLERY
from trainreg.certificates.designs.phrases import Phrases
from trainreg.certificates.designs.schema import LANGUAGES
from trainreg.certificates.designs.trials import LONG
from trainreg.certificates.rules import CertificateKind

D = date


@pytest.mark.parametrize(
    ("first", "last", "en", "mn", "fr", "es"),
    [
        (D(2013, 3, 12), D(2013, 3, 12), "12 March 2013", "2013 оны 3 дугаар сарын 12-ны өдөр", "le 12 mars 2013",
         "12 de marzo de 2013"),
        (D(2013, 4, 1), D(2013, 4, 3), "1–3 April 2013", "2013 оны 4 дүгээр сарын 1–3-ны өдрүүдэд",
         "du 1er au 3 avril 2013", "del 1 al 3 de abril de 2013"),
        (D(2013, 2, 28), D(2013, 3, 4), "28 February – 4 March 2013",
         "2013 оны 2 дугаар сарын 28 – 3 дугаар сарын 4-ний өдрүүдэд", "du 28 février au 4 mars 2013",
         "del 28 de febrero al 4 de marzo de 2013"),
        (D(2012, 12, 29), D(2013, 1, 9), "29 December 2012 – 9 January 2013",
         "2012 оны 12 дугаар сарын 29 – 2013 оны 1 дүгээр сарын 9-ний өдрүүдэд",
         "du 29 décembre 2012 au 9 janvier 2013", "del 29 de diciembre de 2012 al 9 de enero de 2013"),
    ],
)  # fmt: skip
def test_dates_are_written_in_words(first: date, last: date, en: str, mn: str, fr: str, es: str) -> None:
    assert [spans.period(first, last, language) for language in LANGUAGES] == [en, mn, fr, es]


@pytest.mark.parametrize(
    ("attended", "planned", "en", "mn", "fr", "es"),
    [
        ("21", "21", "21 hours", "21 цаг", "21 heures", "21 horas"),
        ("1", "1", "1 hour", "1 цаг", "1 heure", "1 hora"),
        ("1.5", "1.5", "1.5 hours", "1.5 цаг", "1,5 heure", "1,5 horas"),
        ("17.5", "21", "17.5 of 21 hours", "21 цагаас 17.5 цаг", "17,5 heures sur 21", "17,5 de 21 horas"),
        ("0", "0", "", "", "", ""),
    ],
)
def test_durations(attended: str, planned: str, en: str, mn: str, fr: str, es: str) -> None:
    said = [spans.duration(Decimal(attended), Decimal(planned), "hours", language) for language in LANGUAGES]

    assert said == [en, mn, fr, es]


def test_a_prepared_paper_tells_the_planned_duration_only() -> None:
    prepared = Phrases(GALLERY["formal"], replace(LONG, is_prepared=True), verify="")

    assert prepared.part("duration", "en") == "21 hours"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", CertificateKind)
def test_every_language_has_every_sentence(language: str, kind: CertificateKind) -> None:
    assert words.WORDS[language].keys() == words.PARTS
    assert words.EVENTS[language].keys() == words.EVENTS["en"].keys()
    phrases = Phrases(GALLERY["formal"], replace(LONG, kind=kind), verify="https://example.org/v/1")
    for part in words.PARTS:
        assert phrases.part(part, language)


@pytest.mark.parametrize(
    ("language", "kind", "event", "deed"),
    [
        ("fr", CertificateKind.ATTENDANCE, "seminar", "a participé au séminaire"),
        ("fr", CertificateKind.ATTENDANCE, "workshop", "a participé à l’atelier"),
        ("fr", CertificateKind.COMPLETION, "training", "a suivi avec succès la formation"),
        ("es", CertificateKind.ATTENDANCE, "workshop", "ha participado en el taller"),
        ("mn", CertificateKind.ATTENDANCE, "training", "дараах сургалтад оролцсоныг гэрчилж байна"),
        ("en", CertificateKind.APPRECIATION, "", "for contributing to the event"),
    ],
)
def test_the_event_stands_in_the_right_case(language: str, kind: CertificateKind, event: str, deed: str) -> None:
    facts = replace(LONG, kind=kind, event_kind=event)

    assert Phrases(GALLERY["formal"], facts, verify="").part("deed", language) == deed


def test_a_design_may_say_it_in_its_own_words() -> None:
    own = replace(
        GALLERY["formal"], wording={"en": {"all": {"title": "Diploma"}, "trainer": {"title": "Master {name}"}}}
    )

    assert Phrases(own, LONG, verify="").part("title", "en") == f"Master {LONG.names['en']}"
    assert Phrases(own, replace(LONG, kind=CertificateKind.COMPLETION), verify="").part("title", "en") == "Diploma"


@given(st.text("{}[]%abcdenos ._0", max_size=30))
def test_what_is_filled_in_is_printed_as_it_is(name: str) -> None:
    assert templates.filled("<{name}>", lambda _: name) == " ".join(f"<{name}>".split())


def test_words_in_brackets_go_with_an_empty_fact() -> None:
    def value_of(key: str) -> str:
        return {"place": "", "dates": "1 May"}[key]

    assert templates.filled("[{place}, ]{dates}", value_of) == "1 May"
    assert templates.filled("[[{dates}]] {{x}}", value_of) == "[1 May] {x}"
