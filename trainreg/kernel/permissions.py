"""Roles as lists of permissions."""

from enum import StrEnum
from typing import Protocol

from trainreg.kernel.actor import Actor


class Permission(StrEnum):
    """What a role may do, within the project or agency it was granted for."""

    MANAGE_ACCOUNTS = "manage accounts"
    MANAGE_AGENCIES = "manage agencies"
    CREATE_PROJECTS = "create projects"
    EDIT_PROJECT = "edit the project"
    EDIT_FRAMEWORK = "set indicators and targets, and hand in periods"
    REOPEN_PERIODS = "reopen a period that was handed in"
    VIEW_RESULTS = "see figures"
    VIEW_EVENTS = "see events"
    VIEW_NAMES = "see names"
    VIEW_CONTACTS = "see contacts"
    EDIT_EVENTS = "create and edit events"
    DECIDE_REGISTRATIONS = "confirm and decline registrations"
    TAKE_ATTENDANCE = "take attendance"
    ISSUE_CERTIFICATES = "issue certificates"
    EDIT_DESIGNS = "edit certificate designs"
    VIEW_OWN_AGENCY = "see one's own agency's registrations"
    NOMINATE = "nominate officials of one's own agency"


class Role(StrEnum):
    """The roles an account can be granted."""

    ADMINISTRATOR = "administrator"
    ORGANIZER = "organizer"
    FOCAL_POINT = "focal_point"
    TRAINER = "trainer"
    ME_OFFICER = "me_officer"
    VIEWER = "viewer"


_P = Permission
ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(set(Permission) - {_P.VIEW_OWN_AGENCY, _P.NOMINATE}),
    Role.ORGANIZER: frozenset(
        {
            _P.EDIT_PROJECT,
            _P.EDIT_FRAMEWORK,
            _P.VIEW_RESULTS,
            _P.VIEW_EVENTS,
            _P.VIEW_NAMES,
            _P.VIEW_CONTACTS,
            _P.EDIT_EVENTS,
            _P.DECIDE_REGISTRATIONS,
            _P.TAKE_ATTENDANCE,
            _P.ISSUE_CERTIFICATES,
            _P.EDIT_DESIGNS,
        }
    ),
    Role.FOCAL_POINT: frozenset({_P.VIEW_OWN_AGENCY, _P.NOMINATE}),
    Role.TRAINER: frozenset({_P.VIEW_EVENTS, _P.VIEW_NAMES, _P.TAKE_ATTENDANCE}),
    Role.ME_OFFICER: frozenset({_P.EDIT_FRAMEWORK, _P.REOPEN_PERIODS, _P.VIEW_RESULTS, _P.VIEW_EVENTS, _P.VIEW_NAMES}),
    Role.VIEWER: frozenset({_P.VIEW_RESULTS}),
}


class Principal(Protocol):
    """The signed-in account as the shell and the domains see it."""

    @property
    def is_authenticated(self) -> bool: ...

    def actor(self) -> Actor: ...

    def may(self, permission: Permission, *, project_id: int | None = None, agency_id: int | None = None) -> bool:
        """Whether a grant of this account holds the permission there; without a place: anywhere at all."""

    def project_ids(self, permission: Permission) -> frozenset[int] | None:
        """The projects in which the permission is held; None means all of them."""

    def agency_ids(self, permission: Permission) -> frozenset[int] | None:
        """The agencies for which the permission is held; None means all of them."""
