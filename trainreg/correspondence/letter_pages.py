"""Write to a chosen set: choose, look at it as people will get it, try it on oneself, send."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from trainreg.agencies.queries import in_tree_order, list_agencies
from trainreg.audit import service as audit
from trainreg.correspondence import drafts, letters
from trainreg.correspondence.blueprint import LIST, blueprint
from trainreg.correspondence.choosing import Chosen, choose, groups_of, wanted_from
from trainreg.correspondence.forms import LETTER_FILTERS, LetterForm
from trainreg.correspondence.kinds import SAMPLE_ADDRESS, invented
from trainreg.correspondence.queries import count_of_letter, get_letter
from trainreg.correspondence.rules import PLACEHOLDERS
from trainreg.events.models import Event
from trainreg.events.queries import get_event, project_of_event
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import Refused
from trainreg.outbox.drafts import Written, write
from trainreg.registration.words import ROLE_WORDS, STATUS_WORDS, name_of_group
from trainreg.web.access import current_actor, may, needs, principal
from trainreg.web.forms import answer
from trainreg.web.locale import current_language, tr
from trainreg.web.safety import keeps_typed

SHOWN = 3
Answer = tuple[str, int] | Response


@blueprint.get(f"{LIST}/write")
@needs(Permission.DECIDE_REGISTRATIONS, project=project_of_event)
def new_letter(slug: str) -> Answer:
    event = get_event(slug)
    wanted = wanted_from(request.args)
    form = LetterForm(formdata=None, data={name: wanted.as_kept()[name] for name in LETTER_FILTERS})
    form.begin()
    return _page(form, event)


@blueprint.post(f"{LIST}/write")
@needs(Permission.DECIDE_REGISTRATIONS, project=project_of_event)
@keeps_typed
def write_letter(slug: str) -> Answer:
    event, form, pressed = get_event(slug), LetterForm(), request.form.get("press", "look")
    _offer(form, event)
    known = letters.find_letter(form.key.data or "")
    if known is not None and known.event_id == event.id:
        return redirect(url_for(".letter_page", slug=slug, letter_id=known.id), 303)
    if pressed == "choose":
        return _page(form, event)
    if not form.validate():
        return _page(form, event)
    try:
        if pressed == "send":
            return _send(form, event)
        if pressed == "try":
            _try_out(form, event)
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(form, get_event(slug))
    return _look(form, event)


@blueprint.get(f"{LIST}/letters/<int(max=2147483647):letter_id>")
@needs(Permission.VIEW_NAMES, project=project_of_event)
def letter_page(slug: str, letter_id: int) -> str:
    event = get_event(slug)
    letter = get_letter(event, letter_id)
    return render_template(
        "correspondence/letter_page.html",
        event=event,
        letter=letter,
        chosen_words=_words(event, letter.wanted),
        counts=count_of_letter(letter.id),
    )


def _send(form: LetterForm, event: Event) -> Response:
    letter = letters.send(
        event,
        form.wanted(),
        subject=form.text("subject"),
        body=form.text("body"),
        key=form.key.data or "",
        by=current_actor(),
    )
    db.session.commit()
    told = ngettext("The letter goes to %(num)s person.", "The letter goes to %(num)s people.", letter.recipients)
    flash(told, "good")
    return redirect(url_for(".letter_page", slug=event.slug, letter_id=letter.id), 303)


def _try_out(form: LetterForm, event: Event) -> None:
    account: Any = principal()
    chosen = choose(event, form.wanted())
    sample = chosen.reached[0] if chosen.reached else invented(event)
    letters.try_out(
        event,
        sample,
        subject=form.text("subject"),
        body=form.text("body"),
        key=form.key.data or "",
        to=account.email,
        name=account.name,
        by=current_actor(),
    )
    db.session.commit()
    flash(_("The letter is on its way to %(address)s, and to nobody else.", address=account.email), "info")


def _look(form: LetterForm, event: Event) -> Answer:
    """The letter as three of the people get it, and who has no address: their numbers are contacts, so it is noted."""
    chosen = choose(event, form.wanted())
    shows_phones = bool(chosen.unreached) and may(Permission.VIEW_CONTACTS, project_id=event.project_id)
    if shows_phones:
        people = len(chosen.unreached)
        audit.record("event.phones_seen", event, by=current_actor(), project_id=event.project_id, people=people)
        db.session.commit()
    shown = [(one.person.name, _read(form, one)) for one in chosen.reached[:SHOWN]]
    return _page(form, event, chosen=chosen, shown=shown, shows_phones=shows_phones)


def _read(form: LetterForm, registration: Any) -> Written:
    draft = drafts.letter(form.text("subject"), form.text("body"), registration, key="look", to=SAMPLE_ADDRESS)
    return write(draft)


def _page(form: LetterForm, event: Event, *, chosen: Chosen | None = None, **seen: Any) -> Answer:
    _offer(form, event)
    return answer(
        "correspondence/letter_form.html",
        form,
        event=event,
        chosen=chosen or choose(event, form.wanted()),
        placeholders=PLACEHOLDERS,
        is_looked_at="shown" in seen,
        **seen,
    )


def _offer(form: LetterForm, event: Event) -> None:
    if not form.standing.choices:
        groups = [(code, name_of_group(event, code)) for code in groups_of(event)]
        form.offer(in_tree_order(list_agencies(only_active=False), current_language()), groups)


def _words(event: Event, wanted: dict[str, Any]) -> list[tuple[str, str]]:
    """The filter of a letter that was sent, in words."""
    chosen = wanted_from(wanted)
    agency = next((tr(one.name) for one in list_agencies(only_active=False) if one.code == chosen.agency), "")
    attended = {True: _("Attended a session"), False: _("Attended none"), None: ""}[chosen.attended]
    pairs = (
        (_("Status"), str(STATUS_WORDS[chosen.status]) if chosen.status else _("Any")),
        (_("Agency, with all below it"), agency or chosen.agency),
        (_("Role"), str(ROLE_WORDS[chosen.role]) if chosen.role else ""),
        (_("Group"), name_of_group(event, chosen.group)),
        (_("Attendance"), attended),
    )
    return [(label, words) for label, words in pairs if words]
