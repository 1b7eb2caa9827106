"""Every page with a list asks the database the same number of statements for ten rows and for a thousand."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import insert

from tests import factories as make
from tests.guards.reading import text_of, tree_of
from tests.pages import Pages
from tests.published import publication
from tests.registration.crowd import fill
from tests.registration.statements import counted_statements
from tests.world import World
from trainreg.accounts.models import User
from trainreg.certificates.issuing import jobs
from trainreg.certificates.issuing.models import CertificateJob
from trainreg.certificates.issuing.rules import JobAction
from trainreg.events.models import Event
from trainreg.framework.models import Indicator
from trainreg.framework.rules import CountingRule
from trainreg.kernel.db import db
from trainreg.outbox.models import Message
from trainreg.publications.models import Handout
from trainreg.registration.models import Registration

ROOT = Path(__file__).parents[2] / "trainreg"
FEW, MANY = 10, 1000


def round_of(world: World) -> CertificateJob:
    """A round of issuing over the event as it is."""
    job = jobs.begin(world.event, JobAction.ISSUE, by=make.STAFF)
    db.session.commit()
    return job


# Every page that shows a page of a long list, by the function that answers it, with an address.
def _rows_of_an_indicator(world: World) -> str:
    """Attendances of the project, and their rows."""
    words = {"title": {"en": "Attendances"}, "code": "1.a", "rule": CountingRule.ATTENDANCES}
    db.session.add(Indicator(project_id=world.project.id, **words))
    db.session.flush()
    return f"/reports/{world.project.code}/results/1.a/rows"


def _copies_of_an_agency(world: World) -> str:
    """One publication for each registration that the list has: a copy of it went to the ministry."""
    for _number in range(db.session.query(Registration).count()):
        one = publication(world.project, printed=1)
        one.handouts.append(Handout(agency=world.ministry, copies=1))
    db.session.flush()
    return f"/desk/agencies/{world.ministry.id}/copies"


LISTS: dict[str, Callable[[World], str]] = {
    "checkin.desk_pages.scan_list": lambda world: f"/desk/events/{world.event.slug}/scans",
    "events.routes.public_list": lambda _world: "/events",
    "home.agency_pages.agency_page": lambda _world: "/agency/",
    "correspondence.message_pages._list_page": lambda world: f"/desk/events/{world.event.slug}/messages",
    "imports.upload_pages.run_list": lambda _world: "/desk/imports",
    "publications.handed_pages.copies_of_agency": _copies_of_an_agency,
    "reporting.indicator_rows.page_of": _rows_of_an_indicator,
    "reporting.organisation.pages.page": lambda _world: "/reports",
    "records.duplicate_pages.duplicates": lambda _world: "/desk/duplicates",
    "records.people_pages.people": lambda _world: "/desk/people",
    "registration.desk_list.registration_list": lambda world: (
        f"/desk/events/{world.event.slug}/registrations?q=a&sex=female&sort=name&agency={world.ministry.code}"
    ),
    "certificates.eligibility_pages.eligibility_view": lambda world: (
        f"/desk/events/{world.event.slug}/eligibility?threshold=50"
    ),
    "certificates.issuing.event_pages.event_certificates": lambda world: (
        f"/desk/events/{world.event.slug}/certificates"
    ),
    "certificates.issuing.job_pages.job_page": lambda world: f"/desk/certificates/rounds/{round_of(world).id}",
    "certificates.issuing.register_pages.register_book": lambda _world: "/desk/register",
    "outbox.routes.message_list": lambda _world: "/desk/messages",
    "accounts.user_routes.user_list": lambda _world: "/desk/users",
    "reporting.rows.rows_behind": lambda world: f"/reports/{world.project.code}/rows",
}
# What shows everything at once, or does not say so by calling for a page.
OTHERS: dict[str, Callable[[World], str]] = {
    "the calendar feed": lambda _world: "/events.ics",
    "the desk's list as it opens": lambda world: f"/desk/events/{world.event.slug}/registrations",
    "deciding about all of them": lambda world: f"/desk/events/{world.event.slug}/registrations/all",
    "prepared files": lambda _world: "/desk/files",
    "files of all projects": lambda _world: "/reports/files",
    "agencies": lambda _world: "/desk/agencies",
    "projects": lambda _world: "/desk/projects",
    "the desk": lambda _world: "/desk/",
    "a project": lambda world: f"/desk/projects/{world.project.code}",
    "trainers of a project": lambda world: f"/reports/{world.project.code}/trainers",
    "an event": lambda world: f"/desk/events/{world.event.slug}",
    "attendance": lambda world: f"/desk/events/{world.event.slug}/attendance",
    "entering tests from paper": lambda world: f"/desk/events/{world.event.slug}/tests/pre/entry",
    "results of tests": lambda world: f"/desk/events/{world.event.slug}/tests/results",
    "the evaluation": lambda world: f"/desk/events/{world.event.slug}/evaluation",
    "counts without names": lambda world: f"/desk/events/{world.event.slug}/attendance/unnamed",
    "sign-in sheets": lambda world: f"/desk/events/{world.event.slug}/sheets",
    "badges": lambda world: f"/desk/events/{world.event.slug}/badges",
    "the public page": lambda world: f"/e/{world.event.slug}",
    "the public form": lambda world: f"/e/{world.event.slug}/register",
}
# The rows of one uploaded file, held in the run itself; `tests/imports` looks at them.
FILES = {"imports.run_pages._preview"}
PAGERS = {"page_of", "page_from", "Page"}


def _callers() -> set[str]:
    """The functions that make one page of a long list."""
    found = set()
    for path in ROOT.rglob("*.py"):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        if module == "web.paging":
            continue
        if not any(name in text_of(path) for name in PAGERS):
            continue
        tree = tree_of(path)
        pagers = _pagers(tree)
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef) and any(
                _makes_a_page(node, pagers) for node in ast.walk(function)
            ):
                found.add(f"{module}.{function.name}")
    return found


def _pagers(tree: ast.Module) -> set[str]:
    """What a module calls the pagers; a page of paper is a `Page` too, and none of them."""
    return {
        name.asname or name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "trainreg.web.paging"
        for name in node.names
        if name.name in PAGERS
    }


def _makes_a_page(node: ast.AST, pagers: set[str]) -> bool:
    called = node.func if isinstance(node, ast.Call) else None
    name = called.value if isinstance(called, ast.Subscript) else called
    return isinstance(name, ast.Name) and name.id in pagers


def test_every_page_of_a_long_list_is_walked() -> None:
    assert _callers() == set(LISTS) | FILES


def _grow(event_id: int, count: int) -> None:
    """So many more of everything that a list shows."""
    event = db.session.get_one(Event, event_id)
    fill(event, count, agencies=count)
    named = [f"{count}-{number}" for number in range(count)]
    user = {"name": "U", "password_hash": "-", "created_at": make.NOW}
    db.session.execute(insert(User), [user | {"email": f"{name}@example.org"} for name in named])
    facts = {"kind": event.kind, "timezone": make.TIMEZONE, "status": event.status, "created_at": make.NOW}
    facts |= {"project_id": event.project_id, "title": {"en": "Crowd"}}
    db.session.execute(insert(Event), [facts | {"slug": f"crowd-{name}"} for name in named])
    mail = {"kind": "x", "recipient": "x@example.org", "recipient_name": "X", "language": "en", "subject": "X"}
    mail |= {"text": "", "html": "", "next_try_at": make.NOW, "created_at": make.NOW}
    db.session.execute(insert(Message), [mail | {"key": f"key {name}"} for name in named])
    db.session.commit()


def _asked(pages: Pages, address: str) -> list[str]:
    db.session.expunge_all()
    with counted_statements() as statements:
        assert pages.get(address).status == 200, address
    return statements


@pytest.mark.slow
def test_a_thousand_rows_cost_as_many_statements_as_ten(pages: Pages, world: World) -> None:
    addresses = [(name, address(world)) for name, address in (LISTS | OTHERS).items()]
    focal_point = Pages(pages.app).sign_in(world.focal_point)
    pages.sign_in(world.administrator)
    counts: dict[str, list[int]] = {}
    event_id = world.event.id
    for more in (FEW, MANY - FEW):
        _grow(event_id, more)
        for name, address in addresses:
            reader = focal_point if address.startswith("/agency/") else pages
            counts.setdefault(name, []).append(len(_asked(reader, address)))
    assert {name: pair for name, pair in counts.items() if pair[0] != pair[1]} == {}
