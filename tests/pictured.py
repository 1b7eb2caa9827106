"""A photograph of a project: a true JPEG, so that pages and PDFs can show it."""

from hashlib import sha256
from io import BytesIO
from itertools import count
from typing import Any

from PIL import Image

from tests.factories import NOW, STAFF
from trainreg.kernel.db import db
from trainreg.programme.models import Photograph, Project

_next = count(1)


def photograph(project: Project, **values: Any) -> Photograph:
    """A small one that reports may show."""
    number = next(_next)
    target = BytesIO()
    Image.new("RGB", (320, 240), (number % 256, 120, 90)).save(target, "JPEG", comment=str(number).encode())
    content = target.getvalue()
    values = {
        "position": len(project.photographs) + 1,
        "caption": {"en": f"Photograph {number}"},
        "alternative": {"en": "People around a table."},
        "consent_note": "on paper",
        "confirmed_at": NOW,
        "confirmed_by_label": STAFF.label,
        "sha256": sha256(content).hexdigest(),
        "width": 320,
        "height": 240,
        "size": len(content),
        "content": content,
        "added_at": NOW,
    } | values
    row = Photograph(**values)
    project.photographs.append(row)
    db.session.flush()
    return row
