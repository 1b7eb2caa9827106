"""Publications of a project are added and edited."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from tests import factories as make
from tests.pages import Pages
from tests.world import World
from trainreg.audit.queries import history_of
from trainreg.kernel.db import db
from trainreg.publications.details import PublicationDetails
from trainreg.publications.models import Publication
from trainreg.publications.refusals import OutcomeOfAnother
from trainreg.publications.rules import PublicationKind
from trainreg.publications.service import create_publication


def typed(**values: Any) -> dict[str, Any]:
    usual = {
        "kind": "handbook",
        "title_en": "Supporting victims",
        "title_mn": "Хохирогчдод дэмжлэг үзүүлэх нь",
        "translated_into": "mn",
        "outcome": "",
        "published_on": "2026-07-01",
        "title_fr": "Soutenir les victimes",
    }
    return usual | values


def new_page(world: World) -> str:
    return f"/desk/projects/{world.project.code}/publications/new"


def the_publication() -> Publication:
    return db.session.scalars(select(Publication)).one()


def test_a_publication_is_added(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    assert pages.get(new_page(world)).status == 200
    page = pages.post(new_page(world), typed(outcome=str(world.outcome.id)))
    added = the_publication()
    assert page.location == f"/desk/projects/{world.project.code}/publications/{added.id}"
    assert added.title["fr"] == "Soutenir les victimes"
    assert (added.kind, added.translated_into, added.published_on) == (
        PublicationKind.HANDBOOK,
        "mn",
        date(2026, 7, 1),
    )
    assert added.outcome == world.outcome
    assert [line.sentence for line in history_of(added)] == ["Publication added"]


def test_saving_the_page_as_it_stands_changes_nothing_and_edits_are_kept(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer).post(new_page(world), typed(outcome=str(world.outcome.id)))
    path = f"/desk/projects/{world.project.code}/publications/{the_publication().id}/edit"
    page = pages.get(path)
    shown = {name: page.value_of(name) or "" for name in typed()}
    assert shown == typed(outcome=str(world.outcome.id))
    assert pages.post(path, shown | {"published_on": "", "kind": "assessment_report"}).status == 303
    edited = the_publication()
    assert (edited.kind, edited.published_on) == (PublicationKind.ASSESSMENT_REPORT, None)
    assert edited.title["fr"] == "Soutenir les victimes"
    assert [line.sentence for line in history_of(edited)] == ["Publication edited", "Publication added"]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("kind", "poem", "Choose one of these."),
        ("title_en", "T" * 301, "At most 300 characters."),
        ("translated_into", "xx", "Choose one of these."),
        ("outcome", "999999", "Choose one of these."),
        ("published_on", "2026-02-30", "not in the calendar"),
        ("published_on", "0026-02-03", "not in the calendar"),
        ("title_es", "D" * 301, "At most 300 characters."),
        ("title_fr", "a\u200bb", "invisible character"),
    ],
)
def test_what_cannot_be_gets_a_sentence_and_everything_typed_is_kept(
    pages: Pages, world: World, field: str, value: str, words: str
) -> None:
    content = typed(**{field: value})
    page = pages.sign_in(world.organizer).post(new_page(world), content)
    assert page.status == 422
    assert words in page.text
    for name, was_typed in content.items():
        if name != field or name not in {"kind", "translated_into", "outcome"}:
            assert (page.value_of(name) or "") == was_typed, name
    assert db.session.scalar(select(func.count()).select_from(Publication)) == 0


def test_a_publication_needs_a_title_in_one_language(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    page = pages.post(new_page(world), typed(title_en="", title_mn="", title_fr=""))
    assert page.status == 422 and "in one language at least" in page.text
    assert pages.post(new_page(world), typed(title_en="")).status == 303


def test_a_publication_serves_an_outcome_of_its_own_project(world: World) -> None:
    elsewhere = make.outcome(world.other_project)
    with pytest.raises(OutcomeOfAnother):
        details = PublicationDetails(kind=PublicationKind.OTHER, title={"en": "A"}, outcome=elsewhere)
        create_publication(world.project, details, by=make.STAFF)


def test_publications_belong_to_those_who_edit_the_project(pages: Pages, world: World) -> None:
    assert pages.get(new_page(world)).location.startswith("/login")
    assert pages.post(new_page(world), typed()).status == 401
    assert pages.sign_in(world.other_organizer).get(new_page(world)).status == 404
    assert pages.sign_in(world.viewer).get(new_page(world)).status == 403
    pages.sign_in(world.organizer).post(new_page(world), typed())
    elsewhere = f"/desk/projects/{world.other_project.code}/publications/{the_publication().id}/edit"
    assert pages.sign_in(world.administrator).get(elsewhere).status == 404
    assert pages.post(elsewhere, typed()).status == 404
    assert pages.get(f"/desk/projects/{world.project.code}/publications/{'9' * 19}").status == 404
