"""Whatever happens in whatever order: no seat too many, nobody overtaken, the ledger tells the present."""

from contextlib import suppress
from itertools import count, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests import factories as make
from trainreg.agencies.models import Agency
from trainreg.events.models import Event
from trainreg.events.rules import Approval
from trainreg.kernel.db import db
from trainreg.kernel.refusals import Refused
from trainreg.people.service import PersonDetails
from trainreg.registration.intake import PublicRegistration, register
from trainreg.registration.models import Registration
from trainreg.registration.queries import list_waiting, places_of
from trainreg.registration.rules import Channel, RegistrationStatus, may_move, takes_seat
from trainreg.registration.service import move
from trainreg.registration.waiting import promote_waiting

pytestmark = pytest.mark.slow

S = RegistrationStatus
DESK = (S.CONFIRMED, S.WAITLISTED, S.DECLINED, S.CANCELLED, S.REQUESTED)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("register"), st.integers(0, 7)),
        st.tuples(
            st.sampled_from([S.CONFIRMED, S.WAITLISTED, S.DECLINED, S.CANCELLED, S.REQUESTED]), st.integers(0, 7)
        ),
        st.tuples(st.just("more places"), st.integers(1, 3)),
    ),
    max_size=25,
)
_keys = count()


def come_in(event: Event, agency: Agency, who: int) -> None:
    name = "абвгдежз"[who] * 3
    form = PublicRegistration(PersonDetails(given_name=name, email=f"person{who}@example.org"), agency_code=agency.code)
    register(event, form, key=f"invariant-{next(_keys)}", language="en")


def take(step: tuple[str | S, int], event: Event, agency: Agency, present: list[Registration]) -> None:
    what, number = step
    if what == "register":
        come_in(event, agency, number)
    elif what == "more places":
        event.capacity = (event.capacity or 0) + number
        promote_waiting(event, by=make.STAFF)
    elif present:
        move(present[number % len(present)], S(what), by=make.STAFF, channel=Channel.DESK)


def check(event: Event, present: list[Registration]) -> None:
    taken = sum(takes_seat(one.status, one.role) for one in present)
    assert event.capacity is not None and taken <= event.capacity
    assert places_of(event).left == event.capacity - taken
    for registration in present:
        moves = registration.moves
        assert moves[0].from_status is None and moves[-1].to_status is registration.status
        assert all(before.to_status is after.from_status for before, after in pairwise(moves))
        assert all(may_move(one.from_status, one.to_status) for one in moves)
        assert (registration.waiting_since is not None) is (registration.status is S.WAITLISTED)
    waiting = list_waiting(event.id)
    assert list(waiting) == sorted(waiting, key=lambda one: (one.waiting_since, one.id))


@given(steps=STEPS, capacity=st.integers(1, 3), approval=st.sampled_from(Approval), waiting_list=st.booleans())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_sequence_breaks_the_rules(
    session: Session, steps: list[tuple[str | S, int]], capacity: int, approval: Approval, waiting_list: bool
) -> None:
    event = make.event(capacity=capacity, approval=approval, has_waiting_list=waiting_list)
    agency = make.agency()
    for step in steps:
        present = present_at(event)
        with suppress(Refused):  # refusing is right; what must hold is checked below either way
            take(step, event, agency, present)
        session.flush()
        check(event, present_at(event))


def present_at(event: Event) -> list[Registration]:
    return db.session.query(Registration).filter_by(event_id=event.id).order_by(Registration.id).all()
