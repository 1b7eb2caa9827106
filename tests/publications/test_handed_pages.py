"""Copies seen from the other side: on an event's page, entered for an event, and what an agency received."""

from datetime import date
from typing import Any

import pytest

from tests.pages import Pages
from tests.published import publication
from tests.world import World
from trainreg.kernel.db import db
from trainreg.publications.models import Handout, Publication


@pytest.fixture
def handbook(world: World) -> Publication:
    one = publication(world.project, printed=100, published_on=date(2026, 2, 2), title={"en": "Trafficking handbook"})
    one.print_runs[0].language = "kk"
    db.session.commit()
    return one


def overview(world: World) -> str:
    return f"/desk/events/{world.event.slug}"


def typed(one: Publication, world: World, **values: Any) -> dict[str, Any]:
    sent = {"publication": str(one.id), "event": str(world.event.id), "agency": "", "copies": "20", "day": "2026-03-03"}
    return sent | values


def test_copies_are_entered_from_the_event_they_were_handed_out_at(
    pages: Pages, world: World, handbook: Publication
) -> None:
    pages.sign_in(world.organizer)
    assert f"{overview(world)}/copies" in pages.get(overview(world)).html
    form = pages.get(f"{overview(world)}/copies")
    assert form.value_of("event") == str(world.event.id)
    answer = pages.post(f"{overview(world)}/copies", typed(handbook, world))
    assert answer.location.endswith(f"{overview(world)}#handed")
    page = pages.get(overview(world))
    assert "Trafficking handbook Kazakh Mar 3, 2026 20" in page.text.replace("3 Mar 2026", "Mar 3, 2026")
    assert f"/publications/{handbook.id}" in page.html


def test_what_cannot_be_is_refused_and_stays_typed(pages: Pages, world: World, handbook: Publication) -> None:
    other = publication(world.other_project, title={"en": "Theirs"})
    db.session.commit()
    pages.sign_in(world.organizer)
    for values, words in (
        ({"copies": "101"}, "Only 100 copies are left"),
        ({"publication": str(other.id)}, "Choose one of these."),
        ({"event": ""}, "Say who received the copies"),
        ({"agency": world.ministry.code}, "not both"),
    ):
        page = pages.post(f"{overview(world)}/copies", typed(handbook, world, **values))
        assert (page.status in (409, 422), words in page.text, page.value_of("day")) == (True, True, "2026-03-03"), (
            words
        )
    assert db.session.query(Handout).count() == 0


def test_whoever_may_not_enter_copies_sees_them_without_the_button(
    pages: Pages, world: World, handbook: Publication
) -> None:
    pages.sign_in(world.trainer)
    assert "Copies handed out here" not in pages.get(overview(world)).text
    handbook.handouts.append(Handout(event=world.event, copies=20))
    db.session.commit()
    page = pages.get(overview(world))
    assert "Trafficking handbook" in page.text
    assert "/publications/" not in page.html and f"{overview(world)}/copies" not in page.html


def test_an_agency_received_what_it_and_its_departments_did(pages: Pages, world: World, handbook: Publication) -> None:
    world.border.parent_id = world.ministry.id
    theirs = publication(world.other_project, title={"en": "Theirs"})
    handbook.handouts += [Handout(agency=world.ministry, copies=3071), Handout(agency=world.border, copies=7)]
    theirs.handouts.append(Handout(agency=world.ministry, copies=3))
    db.session.commit()
    address = f"/desk/agencies/{world.ministry.id}/copies"
    of_viewer = pages.sign_in(world.viewer).get(address).text
    assert "Border Protection" in of_viewer and "3,071" in of_viewer and "Theirs" not in of_viewer
    assert "Theirs" in pages.sign_in(world.administrator).get(address).text
    assert address in pages.get(f"/desk/agencies/{world.ministry.id}").html
    assert "3,071" not in pages.get(f"/desk/agencies/{world.border.id}/copies").text
    assert pages.get("/desk/agencies/99999/copies").status == 404
