"""The people and agencies on record, looked up once for a whole file."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import or_, select

from trainreg.agencies.models import Agency
from trainreg.kernel.db import db
from trainreg.kernel.text import fold
from trainreg.people.models import Person, Posting
from trainreg.people.rules import AgeBand, Level, Sex

AT_ONCE = 500
Item = TypeVar("Item")


def in_batches(items: Iterable[Item], size: int = AT_ONCE) -> Iterator[list[Item]]:
    """The items, so many at a time: databases take only so many values in one statement."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


@dataclass(frozen=True)
class KnownAgency:
    """An agency as an import needs it."""

    id: int
    code: str
    name: dict[str, str]
    is_active: bool

    def called(self, language: str) -> str:
        return self.name.get(language) or self.name.get("en") or self.code


class Agencies:
    """Every agency, found by its code or by its name in either language."""

    def __init__(self) -> None:
        found = db.session.execute(select(Agency.id, Agency.code, Agency.name, Agency.is_active))
        self.by_id = {row.id: KnownAgency(row.id, row.code, row.name, row.is_active) for row in found}
        self.by_code = {agency.code: agency for agency in self.by_id.values()}
        self.by_name: dict[str, list[KnownAgency]] = defaultdict(list)
        for agency in self.by_id.values():
            for name in {fold(text) for text in agency.name.values()}:
                self.by_name[name].append(agency)

    def find(self, text: str) -> list[KnownAgency]:
        """The agencies that this text can mean: none, one, or several of one name."""
        by_code = self.by_code.get(text.casefold())
        return [by_code] if by_code is not None else self.by_name.get(fold(text), [])


@dataclass
class KnownPosting:
    """A present posting."""

    agency_id: int
    position: str
    level: Level
    province: str | None


@dataclass
class KnownPerson:
    """Somebody on record, or (with a `row` and no id) somebody whom an earlier row of the file brings."""

    id: int | None
    name: str
    match_key: str
    email: str | None
    row: int = 0
    sex: Sex = Sex.NOT_STATED
    phone: str | None = None
    age_band: AgeBand = AgeBand.NOT_STATED
    certificate_name: Mapping[str, str] = field(default_factory=dict)
    # Given, family and clan name, in the original script and in Latin letters.
    names: tuple[str, str, str] = ("", "", "")
    latin: tuple[str, str, str] = ("", "", "")
    agency_ids: set[int] = field(default_factory=set)
    present: list[KnownPosting] = field(default_factory=list)

    @property
    def key(self) -> str:
        """How an answer of the desk names this person."""
        return f"row:{self.row}" if self.id is None else f"person:{self.id}"


class People:
    """Everybody on record who could be somebody in the file: the same folded name, or the same address."""

    def __init__(self, wanted: Sequence[tuple[str, str | None]]) -> None:
        self.by_key: dict[str, list[KnownPerson]] = defaultdict(list)
        self.by_email: dict[str, list[KnownPerson]] = defaultdict(list)
        self.by_answer: dict[str, KnownPerson] = {}
        for batch in in_batches(dict.fromkeys(wanted)):
            self._load(batch)
        for people in in_batches([one for one in self.by_answer.values() if one.id is not None]):
            self._load_postings({one.id: one for one in people})

    def add(self, person: KnownPerson) -> None:
        """Let later rows meet this person too."""
        if person.key in self.by_answer:
            return
        self.by_answer[person.key] = person
        self.by_key[person.match_key].append(person)
        if person.email:
            self.by_email[person.email].append(person)

    def meet(self, people: Iterable[Person]) -> None:
        """Take in people on record who were found in another way."""
        new = [person for person in people if f"person:{person.id}" not in self.by_answer]
        for person in new:
            self.add(_known(person, person.name))
        self._load_postings({person.id: self.by_answer[f"person:{person.id}"] for person in new})

    def _load(self, batch: list[tuple[str, str | None]]) -> None:
        statement = select(
            Person.id, Person.given_name, Person.family_name, Person.clan_name, Person.match_key, Person.email,
            Person.sex, Person.phone, Person.given_name_latin, Person.family_name_latin, Person.clan_name_latin,
            Person.age_band, Person.certificate_name,
        ).where(
            Person.merged_into_id.is_(None),
            or_(
                Person.match_key.in_([key for key, _email in batch]),
                Person.email.in_([email for _key, email in batch if email]),
            ),
        )  # fmt: skip
        for row in db.session.execute(statement.order_by(Person.id)):
            self.add(_known(row, f"{row.family_name} {row.given_name}".strip()))

    def _load_postings(self, people: dict[Any, KnownPerson]) -> None:
        if not people:
            return
        columns = (Posting.agency_id, Posting.position, Posting.level, Posting.province, Posting.until_date)
        statement = select(Posting.person_id, *columns).where(Posting.person_id.in_(people))
        for row in db.session.execute(statement.order_by(Posting.id)):
            person = people[row.person_id]
            person.agency_ids.add(row.agency_id)
            if row.until_date is None:
                person.present.append(KnownPosting(row.agency_id, row.position, row.level, row.province))


def _known(row: Any, name: str) -> KnownPerson:
    return KnownPerson(
        id=row.id,
        name=name,
        match_key=row.match_key,
        email=row.email,
        sex=row.sex,
        phone=row.phone,
        age_band=row.age_band,
        certificate_name=row.certificate_name,
        names=(row.given_name, row.family_name, row.clan_name),
        latin=(row.given_name_latin, row.family_name_latin, row.clan_name_latin),
    )
