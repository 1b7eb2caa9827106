"""The pictures of signatures that a project's certificates show."""

import io
from typing import Any

from flask import Flask

from tests.certificates.editor.drawn import NS, signature_png
from tests.pages import Pages
from tests.world import World
from trainreg.certificates.editor.models import DesignPicture
from trainreg.kernel.db import db
from trainreg.programme.models import Project


def _file(content: bytes, name: str = "signature.png") -> dict[str, Any]:
    return {"file": (io.BytesIO(content), name)}


def _page(world: World) -> str:
    return f"/desk/projects/{world.project.code}/signatures"


def _images(project: Project) -> list[str]:
    return [one.image_sha256 or "" for one in project.signatories]


def test_a_signature_is_added_shown_and_removed(app: Flask, world: World) -> None:
    pages = Pages(app).sign_in(world.organizer)
    page = pages.follow(pages.post(f"{_page(world)}/1", _file(signature_png())))
    assert "The signature is saved" in page.text
    assert "Picture of the signature of B. Director added" in page.text
    (image,) = page.find_all("img", alt="Signature of B. Director")
    content = pages.get(str(image.get("src"))).response
    assert content.mimetype == "image/png"
    assert content.headers["Cache-Control"] == "no-store"
    assert _images(world.project) == [db.session.query(DesignPicture).one().sha256, ""]
    page = pages.follow(pages.post(f"{_page(world)}/1/remove"))
    assert not page.find_all("img", alt="Signature of B. Director")
    assert _images(world.project) == ["", ""]


def test_the_same_picture_twice_is_kept_once(app: Flask, world: World) -> None:
    pages = Pages(app).sign_in(world.organizer)
    for position in (1, 2, 1):
        pages.post(f"{_page(world)}/{position}", _file(signature_png()))
    assert db.session.query(DesignPicture).count() == 1
    assert len(set(_images(world.project))) == 1


def test_a_refusal_stands_beside_its_own_field(app: Flask, world: World) -> None:
    pages = Pages(app).sign_in(world.organizer)
    hostile = f'<svg {NS} viewBox="0 0 9 9"><script>alert(1)</script></svg>'.encode()
    page = pages.post(f"{_page(world)}/2", _file(hostile, "signature.svg"))
    assert page.status == 422
    assert "holds <script>" in page.text
    (control,) = page.find_all("input", aria_invalid="true")
    assert control.get("id") == "file-2"
    assert pages.post(f"{_page(world)}/2").status == 422
    assert _images(world.project) == ["", ""]


def test_a_signature_goes_with_its_name(app: Flask, world: World) -> None:
    """Whoever takes the place of a signatory does not sign with the other's hand; whoever changes places does."""
    pages = Pages(app).sign_in(world.organizer)
    pages.post(f"{_page(world)}/1", _file(signature_png()))
    edit = f"/desk/projects/{world.project.code}/edit"
    form = pages.get(edit)
    names = [str(one.get("name")) for tag in ("input", "select", "textarea") for one in form.find_all(tag)]
    typed: dict[str, Any] = {name: form.value_of(name) or "" for name in names if name and name != "csrf_token"}
    typed |= {"action": "save", "agencies": []}
    first, second = ("signatories-0-", "signatories-1-")
    for part in ("name_en", "name_mn", "title_en", "title_mn"):
        typed[first + part], typed[second + part] = typed[second + part], typed[first + part]
    assert pages.post(edit, {k: v for k, v in typed.items() if v}).status == 303
    db.session.expire_all()
    assert [bool(image) for image in _images(world.project)] == [False, True]
    typed[second + "name_en"] = "Somebody Else"
    assert pages.post(edit, {k: v for k, v in typed.items() if v}).status == 303
    db.session.expire_all()
    assert _images(world.project) == ["", ""]


def test_only_the_project_s_own_staff_come_in(app: Flask, world: World) -> None:
    for user, status in ((world.other_organizer, 404), (world.trainer, 403), (world.viewer, 403)):
        pages = Pages(app).sign_in(user)
        assert pages.get(_page(world)).status == status
        assert pages.post(f"{_page(world)}/1", _file(signature_png())).status == status
        assert pages.post(f"{_page(world)}/1/remove").status == status
    assert Pages(app).post(f"{_page(world)}/1", _file(signature_png())).status == 401
    pages = Pages(app).sign_in(world.organizer)
    assert pages.post(f"{_page(world)}/7", _file(signature_png())).status == 404
    assert pages.get("/desk/designs/pictures/" + "0" * 64).status == 404
    assert pages.get("/desk/designs/pictures/..%2Fx").status == 404
