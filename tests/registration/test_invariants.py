"""Whatever happens in whatever order: no seat too many, nobody overtaken, the ledger tells the present."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count, pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import factories as make
from trainreg.agencies.models import Agency
from trainreg.events.models import AgencyQuota, Event, EventGroup
from trainreg.events.rules import Approval
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.refusals import Refused
from trainreg.outbox.models import Message
from trainreg.people.service import PersonDetails
from trainreg.registration.intake import PublicRegistration, register
from trainreg.registration.models import Registration
from trainreg.registration.notices import address_of
from trainreg.registration.queries import list_waiting, places_of
from trainreg.registration.rules import NO_ANSWER_IN_TIME, Channel, RegistrationStatus, may_move, takes_seat
from trainreg.registration.seating import seating_of
from trainreg.registration.service import accept, lapse_offers, move
from trainreg.registration.waiting import promote_waiting

pytestmark = pytest.mark.slow

S = RegistrationStatus
WHO = st.integers(0, 9)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("register"), WHO, st.integers(0, 7)),
        st.tuples(st.sampled_from([S.CONFIRMED, S.WAITLISTED, S.DECLINED, S.CANCELLED, S.REQUESTED]), WHO, st.just(0)),
        st.tuples(st.just("promote"), st.just(0), st.just(0)),
        st.tuples(st.just("accept"), WHO, st.just(0)),
        st.tuples(st.just("lapse"), WHO, st.just(0)),
        st.tuples(st.just("capacity"), st.integers(0, 5), st.just(0)),
        st.tuples(st.just("quota"), st.integers(0, 3), st.integers(0, 3)),
        st.tuples(st.just("group"), st.integers(0, 3), st.just(0)),
        st.tuples(st.just("keep"), st.integers(0, 1), st.just(0)),
    ),
    max_size=30,
)
LIMIT_STEPS = {"capacity", "quota", "group", "keep"}
_keys = count()


@dataclass
class Trial:
    """An event for a ministry with a department, its office, and a service of its own; one group is open to all."""

    event: Event
    agencies: list[Agency] = field(default_factory=list)

    @classmethod
    def begin(cls, **values: Any) -> "Trial":
        event = make.event(**values)
        ministry, border = make.agency(), make.agency()
        department = make.agency(parent_id=ministry.id)
        office = make.agency(parent_id=department.id)
        event.groups.append(EventGroup(code="drafting", name={"en": "Drafting"}, places=None, is_open=True))
        db.session.flush()
        return cls(event, [ministry, department, office, border])

    def take(self, what: str | S, number: int, more: int) -> None:
        present = self.present()
        if what == "register":
            self._come_in(number, self.agencies[more % 4], "drafting" if more > 3 else "")
        elif what == "promote":
            promote_waiting(self.event, by=make.STAFF)
        elif what == "lapse":
            for one in present[: number + 1]:
                if one.accept_by is not None:
                    one.accept_by = clock.now() - timedelta(seconds=1)
            db.session.flush()
            lapse_offers(self.event)
        elif present and what == "accept":
            accept(present[number % len(present)], by=make.STAFF)
        elif present:
            move(present[number % len(present)], S(what), by=make.STAFF, channel=Channel.DESK)

    def _come_in(self, who: int, agency: Agency, group: str) -> None:
        # Every third has no address: nobody asks them whether they come.
        email = None if who % 3 == 0 else f"person{who}@example.org"
        details = PersonDetails(given_name="абвгдежзик"[who] * 3, email=email)
        form = PublicRegistration(details, agency_code=agency.code, group=group)
        register(self.event, form, key=f"invariant-{next(_keys)}", language="en")

    def set_limit(self, what: str, number: int, more: int) -> None:
        event = self.event
        if what == "capacity":
            event.capacity = number or None
        elif what == "group":
            event.groups[0].places = number or None
        elif what == "keep":
            event.holds_quotas = bool(number)
        else:
            agency = self.agencies[number]
            event.quotas = [quota for quota in event.quotas if quota.agency_id != agency.id]
            db.session.flush()
            if more:
                event.quotas.append(AgencyQuota(agency_id=agency.id, places=more))
        db.session.flush()

    def present(self) -> list[Registration]:
        return db.session.query(Registration).filter_by(event_id=self.event.id).order_by(Registration.id).all()

    def excess(self) -> dict[str, int]:
        """By how many each limit is passed, counted from the rows themselves."""
        seated = [one for one in self.present() if takes_seat(one.status, one.role)]
        parents = {agency.id: agency.parent_id for agency in self.agencies}

        def within(agency_id: int | None, quota: AgencyQuota) -> bool:
            return agency_id is not None and (agency_id == quota.agency_id or within(parents.get(agency_id), quota))

        of_quota = {quota.agency_id: sum(within(one.agency_id, quota) for one in seated) for quota in self.event.quotas}
        over = {f"quota {quota.agency_id}": of_quota[quota.agency_id] - quota.places for quota in self.event.quotas}
        for group in self.event.groups:
            if group.places is not None:
                over["group"] = sum(one.group == group.code for one in seated) - group.places
        if self.event.capacity is not None:
            over["event"] = len(seated) - self.event.capacity
            if self.event.holds_quotas:
                outer = [q for q in self.event.quotas if not self._is_inside_another(q, within)]
                kept = sum(max(0, quota.places - of_quota[quota.agency_id]) for quota in outer)
                over["kept"] = len(seated) + kept - self.event.capacity
        return {name: max(0, number) for name, number in over.items()}

    def _is_inside_another(self, quota: AgencyQuota, within: Any) -> bool:
        return any(other is not quota and within(quota.agency_id, other) for other in self.event.quotas)


def check_rows(trial: Trial) -> None:
    for registration in trial.present():
        moves = registration.moves
        assert moves[0].from_status is None and moves[-1].to_status is registration.status
        assert all(before.to_status is after.from_status for before, after in pairwise(moves))
        assert all(may_move(one.from_status, one.to_status) for one in moves)
        assert (registration.waiting_since is not None) is (registration.status is S.WAITLISTED)
        if registration.accept_by is not None:
            assert registration.status is S.CONFIRMED and moves[-1].channel is Channel.SYSTEM
            assert registration.person.email or registration.email
        assert all(one.to_status is S.CANCELLED for one in moves if one.reason == NO_ANSWER_IN_TIME)
    waiting = list_waiting(trial.event.id)
    assert list(waiting) == sorted(waiting, key=lambda one: (one.waiting_since, one.id))


def check_order(trial: Trial, waited: list[tuple[int, Any, int]]) -> None:
    """Who is still waiting before somebody who moved up has no room."""
    seating = seating_of(trial.event)
    now = {one.id: one for one in trial.present()}
    still, moved = False, False
    for registration_id, _since, _moves in reversed(waited):
        one = now[registration_id]
        is_up = one.moves[-1].channel is Channel.SYSTEM and len(one.moves) > _moves and one.status is S.CONFIRMED
        moved = moved or is_up
        still = moved and one.status is S.WAITLISTED and one.waiting_since == _since
        if still:
            assert seating.room(one.agency_id, one.group).left == 0, "somebody behind was served first"


def check_news(trial: Trial) -> None:
    """Every move is told once to whoever has an address, and nobody is told twice."""
    for registration in trial.present():
        keys = db.session.scalars(select(Message.key).where(Message.registration_id == registration.id)).all()
        numbered = [key.rpartition("/")[2] for key in keys if key.startswith(f"{registration.reference}/registration_")]
        moves = range(1, len(registration.moves) + 1) if address_of(registration) else []
        assert sorted(numbered, key=int) == [str(number) for number in moves]


@given(
    steps=STEPS,
    capacity=st.integers(1, 3),
    approval=st.sampled_from(Approval),
    waiting_list=st.booleans(),
    hours=st.sampled_from([None, 2]),
)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_sequence_breaks_the_rules(
    session: Session,
    steps: list[tuple[str | S, int, int]],
    capacity: int,
    approval: Approval,
    waiting_list: bool,
    hours: int | None,
) -> None:
    trial = Trial.begin(capacity=capacity, approval=approval, has_waiting_list=waiting_list, offer_hours=hours)
    for step, number, more in steps:
        what = step
        if step in LIMIT_STEPS:
            trial.set_limit(str(step), number, more)
            what = "promote"
        before = trial.excess()
        waited = [(one.id, one.waiting_since, len(one.moves)) for one in list_waiting(trial.event.id)]
        with suppress(Refused):  # refusing is right; what must hold is checked below either way
            trial.take(what, number, more)
        session.flush()
        after = trial.excess()
        assert all(after[name] <= before[name] for name in after), "more people than there are places"
        taken = sum(takes_seat(one.status, one.role) for one in trial.present())
        left = places_of(trial.event).left
        assert left == (None if trial.event.capacity is None else max(0, trial.event.capacity - taken))
        check_rows(trial)
        check_order(trial, waited)
    check_news(trial)
