"""The places of an event: quotas of agencies and groups, checked and written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from trainreg.agencies.queries import parents_of_all
from trainreg.audit import service as audit
from trainreg.events.details import EventDetails, GroupDetails
from trainreg.events.models import AgencyQuota, Event, EventGroup
from trainreg.events.refusals import (
    GroupTwice,
    GroupWithoutName,
    QuotasTooMany,
    QuotaTwice,
    TooManyRows,
    UnknownGroupRow,
    UnknownQuotaAgency,
    WrongOfferHours,
    WrongPlaces,
)
from trainreg.events.rules import LONGEST_OFFER, MOST_ROWS_OF_PLACES, MOST_SEATS, keeps_too_many, slug_from
from trainreg.kernel.actor import Actor
from trainreg.kernel.languages import in_language, with_others
from trainreg.kernel.refusals import Refused

audit.describes(
    {
        "event.capacity_changed": _l("Places changed from %(before)s to %(after)s"),
        "event.quota_changed": _l("Places of the agency %(agency)s changed from %(before)s to %(after)s"),
        "event.quotas_kept": _l("Places of agencies are kept for them"),
        "event.quotas_not_kept": _l("Places of agencies are not kept for them any more"),
        "event.group_changed": _l("Places of the group %(group)s changed from %(before)s to %(after)s"),
    }
)
LONGEST_CODE = 50


def places_problems(details: EventDetails) -> Iterator[Refused]:
    """Everything that cannot be in these quotas and groups."""
    if details.offer_hours is not None and not 1 <= details.offer_hours <= LONGEST_OFFER:
        yield WrongOfferHours(most=LONGEST_OFFER)
    if max(len(details.quotas), len(details.groups)) > MOST_ROWS_OF_PLACES:
        yield TooManyRows(most=MOST_ROWS_OF_PLACES)
    limits = [quota.places for quota in details.quotas] + [one.places for one in details.groups if one.places]
    if any(not 1 <= places <= MOST_SEATS for places in limits):
        yield WrongPlaces(most=f"{MOST_SEATS:,}")
    names = [_key(group) for group in details.groups]
    if not all(any(text.strip() for text in group.name.values()) for group in details.groups):
        yield GroupWithoutName()
    elif len(set(names)) != len(names):
        yield GroupTwice()
    if details.quotas:
        yield from _quota_problems(details, parents_of_all())


def _quota_problems(details: EventDetails, parents: Mapping[int, int | None]) -> Iterator[Refused]:
    quotas = {quota.agency_id: quota.places for quota in details.quotas}
    if not quotas.keys() <= parents.keys():
        yield UnknownQuotaAgency()
    elif len(quotas) != len(details.quotas):
        yield QuotaTwice()
    elif details.holds_quotas and keeps_too_many(details.capacity, quotas, parents):
        yield QuotasTooMany()


@dataclass(frozen=True)
class Standing:
    """What decides whether somebody who waits can move up; quotas by the agency's code, groups by their own."""

    capacity: int | None
    quotas: Mapping[str, int | None]
    groups: Mapping[str, int | None]
    holds_quotas: bool


def standing_of(event: Event) -> Standing:
    """How an event's places stand, to see afterwards whether an edit changed them."""
    quotas = {quota.agency.code: quota.places for quota in event.quotas}
    groups = {group.code: group.places for group in event.groups}
    return Standing(event.capacity, quotas, groups, event.holds_quotas)


def set_places(event: Event, details: EventDetails) -> bool:
    """Write the quotas and groups that differ; says whether any did."""
    wanted = {quota.agency_id: quota.places for quota in details.quotas}
    known = {quota.agency_id: quota for quota in event.quotas}
    differs = {agency_id: quota.places for agency_id, quota in known.items()} != wanted
    if differs:
        event.quotas = [quota for quota in event.quotas if quota.agency_id in wanted]
        for agency_id, places in wanted.items():
            if agency_id in known:
                known[agency_id].places = places
            else:
                event.quotas.append(AgencyQuota(agency_id=agency_id, places=places))
    return _set_groups(event, details) or differs


def _set_groups(event: Event, details: EventDetails) -> bool:
    known = {group.id: group for group in event.groups}
    kept = [group.id for group in details.groups if group.id is not None]
    if not known.keys() >= set(kept) or len(set(kept)) != len(kept):
        raise UnknownGroupRow
    differs = len(kept) != len(known)
    if differs:
        event.groups = [group for group in event.groups if group.id in kept]
    codes = {group.code for group in known.values()}
    for wanted in details.groups:
        if wanted.id is None:
            code = _free_code(wanted, codes)
            codes.add(code)
            name = with_others(wanted.name, None)
            event.groups.append(EventGroup(code=code, name=name, places=wanted.places, is_open=wanted.is_open))
            differs = True
            continue
        group = known[wanted.id]
        name = with_others(wanted.name, group.name)
        if (group.name, group.places, group.is_open) != (name, wanted.places, wanted.is_open):
            group.name, group.places, group.is_open = name, wanted.places, wanted.is_open
            differs = True
    return differs


def record_places(event: Event, before: Standing, *, by: Actor) -> bool:
    """Note in the history whatever has other places than before; says whether anything has."""
    now = standing_of(event)
    notes: list[tuple[str, dict[str, Any]]] = []
    if now.capacity != before.capacity:
        notes.append(("event.capacity_changed", _change(before.capacity, now.capacity)))
    for code in sorted(before.quotas.keys() | now.quotas.keys()):
        if before.quotas.get(code) != now.quotas.get(code):
            notes.append(("event.quota_changed", _change(before.quotas.get(code), now.quotas.get(code), agency=code)))
    for code in sorted(before.groups.keys() | now.groups.keys()):
        if before.groups.get(code) != now.groups.get(code):
            notes.append(("event.group_changed", _change(before.groups.get(code), now.groups.get(code), group=code)))
    if now.holds_quotas != before.holds_quotas:
        notes.append(("event.quotas_kept" if now.holds_quotas else "event.quotas_not_kept", {}))
    for action, facts in notes:
        audit.record(action, event, by=by, project_id=event.project_id, **facts)
    return bool(notes)


def _change(before: int | None, after: int | None, **facts: str) -> dict[str, Any]:
    return {"before": "∞" if before is None else before, "after": "∞" if after is None else after, **facts}


def _free_code(group: GroupDetails, taken: set[str]) -> str:
    wanted = slug_from(in_language(group.name, "en"), longest=LONGEST_CODE)
    code, number = wanted, 1
    while code in taken:
        number += 1
        code = f"{wanted}-{number}"
    return code


def _key(group: GroupDetails) -> str:
    return in_language(group.name, "en").strip().casefold()
