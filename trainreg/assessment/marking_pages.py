"""Mark written answers without names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from trainreg.assessment.bank_pages import TESTS
from trainreg.assessment.blueprint import blueprint
from trainreg.assessment.forms import PressForm
from trainreg.assessment.paper import list_to_mark, mark, mark_shown
from trainreg.assessment.refusals import MarkedMeanwhile, NotSoManyPoints
from trainreg.assessment.rules import number_from, plain_number
from trainreg.events.models import Event
from trainreg.events.queries import get_event, project_of_event
from trainreg.kernel.db import db
from trainreg.kernel.numbers import key_from
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import NotFound, Refused
from trainreg.web.access import current_actor, needs
from trainreg.web.forms import Form, answer
from trainreg.web.safety import keeps_typed

MARKING = f"{TESTS}/marking"
Answer = tuple[str, int] | Response

LONGEST_MARK = 20  # letters of a number; longer ones are no marks, and are shown again as they are


@dataclass(frozen=True)
class Marks:
    """The marks that differ from what the page showed: as typed, and those that are numbers; `shown` by answer."""

    typed: Mapping[int, str] = field(default_factory=dict)
    points: Mapping[int, Decimal] = field(default_factory=dict)
    shown: Mapping[int, str] = field(default_factory=dict)


@blueprint.get(MARKING)
@needs(Permission.TAKE_ATTENDANCE, project=project_of_event)
def marking_page(slug: str) -> Answer:
    return _marking(get_event(slug), PressForm(formdata=None), Marks())


@blueprint.post(MARKING)
@needs(Permission.TAKE_ATTENDANCE, project=project_of_event)
@keeps_typed
def save_marks(slug: str) -> Answer:
    event, form, sent = get_event(slug), PressForm(), _sent()
    if not form.validate():
        return _marking(event, form, sent)
    try:
        if unread := set(sent.typed) - set(sent.points):
            raise NotSoManyPoints(unread)
        marked = mark(event, sent.points, shown=sent.shown, by=current_actor())
    except NotFound:
        raise
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _marking(get_event(slug), form, sent, refusal)
    db.session.commit()
    flash(ngettext("%(num)s mark saved.", "%(num)s marks saved.", marked) if marked else _("Nothing to save."))
    return redirect(url_for(".marking_page", slug=slug, show="all" if _shows_all() else None), 303)


def _sent() -> Marks:
    shown = {key_from(name[4:]): text for name, text in request.form.items() if name.startswith("was-")}
    typed: dict[int, str] = {}
    points: dict[int, Decimal] = {}
    for name, text in request.form.items():
        if not name.startswith("points-") or not text.strip():
            continue
        number, typed_text = key_from(name.removeprefix("points-")), text.strip()
        try:
            given = number_from(typed_text if len(typed_text) <= LONGEST_MARK else "").quantize(Decimal("0.01"))
        except ValueError:
            typed[number] = typed_text
            continue
        if plain_number(given) != shown.get(number, "").partition(":")[0]:
            typed[number], points[number] = typed_text, given
    return Marks(typed, points, shown)


def _shows_all() -> bool:
    return request.args.get("show") == "all"


def _marking(event: Event, form: Form, sent: Marks, refusal: Refused | None = None) -> Answer:
    """The page, with what was typed; an answer somebody else marked is told as it is now."""
    late = refusal.answer_ids if isinstance(refusal, MarkedMeanwhile) else frozenset()
    named = refusal.answer_ids if isinstance(refusal, MarkedMeanwhile | NotSoManyPoints) else frozenset()
    waiting = list_to_mark(event, also_marked=_shows_all(), also=sent.typed)
    now = {one.id: mark_shown(one) for part in waiting for one in part.answers}
    carried = {key: was for key, was in sent.shown.items() if key in sent.typed and key not in late}
    return answer(
        "assessment/marking_page.html",
        form,
        event=event,
        waiting=waiting,
        shows_all=_shows_all(),
        typed=sent.typed,
        shown=now | carried,
        problems={key: str(refusal) for key in named},
        late=late,
    )
