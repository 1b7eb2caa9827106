"""Everybody of the demonstration can be given a certificate."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from trainreg.certificates import service as certificates
from trainreg.certificates.drafting import names_on_paper
from trainreg.certificates.models import Certificate
from trainreg.certificates.queries import facts_of
from trainreg.certificates.render import flaws
from trainreg.events.queries import get_event
from trainreg.kernel.actor import COMMAND_LINE
from trainreg.kernel.db import db
from trainreg.people.models import Person

pytestmark = pytest.mark.usefixtures("loaded")


def test_every_name_can_be_drawn_in_both_languages() -> None:
    certificate = db.session.scalars(select(Certificate)).first()
    assert certificate is not None
    facts = facts_of(certificate)
    for person in db.session.scalars(select(Person)):
        names = names_on_paper(person, ("en", "mn"))
        assert names.keys() == {"en", "mn"}
        assert flaws(replace(facts, names=names)) == []


def test_every_certificate_says_that_its_holder_is_invented() -> None:
    assert all(facts_of(certificate).is_invented for certificate in db.session.scalars(select(Certificate)))


def test_the_ended_event_waits_for_its_certificates_to_be_issued() -> None:
    outcome = certificates.issue(get_event("demo-labour-statistics"), by=COMMAND_LINE)
    assert len(outcome.certificates) == 13  # the trainer is thanked
    assert outcome.undrawable == []
    assert outcome.already == 0
