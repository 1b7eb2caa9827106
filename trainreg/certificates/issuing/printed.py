"""What an event's certificates print beside the person: looked up once for a round of issuing."""

from __future__ import annotations

from dataclasses import dataclass

from trainreg.certificates.designs.gallery import NAME_OF
from trainreg.certificates.editor.queries import find_version, plan_of
from trainreg.certificates.editor.rules import Mailing
from trainreg.certificates.facts import Signatory
from trainreg.certificates.render import prints_agency, usual_design
from trainreg.events.models import Event
from trainreg.programme.models import Project
from trainreg.web.links import absolute

MOST_SIGNATORIES = 2
_LONGEST_SLUG = 32  # of a design in its name, which has room for 40 letters


@dataclass(frozen=True, slots=True)
class Printed:
    """Design, languages, signatories and lifetime as the event planned them; `address` is where codes are checked.

    `design` is its name for people, `design_sha256` what draws it.

    `vertical` asks for the line in traditional Mongolian, of whoever has their name in that script.
    """

    design: str
    design_sha256: str
    languages: tuple[str, ...]
    vertical: bool
    signatories: tuple[Signatory, ...]
    valid_months: int | None
    mail: Mailing
    has_agency: bool
    address: str


def signatories_of(project: Project) -> tuple[Signatory, ...]:
    """Who signs the certificates of a project, with the pictures of their signatures."""
    return tuple(
        Signatory(one.name, one.title, one.image_sha256 or "") for one in project.signatories[:MOST_SIGNATORIES]
    )


def name_of_design(fingerprint: str) -> str:
    """What records call a design: the ready one's name, or that of the house's own with the number of its version.

    Raises LookupError for none that is kept here.
    """
    if fingerprint in NAME_OF:
        return NAME_OF[fingerprint]
    version = find_version(fingerprint)
    if version is None:
        raise LookupError(f"no design {fingerprint}")
    slug = version.design.slug[:_LONGEST_SLUG].rstrip("-")
    return f"{slug}-{version.number}"


def printed_at(event: Event) -> Printed:
    """As it is planned now."""
    plan = plan_of(event)
    design = plan.design_sha256 or usual_design()
    return Printed(
        design=name_of_design(design),
        design_sha256=design,
        languages=plan.languages,
        vertical=plan.vertical,
        signatories=signatories_of(event.project),
        valid_months=plan.valid_months,
        mail=plan.mail,
        has_agency=prints_agency(design),
        address=absolute("certificates.verify_form"),
    )
