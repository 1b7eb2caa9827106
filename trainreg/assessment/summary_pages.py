"""What an evaluation says: the summary, the same as a list, and quotes for the report."""

from collections.abc import Iterator, Sequence

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from trainreg.assessment.blueprint import blueprint
from trainreg.assessment.evaluation_forms import QuoteForm
from trainreg.assessment.evaluation_pages import EVALUATION, address_of, when_from
from trainreg.assessment.opinion_results import Summary, comments_of, digest_of, list_quotes, summary_of
from trainreg.assessment.opinions import FEWEST, HIGHEST, LOWEST, When, blacked_out
from trainreg.assessment.quotes import choose_quote, drop_quote, names_at
from trainreg.assessment.refusals import NotShownYet
from trainreg.assessment.words import STEPS, WHEN_WORDS, gain_words
from trainreg.audit import service as audit
from trainreg.events.models import Event
from trainreg.events.queries import get_event, project_of_event
from trainreg.kernel.db import db, reading
from trainreg.kernel.languages import in_language
from trainreg.kernel.numbers import whole_number
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import Refused
from trainreg.kernel.sheets_cells import Value
from trainreg.web.access import current_actor, needs
from trainreg.web.downloads import asked_format, download
from trainreg.web.forms import answer
from trainreg.web.locale import current_language
from trainreg.web.safety import keeps_typed

SUMMARY = f"{EVALUATION}/<when>/summary"
COMMENTS = f"{EVALUATION}/<when>/comments"

audit.describes({"event.evaluation_taken": _l("Results of the evaluation handed out as %(format)s")})


@blueprint.get(SUMMARY)
@needs(Permission.VIEW_EVENTS, project=project_of_event)
def evaluation_summary(slug: str, when: str) -> str:
    event, which = get_event(slug), when_from(when)
    return render_template(
        "assessment/summary_page.html",
        event=event,
        when=address_of(which),
        title=WHEN_WORDS[which],
        summary=summary_of(event.id, which),
        steps=STEPS,
        mean_words=gain_words,
        fewest=FEWEST,
    )


@blueprint.post(f"{SUMMARY}/export")
@needs(Permission.VIEW_EVENTS, project=project_of_event)
def export_evaluation(slug: str, when: str) -> Response:
    """Averages and distributions as a list, written down; no comments: they leave as chosen quotes only."""
    event, which, form = get_event(slug), when_from(when), asked_format(request.form.get("format"))
    summary = summary_of(event.id, which)
    if not summary.is_shown:
        raise NotShownYet
    audit.record(
        "event.evaluation_taken", event, by=current_actor(), project_id=event.project_id, format=form.value.upper()
    )
    db.session.commit()
    with reading():
        rows = list(_rows(summary_of(event.id, which), current_language()))
        header = [_("Question"), _("Answers"), _("Average"), *(str(step) for step in range(LOWEST, HIGHEST + 1))]
        name = f"{event.slug}-{address_of(which)}"
        response = download(form, header, rows, name=name, title=str(WHEN_WORDS[which]))
        db.session.rollback()
    return response


def _rows(summary: Summary, language: str) -> Iterator[Sequence[Value]]:
    for line in summary.scales:
        label = in_language(line.item.label, language)
        if line.spread is None or line.spread.mean is None:
            yield (label, _("fewer than %(fewest)d", fewest=FEWEST), None, *([None] * HIGHEST))
        else:
            yield (label, line.spread.total, round(float(line.spread.mean), 2), *line.spread.counts)
    for quote in summary.quotes:
        yield (f"“{quote.text}”", *([None] * (HIGHEST + 2)))


@blueprint.get(COMMENTS)
@needs(Permission.EDIT_EVENTS, project=project_of_event)
def comments_page(slug: str, when: str) -> tuple[str, int]:
    return _comments(get_event(slug), when_from(when), QuoteForm(formdata=None))


@blueprint.post(COMMENTS)
@needs(Permission.EDIT_EVENTS, project=project_of_event)
@keeps_typed
def choose(slug: str, when: str) -> tuple[str, int] | AnyResponse:
    event, which, form = get_event(slug), when_from(when), QuoteForm()
    if not form.validate():
        return _comments(event, which, form)
    item_id, digest = _number(request.form.get("item", "")), request.form.get("digest", "")
    try:
        choose_quote(event, which, item_id, digest, form.words.data or "", by=current_actor())
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _comments(get_event(slug), which, form)
    db.session.commit()
    flash(_("The quote is chosen."), "good")
    return redirect(url_for(".comments_page", slug=slug, when=when), 303)


@blueprint.post(f"{COMMENTS}/<int(max=2147483647):quote_id>/drop")
@needs(Permission.EDIT_EVENTS, project=project_of_event)
def drop(slug: str, when: str, quote_id: int) -> AnyResponse:
    event, which = get_event(slug), when_from(when)
    drop_quote(event, quote_id, by=current_actor())
    db.session.commit()
    flash(_("The quote is taken back."))
    return redirect(url_for(".comments_page", slug=slug, when=address_of(which)), 303)


def _comments(event: Event, when: When, form: QuoteForm) -> tuple[str, int]:
    """Names of people of the event are covered in what is proposed; whoever chooses looks for the others."""
    names, refused = names_at(event.id), ""
    try:
        comments = comments_of(event.id, when)
    except NotShownYet as refusal:
        comments, refused = [], str(refusal)
    shown = [
        (part.item, [(text, digest_of(text), blacked_out(text, names)) for text in dict.fromkeys(part.texts or ())])
        for part in comments
    ]
    return answer(
        "assessment/comments_page.html",
        form,
        event=event,
        when=address_of(when),
        title=WHEN_WORDS[when],
        comments=shown,
        refused=refused,
        quotes={(quote.item_id, quote.digest): quote for quote in list_quotes(event.id, when)},
        fewest=FEWEST,
    )


def _number(text: str) -> int:
    return whole_number(text) or 0  # a question that no page of ours showed
