"""The designs that an event may choose from."""

from __future__ import annotations

from flask_babel import gettext as _

from trainreg.certificates.editor.kits import designs, name_of
from trainreg.certificates.editor.queries import Plan, list_designs
from trainreg.events.models import Event
from trainreg.kernel.refusals import NotFound
from trainreg.kernel.types import Text
from trainreg.web.locale import tr


def designs_for(event: Event, plan: Plan) -> list[tuple[str, str]]:
    """Fingerprint and name: the usual one, the ready ones, the newest versions of the house's and the project's own.

    What was chosen stays on the list, also when a newer version was published or the design was archived since.
    """
    ready = [(one.sha256, tr(one.name)) for one in designs().ready() if not one.is_usual]
    usual = next(one for one in designs().ready() if one.is_usual)
    offered = [("", _("%(name)s (the usual one)", name=tr(usual.name))), *ready]
    for design in list_designs(frozenset({event.project_id})):
        if design.latest is not None:
            offered.append((design.latest.sha256, _version(design.name, design.latest.number)))
    if plan.design_sha256 not in {sha256 for sha256, _name in offered}:
        offered.append((plan.design_sha256, _("%(name)s (as chosen earlier)", name=_name_of(plan.design_sha256))))
    return offered


def _version(name: Text, number: int) -> str:
    label: str = _("%(name)s, version %(number)s", name=tr(name), number=number)
    return label


def _name_of(sha256: str) -> str:
    try:
        return tr(name_of(sha256))
    except NotFound:
        return sha256[:12]
