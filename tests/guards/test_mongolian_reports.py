"""Pages around the factsheet speak Mongolian throughout."""

from collections.abc import Callable

import pytest

from tests.guards.test_translations import _mongolian, hush, marked
from tests.pages import Page, Pages
from tests.pictured import photograph
from tests.world import World
from trainreg.kernel.db import db

__all__ = ["hush", "marked"]


@pytest.mark.slow
def test_they_say_nothing_in_english(pages: Pages, world: World, hush: Callable[[Page], None]) -> None:
    picture = photograph(world.project, alternative={"en": "Хүмүүс"})
    db.session.commit()
    pages.sign_in(world.administrator)
    project = f"/desk/projects/{world.project.code}"
    own = (f"{project}/story", f"{project}/photographs/new", f"{project}/photographs/{picture.id}")
    for path in (*own, f"/reports/{world.project.code}/factsheet"):
        page = pages.get(_mongolian(path))
        assert page.status == 200, path
        hush(page)
