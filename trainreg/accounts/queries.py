"""Find accounts and sign-ins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from trainreg.accounts.models import RoleGrant, SignIn, User
from trainreg.agencies.queries import in_tree_order, list_agencies
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.refusals import NotFound
from trainreg.kernel.tokens import hashed
from trainreg.kernel.types import Text

# Made once: every page of somebody who is signed in asks it.
_BY_TOKEN = select(SignIn).where(SignIn.token_hash == bindparam("token_hash"))


def find_user_by_email(email: str) -> User | None:
    return db.session.scalar(select(User).where(User.email == email.strip().casefold()))


def get_user(user_id: int) -> User:
    user = db.session.get(User, user_id)
    if user is None:
        raise NotFound
    return user


def list_users() -> Sequence[User]:
    return db.session.scalars(select(User).order_by(User.name, User.id)).all()


def get_grant(user: User, grant_id: int) -> RoleGrant:
    """A role of this account; another account's is not found."""
    for granted in user.grants:
        if granted.id == grant_id:
            return granted
    raise NotFound


@dataclass(frozen=True)
class Places:
    """Where roles can be granted: titles of projects and names of agencies, by key."""

    projects: Mapping[int, Text]
    agencies: Mapping[int, Text]
    agency_depths: Mapping[int, int]

    def name_of(self, granted: RoleGrant) -> Text | None:
        """The project or agency of a role; None when it is granted everywhere."""
        if granted.project_id is not None:
            return self.projects.get(granted.project_id)
        return self.agencies.get(granted.agency_id) if granted.agency_id is not None else None


def list_places(language: str) -> Places:
    """Every project by its code, every agency in the order of its tree.

    Projects stand left of accounts, so that only their table is known here.
    """
    project = db.metadata.tables["project"]
    rows = db.session.execute(select(project.c.id, project.c.title).order_by(project.c.code))
    tree = in_tree_order(list_agencies(only_active=False), language)
    return Places(
        projects=dict(rows.all()),
        agencies={agency.id: agency.name for agency, _depth in tree},
        agency_depths={agency.id: depth for agency, depth in tree},
    )


def list_living_sign_ins(user: User) -> Sequence[SignIn]:
    """Where the account is signed in now, the latest first."""
    living = select(SignIn).where(SignIn.user_id == user.id, SignIn.ended_at.is_(None), SignIn.expires_at > clock.now())
    return db.session.scalars(living.order_by(SignIn.created_at.desc(), SignIn.id.desc())).all()


def last_sign_ins() -> Mapping[int, datetime]:
    """When each account was last signed in to, by the account's key."""
    rows = db.session.execute(select(SignIn.user_id, func.max(SignIn.created_at)).group_by(SignIn.user_id))
    return dict(rows.all())


def count_users() -> int:
    return db.session.scalar(select(func.count()).select_from(User)) or 0


def find_sign_in(token: str) -> SignIn | None:
    """The living sign-in that this cookie's secret stands for."""
    sign_in = db.session.scalar(_BY_TOKEN, {"token_hash": hashed(token)})
    if sign_in is None or sign_in.ended_at is not None or sign_in.expires_at <= clock.now():
        return None
    return sign_in if sign_in.user.is_active else None
