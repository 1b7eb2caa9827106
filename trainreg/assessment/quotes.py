"""Choose words for the report: names are covered first, and whoever chose them is kept with them."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from trainreg.assessment.models import EvaluationQuote
from trainreg.assessment.opinion_results import comments_of, digest_of
from trainreg.assessment.opinions import LONGEST_COMMENT, When
from trainreg.assessment.refusals import NothingLeft, QuoteIsGone
from trainreg.audit import service as audit
from trainreg.events.models import Event
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, flush_or_refuse
from trainreg.kernel.refusals import NotFound
from trainreg.people.models import Person
from trainreg.registration.models import Registration

audit.describes(
    {
        "evaluation.quote_chosen": _l("Quote of the evaluation chosen for the report"),
        "evaluation.quote_dropped": _l("Quote of the evaluation taken back"),
    }
)


def names_at(event_id: int) -> set[str]:
    """The names of everybody registered for the event, trainers too, as a comment might say them."""
    columns = (Person.given_name, Person.family_name, Person.given_name_latin, Person.family_name_latin)
    rows = db.session.execute(select(*columns).join(Registration).where(Registration.event_id == event_id))
    return {name for row in rows for name in row if name}


def choose_quote(event: Event, when: When, item_id: int, digest: str, text: str, *, by: Actor) -> EvaluationQuote:
    """Keep words that somebody wrote, as they were made fit to be shown; the same words again replace themselves."""
    if not any(
        digest_of(one) == digest
        for comments in comments_of(event.id, when)
        if comments.item.id == item_id
        for one in comments.texts or ()
    ):
        raise QuoteIsGone
    text = text.strip()[:LONGEST_COMMENT]
    if not any(letter.isalnum() for letter in text):
        raise NothingLeft
    quote = db.session.scalar(
        select(EvaluationQuote).where(EvaluationQuote.item_id == item_id, EvaluationQuote.digest == digest)
    )
    if quote is None:
        quote = EvaluationQuote(item_id=item_id, digest=digest)
        db.session.add(quote)
    quote.text, quote.chosen_by, quote.user_id, quote.chosen_at = text, by.label, by.user_id, clock.now()
    flush_or_refuse(QuoteIsGone())
    audit.record("evaluation.quote_chosen", event, by=by, project_id=event.project_id)
    return quote


def drop_quote(event: Event, quote_id: int, *, by: Actor) -> None:
    """Take a quote out of the report again."""
    quote = db.session.get(EvaluationQuote, quote_id)
    if quote is None or quote.item.event_id != event.id:
        raise NotFound
    db.session.delete(quote)
    audit.record("evaluation.quote_dropped", event, by=by, project_id=event.project_id)
