"""The rows behind a figure: they add up to it, and hold names only for those who may see names."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy.orm import Session

from tests import factories as make
from tests.pages import Pages
from tests.reporting.attending import attends
from tests.reporting.worlds import mark
from tests.world import World
from trainreg.people.rules import Sex
from trainreg.reporting.figures import figures_of
from trainreg.reporting.question import Question
from trainreg.reporting.rows import rows_behind
from trainreg.reporting.rules import Measure


@pytest.fixture
def story(world: World) -> World:
    """Bolor attends two events, for another agency each time; Tuya half of one."""
    second = make.event(world.project, days=2)
    attends(world.event, world.bolor, agency=world.ministry, sex=Sex.FEMALE)
    attends(second, world.bolor, agency=world.border, sex=Sex.FEMALE)
    tuya = make.registration(world.event, world.tuya, agency=world.border, sex=Sex.NOT_STATED)
    mark(tuya.id, world.event.sessions[0].id)
    return world


def address(world: World, query: str) -> str:
    return f"/reports/{world.project.code}/rows?{query}"


def test_rows_of_attendances_name_everybody_once_for_each_event(pages: Pages, story: World) -> None:
    page = pages.sign_in(story.organizer).get(address(story, "measure=attendances"))
    assert page.status == 200
    assert "3 attendances, one for each row below" in page.text
    assert page.text.count(story.bolor.name) == 2 and page.text.count(story.tuya.name) == 1


def test_rows_of_persons_name_everybody_once(pages: Pages, story: World) -> None:
    page = pages.sign_in(story.organizer).get(address(story, "measure=persons"))
    assert "2 officials, one for each row below" in page.text
    assert page.text.count(story.bolor.name) == 1


def test_rows_of_person_days_add_up(pages: Pages, story: World) -> None:
    page = pages.sign_in(story.organizer).get(address(story, "measure=person_days"))
    assert "3.5 person-days: the days of the 3 rows below, added up" in page.text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("outcome=1", "2 attendances"),
        ("sex=not_stated", "1 attendance"),
        ("sex=male", "No rows: the figure is nothing"),
        ("agency={border}", "2 attendances"),
        ("agency=not_stated", "No rows: the figure is nothing"),
        ("measure=persons&agency={ministry}", "No rows: the figure is nothing"),
        ("measure=persons&agency={ministry}&outcome=1", "1 official,"),
        ("event={event}&measure=person_days", "1.5 person-days"),
        ("agency={border}&sex=not_stated", "1 attendance"),
    ],
)
def test_filters_limit_the_rows_as_they_limit_the_figure(pages: Pages, story: World, query: str, words: str) -> None:
    query = query.format(border=story.border.code, ministry=story.ministry.code, event=story.event.slug)
    page = pages.sign_in(story.organizer).get(address(story, query))
    assert page.status == 200
    assert words in page.text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("province=MN-1", "1 attendance"),
        ("province=MN-1&sex=male", "1 attendance"),
        ("province=MN-1&sex=female", "No rows: the figure is nothing"),
        ("province=not_stated", "3 attendances"),
        ("province=MN-999", "No rows: the figure is nothing"),
        ("until=2026-03-31", "No rows: the figure is nothing"),
        ("until=2026-04-01", "1 attendance"),
        ("until=2026-04-01&measure=person_days", "0.5 person-days"),
    ],
)
def test_rows_are_limited_by_province_and_day(pages: Pages, story: World, query: str, words: str) -> None:
    """A session at one in the morning of April in Ulaanbaatar is in March in Greenwich."""
    event = make.event(story.project, starts=datetime(2026, 3, 31, 17, tzinfo=UTC), days=2)
    came = make.registration(event, story.tuya, agency=story.border, sex=Sex.MALE, province="MN-1")
    mark(came.id, event.sessions[0].id)
    page = pages.sign_in(story.organizer).get(address(story, query))
    assert page.status == 200 and words in page.text


def test_the_rows_of_every_cell_add_up_to_the_cell(story: World, pages: Pages) -> None:
    figures = figures_of(story.project)
    agencies = {story.ministry.id: story.ministry, story.border.id: story.border}
    with pages.app.test_request_context():
        for measure in Measure:
            breakdown = figures.total.of(measure)
            for sex, value in breakdown.by_sex.items():
                assert rows_behind(Question(story.project, measure, sex=sex)).total == value
            for key, value in breakdown.by_agency.items():
                question = Question(
                    story.project, measure, agency=agencies.get(key or 0), agency_stated=key is not None
                )
                found = rows_behind(question)
                assert found.total == value
                if measure is Measure.PERSON_DAYS:
                    assert sum((row.days for row in found.page.items), Decimal(0)) == value
                else:
                    assert len(found.page.items) == value


def test_a_viewer_is_told_a_figure_and_never_its_rows(pages: Pages, story: World) -> None:
    """Rows without names would tell every small figure: one has only to count them."""
    for _number in range(5):
        attends(story.event, make.person(), agency=story.ministry, sex=Sex.MALE)
    pages.sign_in(story.viewer)
    for query, told in (
        ("measure=attendances", "8"),
        ("measure=persons", "7"),
        ("measure=persons&agency=not_stated", "0"),
        ("outcome=1", "not told"),  # the event beside it would follow
        ("sex=female", "not told"),
        (f"agency={story.border.code}", "not told"),
        (f"event={story.event.slug}&sex=male", "not told"),
        (f"agency={story.ministry.code}&sex=male&outcome=1", "not told"),
        (f"agency={story.ministry.code}&sex=male", "not told"),
        ("province=MN-1", "not told"),
        ("until=2030-12-30", "not told"),  # the end of no step
        ("agency=not_stated", "0"),
    ):
        page = pages.get(address(story, query))
        assert page.status == 200
        shown = " ".join(next(iter(page.find_all("p", class_="figure-value"))).itertext()).strip()
        assert shown == told, query
        assert "shown to those who may see names" in page.text and not page.find_all("tbody")
        for person in (story.bolor, story.tuya):
            assert person.given_name not in page.html and person.family_name not in page.html
        assert "/registrations/" not in page.html, "a reference leads to a name"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("measure=happiness", 422),
        ("sex=other", 422),
        ("colour=red", 422),
        ("outcome=7", 404),
        ("outcome=-1", 404),
        ("outcome=99999999999999999999", 404),
        ("outcome=%D9%A1", 404),
        ("agency=nowhere", 404),
        ("agency=%00", 400),
        ("event=nothing", 404),
        ("event=%00", 400),
        ("outcome=", 404),
        ("province=Bulgan", 422),
        ("until=yesterday", 422),
        ("until=9999-12-31", 422),
    ],
)
def test_what_the_address_cannot_mean_gets_a_sentence(pages: Pages, story: World, query: str, status: int) -> None:
    page = pages.sign_in(story.organizer).get(address(story, query))
    assert page.status == status
    assert len(page.text) > 40


def test_an_event_of_another_project_is_not_found(pages: Pages, story: World) -> None:
    assert pages.sign_in(story.organizer).get(address(story, f"event={story.other_event.slug}")).status == 404


@pytest.mark.parametrize("page", ["0", "99", "abc", "-1"])
def test_a_strange_page_number_shows_a_page(pages: Pages, story: World, page: str) -> None:
    assert pages.sign_in(story.organizer).get(address(story, f"page={page}")).status == 200


def test_rows_belong_to_those_who_may_see_the_figures(pages: Pages, story: World) -> None:
    path = address(story, "measure=persons")
    assert pages.get(path).location.startswith("/login")
    assert pages.sign_in(story.other_organizer).get(path).status == 404
    assert pages.sign_in(story.trainer).get(path).status == 403
    assert pages.sign_in(story.focal_point).get(path).status == 403


def count_statements(session: Session, pages: Pages, path: str) -> int:
    seen: list[str] = []

    def note(*about: object) -> None:
        seen.append(str(about[2]))

    connection = session.connection()
    sqlalchemy_event.listen(connection, "before_cursor_execute", note)
    assert pages.get(path).status == 200
    sqlalchemy_event.remove(connection, "before_cursor_execute", note)
    return len([statement for statement in seen if statement.lstrip().upper().startswith("SELECT")])


@pytest.mark.slow
def test_ten_rows_and_a_thousand_take_the_same_statements(pages: Pages, world: World, session: Session) -> None:
    pages.sign_in(world.organizer)
    counted = []
    for people in (10, 990):
        for _number in range(people):
            registration = make.registration(world.event, make.person(), agency=world.ministry)
            mark(registration.id, world.event.sessions[0].id)
        session.commit()
        session.expire_all()
        paths = (address(world, "measure=persons&outcome=1"), f"/desk/projects/{world.project.code}")
        counted.append([count_statements(session, pages, path) for path in paths])
    assert counted[0] == counted[1]
    assert max(counted[0]) <= 22
