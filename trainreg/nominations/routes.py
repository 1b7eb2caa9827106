"""The focal point's pages of nominating; what becomes of the nominees stands at home, which knows attendance."""

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from trainreg.agencies.models import Agency
from trainreg.events.models import Event
from trainreg.events.queries import door_of
from trainreg.kernel.db import db
from trainreg.kernel.numbers import whole_number
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import Refused
from trainreg.kernel.sheets import LARGEST_FILE, read_sheet
from trainreg.nominations.allowance import Allowances
from trainreg.nominations.forms import ListForm, NomineeForm
from trainreg.nominations.queries import get_event_of, get_person_of, nominated_ids
from trainreg.nominations.reading import Nominee, as_text, nominees, read_pasted, read_table
from trainreg.nominations.refusals import PROBLEM_WORDS, ListChanged, NoSlipNeeded, NotANominee, NotOpenForNominations
from trainreg.nominations.rules import may_nominate
from trainreg.nominations.service import (
    judge,
    may_be_replaced,
    nominate,
    nominate_listed,
    replace_nominee,
    scope_of,
    withdraw_nominee,
)
from trainreg.questions.queries import asks_age
from trainreg.registration.answer_pages import slip_page
from trainreg.registration.models import Registration
from trainreg.registration.notices import address_of
from trainreg.registration.rules import UNANSWERED
from trainreg.web.access import current_actor, needs, principal
from trainreg.web.forms import answer
from trainreg.web.locale import current_language
from trainreg.web.safety import body_limit, keeps_typed

blueprint = Blueprint("nominations", __name__)
EVENT = "/agency/events/<slug>"
PERSON = f"{EVENT}/people/<reference>"
FILE_BODY = LARGEST_FILE + 256 * 1024
Answer = tuple[str, int] | Response


@blueprint.get(f"{EVENT}/nominate")
@needs(Permission.NOMINATE)
def nomination(slug: str) -> Answer:
    event, asked = _open_event(slug)
    return _one_page(event, asked, _nominee_form(event, asked))


@blueprint.post(f"{EVENT}/nominate")
@needs(Permission.NOMINATE)
@keeps_typed
def nominate_one(slug: str) -> Answer:
    event, asked = _open_event(slug)
    form = _nominee_form(event, asked)
    if not form.validate():
        return _one_page(event, asked, form)
    try:
        named = nominate(event, form.nominee(), own=_own(), by=current_actor())
    except Refused as refusal:
        return _refused(slug, form, refusal)
    db.session.commit()
    _say_named(named)
    return _back(slug)


@blueprint.get(f"{EVENT}/list")
@needs(Permission.NOMINATE)
def nomination_list(slug: str) -> Answer:
    event, asked = _open_event(slug)
    return _list_page(event, asked, ListForm(asked, current_language()))


@blueprint.post(f"{EVENT}/list")
@needs(Permission.NOMINATE)
@keeps_typed
@body_limit(FILE_BODY)
def check_list(slug: str) -> Answer:
    """Show what each row would do; written only when the button under what was shown is pressed."""
    event, asked = _open_event(slug)
    form = ListForm(asked, current_language())
    if not form.validate() or form.chosen is None:
        return _list_page(event, asked, form)
    try:
        listed = _listed(form, event, asked, form.chosen)
        if request.form.get("press") == "nominate":
            named = nominate_listed(event, listed, own=_own(), expected=_number(form.seen.data), by=current_actor())
            db.session.commit()
            flash(ngettext("%(num)s person is nominated.", "%(num)s people are nominated.", len(named)), "good")
            return _back(slug)
    except ListChanged as refusal:
        db.session.rollback()
        form.refuse(refusal)
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _list_page(event, asked, form)
    return _list_page(event, asked, form, listed)


@blueprint.get(f"{PERSON}/replace")
@needs(Permission.NOMINATE)
def replacement(slug: str, reference: str) -> Answer:
    event, asked, leaving = _nominee(slug, reference)
    return _one_page(event, asked, _nominee_form(event, asked), leaving)


