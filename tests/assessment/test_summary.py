"""What of an evaluation is shown: nothing while it is open or too few answered; words only as chosen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from tests import factories as make
from tests.factories import STAFF
from tests.pages import Pages
from tests.world import World
from trainreg.assessment.evaluating import close_evaluation, hand_in, open_evaluation
from trainreg.assessment.models import EvaluationItem, EvaluationQuote
from trainreg.assessment.opinion_results import digest_of, summary_of
from trainreg.assessment.opinions import (
    BLACKED_OUT,
    EvaluationState,
    ItemKind,
    When,
    blacked_out,
    may_reopen,
    may_show,
    spread_of,
)
from trainreg.audit.models import AuditEntry
from trainreg.kernel.db import db

AFTER = When.AFTER
WORDS = ("Болор маш сайн тайлбарласан", "More cases", "Too short", "Thanks to Болорын team", "Good food")


def held(world: World, answers: int, words: int = 5) -> tuple[EvaluationItem, EvaluationItem]:
    scale = make.evaluation_item(world.event)
    comment = make.evaluation_item(world.event, ItemKind.TEXT)
    open_evaluation(world.event, AFTER, by=STAFF)
    make.registration(world.event, world.bolor)
    for number in range(answers):
        given: dict[int, int | str] = {scale.id: number % 5 + 1}
        if number < words:
            given[comment.id] = WORDS[number % 5]
        hand_in(make.registration(world.event), AFTER, given)
    db.session.commit()
    return scale, comment


def pages_of(world: World) -> str:
    return f"/desk/events/{world.event.slug}/evaluation/after"


@pytest.mark.parametrize(
    ("state", "sheets", "shown"),
    [
        (EvaluationState.DRAFT, 9, False),
        (EvaluationState.OPEN, 9, False),
        (EvaluationState.CLOSED, 4, False),
        (EvaluationState.CLOSED, 5, True),
    ],
)
def test_when_it_is_shown(state: EvaluationState, sheets: int, shown: bool) -> None:
    assert may_show(state, sheets) is shown


@given(st.integers(0, 50))
def test_what_can_be_seen_never_changes(sheets: int) -> None:
    """An evaluation shows its answers or can take more of them, never both."""
    assert not (may_show(EvaluationState.CLOSED, sheets) and may_reopen(sheets))


@given(st.lists(st.integers(1, 5), min_size=1))
def test_spread(answers: list[int]) -> None:
    spread = spread_of(answers)
    assert spread.total == len(answers) and spread.mean is not None
    assert spread.mean * len(answers) == sum(answers) and 1 <= spread.mean <= 5
    assert spread.is_shown == (len(answers) >= 5)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Болор, thank you", f"{BLACKED_OUT}, thank you"),
        ("болорын хичээл", f"{BLACKED_OUT} хичээл"),
        ("Thanks to BOLOR!", f"Thanks to {BLACKED_OUT}!"),
        ("Ногоонболор", "Ногоонболор"),
        ("At noon", "At noon"),
    ],
)
def test_names_are_covered_with_their_endings(text: str, shown: str) -> None:
    assert blacked_out(text, {"Болор", "Bolor", "At", ""}) == shown


@pytest.mark.parametrize("answers", [0, 4])
def test_fewer_than_five_are_not_shown(pages: Pages, world: World, answers: int) -> None:
    held(world, answers)
    close_evaluation(world.event, AFTER, by=STAFF)
    db.session.commit()
    pages.sign_in(world.organizer)
    for part in ("summary", "comments"):
        page = pages.get(f"{pages_of(world)}/{part}")
        assert "Nothing is shown yet" in page.text
        assert not any(words in page.text for words in WORDS) and "Statement" not in page.text
    assert pages.post(f"{pages_of(world)}/summary/export", {"format": "csv"}).status == 409


def test_nothing_is_shown_while_it_is_open(pages: Pages, world: World) -> None:
    held(world, 9)
    pages.sign_in(world.administrator)
    assert "Nothing is shown yet" in pages.get(f"{pages_of(world)}/summary").text
    assert "9 of 10 participants have answered" in pages.get(f"/desk/events/{world.event.slug}/evaluation").text


def test_the_summary_in_figures(pages: Pages, world: World) -> None:
    scale, comment = held(world, 7, words=4)
    close_evaluation(world.event, AFTER, by=STAFF)
    db.session.commit()
    summary = summary_of(world.event.id, AFTER)
    [line], [words] = summary.scales, summary.comments
    assert line.item.id == scale.id and line.spread is not None and line.spread.counts == (2, 2, 1, 1, 1)
    assert words.item.id == comment.id and words.texts is None, "four comments are too few to be read"
    pages.sign_in(world.me_officer)
    page = pages.get(f"{pages_of(world)}/summary")
    assert "2.57" in page.text and page.html.count('<svg class="bar"') == 6
    assert not any(words in page.text for words in WORDS)
    assert pages.get(f"{pages_of(world)}/comments").status == 403


def test_quotes_are_chosen_with_names_taken_out(pages: Pages, world: World) -> None:
    _scale, comment = held(world, 6)
    close_evaluation(world.event, AFTER, by=STAFF)
    db.session.commit()
    pages.sign_in(world.organizer)
    page = pages.get(f"{pages_of(world)}/comments")
    assert "Free text may name people" in page.text
    proposed = [(area.text or "").strip() for area in page.find_all("textarea")]
    assert f"{BLACKED_OUT} маш сайн тайлбарласан" in proposed and not any("Болор" in one for one in proposed)
    body = {"item": str(comment.id), "digest": digest_of(WORDS[0]), "words": f"{BLACKED_OUT} маш сайн"}
    for _twice in range(2):
        assert pages.post(f"{pages_of(world)}/comments", body).status == 303
    quote = db.session.scalars(select(EvaluationQuote)).one()
    assert (quote.text, quote.chosen_by) == (f"{BLACKED_OUT} маш сайн", world.organizer.name)
    pages.sign_in(world.me_officer)
    shown = pages.get(f"{pages_of(world)}/summary").text
    assert f"{BLACKED_OUT} маш сайн" in shown and "Болор" not in shown
    pages.sign_in(world.organizer)
    assert pages.post(f"{pages_of(world)}/comments/{quote.id}/drop").status == 303
    assert db.session.scalars(select(EvaluationQuote)).all() == []


@pytest.mark.parametrize("what", ["digest", "item", "words"])
def test_quotes_are_not_made_up(pages: Pages, world: World, what: str) -> None:
    scale, comment = held(world, 6)
    close_evaluation(world.event, AFTER, by=STAFF)
    db.session.commit()
    pages.sign_in(world.organizer)
    body = {"item": str(comment.id), "digest": digest_of(WORDS[1]), "words": "More cases"}
    body |= {"digest": {"digest": digest_of("Everything was perfect")}, "item": {"item": str(scale.id)}}.get(what) or {}
    body |= {"words": " … "} if what == "words" else {}
    assert pages.post(f"{pages_of(world)}/comments", body).status in {409, 422}
    assert db.session.scalars(select(EvaluationQuote)).all() == []


def test_the_list_holds_averages_and_is_written_down(pages: Pages, world: World) -> None:
    held(world, 6)
    close_evaluation(world.event, AFTER, by=STAFF)
    db.session.commit()
    pages.sign_in(world.me_officer)
    text = pages.post(f"{pages_of(world)}/summary/export", {"format": "csv"}).html
    assert "2.67" in text and not any(words in text for words in WORDS)
    assert db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id.desc())).first() == (
        "event.evaluation_taken"
    )
