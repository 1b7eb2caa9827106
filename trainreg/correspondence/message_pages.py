"""What an event sent to whom: the list, one message as it was sent, again, and how its mails go."""

from flask import Response as Page
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from trainreg.audit.queries import history_of
from trainreg.correspondence import announcements, service
from trainreg.correspondence.blueprint import LIST, blueprint
from trainreg.correspondence.facts import changes_between, read
from trainreg.correspondence.forms import MessagesForm
from trainreg.correspondence.framing import as_shown, mail_page, with_frame
from trainreg.correspondence.kinds import label_of
from trainreg.correspondence.models import Announcement
from trainreg.correspondence.queries import (
    Asked,
    count_messages,
    get_announcement,
    get_message_of,
    list_letters,
    list_pending,
    messages_of,
)
from trainreg.events.changes import facts_of
from trainreg.events.models import Event
from trainreg.events.queries import get_event, project_of_event
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import Refused
from trainreg.kernel.text import one_line, problem_in
from trainreg.kernel.tokens import new_secret
from trainreg.outbox.models import MessageStatus
from trainreg.outbox.words import FAILURE_WORDS
from trainreg.web.access import current_actor, needs
from trainreg.web.locale import current_language
from trainreg.web.paging import page_of
from trainreg.web.safety import keeps_typed

ONE = f"{LIST}/<int(max=2147483647):message_id>"
NEWS = f"{LIST}/news/<int(max=2147483647):announcement_id>"


@blueprint.get(LIST)
@needs(Permission.VIEW_NAMES, project=project_of_event)
def message_list(slug: str) -> tuple[str, int]:
    event = get_event(slug)
    return _list_page(event, _filled(event))


@blueprint.post(f"{LIST}/settings")
@needs(Permission.DECIDE_REGISTRATIONS, project=project_of_event)
@keeps_typed
def set_messages(slug: str) -> tuple[str, int] | Response:
    event, form = get_event(slug), MessagesForm()
    if not form.validate():
        return _list_page(event, form)
    service.set_messages(
        event,
        reminder_days=form.days,
        sends_thanks=bool(form.sends_thanks.data),
        reply_to=form.reply_to.value,
        by=current_actor(),
    )
    db.session.commit()
    flash(_("How the mails go is saved."), "good")
    return redirect(url_for(".message_list", slug=slug), 303)


@blueprint.get(ONE)
@needs(Permission.VIEW_NAMES, project=project_of_event)
def message_page(slug: str, message_id: int) -> Page:
    event = get_event(slug)
    message, registration = get_message_of(event, message_id)
    page = render_template(
        "correspondence/message_page.html",
        event=event,
        message=message,
        registration=registration,
        kind=label_of(message.kind),
        text=as_shown(message.text, event),
        failure=FAILURE_WORDS[message.failure] if message.failure else "",
        key=new_secret(),
        history=history_of(message),
    )
    return with_frame(page)


@blueprint.get(f"{ONE}/page")
@needs(Permission.VIEW_NAMES, project=project_of_event)
def message_html(slug: str, message_id: int) -> Page:
    event = get_event(slug)
    message, _registration = get_message_of(event, message_id)
    return mail_page(as_shown(message.html, event))


@blueprint.post(f"{ONE}/again")
@needs(Permission.DECIDE_REGISTRATIONS, project=project_of_event)
def write_again(slug: str, message_id: int) -> Response:
    message, registration = get_message_of(get_event(slug), message_id)
    key = one_line(request.form.get("key", ""))[:43]
    try:
        service.write_again(message, registration, key=key if problem_in(key) is None else "", by=current_actor())
        db.session.commit()
        flash(_("The message is written again and goes out with the next round of the worker."), "good")
    except Refused as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
    return redirect(url_for(".message_page", slug=slug, message_id=message_id), 303)


@blueprint.post(f"{NEWS}/now")
@needs(Permission.DECIDE_REGISTRATIONS, project=project_of_event)
def tell_now(slug: str, announcement_id: int) -> Response:
    announcement = get_announcement(get_event(slug), announcement_id)
    announcements.tell_now(announcement, by=current_actor())
    db.session.commit()
    flash(_("The changes are told now."), "good")
    return redirect(url_for(".message_list", slug=slug), 303)


@blueprint.post(f"{NEWS}/drop")
@needs(Permission.DECIDE_REGISTRATIONS, project=project_of_event)
def drop_news(slug: str, announcement_id: int) -> Response:
    announcement = get_announcement(get_event(slug), announcement_id)
    announcements.drop(announcement, by=current_actor())
    db.session.commit()
    flash(_("Nobody is told of these changes."), "info")
    return redirect(url_for(".message_list", slug=slug), 303)


def _list_page(event: Event, form: MessagesForm) -> tuple[str, int]:
    counts, asked = count_messages(event.id), _asked()
    kinds = sorted({(kind, label_of(kind)) for kind, _status in counts}, key=lambda one: one[1])
    page = render_template(
        "correspondence/message_list.html",
        event=event,
        form=form,
        asked=asked,
        kinds=kinds,
        page=page_of(messages_of(event.id, asked)),
        totals={status: sum(n for (_kind, one), n in counts.items() if one is status) for status in MessageStatus},
        letters=list_letters(event.id),
        pending=[(one, _told(one, event)) for one in list_pending(event.id)],
        label_of=label_of,
        failures=FAILURE_WORDS,
    )
    return page, form.status if form.errors else 200


def _told(announcement: Announcement, event: Event) -> list[str]:
    """What will be told, a line each."""
    changes = changes_between(read(announcement.before), facts_of(event), current_language())
    return [f"{change.label}: {change.was or '–'} → {change.now or '–'}" for change in changes]


def _filled(event: Event) -> MessagesForm:
    typed = {
        "reminder_days": ", ".join(map(str, event.reminder_days)),
        "sends_thanks": event.sends_thanks,
        "reply_to": event.reply_to or "",
    }
    return MessagesForm(formdata=None, data=typed)


def _asked() -> Asked:
    """What the address asks for; nonsense is left aside."""
    text, status = one_line(request.args.get("q", "")[:100]), request.args.get("status", "")
    kind, letter = request.args.get("kind", "")[:60], request.args.get("letter", "")
    return Asked(
        kind="" if problem_in(kind) else kind,
        status=MessageStatus(status) if status in set(MessageStatus) else None,
        text="" if problem_in(text) else text,
        letter_id=int(letter) if letter.isascii() and letter.isdecimal() and len(letter) < 10 else None,
    )
