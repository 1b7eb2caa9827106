"""The register book and the directory of people as prepared files: asked for, made, fetched, narrowed."""

import csv
from collections.abc import Iterator
from io import StringIO

import pytest
from flask import Flask
from sqlalchemy import delete, select

from tests import factories as make
from tests.applications import application
from tests.certificates.attending import two_events
from tests.exporting.files import content_of
from tests.pages import Pages
from trainreg.accounts.models import User
from trainreg.audit.models import AuditEntry
from trainreg.certificates import service as certificates
from trainreg.exporting.making import make_next
from trainreg.exporting.models import Export
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Role

PEOPLE = 3


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, User]]:
    """Three certificates of one event, none of the other, and a name that looks like a formula."""
    with application(tmp_path_factory.mktemp("instance")) as app, app.app_context():
        first, _second = two_events(PEOPLE)
        certificates.issue(first, by=make.STAFF)
        make.registration(first, make.person("=1+1", "Нэрт"))
        user = make.user(Role.ORGANIZER, project_id=first.project_id)
        db.session.commit()
        yield app, user


@pytest.fixture
def desk(house: tuple[Flask, User], monkeypatch: pytest.MonkeyPatch) -> Iterator[Pages]:
    monkeypatch.setattr("trainreg.exporting.rules.AT_ONCE", 0)
    yield Pages(house[0]).sign_in(house[1])
    db.session.rollback()
    for model in (Export, AuditEntry):
        db.session.execute(delete(model))
    db.session.commit()


def rows_of(desk: Pages, address: str, **asked: str) -> list[dict[str, str]]:
    page = desk.post(address, {"format": "csv", **asked})
    assert page.status == 303 and "/desk/files/" in page.location
    db.session.rollback()
    assert make_next()
    export = db.session.scalars(select(Export)).one()
    content = content_of(export)
    assert desk.post(f"{page.location}/fetch").response.get_data() == content
    rows = list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))
    assert export.done == export.total == len(rows)
    return rows


def said() -> list[str]:
    """What the log says of accounts."""
    own = select(AuditEntry.action).where(AuditEntry.action.like("account.%"))
    return list(db.session.scalars(own.order_by(AuditEntry.id)))


@pytest.mark.slow
def test_the_register_book(desk: Pages) -> None:
    rows = rows_of(desk, "/desk/register/export")
    assert [row["Register number"] for row in rows] == ["RUSH/0003", "RUSH/0002", "RUSH/0001"]
    assert said() == ["account.export_asked", "account.register_taken", "account.export_taken"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "RUSH/0002"}, 1),
        ({"state": "issued", "since": "2020-01-01", "until": "2199-12-31", "project": "RUSH"}, PEOPLE),
        ({"state": "revoked"}, 0),
    ],
)
def test_narrowed_as_on_the_page(
    desk: Pages, asked: dict[str, str], found: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainreg.exporting.rules.AT_ONCE", -1)
    assert len(rows_of(desk, "/desk/register/export", **asked)) == found


def test_the_directory_of_people(desk: Pages) -> None:
    rows = rows_of(desk, "/desk/people/export")
    assert len(rows) == 2 * PEOPLE + 1
    assert said() == ["account.export_asked", "account.people_taken", "account.export_taken"]
    [odd] = [row for row in rows if row["Family name or patronymic"] == "Нэрт"]
    assert odd["Given name"] == "'=1+1", "a name is never a formula"


def test_those_who_were_searched_for(desk: Pages) -> None:
    assert len(rows_of(desk, "/desk/people/export", q="Нэрт")) == 1
