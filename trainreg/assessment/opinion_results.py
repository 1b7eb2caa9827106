"""What an evaluation says, as far as it may be shown: nothing that fewer than five people answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select

from trainreg.assessment.evaluating import list_items
from trainreg.assessment.models import EvaluationItem, EvaluationQuote, EvaluationSheet
from trainreg.assessment.opinions import FEWEST, ItemKind, Spread, When, may_show, spread_of
from trainreg.assessment.queries import list_participants, plan_of
from trainreg.assessment.refusals import NotShownYet
from trainreg.kernel.db import db


@dataclass(frozen=True)
class ScaleLine:
    """One scale and its distribution; None where too few answered it."""

    item: EvaluationItem
    spread: Spread | None


@dataclass(frozen=True)
class Comments:
    """The words that were written to one question, in the order of the alphabet; None where too few answered it."""

    item: EvaluationItem
    texts: Sequence[str] | None


@dataclass(frozen=True)
class Summary:
    """An evaluation as a page shows it. Scales and comments are empty while nothing may be shown."""

    answered: int
    invited: int
    is_shown: bool
    scales: Sequence[ScaleLine]
    comments: Sequence[Comments]
    quotes: Sequence[EvaluationQuote]


def summary_of(event_id: int, when: When) -> Summary:
    """The results of one evaluation. There is nothing to filter by, so no difference of two views names anybody."""
    sheets = db.session.scalars(
        select(EvaluationSheet.answers).where(EvaluationSheet.event_id == event_id, EvaluationSheet.when == when)
    ).all()
    is_shown = may_show(plan_of(event_id).evaluations[when], len(sheets))
    items = list_items(event_id, when) if is_shown else []
    scales, comments = [], []
    for item in items:
        given = [sheet[str(item.id)] for sheet in sheets if str(item.id) in sheet]
        if item.kind is ItemKind.SCALE:
            spread = spread_of(given)
            scales.append(ScaleLine(item, spread if spread.is_shown else None))
        else:
            # Sorted, so that two comments of one person do not stand at the same place of two lists.
            comments.append(Comments(item, sorted(given) if len(given) >= FEWEST else None))
    invited = len(list_participants(event_id))
    return Summary(len(sheets), invited, is_shown, scales, comments, list_quotes(event_id, when) if is_shown else [])


def list_quotes(event_id: int, when: When) -> Sequence[EvaluationQuote]:
    """The words chosen for the report."""
    statement = (
        select(EvaluationQuote)
        .join(EvaluationQuote.item)
        .where(EvaluationItem.event_id == event_id, EvaluationItem.when == when)
        .order_by(EvaluationItem.place, EvaluationQuote.id)
    )
    return db.session.scalars(statement).all()


def digest_of(text: str) -> str:
    """By what words are found again: sheets get new numbers whenever one comes in."""
    return sha256(text.encode()).hexdigest()


def comments_of(event_id: int, when: When) -> Sequence[Comments]:
    """The words, for whoever chooses quotes; raises NotShownYet."""
    summary = summary_of(event_id, when)
    if not summary.is_shown:
        raise NotShownYet
    return summary.comments
