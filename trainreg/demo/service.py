"""Load the demonstration, once, into a database that holds nothing else."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from trainreg.accounts import service as accounts
from trainreg.accounts.models import User
from trainreg.accounts.queries import count_users
from trainreg.agencies import service as agencies
from trainreg.agencies.models import Agency
from trainreg.certificates.models import Certificate
from trainreg.demo import letters, world
from trainreg.demo.forms import create_form
from trainreg.demo.history import History, Staff
from trainreg.demo.learning import tell_learning
from trainreg.demo.papers import tell_papers
from trainreg.demo.projects import create_event, create_framework, create_project, create_publications
from trainreg.demo.records import DemoEvent, DemoProject, SignIn
from trainreg.events.models import Event
from trainreg.kernel import clock
from trainreg.kernel.actor import COMMAND_LINE
from trainreg.kernel.db import Row, db
from trainreg.kernel.permissions import Role
from trainreg.kernel.refusals import Refused
from trainreg.people.models import Person
from trainreg.programme.models import Project
from trainreg.registration.models import Registration


class NotEmpty(Refused):
    """A database in use: known passwords must never get into it."""

    sentence = _l("The demonstration has well-known passwords: it is loaded into an empty database only.")


@dataclass(frozen=True)
class DemoSummary:
    """What the demonstration holds; `is_new` when this call loaded it."""

    is_new: bool
    project_codes: tuple[str, ...]
    people: int
    registrations: int
    certificates: int

    def __str__(self) -> str:
        return (
            f"{' and '.join(self.project_codes)}: {self.people} invented people, "
            f"{self.registrations} registrations, {self.certificates} certificates."
        )


def is_loaded() -> bool:
    """Whether this database is a demonstration: both projects are there, the invented one marked as such."""
    found = db.session.execute(select(Project.code, Project.is_invented).where(Project.code.in_(world.PROJECT_CODES)))
    return {tuple(row) for row in found} == {(code, world.project(code).is_invented) for code in world.PROJECT_CODES}


def holds_other_data() -> bool:
    """Whether somebody works with this database: known passwords must never get into it."""
    return not is_loaded() and (count_users() > 0 or db.session.scalar(select(Project.id).limit(1)) is not None)


def sign_ins() -> tuple[SignIn, ...]:
    """The sign-ins of the demonstration, one for each role."""
    return world.sign_ins()


def load() -> DemoSummary:
    """Load the demonstration, or nothing where it is loaded; the caller commits, all of it or none.

    Refuses a database that holds other data.
    """
    if is_loaded():
        return _summary(is_new=False)
    if holds_other_data():
        raise NotEmpty
    known_agencies = _create_agencies()
    told = [world.project(code) for code in world.PROJECT_CODES]
    projects = {project.code: create_project(project, known_agencies, by=COMMAND_LINE) for project in told}
    users = {entry.role: _create_user(entry, projects, known_agencies) for entry in world.sign_ins()}
    history = History(
        now=clock.now(),
        staff=_staff(users),
        agencies=known_agencies,
        known={person.key: person for person in world.people()},
    )
    made = [one for project in told for one in _tell(project, projects[project.code], history)]
    history.happen()
    for entry, event in made:
        letters.invite(entry.invitations, event, known_agencies, by=history.staff.organizer)
        letters.write(entry.letter, event, by=history.staff.organizer)
    events = {entry.slug: event for entry, event in made}
    tell_learning(events, by=history.staff.organizer, now=history.now)
    tell_papers(events, known_agencies, by=history.staff.organizer)
    db.session.flush()
    return _summary(is_new=True)


def _create_agencies() -> dict[str, Agency]:
    created: dict[str, Agency] = {}
    for agency in world.agencies():
        parent = created[agency.parent] if agency.parent else None
        created[agency.code] = agencies.create_agency(
            code=agency.code, name=agency.name, parent=parent, by=COMMAND_LINE
        )
    return created


def _create_user(entry: SignIn, projects: dict[str, Project], known_agencies: dict[str, Agency]) -> User:
    user = accounts.create_user(email=entry.email, name=entry.name, password=entry.password, by=COMMAND_LINE)
    role = Role(entry.role)
    if entry.agency:
        accounts.grant(user, role, by=COMMAND_LINE, agency_id=known_agencies[entry.agency].id)
    elif not entry.projects:
        accounts.grant(user, role, by=COMMAND_LINE)
    for code in entry.projects:
        accounts.grant(user, role, by=COMMAND_LINE, project_id=projects[code].id)
    return user


def _staff(users: dict[str, User]) -> Staff:
    focal_points = {entry.agency: users[entry.role].actor() for entry in world.sign_ins() if entry.agency is not None}
    return Staff(
        organizer=users[Role.ORGANIZER].actor(), trainer=users[Role.TRAINER].actor(), focal_points=focal_points
    )


def _tell(told: DemoProject, project: Project, history: History) -> list[tuple[DemoEvent, Event]]:
    """Make the project's events, and plan what happened at each."""
    organizer, made = history.staff.organizer, []
    create_framework(told, project, history.agencies, by=organizer)
    for entry in told.events:
        event = create_event(entry, project, history.agencies, by=organizer)
        create_form(entry.form, event, by=organizer, at=event.created_at)
        history.plan(event, entry, told.registrations_of(entry.slug))
        made.append((entry, event))
    events = {entry.slug: event for entry, event in made}
    create_publications(told, project, history.agencies, events, by=organizer)
    return made


def _summary(*, is_new: bool) -> DemoSummary:
    return DemoSummary(
        is_new=is_new,
        project_codes=world.PROJECT_CODES,
        people=_count(Person),
        registrations=_count(Registration),
        certificates=_count(Certificate),
    )


def _count(model: type[Row]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0
