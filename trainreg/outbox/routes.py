"""The outbox for administrators: what waits, what was sent, what was given up."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from trainreg.audit.queries import history_of
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import NotFound
from trainreg.outbox import service
from trainreg.outbox.models import MessageStatus
from trainreg.outbox.queries import count_by_status, get_message, select_messages
from trainreg.outbox.words import failure_sentence
from trainreg.web.access import current_actor, needs
from trainreg.web.navigation import Entry, offer
from trainreg.web.paging import page_of

blueprint = Blueprint("outbox", __name__)
ONE = "/desk/messages/<int(max=2147483647):message_id>"
offer(
    Entry(
        _l("Messages"),
        "outbox.message_list",
        Permission.MANAGE_ACCOUNTS,
        90,
        stands_for=lambda endpoint: endpoint.startswith("outbox."),
    )
)


@blueprint.get("/desk/messages")
@needs(Permission.MANAGE_ACCOUNTS)
def message_list() -> str:
    status = _asked_status()
    counts = count_by_status()
    page = page_of(select_messages(status))
    return render_template(
        "outbox/message_list.html", page=page, counts=counts, status=status, failure_of=failure_sentence
    )


@blueprint.get(ONE)
@needs(Permission.MANAGE_ACCOUNTS)
def message_page(message_id: int) -> str:
    message = get_message(message_id)
    return render_template(
        "outbox/message_page.html", message=message, failure=failure_sentence(message), history=history_of(message)
    )


@blueprint.post(f"{ONE}/retry")
@needs(Permission.MANAGE_ACCOUNTS)
def retry(message_id: int) -> Response:
    try:
        service.retry(get_message(message_id), by=current_actor())
        db.session.commit()
        flash(_("The message goes out with the next round of the worker."), "success")
    except service.SentAlready as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
    return redirect(url_for(".message_page", message_id=message_id), 303)


def _asked_status() -> MessageStatus | None:
    text = request.args.get("status")
    if not text:
        return None
    try:
        return MessageStatus(text)
    except ValueError as error:
        raise NotFound from error
