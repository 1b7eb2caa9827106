"""Tests on paper: a fast entry screen, and marking written answers without names."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from trainreg.assessment.bank_pages import TESTS, occasion_from
from trainreg.assessment.blueprint import blueprint
from trainreg.assessment.forms import PressForm, option_words
from trainreg.assessment.paper import enter_sheets, entry_rows
from trainreg.assessment.queries import list_questions
from trainreg.assessment.refusals import EnteredMeanwhile, QuestionsChanged
from trainreg.assessment.sheets import NOTHING_SENT, Sent, sheets_from
from trainreg.assessment.words import OCCASION_WORDS
from trainreg.events.models import Event
from trainreg.events.queries import get_event, project_of_event
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import NotFound, Refused
from trainreg.web.access import current_actor, needs
from trainreg.web.forms import Form, answer
from trainreg.web.safety import body_limit, keeps_typed

ENTRY = f"{TESTS}/<occasion>/entry"
MARKING = f"{TESTS}/marking"
WHOLE_ENTRY = 1024 * 1024  # 300 people by 30 questions are about 300 kB
Answer = tuple[str, int] | Response


@blueprint.get(ENTRY)
@needs(Permission.TAKE_ATTENDANCE, project=project_of_event)
def entry_page(slug: str, occasion: str) -> Answer:
    return _entry(get_event(slug), occasion, PressForm(formdata=None))


@blueprint.post(ENTRY)
@needs(Permission.TAKE_ATTENDANCE, project=project_of_event)
@keeps_typed
@body_limit(WHOLE_ENTRY)
def save_entry(slug: str, occasion: str) -> Answer:
    """Keep the rows that can be read; those that cannot are named, and nothing of them is kept."""
    event, form = get_event(slug), PressForm()
    which = occasion_from(occasion)
    sent = sheets_from(request.form, event, list_questions(event.id, which))
    if not form.validate():
        return _entry(event, occasion, form, sent)
    try:
        if sent.is_outdated:
            raise QuestionsChanged
        changed = enter_sheets(event, which, sent.answers, shown=sent.shown, by=current_actor())
    except NotFound:
        raise
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        event = get_event(slug)
        sent = sheets_from(request.form, event, list_questions(event.id, which))
        late = refusal.registration_ids if isinstance(refusal, EnteredMeanwhile) else frozenset()
        return _entry(event, occasion, form, sent, late=late)
    db.session.commit()
    if sent.unread:
        cells = ", ".join(dict.fromkeys(f"“{text[:12]}”" for text in sent.unread[:8]))
        form.form_errors.append(_("%(cells)s stand for no answer. The rows with them are not saved.", cells=cells))
        return _entry(event, occasion, form, sent.waiting)
    flash(ngettext("%(num)s sheet saved.", "%(num)s sheets saved.", changed) if changed else _("Nothing to save."))
    return redirect(url_for(".entry_page", slug=slug, occasion=occasion), 303)


def _entry(
    event: Event, occasion: str, form: Form, sent: Sent = NOTHING_SENT, *, late: frozenset[int] = frozenset()
) -> Answer:
    """The screen. A row that was typed in goes on saying what was shown, unless it is `late` and told as it is now."""
    which = occasion_from(occasion)
    questions = list_questions(event.id, which)
    return answer(
        "assessment/entry_page.html",
        form,
        event=event,
        occasion=which,
        occasions=OCCASION_WORDS,
        questions=questions,
        options={question.id: option_words(question) for question in questions},
        rows=entry_rows(event, which, questions),
        sent=sent.cells,
        shown={key: was for key, was in sent.shown.items() if key in sent.rows and key not in late},
        late=late,
    )
