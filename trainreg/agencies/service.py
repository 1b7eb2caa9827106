"""Create and edit agencies."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from trainreg.agencies.models import Agency
from trainreg.agencies.queries import find_agency_by_code, ids_with_children
from trainreg.audit import service as audit
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, flush_or_refuse
from trainreg.kernel.languages import with_others
from trainreg.kernel.refusals import Invalid, Refused
from trainreg.kernel.types import Text

audit.describes(
    {
        "agency.created": _l("Agency created"),
        "agency.edited": _l("Agency edited"),
        "agency.retired": _l("Agency no longer offered"),
        "agency.restored": _l("Agency offered again"),
    }
)


@dataclass(frozen=True)
class NewAgency:
    """An agency to be created, and the code of the one it belongs to."""

    code: str
    name: Text
    parent_code: str = ""


class CodeTaken(Refused):
    """Two agencies cannot share a code."""

    sentence = _l("Another agency has this code.")
    field = "code"


class OwnAncestor(Invalid):
    """The tree would bite its tail."""

    sentence = _l("An agency cannot stand below itself or below one of its own departments.")
    field = "parent_id"


def create_agency(*, code: str, name: Text, by: Actor, parent: Agency | None = None) -> Agency:
    """Create an agency; refuses a taken code."""
    if find_agency_by_code(code) is not None:
        raise CodeTaken
    agency = Agency(code=code, name=name, parent_id=parent.id if parent else None)
    db.session.add(agency)
    flush_or_refuse(CodeTaken())
    audit.record("agency.created", agency, by=by, code=code)
    return agency


def create_agencies(many: Sequence[NewAgency], *, by: Actor) -> list[Agency]:
    """Create many at once, some below others; refuses a taken code. The caller knows that there is no circle."""
    agencies = [Agency(code=one.code, name=one.name) for one in many]
    db.session.add_all(agencies)
    flush_or_refuse(CodeTaken())
    ids = dict(db.session.execute(select(Agency.code, Agency.id)).all())
    for agency, one in zip(agencies, many, strict=True):
        agency.parent_id = ids[one.parent_code] if one.parent_code else None
    audit.record_each((("agency.created", agency, {"code": agency.code}) for agency in agencies), by=by)
    return agencies


def edit_agency(agency: Agency, *, code: str, name: Text, parent: Agency | None, is_active: bool, by: Actor) -> Agency:
    """Edit an agency; an inactive one is no longer offered, and keeps everything it ever had."""
    _lock_tree()
    other = find_agency_by_code(code)
    if other is not None and other.id != agency.id:
        raise CodeTaken
    if parent is not None and parent.id in ids_with_children([agency.id]):
        raise OwnAncestor
    before = (agency.code, agency.name, agency.parent_id)
    was_active, agency.is_active = agency.is_active, is_active
    agency.code, agency.parent_id = code, parent.id if parent else None
    agency.name = with_others(name, agency.name)
    flush_or_refuse(CodeTaken())
    if before != (agency.code, agency.name, agency.parent_id):
        audit.record("agency.edited", agency, by=by, code=code)
    if was_active != is_active:
        audit.record("agency.restored" if is_active else "agency.retired", agency, by=by)
    return agency


def _lock_tree() -> None:
    """Two moves that would together make a circle come one after the other."""
    db.session.execute(select(Agency.id).order_by(Agency.id).with_for_update())
