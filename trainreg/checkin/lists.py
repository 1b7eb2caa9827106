"""The list that a device takes along: as little as a door needs, and nothing from which a pass could be made."""

import json
from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from trainreg.attendance.rules import counts_as_attended
from trainreg.audit import service as audit
from trainreg.audit.models import AuditEntry
from trainreg.checkin.queries import list_blocks, list_here, list_people
from trainreg.checkin.rules import GRACE, Block
from trainreg.events.models import Event
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db
from trainreg.kernel.languages import in_language
from trainreg.kernel.tokens import hashed
from trainreg.people.erased import ERASED
from trainreg.registration.passes import pass_code

audit.describes({"event.list_taken": _l("List of people taken to the door on a device")})

KEPT_AFTER = timedelta(hours=12)  # a device forgets the list of an event so long after its end
AROUND = timedelta(hours=18)  # the sessions of "today", wherever the device thinks it is
LETTERS_OF_PROOF = 24


def is_over(event: Event) -> bool:
    """Whether a device has nothing to do with the event's list any more."""
    ends_at = event.ends_at
    return ends_at is not None and clock.now() > ends_at + KEPT_AFTER


def list_for_device(event: Event, language: str, *, sees_names: bool) -> dict[str, Any]:
    """The list as the device keeps it; of an event that is over nothing but that."""
    now = clock.now()
    blocks = list_blocks(event.id)
    ends_at = max((block.ends_at for block in blocks), default=None)
    over_at = ends_at + KEPT_AFTER if ends_at is not None else now + timedelta(days=1)
    if now > over_at:
        return {"over": True, "people": [], "sessions": [], "here": []}
    near = [block for block in blocks if block.distance(now) <= AROUND]
    titles = {session.id: in_language(session.title, language) for session in event.sessions}
    here = list_here(event.id, [block.id for block in near])
    return {
        "over": False,
        "over_at": _milliseconds(over_at),
        "off": event.status.value == "cancelled",
        "sessions": [_session(block, titles.get(block.id, ""), is_near=block in near) for block in blocks],
        "people": [_person(row, language, sees_names=sees_names) for row in list_people(event.id)],
        "here": [
            [reference, session_id, _milliseconds(at)]
            for reference, session_id, state, at in here
            if counts_as_attended(state)
        ],
    }


def proof_for_device(reference: str) -> str:
    """By this a device knows the pass when it sees it; the pass itself, with its 65 bits of proof, is not in it."""
    return hashed(pass_code(reference))[:LETTERS_OF_PROOF]


def as_text(document: dict[str, Any]) -> tuple[str, str]:
    """The list as JSON, and the tag by which the same list is known again."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text, hashed(text)[:32]


def note_taken(event: Event, *, by: Actor) -> bool:
    """Write down that names left for a device: once in twelve hours for an account and an event."""
    if was_taken(event, by=by):
        return False
    audit.record("event.list_taken", event, by=by, project_id=event.project_id)
    return True


def was_taken(event: Event, *, by: Actor) -> bool:
    """Whether that stands in the history already."""
    known = select(AuditEntry.id).where(
        AuditEntry.subject_type == "event",
        AuditEntry.subject_id == event.id,
        AuditEntry.action == "event.list_taken",
        AuditEntry.user_id == by.user_id,
        AuditEntry.at > clock.now() - timedelta(hours=12),
    )
    return db.session.scalar(known.limit(1)) is not None


def _session(block: Block, title: str, *, is_near: bool) -> dict[str, Any]:
    return {
        "id": block.id,
        "title": title,
        "opens": _milliseconds(block.opens_at),
        "starts": _milliseconds(block.starts_at),
        "late": _milliseconds(block.starts_at + GRACE),
        "ends": _milliseconds(block.ends_at),
        "zone": block.timezone,
        "near": is_near,
    }


def _person(row: Any, language: str, *, sees_names: bool) -> dict[str, Any]:
    said = {"r": row.reference, "p": proof_for_device(row.reference), "s": row.status.value}
    if sees_names:
        is_erased = row.erased_at is not None
        said["n"] = str(ERASED) if is_erased else f"{row.family_name} {row.given_name}".strip()
        said["l"] = "" if is_erased else f"{row.family_name_latin} {row.given_name_latin}".strip()
        said["a"] = in_language(row.agency, language)
    return said


def _milliseconds(moment: Any) -> int:
    return int(moment.timestamp() * 1000)
