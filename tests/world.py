"""The small world of named people that tests tell their stories in."""

from dataclasses import dataclass

from tests import factories as make
from tests.kept import Kept
from trainreg.accounts.models import User
from trainreg.agencies.models import Agency
from trainreg.events.models import Event
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Role
from trainreg.people.models import Person
from trainreg.programme.models import Outcome, Project


@dataclass
class World(Kept):
    """Bolor of the Ministry of Labour, Tuya of Border Protection; two projects that must not see each other."""

    ministry: Agency
    border: Agency
    project: Project
    other_project: Project
    outcome: Outcome
    event: Event
    other_event: Event
    bolor: Person
    tuya: Person
    administrator: User
    organizer: User
    other_organizer: User
    trainer: User
    me_officer: User
    viewer: User
    focal_point: User

    @classmethod
    def create(cls) -> "World":
        with make.together():
            ministry, border = make.agency("Ministry of Labour"), make.agency("Border Protection")
            project, other_project = make.project(), make.project()
        with make.together():
            world = cls._of(ministry, border, project, other_project)
        db.session.commit()
        return world

    @classmethod
    def _of(cls, ministry: Agency, border: Agency, project: Project, other_project: Project) -> "World":
        outcome = make.outcome(project)
        make.signatory(project, 1, "B. Director")
        make.signatory(project, 2, "S. Minister")
        event = make.event(project, capacity=2)
        event.outcomes.append(outcome)
        scoped = {"project_id": project.id}
        return cls(
            ministry=ministry,
            border=border,
            project=project,
            other_project=other_project,
            outcome=outcome,
            event=event,
            other_event=make.event(other_project),
            bolor=make.person("Болор", "Батын", email="bolor@example.org"),
            tuya=make.person("Туяа", "Доржийн"),
            administrator=make.user(Role.ADMINISTRATOR),
            organizer=make.user(Role.ORGANIZER, **scoped),
            other_organizer=make.user(Role.ORGANIZER, project_id=other_project.id),
            trainer=make.user(Role.TRAINER, **scoped),
            me_officer=make.user(Role.ME_OFFICER, **scoped),
            viewer=make.user(Role.VIEWER, **scoped),
            focal_point=make.user(Role.FOCAL_POINT, agency_id=ministry.id),
        )
