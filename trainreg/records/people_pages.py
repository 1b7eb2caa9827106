"""The directory of people, and one person's page."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from trainreg.accounts.queries import get_user
from trainreg.audit.queries import history_of
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import Refused
from trainreg.kernel.text import one_line, problem_in
from trainreg.people.models import Person
from trainreg.people.names import confirm_names
from trainreg.people.printing import printed_names, unconfirmed
from trainreg.people.words import AGE_BAND_WORDS, LEVEL_WORDS, PRINTED_NAME_WORDS, SEX_WORDS
from trainreg.records import service
from trainreg.records.blueprint import ONE, blueprint
from trainreg.records.forms import CorrectForm
from trainreg.records.queries import (
    count_open_pairs,
    count_registrations,
    ensure_held,
    get_person,
    latest_postings,
    list_lines,
    list_merges,
    people_known_to,
)
from trainreg.registration.words import ROLE_WORDS
from trainreg.web.access import current_actor, needs, principal
from trainreg.web.forms import answer
from trainreg.web.navigation import Entry, offer
from trainreg.web.paging import page_of
from trainreg.web.safety import keeps_typed

LONGEST_SEARCH = 100


@dataclass(frozen=True)
class PrintedName:
    """A name as certificates print it now, and whether the person has confirmed it."""

    label: str
    language: str
    name: str
    is_confirmed: bool


offer(
    Entry(
        _l("People"),
        "records.people",
        Permission.VIEW_NAMES,
        40,
        stands_for=lambda endpoint: endpoint.startswith("records."),
    )
)


@blueprint.get("/desk/people")
@needs(Permission.VIEW_NAMES)
def people() -> str:
    text = asked_text(request.args)
    projects = principal().project_ids(Permission.VIEW_NAMES)
    page = page_of(people_known_to(projects, text))
    return render_template(
        "records/people.html",
        page=page,
        text=text,
        postings=latest_postings(page.items),
        counts=count_registrations(page.items, projects),
        undecided=_undecided(),
    )


def asked_text(asked: Mapping[str, str]) -> str:
    """The words that were searched for; nonsense is left aside."""
    text = one_line(asked.get("q", "")[:LONGEST_SEARCH])
    return "" if problem_in(text) else text


@blueprint.get(ONE)
@needs(Permission.VIEW_NAMES)
def person_page(person_id: int) -> str:
    return _page(_person(person_id))


@blueprint.post(f"{ONE}/contacts")
@needs(Permission.VIEW_CONTACTS)
def show_contacts(person_id: int) -> str:
    """The page with the contacts on it; that they were looked at is written down."""
    person = get_person(person_id, principal().project_ids(Permission.VIEW_CONTACTS))
    service.note_contacts_seen(person, by=current_actor())
    db.session.commit()
    return _page(person, with_contacts=True)


@blueprint.route(f"{ONE}/edit", methods=["GET", "POST"])
@needs(Permission.DECIDE_REGISTRATIONS)
@keeps_typed
def correct(person_id: int) -> tuple[str, int] | Response:
    person = _person(person_id)
    ensure_held([person], principal().project_ids(Permission.DECIDE_REGISTRATIONS))
    form = CorrectForm()
    form.offer(person, is_fresh=request.method == "GET")
    if not form.validate_on_submit():
        return answer("records/edit_person.html", form, person=person)
    try:
        changed = service.correct(person, form.values(), reason=form.reason.data or "", by=current_actor())
        if form.heard.data:
            changed |= confirm_names(person, by=current_actor())
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return answer("records/edit_person.html", form, person=_person(person_id))
    db.session.commit()
    flash(_("The record is corrected.") if changed else _("Nothing to save."), "good")
    return redirect(url_for(".person_page", person_id=person_id), 303)


def _person(person_id: int) -> Person:
    return get_person(person_id, principal().project_ids(Permission.VIEW_NAMES))


def _undecided() -> int | None:
    """How many pairs wait for a decision; None for whoever does not decide."""
    account = principal()
    if not account.may(Permission.DECIDE_REGISTRATIONS):
        return None
    return count_open_pairs(account.project_ids(Permission.DECIDE_REGISTRATIONS))


def _page(person: Person, *, with_contacts: bool = False) -> str:
    account = principal()
    return render_template(
        "records/person.html",
        person=person,
        present=None if person.merged_into_id is None else db.session.get_one(Person, person.merged_into_id),
        lines=list_lines(person, account.project_ids(Permission.VIEW_NAMES)),
        merges=list_merges(person),
        history=history_of(person),
        sex=SEX_WORDS[person.sex],
        age_band=AGE_BAND_WORDS[person.age_band],
        printed=_printed(person),
        confirmed_by=_confirmed_by(person),
        levels=LEVEL_WORDS,
        roles=ROLE_WORDS,
        with_contacts=with_contacts,
        may_see_contacts=_holds(person, Permission.VIEW_CONTACTS),
        may_change=person.merged_into_id is None and _holds(person, Permission.DECIDE_REGISTRATIONS),
    )


def _printed(person: Person) -> list[PrintedName]:
    open_ones = unconfirmed(person)
    return [
        PrintedName(str(PRINTED_NAME_WORDS[language]), language, name, language not in open_ones)
        for language, name in printed_names(person).items()
    ]


def _confirmed_by(person: Person) -> str:
    """The account that wrote the confirmation down; empty: the person gave it."""
    number = person.names_confirmed_by_id
    return "" if number is None else get_user(number).name


def _holds(person: Person, permission: Permission) -> bool:
    """Contacts: where one's projects know the person; decisions: where nobody else's do."""
    account = principal()
    if not account.may(permission):
        return False
    try:
        get_person(person.id, account.project_ids(permission))
        if permission is Permission.DECIDE_REGISTRATIONS:
            ensure_held([person], account.project_ids(permission))
    except Refused:
        return False
    return True
