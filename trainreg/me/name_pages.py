"""How one's name is printed on certificates: seen, written otherwise, and confirmed, in one press."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import HiddenField

from trainreg.certificates.name_forms import NamesForm
from trainreg.kernel.actor import OFFICIAL
from trainreg.kernel.db import db
from trainreg.kernel.refusals import Refused
from trainreg.kernel.tokens import hashed
from trainreg.me.blueprint import blueprint
from trainreg.me.visits import get_visitor
from trainreg.people.corrections import lock_person
from trainreg.people.models import Person
from trainreg.people.names import confirm_names, give_names
from trainreg.people.printing import NAME_LANGUAGES, composed_name, printed_names, unconfirmed
from trainreg.people.words import PRINTED_NAME_WORDS
from trainreg.web.access import public
from trainreg.web.forms import answer
from trainreg.web.safety import body_limit, keeps_typed

SMALL_BODY = 16 * 1024


class NameChanged(Refused):
    """Nobody confirms a name that they have not seen."""

    sentence = _l("Your name on record was changed while this page was open. Look at it again, then confirm.")


class OwnNamesForm(NamesForm):
    """The names, and which name on record the page was made from."""

    seen = HiddenField()


@blueprint.get("/me/names")
@public
def names() -> tuple[str, int]:
    return _page(get_visitor(), None)


@blueprint.post("/me/names")
@public
@keeps_typed
@body_limit(SMALL_BODY)
def confirm_own_names() -> tuple[str, int] | Response:
    person, form = get_visitor(), OwnNamesForm()
    if not form.validate():
        return _page(person, form)
    try:
        person = lock_person(person)
        if form.seen.data != _on_record(person):
            raise NameChanged
        changed = give_names(person, form.names(), by=OFFICIAL)
        changed |= confirm_names(person, by=OFFICIAL)
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(get_visitor(), form)
    db.session.commit()
    flash(_("Your name will be printed like this.") if changed else _("Nothing to save."), "success")
    return redirect(url_for(".names"), 303)


def _on_record(person: Person) -> str:
    """A fingerprint of the names that are printed where none is given."""
    return hashed("\n".join(composed_name(person, language) for language in NAME_LANGUAGES))


def _page(person: Person, typed: OwnNamesForm | None) -> tuple[str, int]:
    form = typed or OwnNamesForm(formdata=None)
    form.offer_names(person, is_fresh=typed is None)
    form.seen.data = _on_record(person)
    return answer(
        "me/names.html",
        form,
        person=person,
        printed=printed_names(person),
        labels=PRINTED_NAME_WORDS,
        open_ones=unconfirmed(person),
    )
