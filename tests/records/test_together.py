"""Two organizers merge the same two records at one moment, in opposite directions: one merge, one refusal."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests import factories as make
from tests.factories import STAFF
from tests.records.worlds import twins
from tests.world import World
from trainreg.kernel.db import db
from trainreg.kernel.refusals import Refused
from trainreg.people.models import Person
from trainreg.records.models import PersonMerge
from trainreg.records.service import merge
from trainreg.registration.models import Registration
from trainreg.registration.rules import RegistrationStatus


@pytest.mark.parametrize("turned", [False, True])
def test_only_one_of_two_wins(separate_app: Flask, turned: bool) -> None:
    with separate_app.app_context():
        world = World.create()
        people = [person.id for person in twins(world)]
        for person_id in people:
            make.registration(world.event, db.session.get_one(Person, person_id), agency=world.ministry)
        db.session.commit()
    start = Barrier(2)

    def press(kept_id: int, merged_id: int) -> str:
        with separate_app.app_context():
            start.wait()
            try:
                merge(db.session.get_one(Person, kept_id), db.session.get_one(Person, merged_id), by=STAFF)
                db.session.commit()
            except Refused as refusal:
                db.session.rollback()
                return type(refusal).__name__
            return "merged"

    ways = [people, people[::-1] if turned else people]
    with ThreadPoolExecutor(2) as threads:
        answers = sorted(threads.map(lambda way: press(*way), ways))
    assert answers == ["AlreadyMerged", "merged"]
    with separate_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(PersonMerge)) == 1
        gone = db.session.scalars(select(Person.id).where(Person.merged_into_id.is_not(None))).all()
        assert len(gone) == 1
        confirmed = select(func.count()).where(Registration.status == RegistrationStatus.CONFIRMED)
        assert db.session.scalar(confirmed) == 1
