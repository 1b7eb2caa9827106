"""Staff accounts, what they were granted and where they are signed in."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainreg.kernel.actor import Actor, ActorKind
from trainreg.kernel.db import Row
from trainreg.kernel.permissions import ROLE_PERMISSIONS, Permission, Role
from trainreg.kernel.types import UtcDateTime, enum_column


class User(Row):
    """An account of somebody who works with the system; officials need none."""

    __tablename__ = "user_account"

    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    password_hash: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(8), default="en")
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    grants: Mapped[list["RoleGrant"]] = relationship(
        back_populates="user", cascade="all, delete-orphan", lazy="selectin"
    )

    def actor(self) -> Actor:
        return Actor(ActorKind.STAFF, self.name, self.id)

    def may(self, permission: Permission, *, project_id: int | None = None, agency_id: int | None = None) -> bool:
        """Whether a grant holds the permission in that project or agency; without a place: anywhere at all."""
        anywhere = project_id is None and agency_id is None
        return any(
            permission in ROLE_PERMISSIONS[grant.role]
            and (anywhere or grant.is_everywhere or grant.covers(project_id, agency_id))
            for grant in self.grants
        )

    def project_ids(self, permission: Permission) -> frozenset[int] | None:
        """The projects in which the permission is held; None means all of them."""
        holding = [grant for grant in self.grants if permission in ROLE_PERMISSIONS[grant.role]]
        if any(grant.is_everywhere for grant in holding):
            return None
        return frozenset(grant.project_id for grant in holding if grant.project_id is not None)

    def agency_ids(self, permission: Permission) -> frozenset[int] | None:
        """The agencies for which the permission is held; None means all of them."""
        holding = [grant for grant in self.grants if permission in ROLE_PERMISSIONS[grant.role]]
        if any(grant.is_everywhere for grant in holding):
            return None
        return frozenset(grant.agency_id for grant in holding if grant.agency_id is not None)


class RoleGrant(Row):
    """A role, for one project, for one agency, or everywhere."""

    __tablename__ = "role_grant"
    __table_args__ = (
        UniqueConstraint("user_id", "role", "project_id", "agency_id"),
        CheckConstraint("project_id IS NULL OR agency_id IS NULL", name="one_scope"),
        CheckConstraint("role <> 'focal_point' OR agency_id IS NOT NULL", name="focal_point_has_agency"),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    role: Mapped[Role] = mapped_column(enum_column(Role))
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"), index=True)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)

    user: Mapped[User] = relationship(back_populates="grants")

    @property
    def is_everywhere(self) -> bool:
        return self.project_id is None and self.agency_id is None

    def covers(self, project_id: int | None, agency_id: int | None) -> bool:
        """Whether this grant is for that project, or for that agency."""
        return (project_id is not None and self.project_id == project_id) or (
            agency_id is not None and self.agency_id == agency_id
        )


class SignIn(Row):
    """One signed-in browser. The cookie holds the secret, this row its hash: ending the row ends the session."""

    __tablename__ = "sign_in"

    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship(lazy="joined")
