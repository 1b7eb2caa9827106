"""The desk's page and the official's own: by right, each their own part, and written down."""

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.certificates.samples import TRAINER
from tests.me.visiting import enter
from tests.pages import Page, Pages
from tests.paper.reading import text_of
from tests.records.worlds import certify
from tests.transcript.histories import came
from tests.world import World
from trainreg.audit.models import AuditEntry
from trainreg.certificates.facts import canonical_json
from trainreg.kernel.db import db
from trainreg.me.erasure import erase
from trainreg.records.service import merge


@pytest.fixture
def past(world: World) -> World:
    """Bolor came to one training of each project."""
    paper = certify(came(world.bolor, world.project, world.ministry, title={"en": "Own training"}), 7)
    paper.facts = canonical_json(TRAINER)
    came(world.bolor, world.other_project, world.ministry, title={"en": "Foreign training"})
    db.session.commit()
    return world


def notes() -> list[AuditEntry]:
    return list(db.session.scalars(select(AuditEntry).where(AuditEntry.action == "person.transcript_taken")))


def address(world: World) -> str:
    return f"/desk/people/{world.bolor.id}/transcript"


def words_of(page: Page) -> str:
    assert page.status == 200 and page.response.mimetype == "application/pdf"
    assert "no-store" in page.response.headers["Cache-Control"] or "private" in page.response.headers["Cache-Control"]
    return text_of(page.response.get_data())


def test_the_desk_sees_its_projects_alone(pages: Pages, past: World) -> None:
    page = pages.sign_in(past.organizer).get(address(past))
    assert page.status == 200 and "Own training" in page.text and "P/0007" in page.text
    assert "Foreign training" not in page.text and "may have come to others" in page.text
    text = words_of(pages.post(address(past), {"language": "en"}))
    assert "Own training" in text and "Foreign training" not in text
    whole = Pages(pages.app).sign_in(past.administrator).get(address(past)).text
    assert "Own training" in whole and "Foreign training" in whole
    assert pages.get(f"/desk/people/{past.bolor.id}").find_all("a", href=address(past))


def test_by_right(pages: Pages, past: World) -> None:
    came(past.tuya, past.project, past.ministry)
    db.session.commit()
    foreign = f"/desk/people/{past.tuya.id}/transcript"
    for account, where, status in (
        (past.viewer, address(past), 403),
        (past.focal_point, address(past), 403),
        (past.other_organizer, foreign, 404),
    ):
        browser = Pages(pages.app).sign_in(account)
        assert browser.get(where).status == status
        assert browser.post(where, {"language": "en"}).status == status
    assert Pages(pages.app).get(address(past)).status in {302, 303}
    assert notes() == []


def test_it_is_written_down_who_took_it(pages: Pages, past: World) -> None:
    pages.sign_in(past.organizer).get(address(past))
    assert notes() == [], "the page names nobody who is not named on the person's page already"
    words_of(pages.post(address(past), {"language": "mn"}))
    [note] = notes()
    assert (note.subject_id, note.user_id, note.facts["language"]) == (past.bolor.id, past.organizer.id, "mn")
    assert "Transcript of trainings handed out" in pages.get(f"/desk/people/{past.bolor.id}").text
    assert pages.post(address(past), {"language": "fr"}).status == 404 and len(notes()) == 1


def test_the_official_fetches_all_of_their_own(pages: Pages, past: World) -> None:
    assert pages.get("/me/transcript").status == 401
    page = enter(pages, past.bolor)
    assert page.find_all("a", href="/me/transcript")
    own = pages.get("/me/transcript")
    assert "Own training" in own.text and "Foreign training" in own.text
    text = words_of(pages.post("/me/transcript", {"language": "en"}))
    assert "Foreign training" in text and "P/0007" in text and "by the person it is about" in text
    [note] = notes()
    assert (note.subject_id, note.user_id) == (past.bolor.id, None)


def test_another_official_gets_their_own_and_not_this(pages: Pages, past: World) -> None:
    past.tuya.email = "tuya@example.org"
    db.session.commit()
    enter(pages, past.tuya)
    assert "training is on record" in pages.get("/me/transcript").text
    assert "Own training" not in words_of(pages.post("/me/transcript", {"language": "en"}))
    assert pages.get(address(past)).status in {302, 303}, "a visit is no account"


@pytest.mark.slow
def test_the_official_does_not_fetch_without_end(pages: Pages, past: World) -> None:
    enter(pages, past.bolor)
    answers = [pages.post("/me/transcript", {"language": "en"}).status for _number in range(7)]
    assert answers == [200] * 6 + [429]


def test_a_merged_record_leads_to_the_kept_one(pages: Pages, past: World) -> None:
    came(past.tuya, past.project, past.ministry, title={"en": "Merged training"})
    merge(past.bolor, past.tuya, by=make.STAFF)
    db.session.commit()
    merged = f"/desk/people/{past.tuya.id}/transcript"
    page = pages.sign_in(past.organizer).get(merged)
    assert page.location == address(past) and "Merged training" in pages.follow(page).text
    assert pages.post(merged, {"language": "en"}).status == 409 and notes() == []


def test_none_of_the_forgotten(pages: Pages, past: World) -> None:
    erase(past.bolor, by=make.STAFF)
    db.session.commit()
    pages.sign_in(past.administrator)
    assert pages.get(address(past)).status == 410
    assert pages.post(address(past), {"language": "en"}).status == 410 and notes() == []
    assert not pages.get(f"/desk/people/{past.bolor.id}").find_all("a", href=address(past))
