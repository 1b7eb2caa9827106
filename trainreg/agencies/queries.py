"""Find agencies, in the order people look for them."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import bindparam, select

from trainreg.agencies.models import Agency
from trainreg.kernel.db import db
from trainreg.kernel.languages import in_language
from trainreg.kernel.refusals import NotFound

_BY_CODE = select(Agency).where(Agency.code == bindparam("code"))
_PARENTS = select(Agency.id, Agency.parent_id)


def find_agency(agency_id: int) -> Agency | None:
    return db.session.get(Agency, agency_id)


def get_agency(agency_id: int) -> Agency:
    agency = find_agency(agency_id)
    if agency is None:
        raise NotFound
    return agency


def find_agency_by_code(code: str) -> Agency | None:
    return db.session.scalar(_BY_CODE, {"code": code})


def list_agencies(*, only_active: bool = True) -> Sequence[Agency]:
    """All agencies by code; see `in_tree_order` for how lists show them."""
    statement = select(Agency).order_by(Agency.code)
    return db.session.scalars(statement.where(Agency.is_active) if only_active else statement).all()


def in_tree_order(agencies: Iterable[Agency], language: str) -> list[tuple[Agency, int]]:
    """Parents before their children, each level by name in that language; with the depth."""
    known = {agency.id: agency for agency in agencies}
    children: dict[int | None, list[Agency]] = {}
    for agency in known.values():
        children.setdefault(agency.parent_id if agency.parent_id in known else None, []).append(agency)
    ordered: list[tuple[Agency, int]] = []

    def walk(parent_id: int | None, depth: int) -> None:
        for agency in sorted(children.get(parent_id, []), key=lambda one: in_language(one.name, language).casefold()):
            ordered.append((agency, depth))
            walk(agency.id, depth + 1)

    walk(None, 0)
    return ordered


def parents_of_all() -> dict[int, int | None]:
    """The whole tree: each agency's id with its parent's."""
    return dict(db.session.execute(_PARENTS).all())


def ids_with_children(agency_ids: Iterable[int]) -> frozenset[int]:
    """These agencies and everything below them."""
    return below(agency_ids, parents_of_all())


def below(agency_ids: Iterable[int], parents: Mapping[int, int | None]) -> frozenset[int]:
    """The same in a tree that was read already."""
    wanted = set(agency_ids)
    size = -1
    while len(wanted) != size:
        size = len(wanted)
        wanted |= {agency_id for agency_id, parent_id in parents.items() if parent_id in wanted}
    return frozenset(wanted)
