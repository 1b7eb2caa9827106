"""The factsheet of the reference project says every figure that its public factsheet says, in four languages."""

import re
import subprocess
from pathlib import Path

import pytest
from flask import Flask

from trainreg.demo.world import project as told_of
from trainreg.kernel.clock import now
from trainreg.programme.queries import get_project
from trainreg.reporting.factsheet.compose import factsheet_of
from trainreg.reporting.factsheet.pdf import draw_factsheet

LANGUAGES = ("en", "mn", "fr", "es")
# Each fact of the public factsheet, as the PDF says it. White space of any kind is one space.
FACTS: dict[str, tuple[str, str, str, str]] = {
    "almost 150, in words": ("Almost 150 officials", "150 шахам албан хаагч", "Près de 150", "Casi 150 funcionarios"),
    "147 by 113": (
        "147 attendances by 113 officials",
        "147 оролцоо",
        "147 participations, 113",
        "147 asistencias de 113",
    ),
    "42 at the seminar": ("42 participants attended", "42 хүн оролцсон", "42 personnes y ont", "Asistieron 42"),
    "two days": ("Two-day seminar", "Хоёр өдрийн семинар", "Séminaire de deux jours", "Seminario de dos días"),
    "35 at the training": ("35 participants attended", "35 хүн оролцсон", "35 personnes y ont", "Asistieron 35"),
    "three days": ("Three-day training", "Гурван өдрийн", "de trois jours", "de tres días"),
    "15 of 20": (
        "20 participants attended, 15 of whom were from the law drafting committee",
        "20 хүн оролцсон, үүнээс хуулийн төслийн ажлын хэсэг: 15",
        "20 personnes y ont participé, dont 15 du groupe « comité de rédaction de la loi »",
        "Asistieron 20 participantes, 15 de ellos del grupo «comité de redacción de la ley»",
    ),
    "half a day, the briefing": ("Half-day briefing", "Хагас өдрийн танилцуулга", "d’une demi-journée", "de medio día"),
    "half a day, the consultation": (
        "Half-day consultation meeting",
        "Хагас өдрийн зөвлөлдөх уулзалт",
        "Réunion de consultation d’une demi-journée",
        "Reunión de consulta de medio día",
    ),
    "50 at the consultation": ("50 participants attended", "50 хүн оролцсон", "50 personnes y ont", "Asistieron 50"),
    "100 copies": ("100 copies were printed", "100 хувь хэвлэж", "100 exemplaires ont", "imprimieron 100 ejemplares"),
    "to the Ministry of Labour": (
        "distributed to: Ministry of Labour; Ministry of Population Development and Social Protection",
        "тараасан: Хөдөлмөрийн яам; Хүн амын хөгжил, нийгмийн хамгааллын яам",
        "Ministère du travail ; Ministère du développement de la population et de la protection sociale",
        "Ministerio de Trabajo; Ministerio de Desarrollo de la Población y Protección Social",
    ),
    "three manuals and handbooks": (
        "three manuals and handbooks",
        "гурван гарын авлагыг монгол хэлнээ орчуулж",
        "trois manuels et guides",
        "tres manuales y guías",
    ),
    "translated": (
        "translated into Mongolian",
        "орчуулсан хэл: монгол",
        "traduction en mongol",
        "traducción al mongol",
    ),
    "an assessment": (
        "Assessment report, ",
        "Үнэлгээний тайлан, ",
        "Rapport d’évaluation, ",
        "Informe de evaluación, ",
    ),
    "duration": (
        "August 2012 – February 2014",
        "2012 оны 8 дугаар сар – 2014 оны 2 дугаар сар",
        "août 2012 – février 2014",
        "agosto de 2012 – febrero de 2014",
    ),
    "budget": ("100,000 USD", "100,000 USD", "100 000 USD", "100.000 USD"),
    "hosts of the seminar": ("IOM Beijing and IOM", "Бээжин, Улаанбаатар", "OIM Beijing et OIM", "OIM Beijing y OIM"),
    "address": ("14201 Ulaanbaatar", "14201 Улаанбаатар", "14201 Oulan-Bator", "14201 Ulán Bator"),
    "street": ("United Nations Street 12", "Нэгдсэн Үндэстний гудамж 12", "Nations Street 12", "Nations Street 12"),
    "telephone": ("+976 70 14 31 00",) * 4,
    "web": ("www.iom.int",) * 4,
}
# Over 100 copies, and when; the two stand beside each other in the record of one publication.
OVER = {
    "en": (r"July 2013\*? Over 100 copies", r"December 2013\*? Over 100 copies"),
    "mn": (r"2013 оны 7 дугаар сар\*? 100 гаруй хувь", r"2013 оны 12 дугаар сар\*? 100 гаруй хувь"),
    "fr": (r"juillet 2013\*? Plus de 100 exemplaires", r"décembre 2013\*? Plus de 100 exemplaires"),
    "es": (r"julio de 2013\*? Se imprimieron más de 100", r"diciembre de 2013\*? Se imprimieron más de 100"),
}


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def drawn() -> dict[str, str]:
    """The texts of the languages whose factsheet was drawn already."""
    return {}


@pytest.fixture
def text(loaded: Flask, language: str, drawn: dict[str, str], tmp_path: Path) -> str:
    """What `pdftotext` reads from the file, white space folded, a hyphen at the end of a line joined again."""
    if language not in drawn:
        at, file = now(), tmp_path / "factsheet.pdf"
        told = factsheet_of(get_project("MN-2012"), language, with_names=True, at=at)
        file.write_bytes(draw_factsheet(told, at=at))
        done = subprocess.run(["pdftotext", "-raw", str(file), "-"], capture_output=True, check=True)
        pages = done.stdout.decode()
        drawn[language] = " ".join(re.sub(r"(?<=\w)-\n(?=\w)", "-", pages).split())
    return drawn[language]


@pytest.mark.parametrize("fact", FACTS)
def test_every_figure_of_the_public_factsheet_is_there(text: str, language: str, fact: str) -> None:
    assert FACTS[fact][LANGUAGES.index(language)] in text


def test_over_100_copies_with_the_month(text: str, language: str) -> None:
    for pattern in OVER[language]:
        assert re.search(pattern, text), pattern


def test_six_partners_and_five_outcomes_in_the_language(text: str, language: str, loaded: Flask) -> None:
    project = get_project("MN-2012")
    assert len(project.partners) == 6 and len(project.outcomes) == 5
    for one in (*(partner.agency.name for partner in project.partners), *(row.title for row in project.outcomes)):
        assert one[language] in text, one


def test_titles_of_all_that_was_done(text: str, language: str) -> None:
    told = told_of("MN-2012")
    assert len(told.events) == 4 and len(told.publications) == 4
    for one in (*told.events, *told.publications):
        assert one.title[language] in text


def test_no_english_is_left_in_other_languages(text: str, language: str) -> None:
    if language != "en":
        for word in ("attended", "Hosted", "copies", "outcomes", "Made on", "Ministry of", "seminar,"):
            assert word not in text
