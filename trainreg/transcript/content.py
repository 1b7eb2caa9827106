"""All that a transcript says, in one language, as plain data: the page and the PDF are made of the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from flask import current_app
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from trainreg.certificates.keys.service import organisation_name
from trainreg.certificates.models import Certificate
from trainreg.kernel import clock
from trainreg.kernel.languages import in_language
from trainreg.people.models import Person
from trainreg.registration.words import ROLE_WORDS
from trainreg.transcript.queries import Training, list_trainings
from trainreg.transcript.service import ensure_known
from trainreg.transcript.words import EVENT_KINDS, PAPER_KINDS, PAPER_STATES, RESULTS, Heads, heads
from trainreg.web.links import absolute
from trainreg.web.locale import format_day, format_number, format_span


@dataclass(frozen=True, slots=True)
class Paper:
    """One certificate of the list."""

    number: str
    kind: str
    state: str
    code: str
    address: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One training of the list."""

    title: str
    kind: str
    days: str
    place: str
    role: str
    sessions: str
    hours: str
    result: str
    papers: tuple[Paper, ...]

    @property
    def what(self) -> str:
        """What it was, and in which part the person was there."""
        return f"{self.kind} · {self.role}"

    @property
    def when(self) -> str:
        """Days and place, on a line of their own, so that no day is broken."""
        return " · ".join(filter(None, (self.days, self.place)))


@dataclass(frozen=True, slots=True)
class Year:
    """The trainings that began in one year."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Transcript:
    """The whole of it. `reference` stands for a name that no typeface has in any spelling."""

    language: str
    organisation: str
    title: str
    name: str
    latin: str
    reference: str
    made: str
    made_on: date
    summary: str
    statements: tuple[str, ...]
    years: tuple[Year, ...]
    heads: Heads


def compose(
    person: Person, project_ids: frozenset[int] | None, *, language: str, at: datetime, is_own: bool = False
) -> Transcript:
    """What is on record of a person in these projects (None: in all) at that moment; raises Forgotten, MergedAway."""
    ensure_known(person)
    trainings = list_trainings(person, project_ids, at=at)
    timezone = trainings[0].event.timezone if trainings else "UTC"
    made_on = clock.local(at, timezone).date()
    with force_locale(language):
        return Transcript(
            language=language,
            organisation=_organisation(trainings, language),
            title=_("Transcript of trainings"),
            name=person.name,
            latin=person.latin_name,
            reference=trainings[0].registration.reference if trainings else "",
            made=_made(made_on, is_own=is_own),
            made_on=made_on,
            summary=_summary(trainings),
            statements=_statements(is_whole=project_ids is None),
            years=_years(trainings, language),
            heads=heads(),
        )


def _organisation(trainings: Sequence[Training], language: str) -> str:
    """As the settings say, else those of the projects it is about."""
    named: str = current_app.extensions["settings"].organisation
    of_projects = (in_language(one.event.project.organisation, language) for one in trainings)
    return named or " / ".join(dict.fromkeys(filter(None, of_projects))) or organisation_name()


def _made(made_on: date, *, is_own: bool) -> str:
    day = format_day(made_on)
    if is_own:
        return str(_("Made on %(day)s, fetched by the person it is about.", day=day))
    return str(_("Made on %(day)s, at the desk.", day=day))


def _summary(trainings: Sequence[Training]) -> str:
    hours = format_number(sum(one.candidate.attended.hours for one in trainings))
    return str(
        ngettext(
            "%(num)s training, %(hours)s hours attended", "%(num)s trainings, %(hours)s hours attended",
            len(trainings), hours=hours,
        )
    )  # fmt: skip


def _statements(*, is_whole: bool) -> tuple[str, ...]:
    told = [
        _("This is a list from the register as it was on that day. It is no certificate and stands for none."),
        _("Each certificate can be checked at the address beside its number, or by its number at %(address)s.",
          address=absolute("certificates.verify_form")),
    ]  # fmt: skip
    if not is_whole:
        told.append(_("It lists the projects that whoever made it may see; the person may have come to others too."))
    return tuple(told)


def _years(trainings: Sequence[Training], language: str) -> tuple[Year, ...]:
    by_year = groupby(trainings, key=_year_of)
    return tuple(Year(name, tuple(_entry(one, language) for one in those)) for name, those in by_year)


def _year_of(training: Training) -> str:
    return str(clock.local(training.when, training.event.timezone).year)


def _entry(training: Training, language: str) -> Entry:
    event, attended = training.event, training.candidate.attended
    return Entry(
        title=in_language(event.title, language),
        kind=str(EVENT_KINDS[event.kind]),
        days=format_span(event.starts_at, event.ends_at, event.timezone),
        place=in_language(event.place, language),
        role=str(ROLE_WORDS[training.registration.role]),
        sessions=_("%(attended)s of %(planned)s", attended=attended.sessions, planned=attended.sessions_planned),
        hours=_("%(attended)s of %(planned)s",
                attended=format_number(attended.hours), planned=format_number(attended.hours_planned)),
        result=str(RESULTS[training.result]),
        papers=tuple(map(_paper, training.certificates)),
    )  # fmt: skip


def _paper(certificate: Certificate) -> Paper:
    return Paper(
        number=certificate.register_number,
        kind=str(PAPER_KINDS[certificate.kind]),
        state=str(PAPER_STATES[certificate.state]),
        code=certificate.code,
        address=absolute("certificates.verify", code=certificate.code),
    )
