"""Publications with their copies, for tests."""

from typing import Any

from trainreg.kernel.db import db
from trainreg.kernel.types import Text
from trainreg.programme.models import Project
from trainreg.publications.models import Handout, PrintRun, Publication
from trainreg.publications.rules import PublicationKind


def publication(
    of: Project, *, printed: int | None = None, is_minimum: bool = False, to: Text | None = None, **values: Any
) -> Publication:
    """A handbook: so many copies printed on its day, and all of them gone to `to`, if somebody is named."""
    row = Publication(project_id=of.id, **{"kind": PublicationKind.HANDBOOK, "title": {"en": "Handbook"}} | values)
    day = values.get("published_on")
    if printed:
        row.print_runs.append(PrintRun(language="mn", copies=printed, is_minimum=is_minimum, printed_on=day))
    if to:
        row.handouts.append(Handout(recipient=to, copies=printed, is_minimum=is_minimum, handed_on=day))
    db.session.add(row)
    db.session.flush()
    return row
