"""The signed-in account, as Flask-Login sees it: the cookie names a sign-in, not a user."""

from flask_login import UserMixin

from trainreg.accounts.models import SignIn, User
from trainreg.accounts.queries import find_sign_in
from trainreg.kernel.actor import Actor
from trainreg.kernel.permissions import Permission
from trainreg.web.sign_in import login_manager


class Identity(UserMixin):
    """One signed-in browser of one account."""

    def __init__(self, user: User, secret: str, sign_in: SignIn | None = None) -> None:
        self.user = user
        self.sign_in = sign_in
        self._secret = secret

    def get_id(self) -> str:
        return self._secret

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def email(self) -> str:
        return self.user.email

    @property
    def language(self) -> str:
        return self.user.language

    def actor(self) -> Actor:
        return self.user.actor()

    def may(self, permission: Permission, *, project_id: int | None = None, agency_id: int | None = None) -> bool:
        return self.user.may(permission, project_id=project_id, agency_id=agency_id)

    def project_ids(self, permission: Permission) -> frozenset[int] | None:
        return self.user.project_ids(permission)

    def agency_ids(self, permission: Permission) -> frozenset[int] | None:
        return self.user.agency_ids(permission)


def load_identity(secret: str) -> Identity | None:
    """Who the cookie's secret stands for, while the sign-in lives."""
    sign_in = find_sign_in(secret)
    return None if sign_in is None else Identity(sign_in.user, secret, sign_in)


login_manager.user_loader(load_identity)
