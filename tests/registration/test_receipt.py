"""The receipt after registering: a reference, what happens next, and nothing more than was typed."""

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.pages import Page, Pages
from tests.registration.forms import filled
from tests.world import World
from trainreg.events.rules import Approval
from trainreg.kernel.db import db
from trainreg.registration.models import Submission
from trainreg.registration.rules import RegistrationStatus
from trainreg.registration.service import decline


def receipt_of(pages: Pages, world: World) -> Page:
    return pages.follow(pages.post(f"/e/{world.event.slug}/register", filled(world.ministry)))


@pytest.mark.parametrize(
    ("approval", "taken", "words"),
    [
        (Approval.AUTOMATIC, 0, "You have a place"),
        (Approval.AUTOMATIC, 2, "You are on the waiting list"),
        (Approval.DESK, 0, "The organizers decide next"),
    ],
)
def test_it_says_where_the_registration_stands(
    pages: Pages, world: World, approval: Approval, taken: int, words: str
) -> None:
    world.event.approval = approval
    for _number in range(taken):
        make.registration(world.event)
    db.session.commit()
    page = receipt_of(pages, world)
    assert words in page.text
    assert world.event.title["en"] in page.text
    assert "Ulaanbaatar" in page.text


def test_it_shows_no_more_than_was_typed_and_asks_not_to_be_listed(pages: Pages, world: World) -> None:
    page = receipt_of(pages, world)
    assert page.response.headers["X-Robots-Tag"] == "noindex"
    assert page.find_all("meta", name="robots", content="noindex")
    assert page.response.headers["Cache-Control"] == "no-store"
    assert "saran@example.org" not in page.html
    assert "Ganboldyn" not in page.html


def test_the_address_is_kept_nowhere_and_cannot_be_guessed(pages: Pages, world: World) -> None:
    answer = pages.post(f"/e/{world.event.slug}/register", filled(world.ministry))
    secret = answer.location.rsplit("/", 1)[1]
    submission = db.session.scalars(select(Submission)).one()
    kept = {str(getattr(submission, column.key)) for column in Submission.__table__.columns}
    assert len(secret) >= 43 and secret not in kept
    assert pages.get(f"/e/{world.event.slug}/received/{submission.reference}").status == 404
    assert pages.get(f"/e/{world.event.slug}/received/{submission.receipt_hash}").status == 404
    assert pages.get(answer.location.replace(world.event.slug, world.other_event.slug)).status == 404


def test_a_later_decision_does_not_show_on_it(pages: Pages, world: World) -> None:
    answer = pages.post(f"/e/{world.event.slug}/register", filled(world.ministry))
    before = pages.get(answer.location).text
    decline(db.session.scalars(select(Submission)).one().registration, by=make.STAFF)
    db.session.commit()
    assert pages.get(answer.location).text == before
    assert db.session.scalars(select(Submission)).one().answer is RegistrationStatus.REQUESTED
