"""The front page, the desk's first page, an event's overview and the health check."""

from datetime import datetime

from flask import redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import text
from werkzeug.wrappers import Response

from trainreg.agencies.queries import list_agencies
from trainreg.assessment.queries import plan_of
from trainreg.audit.queries import history_of
from trainreg.events.models import Event
from trainreg.events.queries import get_event, project_of_event
from trainreg.home import agency_pages
from trainreg.home.blueprint import blueprint
from trainreg.home.queries import EventLine, Progress, list_event_lines, list_open_events, progress_of
from trainreg.home.rules import Standing, Task, TaskState, states
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.programme.queries import list_projects
from trainreg.publications.queries import has_publications, list_handouts_at
from trainreg.registration.overview import overview_of
from trainreg.registration.rules import RegistrationStatus
from trainreg.web.access import may, needs, principal, public, signed_in
from trainreg.web.links import absolute
from trainreg.web.locale import language_name
from trainreg.web.navigation import Entry, offer

__all__ = ["agency_pages", "blueprint"]
# The pages of one event have no entry of their own: one comes to them over the desk.
OF_EVENTS = (
    "home.event_page",
    "events.",
    "questions.",
    "registration.",
    "attendance.",
    "correspondence.",
    "certificates.",
)
OVER_ALL_EVENTS = frozenset({"certificates.register_book"})
offer(
    Entry(
        _l("Desk"),
        "home.desk",
        Permission.VIEW_EVENTS,
        0,
        stands_for=lambda here: here.startswith(OF_EVENTS) and here not in OVER_ALL_EVENTS,
    )
)


@blueprint.get("/")
@public
def index() -> str:
    return render_template("home/index.html", events=list_open_events())


@blueprint.get("/desk/")
@signed_in
def desk() -> str | Response:
    account = principal()
    if not account.may(Permission.VIEW_EVENTS):
        if account.may(Permission.VIEW_OWN_AGENCY):
            return redirect(url_for("home.agency_page"), 303)
        if account.may(Permission.VIEW_RESULTS):
            return redirect(url_for("programme.project_list"), 303)
        return render_template("home/no_role.html")
    lines, now = list_event_lines(account.project_ids(Permission.VIEW_EVENTS)), clock.now()
    return render_template(
        "home/desk.html",
        undecided=[line for line in lines if line.undecided and not _over(line.ends_at, now) and _may_decide(line)],
        under_way=[line for line in lines if _begun(line.starts_at, now) and not _over(line.ends_at, now)],
        coming=sorted(
            (line for line in lines if not _begun(line.starts_at, now)),
            key=lambda line: (line.starts_at is not None, line.starts_at or now),
        ),
        lately=[line for line in lines if _over(line.ends_at, now)][:8],
        first_steps=_first_steps() if not lines and account.may(Permission.CREATE_PROJECTS) else [],
    )


@blueprint.get("/desk/events/<slug>")
@needs(Permission.VIEW_EVENTS, project=project_of_event)
def event_page(slug: str) -> str:
    event = get_event(slug)
    progress = progress_of(event)
    return render_template(
        "home/event_page.html",
        event=event,
        progress=progress,
        overview=overview_of(event),
        plan=plan_of(event.id),
        steps=_steps(event, progress),
        handouts=list_handouts_at(event.id),
        publishes=has_publications(event.project_id),
        language_name=language_name,
        history=history_of(event),
        is_over=_over(event.ends_at, clock.now()),
        address=absolute("registration.public_event", slug=slug),
    )


@blueprint.get("/healthz")
@public
def healthz() -> tuple[dict[str, str], int]:
    """200 when the database answers."""
    db.session.execute(text("SELECT 1"))
    return {"status": "ok"}, 200


def _first_steps() -> list[dict[str, str | None]]:
    """What an empty installation needs before its first event, in this order."""
    done = (bool(list_agencies()), bool(list_projects(None)), False)
    steps = [
        (_("Add the agencies"), _("People who register choose their agency from this list."), "agencies.agency_list"),
        (_("Create a project"), _("A project promises outcomes; its events serve them."), "programme.project_list"),
        (_("Create an event"), _("Open your project and create the first one."), "programme.project_list"),
    ]
    return [
        {
            "label": label,
            "note": note,
            "url": url_for(endpoint),
            "state": "done" if done[place] else "current" if all(done[:place]) else "todo",
        }
        for place, (label, note, endpoint) in enumerate(steps)
    ]


def _may_decide(line: EventLine) -> bool:
    return may(Permission.DECIDE_REGISTRATIONS, project_id=line.event.project_id)


def _begun(starts_at: datetime | None, now: datetime) -> bool:
    return starts_at is not None and starts_at <= now


def _over(ends_at: datetime | None, now: datetime) -> bool:
    return ends_at is not None and ends_at <= now


def _steps(event: Event, progress: Progress) -> list[dict[str, str | None]]:
    now = clock.now()
    standing = Standing(
        status=event.status,
        undecided=progress.requested,
        confirmed=progress.confirmed,
        is_over=_over(event.ends_at, now),
        sessions_over=progress.sessions_over,
        sessions_marked=progress.sessions_marked,
        certificates=progress.certificates,
    )
    found = states(standing)
    names = may(Permission.VIEW_NAMES, project_id=event.project_id)
    waiting = RegistrationStatus.REQUESTED.value if progress.requested else None
    results = may(Permission.VIEW_RESULTS, project_id=event.project_id)
    links = {
        Task.OPEN_REGISTRATION: url_for("registration.public_event", slug=event.slug)
        if found[Task.OPEN_REGISTRATION] is TaskState.DONE
        else None,
        Task.DECIDE: url_for("registration.registration_list", slug=event.slug, status=waiting) if names else None,
        Task.TAKE_ATTENDANCE: url_for("attendance.grid", slug=event.slug) if names else None,
        Task.ISSUE_CERTIFICATES: url_for("certificates.event_certificates", slug=event.slug) if names else None,
        Task.SEE_RESULTS: url_for("reporting.project_page", code=event.project.code) if results else None,
    }
    words = _words(progress)
    return [
        {"label": words[task][0], "note": words[task][1], "state": found[task].value, "url": links[task]}
        for task in Task
    ]


def _words(progress: Progress) -> dict[Task, tuple[str, str]]:
    """Label and note of each step."""
    return {
        Task.OPEN_REGISTRATION: (_("Open registration"), _("The public page takes registrations.")),
        Task.DECIDE: (
            _("Confirm registrations"),
            _(
                "%(requested)s to decide, %(confirmed)s confirmed, %(waiting)s waiting",
                requested=progress.requested,
                confirmed=progress.confirmed,
                waiting=progress.waitlisted,
            ),
        ),
        Task.TAKE_ATTENDANCE: (
            _("Take attendance"),
            _("%(marked)s of %(all)s sessions taken", marked=progress.sessions_marked, all=progress.sessions),
        ),
        Task.ISSUE_CERTIFICATES: (
            _("Issue certificates"),
            _("%(issued)s issued", issued=progress.certificates),
        ),
        Task.SEE_RESULTS: (_("See the results"), _("The figures the project reports.")),
    }
