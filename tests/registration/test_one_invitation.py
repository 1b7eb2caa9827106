"""A link for one lets one in, however many open it at once: over real HTTP, with a twin that must go wrong."""

from collections import Counter
from pathlib import Path

import pytest

from tests import factories as make
from tests.factories import STAFF
from tests.registration.server import Server, all_at_once, running
from tests.registration.test_last_place import (
    FEW,
    LOCKED,
    PEOPLE,
    UNLOCKED,
    count,
    count_confirmed,
    prepare_agencies,
    presses_of,
)
from trainreg.events.rules import Admission, Approval
from trainreg.kernel.db import db
from trainreg.registration.invitations import Terms, invite_agency, token_of
from trainreg.registration.models import Invitation, Registration, Submission

pytestmark = pytest.mark.slow


def use_one_link(server: Server, people: int = PEOPLE) -> Counter[int]:
    """So many people send the form that one link opens, at the same moment."""
    with server.app.app_context():
        agency = prepare_agencies()
        event = make.event(admission=Admission.INVITATION, approval=Approval.AUTOMATIC, slug="invited")
        invitation = invite_agency(event, agency, uses=1, terms=Terms(), language="en", by=STAFF)
        db.session.commit()
        token = token_of(invitation)
    path = f"/e/invited/register?invitation={token}"
    return all_at_once(presses_of(server, path, people, invitation=token, agency="ministry"))


def test_one_is_let_in(tmp_path: Path) -> None:
    with running(tmp_path, LOCKED) as server:
        assert use_one_link(server) == {303: 1, 409: PEOPLE - 1}
        assert count_confirmed(server) == count(server, Registration) == 1
        with server.app.app_context():
            assert db.session.query(Submission).count() == 1
            assert db.session.query(Invitation).one().uses == 1


def test_without_the_lock_it_goes_wrong(tmp_path: Path) -> None:
    with running(tmp_path, UNLOCKED) as server:
        answers = use_one_link(server, FEW)
        errors = sum(number for status, number in answers.items() if status >= 500)
        assert count_confirmed(server) > 1 or errors > 0, answers
