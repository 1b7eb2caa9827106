"""The anonymous evaluation: the link lets in once, and no row, number, order or moment leads from answers to people."""

from typing import Any

import pytest
from sqlalchemy import DateTime, func, inspect, select, text

from tests import factories as make
from tests.assessment.sitting import link_to
from tests.factories import STAFF
from tests.pages import Page, Pages
from tests.world import World
from trainreg.assessment.evaluating import close_evaluation, open_evaluation, set_items
from trainreg.assessment.models import EvaluationHandedIn, EvaluationItem, EvaluationSheet
from trainreg.assessment.opinions import When
from trainreg.assessment.ready_made import READY_MADE
from trainreg.assessment.refusals import CannotReopen
from trainreg.audit.models import AuditEntry
from trainreg.kernel.db import Base, db
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationStatus
from trainreg.web.throttle import Bucket

AFTER = When.AFTER


@pytest.fixture
def asked(world: World) -> list[EvaluationItem]:
    """The ready-made evaluation is open."""
    set_items(world.event, AFTER, READY_MADE[AFTER], by=STAFF)
    open_evaluation(world.event, AFTER, by=STAFF)
    db.session.commit()
    return list(db.session.scalars(select(EvaluationItem).order_by(EvaluationItem.place)))


def somebody(world: World) -> Registration:
    registration = make.registration(world.event)
    db.session.commit()
    return registration


def say(
    pages: Pages, who: Registration, asked: list[EvaluationItem], step: int, words: str = "", **kwargs: Any
) -> Page:
    answers = {f"i{item.id}": str(step) if item.kind == "scale" else words for item in asked}
    return pages.post(link_to(who, "/evaluation/after"), answers | kwargs)


def sheets() -> list[dict[str, Any]]:
    return list(db.session.scalars(select(EvaluationSheet.answers)))


def test_the_form_is_short_and_says_that_it_is_anonymous(pages: Pages, world: World, asked: list[Any]) -> None:
    who = somebody(world)
    page = pages.get(link_to(who, "/evaluation/after"))
    assert "anonymous" in page.text and len(page.find_all("fieldset")) == 7 and len(page.find_all("textarea")) == 2
    assert page.find_all("a", href=link_to(who)), "back to the start"
    assert "Evaluation" in pages.get(link_to(who)).text


def test_the_link_lets_in_once(pages: Pages, world: World, asked: list[EvaluationItem]) -> None:
    who = somebody(world)
    done = pages.follow(say(pages, who, asked, 5, "The cases"))
    assert "Nothing ties them to you" in done.text
    assert say(pages, who, asked, 1, "Something else").status == 303
    assert [sheet[str(asked[0].id)] for sheet in sheets()] == [5]
    assert db.session.scalar(select(func.count()).select_from(EvaluationHandedIn)) == 1


def test_nothing_is_kept_that_could_tie_the_two(pages: Pages, world: World, asked: list[EvaluationItem]) -> None:
    """Neither table holds a moment, a key to the other, or a number that counts; nothing else is written meanwhile."""
    people = [somebody(world) for _number in range(6)]
    before = [db.session.scalar(select(func.count()).select_from(table)) for table in (AuditEntry, Bucket)]
    for step, who in enumerate(people):
        say(pages, who, asked, step % 5 + 1)
    after = [db.session.scalar(select(func.count()).select_from(table)) for table in (AuditEntry, Bucket)]
    assert after == before, "no history, no throttle with a moment in it"
    tables = [Base.metadata.tables[name] for name in ("evaluation_sheet", "evaluation_handed_in")]
    for table in tables:
        assert not any(isinstance(column.type, DateTime) for column in table.columns)
    sheet, handed_in = tables
    assert {key.column.table.name for key in sheet.foreign_keys} == {"event"}
    assert {key.column.table.name for key in handed_in.foreign_keys} == {"registration"}
    assert set(sheet.columns.keys()) == {"id", "event_id", "occasion", "answers"}, "see ADR 0022"
    ids = [list(db.session.scalars(select(table.c.id))) for table in tables]
    assert min(map(min, ids)) > 1000, "random, not counted"
    assert not set(ids[0]) & set(ids[1])


def test_rows_are_mixed_anew_each_time(pages: Pages, world: World, asked: list[EvaluationItem]) -> None:
    """After one more sheet every row has a new number, so none of them is seen to be the new one."""
    numbers: set[int] = set()
    for step in range(1, 6):
        say(pages, somebody(world), asked, step)
        ids = set(db.session.scalars(select(EvaluationSheet.id)))
        assert len(ids) == step and not ids & numbers
        numbers |= ids
    assert sorted(sheet[str(asked[0].id)] for sheet in sheets()) == [1, 2, 3, 4, 5]


