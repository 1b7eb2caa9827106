"""What officials do in a browser and find in their mail."""

import re
import time
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from playwright.sync_api import Page


def fill_in(page: Page, *, family: str, given: str, email: str) -> None:
    """The public form's own fields, but for the agency."""
    page.get_by_label("Family name or patronymic").first.fill(family)
    page.get_by_label("Given name").first.fill(given)
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Woman").check()
    page.get_by_label("I have read").check()


def reference_on(page: Page) -> str:
    found = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", page.locator("main").inner_text())
    assert found is not None, "no reference on the receipt"
    return found.group(0)


def wait_for_mail(folder: Path, *, to: str, about: str = "", seconds: float = 30) -> str:
    """The text of a mail to that address, once the worker has written it; `about` is part of its subject."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for path in folder.glob("*.eml"):
            mail = message_from_bytes(path.read_bytes(), policy=default)
            if to in str(mail["To"]) and about in str(mail["Subject"]):
                text = mail.get_body(("plain",))
                assert text is not None
                return str(text.get_content())
        time.sleep(0.3)
    raise TimeoutError(f"no mail to {to} about “{about}” in {seconds} s")
