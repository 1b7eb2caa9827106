"""Create accounts, grant roles, sign in and out."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from trainreg.accounts.models import RoleGrant, SignIn, User
from trainreg.accounts.passwords import hash_password
from trainreg.accounts.queries import find_user_by_email
from trainreg.accounts.rules import SIGN_IN_LASTS, PasswordProblem, problem_with_password
from trainreg.accounts.words import ROLE_WORDS
from trainreg.audit import service as audit
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, flush_or_refuse
from trainreg.kernel.permissions import Role
from trainreg.kernel.refusals import Invalid, Refused
from trainreg.kernel.tokens import grouped, hashed, new_secret, random_letters

audit.describes(
    {
        "user.created": _l("Account created"),
        "user.granted": _l("Role granted: %(role)s"),
        "user.revoked": _l("Role taken back: %(role)s"),
        "user.password_changed": _l("Password changed; signed out everywhere"),
        "user.deactivated": _l("Account closed; signed out everywhere"),
        "user.activated": _l("Account opened again"),
        "user.renamed": _l("Name or language changed"),
        "user.signed_out_elsewhere": _l("Signed out everywhere else"),
        "user.signed_in": _l("Signed in"),
        "user.signed_out": _l("Signed out"),
    }
)
audit.words_for("role", ROLE_WORDS)


class EmailTaken(Refused):
    """Somebody has an account with this address."""

    sentence = _l("There is an account with this e-mail address already.")
    field = "email"


class PasswordRefused(Invalid):
    """The password is too weak."""

    sentence = _l("Choose a password of at least 12 characters; several words are best, and not your e-mail address.")
    field = "password"


class GrantRefused(Invalid):
    """A role in the wrong kind of place."""

    sentence = _l(
        "A focal point is granted for one agency, an administrator for everything, "
        "the other roles for one project or for all."
    )
    field = "place"


class LastAdministrator(Refused):
    """Nobody could manage accounts any more."""

    sentence = _l("This is the last administrator; make another one first.")


class OwnAccount(Refused):
    """Administrators who lock themselves out call it a defect, and are right."""

    sentence = _l("This is your own account. Ask another administrator.")


def create_user(*, email: str, name: str, password: str, by: Actor, language: str = "en") -> User:
    """Create an account without any role yet; refuses a taken address or a weak password."""
    email = email.strip().casefold()
    _ensure_good_password(password, email)
    if find_user_by_email(email) is not None:
        raise EmailTaken
    user = User(
        email=email, name=name, password_hash=hash_password(password), language=language, created_at=clock.now()
    )
    db.session.add(user)
    flush_or_refuse(EmailTaken())
    audit.record("user.created", user, by=by)
    return user


def grant(
    user: User, role: Role, *, by: Actor, project_id: int | None = None, agency_id: int | None = None
) -> RoleGrant:
    """Grant a role for a project, for an agency or everywhere; the same grant twice is one grant."""
    if (role is Role.FOCAL_POINT) != (agency_id is not None) or (role is Role.ADMINISTRATOR and project_id is not None):
        raise GrantRefused
    for known in user.grants:
        if (known.role, known.project_id, known.agency_id) == (role, project_id, agency_id):
            return known
    granted = RoleGrant(role=role, project_id=project_id, agency_id=agency_id)
    user.grants.append(granted)
    audit.record("user.granted", user, by=by, role=role.value, granted_project=project_id, granted_agency=agency_id)
    return granted


def revoke(user: User, granted: RoleGrant, *, by: Actor) -> None:
    """Take a role back; never the last administrator's."""
    _lock_accounts()
    if granted.role is Role.ADMINISTRATOR:
        _ensure_another_administrator(user)
    user.grants.remove(granted)
    audit.record("user.revoked", user, by=by, role=granted.role.value, granted_project=granted.project_id)


def issue_password(user: User, *, by: Actor) -> str:
    """Give an account a new random password, to be handed over once; ends every sign-in of the account."""
    if by.user_id == user.id:
        raise OwnAccount
    password = new_password()
    change_password(user, password, by=by)
    return password


def new_password() -> str:
    """A random password that can be read out over the telephone: 80 random bits, such as 7K3F-9Q2M-04TX-BBD1."""
    return grouped(random_letters(16))


def change_password(user: User, password: str, *, by: Actor) -> None:
    """Set a new password and end every sign-in of the account."""
    _ensure_good_password(password, user.email)
    user.password_hash = hash_password(password)
    end_sign_ins(user)
    audit.record("user.password_changed", user, by=by)


def set_active(user: User, is_active: bool, *, by: Actor) -> None:
    """Close or reopen an account; closing ends its sign-ins at once."""
    _lock_accounts()
    if user.is_active == is_active:
        return
    if not is_active:
        if by.user_id == user.id:
            raise OwnAccount
        _ensure_another_administrator(user)
        end_sign_ins(user)
    user.is_active = is_active
    audit.record("user.activated" if is_active else "user.deactivated", user, by=by)


def introduce(user: User, *, name: str, language: str, by: Actor) -> None:
    """Change how somebody is called in histories from now on, and the language of their pages."""
    if (user.name, user.language) != (name, language):
        user.name, user.language = name, language
        audit.record("user.renamed", user, by=by)


def start_sign_in(user: User) -> str:
    """Begin a session; returns the secret for the cookie, which is kept nowhere else."""
    secret, now = new_secret(), clock.now()
    db.session.add(SignIn(token_hash=hashed(secret), user_id=user.id, created_at=now, expires_at=now + SIGN_IN_LASTS))
    audit.record("user.signed_in", user, by=user.actor())
    return secret


def end_sign_in(sign_in: SignIn) -> None:
    """End one session: its cookie opens nothing any more."""
    sign_in.ended_at = clock.now()
    audit.record("user.signed_out", sign_in.user, by=sign_in.user.actor())


def end_sign_ins(user: User) -> None:
    """End every session of the account."""
    living = update(SignIn).where(SignIn.user_id == user.id, SignIn.ended_at.is_(None))
    db.session.execute(living.values(ended_at=clock.now()))


def end_other_sign_ins(user: User, *, kept: SignIn) -> None:
    """End every session of the account but this one."""
    others = update(SignIn).where(SignIn.user_id == user.id, SignIn.ended_at.is_(None), SignIn.id != kept.id)
    db.session.execute(others.values(ended_at=clock.now()))
    audit.record("user.signed_out_elsewhere", user, by=user.actor())


def _ensure_good_password(password: str, email: str) -> None:
    problem: PasswordProblem | None = problem_with_password(password, email)
    if problem is not None:
        raise PasswordRefused


def _lock_accounts() -> None:
    """Two administrators who remove each other at the same moment come one after the other."""
    administrators = select(RoleGrant.id).where(RoleGrant.role == Role.ADMINISTRATOR).order_by(RoleGrant.id)
    db.session.execute(administrators.with_for_update())


def _ensure_another_administrator(user: User) -> None:
    others = (
        db.session.query(RoleGrant)
        .join(User)
        .filter(RoleGrant.role == Role.ADMINISTRATOR, User.is_active, User.id != user.id)
    )
    is_one = any(granted.role is Role.ADMINISTRATOR for granted in user.grants)
    if is_one and others.first() is None:
        raise LastAdministrator
