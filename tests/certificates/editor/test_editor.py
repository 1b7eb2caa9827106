"""The editor as a plain form: copied, changed, saved, published; what is wrong stands beside what it speaks of."""

from typing import Any

import pytest
from flask import Flask

from tests.certificates.editor.plain import PlainDesigns
from tests.pages import Page, Pages
from tests.world import World
from trainreg.certificates.editor.models import Design, DesignVersion
from trainreg.kernel.db import db

HEADING = "el-1-paragraphs.0.text.en"


def typed(page: Page) -> dict[str, Any]:
    """Everything that the editor's form holds, as a browser sends it."""
    assert page.tree is not None
    form = next(one for one in page.tree.iter("form") if one.get("id") == "design-form")
    values: dict[str, Any] = {}
    for control in [*form.iter("input"), *form.iter("select"), *form.iter("textarea")]:
        name = str(control.get("name"))
        if name == "row":
            values.setdefault(name, []).append(control.get("value"))
        elif name not in {"None", "csrf_token"} and control.get("type") != "checkbox":
            values[name] = page.value_of(name) or ""
    return values


def copied(pages: Pages, plain: PlainDesigns, name: str = "Ours", owner: str = "") -> Page:
    address = f"/desk/designs/copy/{plain.ready()[0].sha256}"
    return pages.follow(pages.post(address, {"name_en": name, "name_mn": "Манай", "owner": owner}))


def test_a_copy_is_changed_saved_and_published(app: Flask, world: World, plain: PlainDesigns) -> None:
    pages = Pages(app).sign_in(world.administrator)
    page = copied(pages, plain)
    assert page.status == 200
    assert "data:image/png;base64," in page.html
    saved = pages.post("/desk/designs/ours/edit", typed(page) | {HEADING: "Diploma", "action": "save"})
    assert saved.status == 303
    page = pages.follow(saved)
    assert page.value_of(HEADING) == "Diploma"
    assert page.value_of("revision") == "2"
    assert "Draft of the design saved, revision 2" in page.text
    gallery = pages.follow(pages.post("/desk/designs/ours/edit", typed(page) | {"action": "publish"}))
    assert "Version 1 is published" in gallery.text
    version = db.session.query(DesignVersion).one()
    assert "Diploma" in version.content
    assert plain.digest(version.content) == version.sha256
    assert pages.get(f"/desk/designs/preview/{version.sha256}.png").response.data.startswith(b"\x89PNG")
    assert pages.get(f"/desk/designs/preview/{version.sha256}.pdf").response.data.startswith(b"%PDF")
    again = pages.post("/desk/designs/ours/edit", typed(pages.get("/desk/designs/ours/edit")) | {"action": "publish"})
    assert again.status == 409
    assert "Nothing has changed since" in again.text


def test_a_stale_save_keeps_what_was_typed(app: Flask, world: World, plain: PlainDesigns) -> None:
    pages = Pages(app).sign_in(world.administrator)
    first = typed(copied(pages, plain))
    assert pages.post("/desk/designs/ours/edit", first | {HEADING: "Theirs"}).status == 303
    late = pages.post("/desk/designs/ours/edit", first | {HEADING: "Mine"})
    assert late.status == 409
    assert "Somebody else saved this design meanwhile" in late.text
    assert late.value_of(HEADING) == "Mine"
    assert "Theirs" in db.session.query(Design).one().draft.content


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("el-1-box.both.x", "abc", "Write a number in digits"),
        ("el-1-box.both.x", "290", "does not lie wholly on the page"),
        ("el-2-paragraphs.0.size", "1", "has a value that cannot be used"),
    ],
)
def test_what_is_wrong_stands_beside_it(
    app: Flask, world: World, plain: PlainDesigns, field: str, value: str, sentence: str
) -> None:
    pages = Pages(app).sign_in(world.administrator)
    page = pages.post("/desk/designs/ours/edit", typed(copied(pages, plain)) | {field: value})
    assert page.status == 422
    assert sentence in page.text
    assert page.value_of(field) == value
    if sentence.startswith("Write"):
        assert page.find_all("input", name=field)[0].get("aria-invalid") == "true"


