"""Places of agencies and groups: at the form, at the desk, on the waiting list, in the same transaction."""

from collections.abc import Callable

import pytest

from tests import factories as make
from tests.pages import Page, Pages
from tests.registration.forms import filled
from tests.registration.statements import counted_statements
from tests.world import World
from trainreg.agencies.models import Agency
from trainreg.events.models import AgencyQuota, Event, EventGroup
from trainreg.events.rules import Approval
from trainreg.kernel.db import db
from trainreg.registration.models import Registration
from trainreg.registration.queries import places_of
from trainreg.registration.rules import Bound, Channel, RegistrationStatus
from trainreg.registration.service import (
    GroupFull,
    Particulars,
    PlacesKept,
    QuotaFull,
    UnknownGroup,
    cancel,
    confirm,
    create_registration,
)

S = RegistrationStatus


@pytest.fixture
def department(world: World) -> Agency:
    """A department of the ministry, which has one place of the event's three."""
    world.event.capacity, world.event.approval = 3, Approval.AUTOMATIC
    world.event.quotas.append(AgencyQuota(agency_id=world.ministry.id, places=1))
    department = make.agency("Department of Migration", parent_id=world.ministry.id)
    db.session.commit()
    return department


def seated(world: World, agency: Agency) -> Registration:
    return make.registration(world.event, agency=agency)


def test_a_department_draws_on_its_ministrys_places(world: World, department: Agency) -> None:
    seated(world, department)
    waiting = make.registration(world.event, status=S.REQUESTED, agency=world.ministry)
    with pytest.raises(QuotaFull, match=r"All 1 places of Ministry of Labour are taken\."):
        confirm(waiting, by=make.STAFF)
    other = make.registration(world.event, status=S.REQUESTED, agency=world.border)
    assert confirm(other, by=make.STAFF).status is S.CONFIRMED


def test_places_are_told_for_an_agency_and_in_all(world: World, department: Agency) -> None:
    seated(world, department)
    of_ministry, of_border, in_all = (
        places_of(world.event, world.ministry.id),
        places_of(world.event, world.border.id),
        places_of(world.event),
    )
    assert (of_ministry.left, of_ministry.bound, of_ministry.agency_id) == (0, Bound.QUOTA, world.ministry.id)
    assert (of_border.left, of_border.for_newcomers, of_border.bound) == (2, 2, Bound.EVENT)
    assert (in_all.taken, in_all.left, in_all.for_newcomers) == (1, 2, 2)


def test_kept_places_are_refused_to_others(world: World, department: Agency) -> None:
    world.event.holds_quotas = True
    seated(world, world.border)
    seated(world, world.border)
    with pytest.raises(PlacesKept):
        confirm(make.registration(world.event, status=S.REQUESTED, agency=world.border), by=make.STAFF)
    own = make.registration(world.event, status=S.REQUESTED, agency=department)
    assert confirm(own, by=make.STAFF).status is S.CONFIRMED


def test_the_first_for_whom_there_is_room_moves_up(world: World, department: Agency) -> None:
    leaving = [seated(world, department), seated(world, world.border), seated(world, world.border)]
    first = make.registration(world.event, status=S.WAITLISTED, agency=world.ministry)
    second = make.registration(world.event, status=S.WAITLISTED, agency=world.border)
    cancel(leaving[1], by=make.STAFF)
    assert (first.status, second.status) == (S.WAITLISTED, S.CONFIRMED), "the ministry has no place more"
    cancel(leaving[0], by=make.STAFF)
    assert first.status is S.CONFIRMED and first.moves[-1].channel is Channel.SYSTEM


def press(pages: Pages, world: World, agency: Agency, **values: str) -> Page:
    return pages.post(f"/e/{world.event.slug}/register", filled(agency, **values))


def test_the_form_answers_for_the_agency_that_was_chosen(pages: Pages, world: World, department: Agency) -> None:
    world.event.has_waiting_list = False
    seated(world, world.ministry)
    db.session.commit()
    page = press(pages, world, department)
    assert page.status == 409 and "All 1 places of Ministry of Labour are taken." in page.text
    assert press(pages, world, world.border).status == 303


