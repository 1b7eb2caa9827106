"""Administration of agencies: the tree, a new one, changes."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from trainreg.agencies import service
from trainreg.agencies.forms import AgencyForm
from trainreg.agencies.models import Agency
from trainreg.agencies.queries import find_agency, get_agency, ids_with_children, in_tree_order, list_agencies
from trainreg.audit.queries import history_of
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import Refused
from trainreg.web.access import current_actor, needs
from trainreg.web.forms import answer, fill_texts
from trainreg.web.locale import current_language
from trainreg.web.navigation import Entry, offer
from trainreg.web.safety import keeps_typed

blueprint = Blueprint("agencies", __name__)
ONE = "/desk/agencies/<int(max=2147483647):agency_id>"
offer(
    Entry(
        _l("Agencies"),
        "agencies.agency_list",
        Permission.MANAGE_AGENCIES,
        70,
        stands_for=lambda endpoint: endpoint.startswith("agencies."),
    )
)


@blueprint.get("/desk/agencies")
@needs(Permission.MANAGE_AGENCIES)
def agency_list() -> str:
    tree = in_tree_order(list_agencies(only_active=False), current_language())
    return render_template("agencies/agency_list.html", tree=tree)


@blueprint.route("/desk/agencies/new", methods=["GET", "POST"])
@needs(Permission.MANAGE_AGENCIES)
@keeps_typed
def new_agency() -> tuple[str, int] | Response:
    form = AgencyForm()
    form.offer(in_tree_order(list_agencies(), current_language()))
    if not form.validate_on_submit():
        return answer("agencies/agency_form.html", form, agency=None)
    try:
        service.create_agency(
            code=str(form.code.data), name=form.text("name"), parent=_parent(form), by=current_actor()
        )
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return answer("agencies/agency_form.html", form, agency=None)
    db.session.commit()
    flash(_("The agency is on the list."), "success")
    return redirect(url_for(".agency_list"), 303)


@blueprint.get(ONE)
@needs(Permission.MANAGE_AGENCIES)
def edit_agency(agency_id: int) -> tuple[str, int]:
    agency = get_agency(agency_id)
    form = AgencyForm(
        formdata=None, code=agency.code, parent_id=str(agency.parent_id or ""), is_active=agency.is_active
    )
    fill_texts(form, name=agency.name)
    return _edit_page(agency, form)


@blueprint.post(ONE)
@needs(Permission.MANAGE_AGENCIES)
@keeps_typed
def save_agency(agency_id: int) -> tuple[str, int] | Response:
    agency, form = get_agency(agency_id), AgencyForm()
    form.offer(in_tree_order(list_agencies(only_active=False), current_language()))
    if not form.validate():
        return _edit_page(agency, form)
    try:
        service.edit_agency(
            agency,
            code=str(form.code.data),
            name=form.told("name"),
            parent=_parent(form),
            is_active=bool(form.is_active.data),
            by=current_actor(),
        )
    except Refused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _edit_page(agency, form)
    db.session.commit()
    flash(_("Saved."), "success")
    return redirect(url_for(".agency_list"), 303)


def _parent(form: AgencyForm) -> Agency | None:
    return find_agency(form.chosen_parent) if form.chosen_parent is not None else None


def _edit_page(agency: Agency, form: AgencyForm) -> tuple[str, int]:
    """The form offers every agency but this one and those below it."""
    below = ids_with_children([agency.id])
    tree = in_tree_order(list_agencies(only_active=False), current_language())
    form.offer([(one, depth) for one, depth in tree if one.id not in below])
    return answer("agencies/agency_form.html", form, agency=agency, history=history_of(agency))
