"""Find accounts and sign-ins."""

from collections.abc import Sequence

from sqlalchemy import func, select

from trainreg.accounts.models import SignIn, User
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.refusals import NotFound
from trainreg.kernel.tokens import hashed


def find_user_by_email(email: str) -> User | None:
    return db.session.scalar(select(User).where(User.email == email.strip().casefold()))


def get_user(user_id: int) -> User:
    user = db.session.get(User, user_id)
    if user is None:
        raise NotFound
    return user


def list_users() -> Sequence[User]:
    return db.session.scalars(select(User).order_by(User.name, User.id)).all()


def count_users() -> int:
    return db.session.scalar(select(func.count()).select_from(User)) or 0


def find_sign_in(token: str) -> SignIn | None:
    """The living sign-in that this cookie's secret stands for."""
    sign_in = db.session.scalar(select(SignIn).where(SignIn.token_hash == hashed(token)))
    if sign_in is None or sign_in.ended_at is not None or sign_in.expires_at <= clock.now():
        return None
    return sign_in if sign_in.user.is_active else None
