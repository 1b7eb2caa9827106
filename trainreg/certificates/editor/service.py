"""Make designs, save their drafts, publish them as versions, put them away."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from trainreg.audit import service as audit
from trainreg.certificates.editor.kits import designs
from trainreg.certificates.editor.models import Design, DesignDraft, DesignPicture, DesignVersion
from trainreg.certificates.editor.queries import find_version
from trainreg.certificates.editor.raster import DPI
from trainreg.certificates.editor.refusals import DesignArchived, DraftIsStale, NoName, SameAsBefore, SlugTaken
from trainreg.events.rules import slug_from
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, flush_or_refuse, lock_row
from trainreg.kernel.languages import DEFAULT_LANGUAGE, in_language
from trainreg.kernel.types import Text
from trainreg.programme.models import Project

audit.describes(
    {
        "design.created": _l("Design %(name)s made, from %(source)s"),
        "design.imported": _l("Design %(name)s read from a file, %(pictures)s pictures"),
        "design.exported": _l("Design %(name)s handed out as a file"),
        "design.renamed": _l("Design renamed from %(before)s to %(name)s"),
        "design.draft_saved": _l("Draft of the design saved, revision %(revision)s"),
        "design.published": _l("Design published as version %(number)s"),
        "design.archived": _l("Design archived"),
        "design.brought_back": _l("Design brought back from the archive"),
    }
)
LONGEST_SLUG = 60


def create_design(name: Text, content: str, *, project: Project | None, source: str, by: Actor) -> Design:
    """A new design that begins as `content` (the JSON of another). Raises what `Designs.canonical` raises."""
    design = _new(name, content, project)
    _note("design.created", design, by=by, name=_called(design), source=source)
    return design


def import_design(name: Text, content: str, pictures: Iterable[str], *, project: Project | None, by: Actor) -> Design:
    """A new design from a file; its pictures were kept before."""
    design = _new(name, content, project)
    _note("design.imported", design, by=by, name=_called(design), pictures=len(list(pictures)))
    return design


def save_draft(design: Design, content: str, *, revision: int, by: Actor) -> DesignDraft:
    """Keep the draft, unless somebody saved after `revision` was read; the same once more changes nothing."""
    draft = _draft_to_change(design, revision)
    wanted = designs().canonical(content)
    if draft.content == wanted:
        return draft
    draft.content, draft.revision = wanted, draft.revision + 1
    draft.changed_at, draft.changed_by_id = clock.now(), by.user_id
    db.session.flush()
    _note("design.draft_saved", design, by=by, revision=draft.revision)
    return draft


def add_picture(design: Design, picture: DesignPicture, *, by: Actor) -> None:
    """Put a picture at the end of the draft's list, as large as it is printed well, 60 mm at most."""
    told = json.loads(design.draft.content)
    names = {str(one.get("id", "")) for one in told["elements"]}
    number = next(number for number in range(1, len(names) + 2) if f"picture-{number}" not in names)
    millimetres = min(25.4 / DPI, 60 / max(picture.width, picture.height))
    sides = [max(1.0, round(side * millimetres, 1)) for side in (picture.width, picture.height)]
    told["elements"].append(designs().new_picture(f"picture-{number}", picture.sha256, *sides))
    save_draft(design, json.dumps(told), revision=design.draft.revision, by=by)


def publish(design: Design, *, revision: int, by: Actor) -> DesignVersion:
    """Make the draft of that revision the next version. Whoever calls has asked the gate about it."""
    draft = _draft_to_change(design, revision)
    content = designs().canonical(draft.content)
    sha256 = designs().digest(content)
    same = find_version(sha256)
    if same is not None:
        raise SameAsBefore(name=f"{_called(same.design)} {same.number}")
    number = max((version.number for version in design.versions), default=0) + 1
    version = DesignVersion(
        design=design,
        number=number,
        sha256=sha256,
        content=content,
        published_at=clock.now(),
        published_by_id=by.user_id,
    )
    db.session.add(version)
    flush_or_refuse(SameAsBefore(name=_called(design)))
    _note("design.published", design, by=by, number=number)
    return version


def rename(design: Design, name: Text, *, by: Actor) -> None:
    """Call it otherwise; its address and its versions stay."""
    if not in_language(name, DEFAULT_LANGUAGE):
        raise NoName
    before = _called(design)
    if design.name != name:
        design.name = name
        db.session.flush()
        _note("design.renamed", design, by=by, before=before, name=_called(design))


def set_archived(design: Design, archived: bool, *, by: Actor) -> None:
    """Put it away, or bring it back. Events and certificates that use a version of it go on using it."""
    if (design.archived_at is not None) != archived:
        design.archived_at = clock.now() if archived else None
        db.session.flush()
        _note("design.archived" if archived else "design.brought_back", design, by=by)


def note_export(design: Design, *, by: Actor) -> None:
    """Write down that somebody took the design out of the house: signatures may be in it."""
    _note("design.exported", design, by=by, name=_called(design))


def _new(name: Text, content: str, project: Project | None) -> Design:
    if not in_language(name, DEFAULT_LANGUAGE):
        raise NoName
    now = clock.now()
    draft = DesignDraft(content=designs().canonical(content), revision=1, changed_at=now)
    slug = _free_slug(slug_from(in_language(name, DEFAULT_LANGUAGE))[:LONGEST_SLUG].strip("-") or "design")
    design = Design(slug=slug, name=name, project=project, draft=draft, created_at=now)
    db.session.add(design)
    flush_or_refuse(SlugTaken())
    return design


def _draft_to_change(design: Design, revision: int) -> DesignDraft:
    if design.archived_at is not None:
        raise DesignArchived
    draft = lock_row(DesignDraft, design.draft.id)
    if draft.revision != revision:
        raise DraftIsStale
    return draft


def _free_slug(wanted: str) -> str:
    taken = set(db.session.scalars(select(Design.slug).where(Design.slug.startswith(wanted, autoescape=True))))
    if wanted not in taken and wanted not in _RESERVED:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"


# What stands in addresses where a design's name could.
_RESERVED = {"new", "import", "pictures", "gallery", "preview"}


def _called(design: Design) -> str:
    return in_language(design.name, DEFAULT_LANGUAGE)


def _note(action: str, design: Design, *, by: Actor, **facts: Any) -> None:
    audit.record(action, design, by=by, project_id=design.project_id, **facts)
