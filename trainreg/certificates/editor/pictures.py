"""Take in pictures: logos, seals, signatures, backgrounds; each is kept once, under its fingerprint."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from trainreg.audit import service as audit
from trainreg.certificates.editor.models import DesignPicture
from trainreg.certificates.editor.queries import find_picture
from trainreg.certificates.editor.raster import Prepared, prepare_raster
from trainreg.certificates.editor.refusals import NoPicture, PictureTooLarge
from trainreg.certificates.editor.rules import PictureUse
from trainreg.certificates.editor.vector import prepare_svg
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, insert_unless_known
from trainreg.kernel.languages import DEFAULT_LANGUAGE, in_language
from trainreg.programme.models import Project, Signatory

LARGEST_FILE = 6 * 1024 * 1024

audit.describes(
    {
        "design.picture_added": _l("Picture for certificates added, %(kilobytes)s kB"),
        "signatory.signature_set": _l("Picture of the signature of %(name)s added"),
        "signatory.signature_removed": _l("Picture of the signature of %(name)s removed"),
    }
)


def prepare(content: bytes, use: PictureUse) -> Prepared:
    """The picture as it will be kept; raises a `BadPicture`. Slow work: it needs no database."""
    if not content:
        raise NoPicture
    if len(content) > LARGEST_FILE:
        raise PictureTooLarge(most=LARGEST_FILE // 1024 // 1024)
    if _looks_like_markup(content):
        return prepare_svg(content, use)
    return prepare_raster(content, use)


def keep(prepared: Prepared, *, by: Actor, project_id: int | None = None) -> DesignPicture:
    """The row of a picture that was prepared: the one that is there already, or a new one."""
    known = find_picture(prepared.sha256)
    if known is not None:
        return known
    row = {
        "sha256": prepared.sha256,
        "media_type": prepared.media_type,
        "width": prepared.width,
        "height": prepared.height,
        "size": len(prepared.content),
        "content": prepared.content,
        "added_at": clock.now(),
        "added_by_id": by.user_id,
    }
    insert_unless_known(DesignPicture, [row], unique="sha256")
    added = find_picture(prepared.sha256)
    assert added is not None  # noqa: S101 - it was written a moment ago
    audit.record("design.picture_added", added, by=by, project_id=project_id, kilobytes=-(-added.size // 1024))
    return added


def set_signature(project: Project, signatory: Signatory, prepared: Prepared, *, by: Actor) -> None:
    """Let certificates that are issued from now on show this signature over the signatory's name."""
    picture = keep(prepared, by=by, project_id=project.id)
    if signatory.image_sha256 != picture.sha256:
        signatory.image_sha256 = picture.sha256
        db.session.flush()
        _note("signatory.signature_set", project, signatory, by=by)


def remove_signature(project: Project, signatory: Signatory, *, by: Actor) -> None:
    """Leave the line for a signature by hand from now on. What was issued keeps its picture."""
    if signatory.image_sha256 is not None:
        signatory.image_sha256 = None
        db.session.flush()
        _note("signatory.signature_removed", project, signatory, by=by)


def _note(action: str, project: Project, signatory: Signatory, *, by: Actor) -> None:
    audit.record(action, project, by=by, project_id=project.id, name=in_language(signatory.name, DEFAULT_LANGUAGE))


def _looks_like_markup(content: bytes) -> bool:
    head = content[:1024].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00")
    return head.startswith(b"<")
