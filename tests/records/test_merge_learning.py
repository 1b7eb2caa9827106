"""Tests and evaluations of two records that become one, and of the one taken apart again."""

from sqlalchemy import select

from tests import factories as make
from tests.factories import NOW, STAFF
from tests.records.worlds import snapshot, twins
from tests.world import World
from trainreg.assessment.models import EvaluationHandedIn, TestAnswer, TestAttempt
from trainreg.assessment.opinions import When
from trainreg.assessment.rules import Occasion, Source
from trainreg.kernel.db import db
from trainreg.records.service import merge, undo
from trainreg.registration.models import Registration


def sat(registration: Registration, occasion: Occasion, question_id: int) -> TestAttempt:
    attempt = TestAttempt(
        registration_id=registration.id, occasion=occasion, source=Source.PHONE, started_at=NOW, handed_in_at=NOW
    )
    attempt.answers.append(TestAnswer(question_id=question_id, value="c1", points=1))
    db.session.add(attempt)
    db.session.flush()
    return attempt


def test_what_the_kept_one_lacks_goes_over_and_comes_back(world: World) -> None:
    kept, merged = twins(world)
    mine, theirs = make.registration(world.event, kept), make.registration(world.event, merged)
    question = make.posed(world.event)
    own = sat(mine, Occasion.PRE, question.id)
    double, missing = sat(theirs, Occasion.PRE, question.id), sat(theirs, Occasion.POST, question.id)
    db.session.add(EvaluationHandedIn(registration_id=theirs.id, when=When.AFTER))
    db.session.flush()
    before = snapshot()
    done = merge(kept, merged, by=STAFF)
    db.session.expire_all()
    assert (own.registration_id, missing.registration_id) == (mine.id, mine.id)
    assert double.registration_id == theirs.id, "one attempt: the kept one has its own"
    assert db.session.scalars(select(EvaluationHandedIn.registration_id)).all() == [mine.id]
    undo(done, by=STAFF)
    db.session.expire_all()
    assert snapshot() == before
