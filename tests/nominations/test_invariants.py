"""Whatever focal points, nominees and the desk do in whatever order: no quota is passed, by seats or by names."""

from contextlib import suppress
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import factories as make
from tests.factories import STAFF
from trainreg.agencies.models import Agency
from trainreg.events.models import AgencyQuota, Event
from trainreg.events.rules import Admission, Approval
from trainreg.kernel.actor import OFFICIAL
from trainreg.kernel.db import db
from trainreg.kernel.refusals import Refused
from trainreg.nominations.allowance import Allowances
from trainreg.nominations.reading import Nominee
from trainreg.nominations.service import nominate, replace_nominee, withdraw_nominee
from trainreg.people.rules import ConsentPurpose
from trainreg.people.service import PersonDetails
from trainreg.registration.answers import answer_nomination, decline_nomination
from trainreg.registration.intake import PublicRegistration
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationStatus

pytestmark = pytest.mark.slow

S = RegistrationStatus
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["name", "name", "yes", "yes", "no", "replace", "withdraw", "walk in"]),
        st.integers(0, 1),
        st.integers(0, 9),
    ),
    max_size=25,
)
_numbers = count()


def nominee(agency: Agency) -> Nominee:
    letters = "".join("абвгдежзик"[int(digit)] for digit in str(next(_numbers)))
    return Nominee(1, PersonDetails(given_name=f"Хүн{letters}", language="en"), "", "", agency)


def take(what: str, agency: Agency, number: int, event: Event) -> None:
    present = registrations(event)
    own = frozenset({agency.id})
    if what == "name":
        nominate(event, nominee(agency), own=own, by=STAFF)
        return
    if what == "walk in":
        make.registration(event, status=S.WAITLISTED, agency=agency)
        return
    if not present:
        return
    one = present[number % len(present)]
    if what == "yes":
        details = PersonDetails(given_name=one.person.given_name, language="en")
        said = PublicRegistration(details, one.agency.code, consents=frozenset({ConsentPurpose.RUN_EVENT}))
        answer_nomination(one, details=said, by=OFFICIAL)
    elif what == "no":
        decline_nomination(one, by=OFFICIAL)
    elif what == "replace":
        replace_nominee(one, nominee(one.agency), own=frozenset({one.agency_id}), by=STAFF)
    else:
        withdraw_nominee(one, by=STAFF)


def check(event: Event, quotas: dict[int, int]) -> None:
    present = registrations(event)
    seated = [one for one in present if one.status is S.CONFIRMED or one.holds_place]
    named = [one for one in present if one.status is S.NOMINATED and not one.holds_place]
    assert event.capacity is not None and len(seated) <= event.capacity
    allowances = Allowances(event)
    for agency_id, places in quotas.items():
        taken = sum(one.agency_id == agency_id for one in seated)
        assert taken <= places
        left = allowances.of(agency_id).left
        assert left is not None and left <= max(0, places - taken - sum(one.agency_id == agency_id for one in named))
    assert all(one.status in {S.NOMINATED, S.REQUESTED} for one in present if one.holds_place)


def registrations(event: Event) -> list[Registration]:
    wanted = select(Registration).where(Registration.event_id == event.id).order_by(Registration.id)
    return list(db.session.scalars(wanted))


@given(steps=STEPS, capacity=st.integers(1, 5), approval=st.sampled_from(Approval), waits=st.booleans())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_sequence_passes_a_quota(
    session: Session, steps: list[tuple[str, int, int]], capacity: int, approval: Approval, waits: bool
) -> None:
    event = make.event(
        capacity=capacity, approval=approval, has_waiting_list=waits, admission=Admission.NOMINATION_ONLY
    )
    agencies = [make.agency(), make.agency()]
    quotas = {agencies[0].id: 2, agencies[1].id: 3}
    event.quotas.extend(AgencyQuota(agency_id=agency_id, places=places) for agency_id, places in quotas.items())
    session.flush()
    for what, which, number in steps:
        with suppress(Refused):  # refusing is right; what must hold is checked below either way
            take(what, agencies[which], number, event)
        session.flush()
        check(event, quotas)
