"""Saying oneself that one is here: the code on the room's screen, opened with one's own telephone.

Who it is, is known from the visit to one's own page, else from the registration's reference. The answer names nobody:
whoever tries references learns only whether to go to the desk.
"""

import uuid
from datetime import timedelta

from flask import redirect, render_template, session, url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from werkzeug.wrappers import Response

from trainreg.checkin import service
from trainreg.checkin.batches import Batch, Sent, as_reference
from trainreg.checkin.kiosk import find_session
from trainreg.checkin.rules import ADMITTED, Block, ScanKind
from trainreg.events.models import Session
from trainreg.events.rules import SessionStatus
from trainreg.kernel import clock
from trainreg.kernel.actor import OFFICIAL
from trainreg.kernel.db import db
from trainreg.kernel.refusals import Invalid, Refused
from trainreg.kernel.text import problem_in
from trainreg.me.blueprint import blueprint
from trainreg.me.forms import CodeForm, HereForm
from trainreg.me.visits import find_visitor
from trainreg.registration.models import Registration
from trainreg.web import throttle
from trainreg.web.access import public
from trainreg.web.forms import answer
from trainreg.web.locale import current_language
from trainreg.web.safety import body_limit, keeps_typed

SMALL_BODY = 16 * 1024
KEY = "here"  # in the browser's sealed session: which room's code it showed, and until when that is good
LASTS = timedelta(minutes=10)
KIOSK = "kiosk"
BROWSER = "here_browser"  # in the sealed session: a random number, for counting this browser's wrong tries
CROWD = 25  # as many times the tries of one browser are left to one address


class CodeIsOver(Refused):
    """Wrong, or of another minute."""

    status = 410

    sentence = _l("This code is not valid now. Scan the screen again, or type what it shows now.")
    field = "code"


class UnknownReference(Invalid):
    """Nobody of this event, or a reference that is none."""

    sentence = _l("We do not know this reference at this event. Check it, or go to the desk.")
    field = "reference"


class Tries:
    """What wrong tries cost: few are left to one browser, many to all of one address, as a room shares its Wi-Fi."""

    def __init__(self, purpose: str, *, size: int, per_minute: float, where: str = "") -> None:
        browser = session.setdefault(BROWSER, uuid.uuid4().hex)
        self._buckets = (
            (f"{purpose}, address", f"{throttle.caller()}/{where}", size * CROWD, per_minute * CROWD),
            (f"{purpose}, browser", browser, size, per_minute),
        )

    def ensure_left(self) -> None:
        """Raise TooManyTries when one of them is used up."""
        for purpose, who, size, per_minute in self._buckets:
            throttle.ensure_left(purpose, who, size=size, per_minute=per_minute)

    def spend(self) -> None:
        """Take one try from each, in a transaction of its own."""
        for purpose, who, size, per_minute in self._buckets:
            throttle.spend(purpose, who, size=size, per_minute=per_minute)


@blueprint.get("/here")
@public
def here() -> tuple[str, int]:
    return answer("me/here_code.html", CodeForm())


@blueprint.post("/here")
@public
@keeps_typed
@body_limit(SMALL_BODY)
def here_typed() -> tuple[str, int] | Response:
    form = CodeForm()
    if not form.validate():
        return answer("me/here_code.html", form)
    try:
        _open(form.code.data or "")
    except Refused as refusal:
        form.refuse(refusal)
        return answer("me/here_code.html", form)
    return redirect(url_for(".here_form"), 303)


@blueprint.get("/here/<code>")
@public
def here_with_code(code: str) -> tuple[str, int] | Response:
    """What the code on the screen leads to."""
    try:
        _open(code)
    except Refused as refusal:
        return _code_page(refusal)
    return redirect(url_for(".here_form"), 303)


@blueprint.get("/here/now")
@public
def here_form() -> tuple[str, int] | Response:
    at = _session_shown()
    return redirect(url_for(".here"), 303) if at is None else _page(at, HereForm())


@blueprint.post("/here/now")
@public
@body_limit(SMALL_BODY)
def say_here() -> tuple[str, int] | Response:
    at, form = _session_shown(), HereForm()
    if at is None:
        return redirect(url_for(".here"), 303)
    own = _own_registration(at)
    if not form.validate():
        return _page(at, form)
    typed = as_reference(form.reference.data or "")
    try:
        if own is not None and typed in {"", own.reference}:
            is_in = _arrive(at, own.reference)
        else:
            is_in = _arrive_by_reference(at, typed)
    except CodeIsOver as refusal:
        session.pop(KEY, None)
        return _code_page(refusal)
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(at, form)
    db.session.commit()
    return render_template("me/here_done.html", is_in=is_in), 200 if is_in else 409


def _open(code: str) -> None:
    """Remember in the browser's session that it has seen the screen; raises CodeIsOver, and slows down guessing."""
    tries = Tries("kiosk code", size=30, per_minute=10)
    tries.ensure_left()
    at = find_session(code) if problem_in(code) is None and len(code) < 20 else None
    if at is None:
        tries.spend()
        raise CodeIsOver
    session[KEY] = [at.id, int((clock.now() + LASTS).timestamp())]


def _session_shown() -> Session | None:
    """The session whose code this browser has shown within ten minutes."""
    kept = session.get(KEY)
    if not (isinstance(kept, list) and len(kept) == 2 and kept[1] > clock.now().timestamp()):
        return None
    return db.session.get(Session, int(kept[0]))


def _own_registration(at: Session) -> Registration | None:
    """The registration for this event of whoever opened their own page on this telephone."""
    visitor = find_visitor()
    if visitor is None:
        return None
    own = select(Registration).where(Registration.event_id == at.event_id, Registration.person_id == visitor.id)
    return db.session.scalar(own)


def _arrive_by_reference(at: Session, reference: str) -> bool:
    """As `_arrive`, for whoever types a reference; an unknown one costs a try."""
    tries = Tries("kiosk reference", size=20, per_minute=5, where=str(at.id))
    tries.ensure_left()
    try:
        return _arrive(at, reference)
    except UnknownReference:
        tries.spend()
        raise


def _arrive(at: Session, reference: str) -> bool:
    """Take the arrival in; whether the person is in by it. Only at the session shown, and while its door is open."""
    now = clock.now()
    if at.status is not SessionStatus.PLANNED or not Block(at.id, at.starts_at, at.ends_at, at.timezone).has_open_door(
        now
    ):
        raise CodeIsOver
    sent = Sent(str(uuid.uuid4()), ScanKind.KIOSK, now, reference=reference, wished=at.id)
    [judged] = service.take_in(at.event, Batch(KIOSK, now, current_language(), (sent,)), by=OFFICIAL)
    if judged.registration is None:
        db.session.commit()  # failed scans are kept, too
        raise UnknownReference
    return judged.outcome in ADMITTED


def _code_page(refusal: Refused) -> tuple[str, int]:
    form = CodeForm(formdata=None)
    form.refuse(refusal)
    return answer("me/here_code.html", form)


def _page(at: Session, form: HereForm) -> tuple[str, int]:
    return answer("me/here.html", form, session=at, event=at.event, own=_own_registration(at))
