"""A record calls its design by the design's own name and version; the fingerprint draws it."""

import json

from tests import designed
from tests import factories as make
from tests.certificates.attending import attend, past_event
from tests.world import World
from trainreg.certificates import service
from trainreg.certificates.designs.gallery import DIGESTS, GALLERY
from trainreg.certificates.designs.schema import canonical, parse
from trainreg.certificates.editor.plans import save_plan
from trainreg.certificates.editor.queries import Plan
from trainreg.certificates.queries import facts_of, list_certificates_of
from trainreg.kernel.db import db


def called(world: World, plan: Plan) -> str:
    event = past_event(world.project)
    attend(make.registration(event, world.bolor), 4)
    save_plan(event, plan, by=make.STAFF)
    service.issue(event, by=make.STAFF)
    db.session.commit()
    (certificate,) = list_certificates_of(event.id)
    assert certificate.design == facts_of(certificate).design
    return certificate.design


def test_a_ready_design_has_its_name(world: World) -> None:
    assert called(world, Plan(design_sha256=DIGESTS["modern"])) == "modern"


def test_where_nothing_was_chosen_the_usual_one_is_named(world: World) -> None:
    assert called(world, Plan()) == "formal"


def test_the_houses_own_has_its_version(world: World) -> None:
    told = json.loads(canonical(GALLERY["modern"]))
    content = canonical_of(told | {"title": {"en": "Ours"}})
    version = designed.design_version(designed.design(slug="our-own-design-with-a-very-long-name-indeed"), content, 7)
    assert called(world, Plan(design_sha256=version.sha256)) == "our-own-design-with-a-very-long-7"


def canonical_of(told: dict[str, object]) -> str:
    return canonical(parse(json.dumps(told)))