def test_buttons_work_without_a_script(app: Flask, world: World, plain: PlainDesigns) -> None:
    pages = Pages(app).sign_in(world.administrator)
    form = typed(copied(pages, plain))
    page = pages.post("/desk/designs/ours/edit", form | {"action": "add-text", HEADING: "Kept"})
    assert page.value_of(HEADING) == "Kept"
    assert typed(page)["row"] == ["1", "2", "3", "4", "5", "6"]
    page = pages.post("/desk/designs/ours/edit", typed(page) | {"action": "up-6"})
    assert typed(page)["row"] == ["1", "2", "3", "4", "6", "5"]
    page = pages.post("/desk/designs/ours/edit", typed(page) | {"action": "remove-3"})
    assert typed(page)["row"] == ["1", "2", "4", "6", "5"]
    page = pages.post("/desk/designs/ours/edit", typed(page) | {"action": "add-rule"})
    assert page.value_of("el-page-ground.0.weight") == "0.5"
    assert db.session.query(Design).one().draft.revision == 1  # nothing is saved by these


def test_the_gate_is_asked_before_publishing(app: Flask, world: World, plain: PlainDesigns) -> None:
    pages = Pages(app).sign_in(world.administrator)
    form = typed(copied(pages, plain)) | {f"el-2-paragraphs.0.text.{code}": "Nobody" for code in ("en", "mn")}
    page = pages.post("/desk/designs/ours/edit", form | {"action": "publish"})
    assert page.status == 422
    assert "The design lacks the name." in page.text
    assert db.session.query(DesignVersion).count() == 0
    assert page.value_of("revision") == "2"  # what was typed is saved as the draft all the same


def test_the_preview_follows_what_is_typed(app: Flask, world: World, plain: PlainDesigns) -> None:
    pages = Pages(app).sign_in(world.administrator)
    form = typed(copied(pages, plain))
    answers = [
        pages.post("/desk/designs/ours/preview", form | change).response.get_json()
        for change in ({}, {HEADING: "Diploma"}, {"sample": "longest"}, {"languages": "mn"}, {"el-1-box.both.x": "290"})
    ]
    pictures = [one["image"] for one in answers]
    assert len(set(pictures)) == 5
    assert pictures[4] == ""
    assert "does not lie wholly on the page" in answers[4]["problems"][0]


def test_each_house_sees_its_own(app: Flask, world: World, plain: PlainDesigns) -> None:
    copied(Pages(app).sign_in(world.administrator), plain, "House")
    copied(Pages(app).sign_in(world.organizer), plain, "Project", world.project.code)
    other = Pages(app).sign_in(world.other_organizer)
    assert "Project" not in [one.text for one in other.get("/desk/designs").find_all("h3")]
    for slug in ("project", "house"):
        for method, path in (
            ("get", "edit"),
            ("post", "edit"),
            ("post", "preview"),
            ("post", "archive"),
            ("get", "name"),
        ):
            assert getattr(other, method)(f"/desk/designs/{slug}/{path}").status == 404
    refused = (
        Pages(app)
        .sign_in(world.organizer)
        .post(f"/desk/designs/copy/{plain.ready()[0].sha256}", {"name_en": "Ours", "owner": ""})
    )
    assert refused.status == 422  # the whole house's designs are made by whoever holds the right everywhere
    for user in (world.trainer, world.viewer, world.focal_point):
        assert Pages(app).sign_in(user).get("/desk/designs").status == 403


@pytest.mark.parametrize(
    "change",
    [
        {"row": ["1"] * 3 + ["x"]},
        {"el-1-base": "[]"},
        {"el-1-base": "{"},
        {"el-1-base": "[" * 50_000},
        {"revision": "x"},
        {"action": "add-picture"},
        {"action": "remove-99"},
        {"row": [str(number) for number in range(200)]},
        {"el-1-base": '{"box": {"both": {"x": {}}}}'},
        {"el-1-base": '{"id": 3, "kind": [], "box": [1]}'},
    ],
)
def test_what_no_page_sends_is_refused(app: Flask, world: World, plain: PlainDesigns, change: dict[str, Any]) -> None:
    pages = Pages(app).sign_in(world.administrator)
    form = typed(copied(pages, plain)) | change
    assert 400 <= pages.post("/desk/designs/ours/edit", form).status < 500
    assert 200 <= pages.post("/desk/designs/ours/preview", form).status < 500