@pytest.mark.slow
def test_the_order_of_rows_tells_nothing(pages: Pages, world: World, asked: list[EvaluationItem]) -> None:
    """The last to come stands at the end of the file as seldom as anywhere else: among 24 tries, not always."""
    people = [somebody(world) for _number in range(24)]
    at_the_end = []
    for number, who in enumerate(people):
        say(pages, who, asked, 1, words=str(number))
        order = "rowid" if db.engine.dialect.name == "sqlite" else "ctid"
        statement = f"SELECT answers FROM evaluation_sheet ORDER BY {order} DESC LIMIT 1"  # noqa: S608
        last = db.session.execute(text(statement)).scalar()
        at_the_end.append(f'"{number}"' in str(last) or f"'{number}'" in str(last))
    assert not all(at_the_end[4:]) and sum(at_the_end) < 20


def test_on_sqlite_the_row_has_no_hidden_number(world: World, asked: list[EvaluationItem], pages: Pages) -> None:
    if db.engine.dialect.name != "sqlite":
        columns = inspect(db.engine).get_columns("evaluation_sheet")
        assert next(one for one in columns if one["name"] == "id").get("autoincrement") in (False, None)
        return
    say(pages, somebody(world), asked, 4)
    for table in ("evaluation_sheet", "evaluation_handed_in"):
        assert all(row == key for row, key in db.session.execute(text(f"SELECT rowid, id FROM {table}")))  # noqa: S608


@pytest.mark.parametrize("step", ["0", "6", "x", "5 ", "99999999999999999999"])
def test_what_is_no_step_is_refused(pages: Pages, world: World, asked: list[EvaluationItem], step: str) -> None:
    who = somebody(world)
    page = pages.post(link_to(who, "/evaluation/after"), {f"i{asked[0].id}": step})
    assert page.status == 422 and sheets() == []


def test_an_empty_form_says_nothing(pages: Pages, world: World, asked: list[EvaluationItem]) -> None:
    page = pages.post(link_to(somebody(world), "/evaluation/after"), {})
    assert page.status == 422 and "at least one question" in page.text and sheets() == []


def test_words_with_hidden_characters_are_refused_and_kept_in_the_form(
    pages: Pages, world: World, asked: list[EvaluationItem]
) -> None:
    page = say(pages, somebody(world), asked, 3, "good \u202e bad")
    assert page.status == 422 and sheets() == []


def test_only_while_open_only_for_participants_only_by_one_s_own_link(
    pages: Pages, world: World, asked: list[EvaluationItem]
) -> None:
    who, waiting = somebody(world), make.registration(world.event, status=RegistrationStatus.WAITLISTED)
    other = make.registration(make.event(world.project))
    db.session.commit()
    assert say(pages, waiting, asked, 3).status == 409
    forged = link_to(other, "/evaluation/after").replace(other.reference, who.reference)
    assert pages.get(forged).status == 404 and pages.post(forged, {}).status == 404
    assert pages.get(link_to(other, "/evaluation/after")).status == 200
    assert say(pages, other, asked, 3).status == 409, "the other event asks nothing"
    close_evaluation(world.event, AFTER, by=STAFF)
    db.session.commit()
    assert say(pages, who, asked, 3).status == 409 and sheets() == []
    assert pages.get(link_to(who, "/evaluation/nothing")).status == 404


def test_questions_are_frozen_once_it_opened(pages: Pages, world: World, asked: list[EvaluationItem]) -> None:
    pages.sign_in(world.organizer)
    address = f"/desk/events/{world.event.slug}/evaluation/after/questions"
    assert "only before the evaluation opens" in pages.get(address).text
    page = pages.post(address, {"items-0-kind": "scale", "items-0-label_en": "New"})
    assert page.status == 409 and "only before" in page.text


def test_words_are_edited_before_it_opens(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    event = f"/desk/events/{world.event.slug}/evaluation"
    pages.post(f"{event}/after/state", {"action": "ready-made"})
    shown = pages.get(f"{event}/after/questions")
    assert shown.value_of("items-0-label_en") == "The content was relevant to my work."
    body = {
        "items-0-kind": "scale",
        "items-0-label_en": "It was good.",
        "items-1-kind": "text",
        "items-1-label_mn": "Юу?",
    }
    assert pages.post(f"{event}/after/questions", body).status == 303
    found = db.session.scalars(select(EvaluationItem).order_by(EvaluationItem.place)).all()
    assert [item.label for item in found] == [{"en": "It was good."}, {"mn": "Юу?"}]
    bad = pages.post(f"{event}/after/questions", {"items-0-kind": "poem", "items-0-label_en": "x" * 600})
    assert bad.status == 422


def test_results_that_could_be_seen_are_final(pages: Pages, world: World, asked: list[EvaluationItem]) -> None:
    """Reopened for one more answer, the difference of two looks would be that answer."""
    for _number in range(4):
        say(pages, somebody(world), asked, 4)
    close_evaluation(world.event, AFTER, by=STAFF)
    open_evaluation(world.event, AFTER, by=STAFF)
    db.session.commit()
    say(pages, somebody(world), asked, 1)
    close_evaluation(world.event, AFTER, by=STAFF)
    with pytest.raises(CannotReopen):
        open_evaluation(world.event, AFTER, by=STAFF)
    pages.sign_in(world.organizer)
    page = pages.post(f"/desk/events/{world.event.slug}/evaluation/after/state", {"action": "open"})
    assert page.status == 409 and "stays closed" in page.text
