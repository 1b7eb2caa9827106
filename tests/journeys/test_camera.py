"""The telephone's camera looks at a pass: a browser with a film in place of its camera."""

import io
from pathlib import Path

import pytest
import segno
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.browsers import chromium_path
from tests.journeys.door import all_sent, house, open_door, telephone

pytestmark = pytest.mark.slow


def film_of(code: str, file: Path) -> Path:
    """A film of one picture: a pass held up in a room, somewhat turned."""
    drawn = io.BytesIO()
    segno.make(code, error="q", micro=False).save(drawn, kind="png", border=4, scale=6)
    room = Image.new("RGB", (640, 480), (120, 130, 140))
    held = Image.open(drawn).convert("RGB").rotate(7, expand=True, fillcolor=(120, 130, 140))
    room.paste(held, ((640 - held.width) // 2, (480 - held.height) // 2))
    room.save(file, "JPEG", quality=80)
    return file


def test_a_pass_before_the_camera_is_in(browser: Browser, tmp_path: Path) -> None:
    with house(tmp_path) as door:
        film = film_of(door.passes[3], tmp_path / "film.mjpeg")
        eye = browser.browser_type.launch(
            executable_path=chromium_path(),
            args=[
                *("--no-sandbox", "--disable-background-networking", "--use-fake-ui-for-media-stream"),
                *("--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={film}"),
            ],
        )
        with telephone(eye, door) as context:
            page = open_door(context, door)
            page.get_by_role("button", name="Scan with the camera").click()
            expect(page.locator(".door-person")).to_have_text(door.names[3], timeout=30_000)
            expect(page.locator(".door-title")).to_have_text("Come in")
            all_sent(page)
        eye.close()
        assert door.counts() == (1, 1, 1)
