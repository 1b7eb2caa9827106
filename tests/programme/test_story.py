"""What reports tell beside figures: the contact, and photographs that are shown after somebody confirmed consent."""

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from tests import factories as make
from tests.factories import STAFF
from tests.pages import Pages
from tests.pictured import photograph
from tests.world import World
from trainreg.audit.models import AuditEntry
from trainreg.kernel.photographs import prepare_photograph
from trainreg.programme import story
from trainreg.programme.models import Photograph
from trainreg.programme.queries import list_shown_photographs
from trainreg.programme.rules import MOST_PHOTOGRAPHS
from trainreg.programme.story import PhotographDetails

WORDS = {"caption_en": "Trainers", "alternative_en": "People around a table.", "consent_note": "on paper, folder 3"}


def jpeg(shade: int = 90) -> bytes:
    target = BytesIO()
    Image.new("RGB", (400, 300), (shade, 120, 90)).save(target, "JPEG")
    return target.getvalue()


@pytest.fixture
def path(world: World) -> str:
    return f"/desk/projects/{world.project.code}"


def actions() -> list[str]:
    return [entry.action for entry in make.db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))]


def test_the_contact_is_kept_in_four_languages_line_by_line(pages: Pages, world: World, path: str) -> None:
    typed = {"contact_en": "Office\r\nTel: 1", "contact_mn": "Газар", "contact_fr": "Bureau", "contact_es": ""}
    assert pages.sign_in(world.organizer).post(f"{path}/story", typed).status == 303
    assert world.project.contact == {"en": "Office\nTel: 1", "mn": "Газар", "fr": "Bureau"}
    assert "project.contact_set" in actions()
    page = pages.get(f"{path}/story")
    assert page.value_of("contact_en") == "Office\nTel: 1"


def test_a_contact_that_is_too_long_is_told_beside_its_field(pages: Pages, world: World, path: str) -> None:
    page = pages.sign_in(world.organizer).post(f"{path}/story", {"contact_en": "x" * 601})
    assert page.status == 422 and "At most 600 characters." in page.text


def test_a_photograph_is_added_with_its_consent(pages: Pages, world: World, path: str) -> None:
    pages.sign_in(world.organizer)
    sent = WORDS | {"file": (BytesIO(jpeg()), "IMG_1.jpg"), "is_confirmed": "y"}
    assert pages.post(f"{path}/photographs/new", sent).status == 303
    [photograph] = list_shown_photographs(world.project.id)
    assert photograph.confirmed_by_id == world.organizer.id and photograph.confirmed_at is not None
    assert {"photograph.added", "photograph.confirmed"} <= set(actions())
    assert "Shown in reports" in pages.get(f"{path}/story").text


@pytest.mark.parametrize(
    ("left_out", "sentence"),
    [
        ("file", "Choose a photograph"),
        ("consent_note", "Say who agreed, when and how"),
        ("alternative_en", "Describe in a sentence what the picture shows"),
    ],
)
def test_what_is_missing_is_said(pages: Pages, world: World, path: str, left_out: str, sentence: str) -> None:
    pages.sign_in(world.organizer)
    sent = WORDS | {"file": (BytesIO(jpeg()), "IMG_1.jpg"), "is_confirmed": "y"}
    sent.pop(left_out)
    page = pages.post(f"{path}/photographs/new", sent)
    assert page.status == 422 and sentence in page.text
    assert world.project.photographs == []


def test_a_file_that_is_no_photograph_is_refused(pages: Pages, world: World, path: str) -> None:
    pages.sign_in(world.organizer)
    page = pages.post(f"{path}/photographs/new", WORDS | {"file": (BytesIO(b"<svg/>"), "a.jpg")})
    assert page.status == 422 and "not a photograph we can print" in page.text


def test_consent_is_withdrawn_and_the_picture_is_gone_from_reports(pages: Pages, world: World, path: str) -> None:
    picture = photograph(world.project)
    make.db.session.commit()
    shown = f"/reports/{world.project.code}/photographs/{picture.id}"
    viewer = pages.sign_in(world.viewer)
    answer = viewer.get(shown)
    assert answer.status == 200 and answer.response.headers["Cache-Control"] == "private, no-store"
    assert viewer.get(f"{path}/photographs/{picture.id}/file").status in {403, 404}
    pages.sign_in(world.organizer)
    assert pages.post(f"{path}/photographs/{picture.id}", WORDS | {"position": "1"}).status == 303
    assert pages.get(shown).status == 404
    assert pages.get(f"{path}/photographs/{picture.id}/file").status == 200
    assert "photograph.withdrawn" in actions()
    assert list_shown_photographs(world.project.id) == []


def test_a_photograph_is_removed_for_good(pages: Pages, world: World, path: str) -> None:
    picture = photograph(world.project)
    make.db.session.commit()
    pages.sign_in(world.organizer)
    assert pages.post(f"{path}/photographs/{picture.id}/remove", {}).status == 303
    assert make.db.session.scalars(select(Photograph)).all() == []


def test_one_of_another_project_is_not_found(pages: Pages, world: World, path: str) -> None:
    other = photograph(world.other_project)
    make.db.session.commit()
    pages.sign_in(world.organizer)
    for address in (f"{path}/photographs/{other.id}", f"/reports/{world.project.code}/photographs/{other.id}"):
        assert pages.get(address).status == 404


def test_they_are_put_in_order(world: World) -> None:
    first, second, third = (photograph(world.project) for _ in range(3))
    words = PhotographDetails(alternative={"en": "x"}, consent_note="x", is_confirmed=True, position=1)
    story.edit_photograph(third, words, by=STAFF)
    assert [one.id for one in list_shown_photographs(world.project.id)] == [third.id, first.id, second.id]
    story.remove_photograph(first, by=STAFF)
    assert [one.position for one in list_shown_photographs(world.project.id)] == [1, 2]


def test_the_same_twice_and_too_many_are_refused(world: World) -> None:
    story.add_photograph(world.project, prepare_photograph(jpeg()), PhotographDetails(), by=STAFF)
    with pytest.raises(story.SamePhotograph):
        story.add_photograph(world.project, prepare_photograph(jpeg()), PhotographDetails(), by=STAFF)
    for shade in range(MOST_PHOTOGRAPHS - 1):
        prepared = prepare_photograph(jpeg(shade * 20))
        story.add_photograph(world.project, prepared, PhotographDetails(), by=STAFF)
    with pytest.raises(story.TooManyPhotographs):
        story.add_photograph(world.project, prepare_photograph(jpeg(255)), PhotographDetails(), by=STAFF)


def test_who_confirmed_stays_when_words_change(world: World) -> None:
    picture = photograph(world.project, confirmed_by_label="Somebody Else")
    words = PhotographDetails(alternative={"en": "Other words"}, consent_note="x", is_confirmed=True)
    story.edit_photograph(picture, words, by=STAFF)
    assert picture.confirmed_by_label == "Somebody Else" and picture.confirmed_at == make.NOW
