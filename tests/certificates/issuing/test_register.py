"""The register book: every number in order, for those who may see the names, searched and taken along."""

import io

import openpyxl
import pytest

from tests import factories as make
from tests.certificates.attending import attend, past_event
from tests.pages import Pages
from tests.registration.statements import counted_statements
from tests.world import World
from trainreg.audit.models import AuditEntry
from trainreg.certificates import service
from trainreg.certificates.models import Certificate
from trainreg.kernel.db import db

BOOK = "/desk/register"


@pytest.fixture
def elsewhere(world: World) -> Certificate:
    """Tuya's, of the other project."""
    event = past_event(world.other_project)
    attend(make.registration(event, world.tuya), 4)
    (issued,) = service.issue(event, by=make.STAFF).certificates
    db.session.commit()
    return issued


def test_one_sees_the_numbers_of_ones_own_projects(
    pages: Pages, world: World, certificate: Certificate, elsewhere: Certificate
) -> None:
    own = pages.sign_in(world.organizer).get(BOOK).text
    everything = pages.sign_in(world.administrator).get(BOOK).text

    assert certificate.register_number in own and elsewhere.register_number not in own
    assert certificate.register_number in everything and elsewhere.register_number in everything


@pytest.mark.parametrize("asked", ["Болор", "болор", "бат болор", "Bolor", "{number}", "{series}/"])
def test_it_is_searched_by_number_and_by_the_words_of_a_name(
    pages: Pages, world: World, certificate: Certificate, asked: str
) -> None:
    world.bolor.given_name_latin = "Bolor"
    asked = asked.format(number=certificate.register_number.lower(), series=certificate.series)
    if asked == "Bolor":
        service.revoke(certificate, reason="Again", by=make.STAFF)
        certificate.holder = "bat bolor | батын болор"
        db.session.commit()

    page = pages.sign_in(world.organizer).get(f"{BOOK}?q={asked}")

    assert certificate.register_number in page.text


@pytest.mark.parametrize(
    "query",
    ["q=Туяа", "state=revoked", "since=2999-01-01", "until=1999-01-01", "event=none", "project=none", "q=%25"],
)
def test_it_is_narrowed(pages: Pages, world: World, certificate: Certificate, query: str) -> None:
    page = pages.sign_in(world.organizer).get(f"{BOOK}?{query}")

    assert f"/desk/certificates/{certificate.id}" not in page.html


def test_a_code_leads_nowhere(pages: Pages, world: World, certificate: Certificate) -> None:
    page = pages.sign_in(world.organizer).get(f"{BOOK}?q={certificate.code}")

    assert f"/desk/certificates/{certificate.id}" not in page.html


def test_whoever_takes_it_along_is_written_down(pages: Pages, world: World, certificate: Certificate) -> None:
    answer = pages.sign_in(world.organizer).post(f"{BOOK}/export", {"format": "xlsx"}).response

    rows = list(openpyxl.load_workbook(io.BytesIO(answer.data)).active.iter_rows(values_only=True))
    assert rows[1][0] == certificate.register_number
    assert rows[1][8] == "Valid"
    assert "account.register_taken" in db.session.scalars(db.select(AuditEntry.action)).all()


@pytest.mark.parametrize("who", ["viewer", "focal_point"])
def test_nobody_else_opens_it(pages: Pages, world: World, certificate: Certificate, who: str) -> None:
    pages.sign_in(getattr(world, who))

    assert pages.get(BOOK).status in {403, 404}
    assert pages.post(f"{BOOK}/export", {"format": "xlsx"}).status in {403, 404}


def test_many_lines_cost_as_many_statements_as_few(pages: Pages, world: World, certificate: Certificate) -> None:
    pages.sign_in(world.organizer)
    with counted_statements() as few:
        pages.get(BOOK)
    event = certificate.registration.event
    for _ in range(12):
        attend(make.registration(event), 4)
    service.issue(event, by=make.STAFF)
    db.session.commit()
    db.session.expunge_all()
    with counted_statements() as many:
        pages.get(BOOK)

    assert len(many) == len(few)
