"""Rows of designs, their versions and pictures, for tests."""

from hashlib import sha256
from itertools import count
from typing import Any

from tests.factories import NOW
from trainreg.certificates.editor.models import Design, DesignDraft, DesignPicture, DesignVersion
from trainreg.kernel.db import db
from trainreg.programme.models import Project

_next = count(1)


def _add(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row


def design(of: Project | None = None, content: str = "{}", **values: Any) -> Design:
    """A design of the house's own, or of a project, with its draft."""
    number = next(_next)
    values = {"slug": f"design-{number}", "name": {"en": f"Design {number}"}, "created_at": NOW} | values
    draft = DesignDraft(content=content, revision=1, changed_at=NOW)
    row: Design = _add(Design(project_id=of.id if of else None, draft=draft, **values))
    return row


def design_version(of: Design, content: str = "{}", number: int = 1) -> DesignVersion:
    digest = sha256(content.encode()).hexdigest()
    version = DesignVersion(design_id=of.id, number=number, sha256=digest, content=content, published_at=NOW)
    row: DesignVersion = _add(version)
    return row


def picture(content: bytes = b"\x89PNG", **values: Any) -> DesignPicture:
    facts = {"sha256": sha256(content).hexdigest(), "size": len(content), "added_at": NOW, "media_type": "image/png"}
    facts |= {"width": 1, "height": 1} | values
    row: DesignPicture = _add(DesignPicture(content=content, **facts))
    return row
