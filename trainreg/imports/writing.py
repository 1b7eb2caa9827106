"""Write the people of a file: those who are new all at once, and where each serves."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from trainreg.agencies.models import Agency
from trainreg.imports.known import in_batches
from trainreg.imports.people_rows import Told
from trainreg.imports.plan import Finding
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db
from trainreg.people import service as people
from trainreg.people.models import Person


class Written:
    """The persons behind the rows: each by the key under which the rows name them."""

    def __init__(self, findings: Sequence[Finding], *, by: Actor) -> None:
        newcomers: dict[str, Told] = {}
        known: set[int] = set()
        for told in told_in(findings):
            if told.person is None:
                continue
            if told.person.id is not None:
                known.add(told.person.id)
            else:
                newcomers.setdefault(told.person.key, told)
        created = people.create_people([told.details for told in newcomers.values()], by=by)
        self._people = dict(zip(newcomers, created, strict=True))
        for batch in in_batches(sorted(known)):
            loaded = select(Person).where(Person.id.in_(batch)).options(selectinload(Person.postings))
            for person in db.session.scalars(loaded):
                self._people[f"person:{person.id}"] = person
        self.agencies = {agency.id: agency for agency in db.session.scalars(select(Agency))}
        self._by = by

    def person_of(self, told: Told) -> Person:
        """The person of a row."""
        if told.person is None:
            raise ValueError("a row that was not examined")
        return self._people[told.person.key]

    def agency_of(self, told: Told) -> Agency:
        """The agency of a row that names one."""
        return self.agencies[cast(int, told.agency_id)]

    def post(self, many: Iterable[Told]) -> None:
        """See to it that everybody serves where their rows say; those who are new are posted together."""
        first: dict[int, dict[str, Any]] = {}
        for told in many:
            posting, person = told.posting(), self.person_of(told)
            if posting is None:
                continue
            if told.person is None or told.person.id is not None:
                people.ensure_posting(
                    person,
                    self.agencies[posting.agency_id],
                    by=self._by,
                    position=posting.position,
                    level=posting.level,
                    province=posting.province,
                )
            else:
                first.setdefault(person.id, {"person_id": person.id, **vars(posting)})
        people.open_first_postings(first.values(), by=self._by)


def told_in(findings: Iterable[Finding]) -> list[Told]:
    """What the rows say, for those that say something."""
    return [finding.told for finding in findings if isinstance(finding.told, Told)]
