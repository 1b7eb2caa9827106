"""The line in traditional Mongolian: where the event asks for it, of whoever has their name in that script."""

import pytest

from tests import factories as make
from tests.certificates.attending import attend
from tests.world import World
from trainreg.certificates import service
from trainreg.certificates.editor.plans import save_plan
from trainreg.certificates.editor.queries import Plan
from trainreg.certificates.pdf.reading import said
from trainreg.certificates.queries import facts_of
from trainreg.certificates.render import draw_certificate
from trainreg.events.models import Event
from trainreg.kernel.db import db

NAME = "ᠪᠣᠯᠣᠷ"


@pytest.mark.parametrize(("vertical", "has_name"), [(True, True), (True, False), (False, True)])
def test_it_stands_where_it_is_asked_for_and_known(world: World, event: Event, vertical: bool, has_name: bool) -> None:
    world.bolor.certificate_name = {"mn-Mong": NAME} if has_name else {}
    save_plan(event, Plan(vertical=vertical), by=make.STAFF)
    attend(make.registration(event, world.bolor), 4)
    (certificate,) = service.issue(event, by=make.STAFF).certificates
    db.session.commit()

    is_there = vertical and has_name
    assert facts_of(certificate).names.get("mn-Mong") == (NAME if is_there else None)
    content = draw_certificate(certificate)
    assert any(NAME in one.text for one in said(content)) is is_there
