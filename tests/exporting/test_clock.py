"""Times of prepared files are told by the clock of the projects that they are about."""

from datetime import UTC, datetime

import pytest

from tests.exporting.files import prepared_file
from tests.pages import Pages
from tests.world import World
from trainreg.exporting.models import Export
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission

ASKED, ENDS = datetime(2026, 11, 28, 17, 30, tzinfo=UTC), datetime(2026, 11, 29, 17, 30, tzinfo=UTC)
RIGHT = Permission.VIEW_NAMES.value


def file_of(world: World, *projects: int | None) -> Export:
    rights = [[RIGHT, one] for one in projects]
    return prepared_file(world.administrator, rights=rights, created_at=ASKED, ready_at=ASKED, expires_at=ENDS)


def zones(world: World, own: str, other: str) -> None:
    world.project.timezone, world.other_project.timezone = own, other
    db.session.commit()


def test_the_file_of_a_project_goes_by_its_clock(pages: Pages, world: World) -> None:
    file = file_of(world, world.project.id)
    zones(world, "Asia/Hovd", "Europe/Paris")
    pages.sign_in(world.administrator)
    one = pages.get(f"/desk/files/{file.id}").text
    assert one.count("(Asia/Hovd)") == 3 and "29 Nov 2026, 00:30" in one and "30 Nov 2026, 00:30" in one
    every = pages.get("/desk/files").text
    assert "29 Nov 2026, 00:30 Asia/Hovd" in every and "30 Nov 2026, 00:30 Asia/Hovd" in every and "UTC" not in every


@pytest.mark.parametrize(
    ("other", "told"), [("Asia/Hovd", "29 Nov 2026, 00:30 (Asia/Hovd)"), ("Europe/Paris", "28 Nov 2026, 17:30 (UTC)")]
)
@pytest.mark.parametrize("everywhere", [True, False])
def test_several_projects_go_by_the_clock_that_they_share(
    pages: Pages, world: World, other: str, told: str, everywhere: bool
) -> None:
    asked = [None] if everywhere else [world.project.id, world.other_project.id]
    file = file_of(world, *asked)
    zones(world, "Asia/Hovd", other)
    assert told in pages.sign_in(world.administrator).get(f"/desk/files/{file.id}").text
