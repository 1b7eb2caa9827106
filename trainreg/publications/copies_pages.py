"""Forms where print runs and copies handed out are entered, corrected and taken back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from trainreg.agencies.queries import list_agencies
from trainreg.events.queries import list_events_of
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import Refused
from trainreg.programme.queries import project_of_code
from trainreg.publications import copies
from trainreg.publications.blueprint import blueprint
from trainreg.publications.forms import HandoutForm, RunForm
from trainreg.publications.models import Publication
from trainreg.publications.pages import ONE, publication_at
from trainreg.publications.queries import get_handout, get_run
from trainreg.web.access import current_actor, needs
from trainreg.web.forms import answer
from trainreg.web.safety import keeps_typed

RUN = f"{ONE}/print-runs"
HANDOUT = f"{ONE}/handouts"
ONE_RUN = f"{RUN}/<int(max=2147483647):print_run_id>"
ONE_HANDOUT = f"{HANDOUT}/<int(max=2147483647):handout_id>"

Answer = tuple[str, int] | Response


@dataclass(frozen=True)
class _Kind:
    """One of the two things that are entered: its template, and what is said when it is kept."""

    template: str
    anchor: str


_RUNS = _Kind("publications/run_form.html", "printed")
_HANDOUTS = _Kind("publications/handout_form.html", "handed")


def _run_form(publication: Publication) -> RunForm:
    return RunForm(publication)


def _handout_form(publication: Publication) -> HandoutForm:
    return HandoutForm(list_agencies(only_active=False), list_events_of(publication.project_id))


def _page(kind: _Kind, form: Any, publication: Publication, row: Any = None) -> Answer:
    return answer(kind.template, form, project=publication.project, publication=publication, row=row)


def _save(kind: _Kind, form: Any, publication: Publication, write: Callable[[], object], row: Any = None) -> Answer:
    if not form.validate():
        return _page(kind, form, publication, row)
    try:
        write()
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(kind, form, publication, row)
    db.session.commit()
    flash(_("Saved."), "good")
    return _back(kind, publication)


def _remove(kind: _Kind, publication: Publication, take_back: Callable[[], object]) -> Response:
    try:
        take_back()
    except Refused as refusal:
        db.session.rollback()
        flash(str(refusal), "bad")
        return _back(kind, publication)
    db.session.commit()
    flash(_("Removed."), "good")
    return _back(kind, publication)


def _back(kind: _Kind, publication: Publication) -> Response:
    address = url_for(
        ".publication_page", code=publication.project.code, publication_id=publication.id, _anchor=kind.anchor
    )
    return redirect(address, 303)


@blueprint.get(f"{RUN}/new")
@needs(Permission.EDIT_PROJECT, project=project_of_code)
def new_run(code: str, publication_id: int) -> Answer:
    publication = publication_at(code, publication_id)
    return _page(_RUNS, _run_form(publication), publication)


@blueprint.post(f"{RUN}/new")
@needs(Permission.EDIT_PROJECT, project=project_of_code)
@keeps_typed
def add_run(code: str, publication_id: int) -> Answer:
    publication = publication_at(code, publication_id)
    form = _run_form(publication)
    return _save(_RUNS, form, publication, lambda: copies.add_run(publication, form.details(), by=current_actor()))


@blueprint.get(ONE_RUN)
@needs(Permission.EDIT_PROJECT, project=project_of_code)
def edit_run(code: str, publication_id: int, print_run_id: int) -> Answer:
    publication = publication_at(code, publication_id)
    run, form = get_run(publication, print_run_id), _run_form(publication)
    form.fill(run)
    return _page(_RUNS, form, publication, run)


@blueprint.post(ONE_RUN)
@needs(Permission.EDIT_PROJECT, project=project_of_code)
@keeps_typed
def save_run(code: str, publication_id: int, print_run_id: int) -> Answer:
    publication = publication_at(code, publication_id)
    run, form = get_run(publication, print_run_id), _run_form(publication)
    return _save(_RUNS, form, publication, lambda: copies.edit_run(run, form.details(), by=current_actor()), run)


@blueprint.post(f"{ONE_RUN}/remove")
@needs(Permission.EDIT_PROJECT, project=project_of_code)
def remove_run(code: str, publication_id: int, print_run_id: int) -> Response:
    publication = publication_at(code, publication_id)
    run = get_run(publication, print_run_id)
    return _remove(_RUNS, publication, lambda: copies.remove_run(run, by=current_actor()))


@blueprint.get(f"{HANDOUT}/new")
@needs(Permission.EDIT_PROJECT, project=project_of_code)
def new_handout(code: str, publication_id: int) -> Answer:
    publication = publication_at(code, publication_id)
    return _page(_HANDOUTS, _handout_form(publication), publication)


@blueprint.post(f"{HANDOUT}/new")
@needs(Permission.EDIT_PROJECT, project=project_of_code)
@keeps_typed
def add_handout(code: str, publication_id: int) -> Answer:
    publication = publication_at(code, publication_id)
    form = _handout_form(publication)
    return _save(
        _HANDOUTS, form, publication, lambda: copies.add_handout(publication, form.details(), by=current_actor())
    )


@blueprint.get(ONE_HANDOUT)
@needs(Permission.EDIT_PROJECT, project=project_of_code)
def edit_handout(code: str, publication_id: int, handout_id: int) -> Answer:
    publication = publication_at(code, publication_id)
    handout, form = get_handout(publication, handout_id), _handout_form(publication)
    form.fill(handout)
    return _page(_HANDOUTS, form, publication, handout)


@blueprint.post(ONE_HANDOUT)
@needs(Permission.EDIT_PROJECT, project=project_of_code)
@keeps_typed
def save_handout(code: str, publication_id: int, handout_id: int) -> Answer:
    publication = publication_at(code, publication_id)
    handout, form = get_handout(publication, handout_id), _handout_form(publication)
    return _save(
        _HANDOUTS, form, publication, lambda: copies.edit_handout(handout, form.details(), by=current_actor()), handout
    )


@blueprint.post(f"{ONE_HANDOUT}/remove")
@needs(Permission.EDIT_PROJECT, project=project_of_code)
def remove_handout(code: str, publication_id: int, handout_id: int) -> Response:
    publication = publication_at(code, publication_id)
    handout = get_handout(publication, handout_id)
    return _remove(_HANDOUTS, publication, lambda: copies.remove_handout(handout, by=current_actor()))
