"""A client that walks the pages like a browser and inspects every HTML answer."""

import re
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask, g
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from tests.documents import read_document
from trainreg.accounts.identity import Identity
from trainreg.accounts.models import User
from trainreg.accounts.service import start_sign_in
from trainreg.kernel.db import db
from trainreg.kernel.languages import CONTENT_LANGUAGES

INLINE = re.compile(r"<[^>]*\s(?:style|on[a-z]+)\s*=|<style\b|javascript:", re.I)
# A link that only names an address (the page's own, or in another language) loads nothing.
_LOADS = r"script|img|iframe|source|link(?! rel=\"(?:canonical|alternate)\")"
ELSEWHERE = re.compile(rf"<(?:{_LOADS})\b[^>]*(?:src|href)\s*=\s*[\"'](?:https?:)?//", re.I)


@dataclass
class Page:
    """One answer: its status, its text as people read it, its forms."""

    response: TestResponse
    tree: Element | None = field(default=None)

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def html(self) -> str:
        return self.response.get_data(as_text=True)

    @property
    def location(self) -> str:
        return self.response.headers.get("Location", "")

    @property
    def text(self) -> str:
        """The words of the page, white space folded."""
        assert self.tree is not None, "this answer is not a page"
        return " ".join(" ".join(self.tree.itertext()).split())

    def find_all(self, tag: str, **attributes: str) -> list[Element]:
        """Elements by tag and exact attribute values (`class_` for class, `_` for `-`)."""
        assert self.tree is not None
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            element
            for element in self.tree.iter(tag)
            if all(element.get(name) == value for name, value in wanted.items())
        ]

    def value_of(self, name: str) -> str | None:
        """What a form control holds now, as a browser would send it."""
        assert self.tree is not None
        for element in self.tree.iter():
            if element.get("name") != name:
                continue
            if element.tag == "textarea":
                return (element.text or "").removeprefix("\n")
            if element.tag == "select":
                chosen = [option for option in element.iter("option") if option.get("selected") is not None]
                return chosen[0].get("value") if chosen else None
            if element.get("type") not in {"checkbox", "radio"} or element.get("checked") is not None:
                return element.get("value")
        return None


class Pages:
    """`get`, `post` (with the form token, as a browser would send it), and `sign_in`."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()

    def get(self, path: str, **kwargs: Any) -> Page:
        _forget_request()
        return self._inspect(self.client.get(path, **kwargs))

    def post(self, path: str, data: dict[str, Any] | None = None, *, token: str | None = None, **kwargs: Any) -> Page:
        """Post a form; the token is fetched like a browser would, unless one is given."""
        content = {"csrf_token": self.token() if token is None else token, **(data or {})}
        _forget_request()
        return self._inspect(self.client.post(path, data=content, **kwargs))

    def follow(self, page: Page) -> Page:
        """Where a redirect leads."""
        assert 300 <= page.status < 400, f"{page.status} is not a redirect: {page.html[:500]}"
        return self.get(page.location)

    def token(self) -> str:
        """A form token of this browser's session, made as Flask-WTF makes the one that stands in its pages."""
        _forget_request()
        with self.client.session_transaction() as cookie:
            kept = cookie.setdefault("csrf_token", token_hex(20))
        return str(URLSafeTimedSerializer(str(self.app.secret_key), salt="wtf-csrf-token").dumps(kept))

    def sign_in(self, user: User) -> "Pages":
        """Sign in as a member of staff, without the form."""
        secret = start_sign_in(user)
        db.session.commit()
        with self.client.session_transaction() as cookie:
            cookie["_user_id"] = Identity(user, secret).get_id()
            cookie["_fresh"] = True
        return self

    def _inspect(self, response: TestResponse) -> Page:
        if response.mimetype != "text/html" or 300 <= response.status_code < 400:
            return Page(response)
        text = response.get_data(as_text=True)
        assert "Content-Security-Policy" in response.headers
        if text.lstrip().lower().startswith("<!doctype"):
            return Page(response, self._inspect_document(text))
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        return Page(response, parser.parseFragment(text))

    def _inspect_document(self, text: str) -> Element:
        tree = read_document(text)
        assert not INLINE.search(text), f"inline script or style: {INLINE.search(text)}"
        assert not ELSEWHERE.search(text), f"a request to another host: {ELSEWHERE.search(text)}"
        assert "{{" not in text and "{%" not in text, "a template leaks"
        assert not re.search(r"%\([a-z_]+\)[sd]", text), "a placeholder was not filled"
        html = tree if tree.tag == "html" else tree.find("html")
        assert html is not None and html.get("lang") in CONTENT_LANGUAGES, "the page does not say its language"
        ids = [element.get("id") for element in tree.iter() if element.get("id")]
        assert len(ids) == len(set(ids)), f"the same id twice: {sorted(i for i in ids if ids.count(i) > 1)}"
        headings = list(tree.iter("h1"))
        assert len(headings) == 1, f"a page has one h1, this has {len(headings)}"
        title = next(tree.iter("title"), None)
        assert title is not None and (title.text or "").strip(), "a page without a title"
        assert all(image.get("alt") is not None for image in tree.iter("img")), "an image without alt"
        _inspect_controls(tree, set(ids))
        return tree


def _forget_request() -> None:
    """Drop what the last request left in `g`: tests keep one application context open, a server does not."""
    for name in list(g):
        g.pop(name)


def _inspect_controls(tree: Element, ids: set[str | None]) -> None:
    labelled = {label.get("for") for label in tree.iter("label")}
    wrapped = {id(control) for label in tree.iter("label") for control in label.iter()}
    for control in [*tree.iter("input"), *tree.iter("select"), *tree.iter("textarea")]:
        if control.get("type") in {"hidden", "submit", "button"}:
            continue
        has_name = control.get("aria-label") or control.get("aria-labelledby") or id(control) in wrapped
        assert has_name or control.get("id") in labelled, f"a control without a label: {control.attrib}"
        for described in (control.get("aria-describedby") or "").split():
            assert described in ids, f"{control.get('name')} is described by a missing {described}"
    for form in tree.iter("form"):
        if (form.get("method") or "get").lower() == "post":
            names = {control.get("name") for control in form.iter("input")}
            assert "csrf_token" in names, f"a form without a token: {form.get('action')}"