@blueprint.post(f"{PERSON}/replace")
@needs(Permission.NOMINATE)
@keeps_typed
def replace_one(slug: str, reference: str) -> Answer:
    event, asked, leaving = _nominee(slug, reference)
    form = _nominee_form(event, asked)
    if not form.validate():
        return _one_page(event, asked, form, leaving)
    try:
        named = replace_nominee(leaving, form.nominee(), own=_own(), by=current_actor())
    except Refused as refusal:
        return _refused(slug, form, refusal, reference)
    db.session.commit()
    _say_named(named)
    return _back(slug)


@blueprint.post(f"{PERSON}/withdraw")
@needs(Permission.NOMINATE)
def withdraw(slug: str, reference: str) -> Response:
    _event, _asked, leaving = _nominee(slug, reference)
    withdraw_nominee(leaving, by=current_actor())
    db.session.commit()
    flash(_("The nomination is withdrawn."))
    return _back(slug)


@blueprint.get(f"{PERSON}/slip")
@needs(Permission.NOMINATE)
def slip(slug: str, reference: str) -> str:
    """The paper for a nominee without an address; whoever has one answers by their own mail."""
    event, _asked = get_event_of(slug, _own())
    registration = get_person_of(event, reference, _own())
    is_asked = registration.status in UNANSWERED and registration.id in nominated_ids(event)
    if not is_asked or address_of(registration) is not None:
        raise NoSlipNeeded
    return slip_page(registration, back=url_for("home.agency_event", slug=slug))


def _own() -> frozenset[int]:
    return scope_of(principal().agency_ids(Permission.NOMINATE))


def _open_event(slug: str) -> tuple[Event, list[Agency]]:
    event, asked = get_event_of(slug, _own())
    if not asked or not may_nominate(door_of(event), event.admission):
        raise NotOpenForNominations
    return event, asked


def _nominee(slug: str, reference: str) -> tuple[Event, list[Agency], Registration]:
    event, asked = get_event_of(slug, _own())
    registration = get_person_of(event, reference, _own())
    if not may_be_replaced(registration, nominated_ids(event)):
        raise NotANominee
    return event, asked, registration


def _nominee_form(event: Event, asked: list[Agency]) -> NomineeForm:
    return NomineeForm(asked, current_language(), asks_age=asks_age(event.id))


def _listed(form: ListForm, event: Event, asked: list[Agency], chosen: Agency) -> list[Nominee]:
    """The people of the list; a file becomes text in the form, which is what is shown and sent again."""
    sent = request.files.get("file")
    if sent is not None and sent.filename:
        form.rows.data = as_text(read_table(read_sheet(sent.read(), sent.filename)))
    rows = read_pasted(form.rows.data or "")
    return nominees(rows, asked, chosen, form.language.data, asks_age=asks_age(event.id))


def _one_page(event: Event, asked: list[Agency], form: NomineeForm, leaving: Registration | None = None) -> Answer:
    places = _places(event, asked)
    return answer("nominations/nominate.html", form, event=event, places=places, leaving=leaving)


def _list_page(event: Event, asked: list[Agency], form: ListForm, listed: list[Nominee] | None = None) -> Answer:
    judged = None if listed is None else judge(event, listed, _own())
    good = sum(one.problem is None for one in judged or ())
    form.seen.data = str(good)
    return answer(
        "nominations/nomination_list.html",
        form,
        event=event,
        places=_places(event, asked),
        judged=judged,
        good=good,
        words=PROBLEM_WORDS,
        asks_age=asks_age(event.id),
    )


def _places(event: Event, asked: list[Agency]) -> list[tuple[Agency, object]]:
    allowances = Allowances(event)
    return [(agency, allowances.of(agency.id)) for agency in asked]


def _refused(slug: str, form: NomineeForm, refusal: Refused, reference: str = "") -> Answer:
    db.session.rollback()
    form.refuse(refusal)
    event, asked = get_event_of(slug, _own())
    leaving = get_person_of(event, reference, _own()) if reference else None
    return _one_page(event, asked, form, leaving)


def _say_named(named: Registration) -> None:
    if address_of(named) is None:
        flash(_("%(name)s is nominated. There is no e-mail address: print the slip.", name=named.person.name), "good")
    else:
        flash(_("%(name)s is nominated, and gets a message to confirm it.", name=named.person.name), "good")


def _back(slug: str) -> Response:
    return redirect(url_for("home.agency_event", slug=slug), 303)


def _number(text: str | None) -> int:
    number = whole_number(text or "", digits=5)
    return -1 if number is None else number