@pytest.mark.parametrize("is_known", [False, True])
def test_the_answer_does_not_tell_who_is_on_the_list(
    pages: Pages, world: World, department: Agency, is_known: bool
) -> None:
    """Somebody who withdrew from an agency that is full now, or nobody we know: the receipt says the same."""
    seated(world, world.ministry)
    who = make.person("Саран", "Ганболдын", email="saran@example.org") if is_known else None
    before = make.registration(world.event, who, S.CANCELLED, agency=world.ministry) if is_known else None
    db.session.commit()
    page = pages.post(f"/e/{world.event.slug}/register", filled(world.border))
    assert page.status == 303
    assert "You have a place" in pages.follow(page).text
    if before is not None:
        assert (before.status, before.agency_id) == (S.WAITLISTED, world.ministry.id), "told in their own mail"


@pytest.fixture
def drafting(world: World) -> EventGroup:
    group = EventGroup(code="drafting", name={"en": "Drafting committee"}, places=1, is_open=True)
    world.event.capacity, world.event.approval = 3, Approval.AUTOMATIC
    world.event.groups.append(group)
    world.event.groups.append(EventGroup(code="press", name={"en": "Press"}, places=None, is_open=False))
    db.session.commit()
    return group


def put(world: World, group: str) -> Callable[[], Registration]:
    return lambda: create_registration(
        world.event,
        make.person(),
        world.border,
        S.CONFIRMED,
        by=make.STAFF,
        channel=Channel.DESK,
        particulars=Particulars(group=group),
    )


def test_a_group_takes_as_many_as_it_may(world: World, drafting: EventGroup) -> None:
    put(world, "drafting")()
    with pytest.raises(GroupFull):
        put(world, "drafting")()
    assert put(world, "press")().group == "press"
    with pytest.raises(UnknownGroup):
        put(world, "choir")()


def test_the_form_offers_open_groups_only(pages: Pages, world: World, drafting: EventGroup) -> None:
    page = pages.get(f"/e/{world.event.slug}/register")
    assert "Drafting committee" in page.text and "Press" not in page.text
    assert press(pages, world, world.border, group="press").status == 422
    assert press(pages, world, world.border, group="drafting").status == 303
    assert press(pages, world, world.border, group="drafting", given_name="Оюун", email="o@example.org").status == 303
    entered = db.session.query(Registration).order_by(Registration.id)
    assert [(one.group, one.status) for one in entered] == [("drafting", S.CONFIRMED), ("drafting", S.WAITLISTED)]


def test_the_public_page_tells_what_is_left(pages: Pages, world: World, department: Agency) -> None:
    page = pages.get(f"/e/{world.event.slug}")
    assert "3 places are left." in page.text and "Ministry of Labour: 1 of 1 places left" in page.text
    seated(world, department)
    db.session.commit()
    page = pages.get(f"/e/{world.event.slug}")
    assert "2 places are left." in page.text and "Ministry of Labour: 0 of 1 places left" in page.text


def test_it_is_full_only_when_nobody_could_get_a_place(pages: Pages, world: World, department: Agency) -> None:
    world.event.holds_quotas = True
    seated(world, world.border)
    seated(world, world.border)
    db.session.commit()
    assert "1 place is left." in pages.get(f"/e/{world.event.slug}").text, "the ministry's own"
    seated(world, department)
    db.session.commit()
    assert "All places are taken" in pages.get(f"/e/{world.event.slug}").text


def test_the_desk_sees_what_is_taken_and_what_is_over(pages: Pages, world: World, department: Agency) -> None:
    seated(world, department)
    seated(world, world.ministry)
    db.session.commit()
    pages.sign_in(world.organizer)
    for path in (f"/desk/events/{world.event.slug}/registrations", f"/desk/events/{world.event.slug}"):
        assert "Ministry of Labour: 2 of 1 places taken (1 over)" in pages.get(path).text


@pytest.mark.parametrize("people", [3, 60])
def test_counting_costs_one_statement_at_any_size(world: World, department: Agency, people: int) -> None:
    world.event.capacity = 1000
    for _number in range(people):
        seated(world, world.border)
    event_id = world.event.id
    db.session.commit()
    event = db.session.get_one(Event, event_id)
    with counted_statements() as statements:
        assert places_of(event, world.border.id).taken == people
    own = [one for one in statements if "FROM event " not in one and "agency.id = " not in one]
    assert len(own) == 1, own
