"""What an event plans of its certificates, and what never changes once it is published."""

import pytest
from sqlalchemy.orm import Session

from tests import designed
from tests import factories as make
from tests.factories import STAFF
from tests.world import World
from trainreg.audit.queries import history_of
from trainreg.certificates.editor.models import NeverChanges
from trainreg.certificates.editor.plans import LapsesStrangely, NotWorded, save_plan
from trainreg.certificates.editor.queries import Plan, plan_of
from trainreg.certificates.editor.rules import Mailing, are_languages
from trainreg.events.service import copy_event
from trainreg.kernel.db import db

CHOSEN = Plan(design_sha256="a" * 64, languages=("mn",), vertical=True, valid_months=24, mail=Mailing.ATTACHMENT)


def test_an_event_that_planned_nothing_takes_what_is_usual(world: World) -> None:
    assert plan_of(world.event) == Plan(languages=("en", "mn"), mail=Mailing.LINK)


def test_what_is_planned_is_kept_and_written_down_once(world: World) -> None:
    for _twice in range(2):
        save_plan(world.event, CHOSEN, by=STAFF)
    assert plan_of(world.event) == CHOSEN
    sentences = [str(entry.sentence) for entry in history_of(world.event)]
    assert sentences.count("Design and wording of the certificates chosen") == 1


@pytest.mark.parametrize(
    ("languages", "fits"),
    [
        (("en",), True),
        (("mn", "fr"), True),
        (("en", "en"), False),
        ((), False),
        (("en", "mn", "fr"), False),
        (("de",), False),
    ],
)
def test_languages(world: World, languages: tuple[str, ...], fits: bool) -> None:
    assert are_languages(languages) is fits
    if not fits:
        with pytest.raises(NotWorded):
            save_plan(world.event, Plan(languages=languages), by=STAFF)


@pytest.mark.parametrize("months", [0, -1, 121])
def test_a_strange_validity_is_refused(world: World, months: int) -> None:
    with pytest.raises(LapsesStrangely):
        save_plan(world.event, Plan(valid_months=months), by=STAFF)


def test_a_copy_of_the_event_takes_its_plan_along(world: World) -> None:
    save_plan(world.event, CHOSEN, by=STAFF)
    assert plan_of(copy_event(world.event, by=STAFF)) == CHOSEN
    assert plan_of(copy_event(world.other_event, by=STAFF)) == Plan()


def test_versions_and_pictures_never_change(session: Session) -> None:
    version, picture = designed.design_version(designed.design(make.project())), designed.picture()
    db.session.commit()
    for row, name in ((version, "content"), (picture, "media_type")):
        setattr(row, name, "other")
        with pytest.raises(NeverChanges):
            db.session.flush()
        db.session.rollback()
        db.session.delete(row)
        with pytest.raises(NeverChanges):
            db.session.flush()
        db.session.rollback()
