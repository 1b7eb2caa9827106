"""Two administrators remove each other at the same moment: one stays."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from tests import factories as make
from trainreg.accounts.models import RoleGrant, User
from trainreg.accounts.service import LastAdministrator, revoke, set_active
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Role


@pytest.mark.parametrize("closing", [True, False], ids=["closing accounts", "taking roles back"])
def test_one_administrator_stays(separate_app: Flask, closing: bool) -> None:
    with separate_app.app_context():
        keys = [make.user(Role.ADMINISTRATOR).id for _ in range(2)]
        db.session.commit()
    barrier = Barrier(2)

    def remove_the_other(own: int) -> bool:
        with separate_app.app_context():
            barrier.wait()
            other = db.session.get_one(User, sum(keys) - own)
            by = db.session.get_one(User, own).actor()
            try:
                if closing:
                    set_active(other, False, by=by)
                else:
                    revoke(other, other.grants[0], by=by)
                db.session.commit()
            except LastAdministrator:
                return False
            return True

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(remove_the_other, keys)) == [False, True]
    with separate_app.app_context():
        living = select(RoleGrant).join(User).where(RoleGrant.role == Role.ADMINISTRATOR, User.is_active)
        assert len(db.session.scalars(living).all()) == 1
