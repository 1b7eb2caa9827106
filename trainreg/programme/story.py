"""What reports tell beside figures: whom to ask, and photographs, each with the consent of those in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import lazy_gettext as _l

from trainreg.audit import service as audit
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, flush_or_refuse
from trainreg.kernel.photographs import PreparedPhotograph
from trainreg.kernel.refusals import Invalid, Refused
from trainreg.kernel.types import Text
from trainreg.programme.models import Photograph, Project
from trainreg.programme.rules import MOST_PHOTOGRAPHS

audit.describes(
    {
        "project.contact_set": _l("Contact for readers of reports changed"),
        "photograph.added": _l("Photograph added, %(kilobytes)s kB"),
        "photograph.edited": _l("Photograph %(position)s: words changed"),
        "photograph.confirmed": _l("Photograph %(position)s: consent confirmed, reports show it"),
        "photograph.withdrawn": _l("Photograph %(position)s: consent withdrawn, reports no longer show it"),
        "photograph.removed": _l("Photograph %(position)s removed"),
    }
)


class TooManyPhotographs(Refused):
    sentence = _l("A project has at most %(most)s photographs. Remove one first.")
    field = "file"


class SamePhotograph(Refused):
    sentence = _l("This photograph is there already.")
    field = "file"


class NoConsentNote(Invalid):
    """Nobody could say later who agreed."""

    sentence = _l("Say who agreed, when and how, before you confirm it.")
    field = "consent_note"


class NoAlternative(Invalid):
    """A reader who does not see the picture would learn nothing of it."""

    sentence = _l("Describe in a sentence what the picture shows, in English at least, before it is shown.")
    field = "alternative_en"


@dataclass(frozen=True, kw_only=True)
class PhotographDetails:
    """All that is said of a photograph."""

    caption: Text = field(default_factory=dict)
    alternative: Text = field(default_factory=dict)
    consent_note: str = ""
    is_confirmed: bool = False
    position: int = 0


def set_contact(project: Project, contact: Text, *, by: Actor, at: datetime | None = None) -> None:
    """Whom readers of reports can ask; lines of an address by language."""
    told = {code: text for code, text in contact.items() if text}
    if project.contact != told:
        project.contact = told
        db.session.flush()
        audit.record("project.contact_set", project, by=by, project_id=project.id, at=at)


def add_photograph(project: Project, prepared: PreparedPhotograph, details: PhotographDetails, *, by: Actor) -> int:
    """Keep a photograph that was prepared, at the end; gives its number. Reports show it once it is confirmed."""
    if len(project.photographs) >= MOST_PHOTOGRAPHS:
        raise TooManyPhotographs(most=MOST_PHOTOGRAPHS)
    if any(known.sha256 == prepared.sha256 for known in project.photographs):
        raise SamePhotograph
    _ensure_sound(details)
    photograph = Photograph(
        project_id=project.id,
        position=len(project.photographs) + 1,
        sha256=prepared.sha256,
        width=prepared.width,
        height=prepared.height,
        size=len(prepared.content),
        content=prepared.content,
        added_at=clock.now(),
        added_by_id=by.user_id,
    )
    project.photographs.append(photograph)
    _fill(photograph, details, by=by)
    flush_or_refuse(SamePhotograph())
    audit.record("photograph.added", project, by=by, project_id=project.id, kilobytes=-(-photograph.size // 1024))
    if photograph.is_confirmed:
        _note("photograph.confirmed", photograph, by=by)
    return photograph.id


def edit_photograph(photograph: Photograph, details: PhotographDetails, *, by: Actor) -> None:
    """Change words, consent and place; whoever confirms is written down."""
    _ensure_sound(details)
    was_confirmed = photograph.is_confirmed
    _fill(photograph, details, by=by)
    _move(photograph, details.position)
    db.session.flush()
    _note("photograph.edited", photograph, by=by)
    if was_confirmed != photograph.is_confirmed:
        _note("photograph.confirmed" if photograph.is_confirmed else "photograph.withdrawn", photograph, by=by)


def remove_photograph(photograph: Photograph, *, by: Actor) -> None:
    """Delete a photograph for good."""
    project, position = photograph.project, photograph.position
    project.photographs.remove(photograph)
    _number(project.photographs)
    db.session.flush()
    audit.record("photograph.removed", project, by=by, project_id=project.id, position=position)


def _ensure_sound(details: PhotographDetails) -> None:
    if details.is_confirmed and not details.consent_note.strip():
        raise NoConsentNote
    if details.is_confirmed and not details.alternative.get("en"):
        raise NoAlternative


def _fill(photograph: Photograph, details: PhotographDetails, *, by: Actor) -> None:
    photograph.caption, photograph.alternative = details.caption, details.alternative
    photograph.consent_note = details.consent_note
    if details.is_confirmed and photograph.confirmed_at is None:
        photograph.confirmed_at = clock.now()
        photograph.confirmed_by_label, photograph.confirmed_by_id = by.label, by.user_id
    elif not details.is_confirmed:
        photograph.confirmed_at, photograph.confirmed_by_label, photograph.confirmed_by_id = None, "", None


def _move(photograph: Photograph, position: int) -> None:
    """Put it at that place among the others; 0 leaves it where it is."""
    if position in {0, photograph.position}:
        return
    others = [one for one in photograph.project.photographs if one is not photograph]
    others.insert(min(position, len(others) + 1) - 1, photograph)
    _number(others)


def _number(photographs: Sequence[Photograph]) -> None:
    for position, photograph in enumerate(photographs, 1):
        photograph.position = position


def _note(action: str, photograph: Photograph, *, by: Actor) -> None:
    project = photograph.project
    audit.record(action, project, by=by, project_id=project.id, position=photograph.position)
