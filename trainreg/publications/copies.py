"""Write down what was printed and who received copies; whoever writes holds the publication: the last goes once."""

from datetime import date, datetime

from flask_babel import lazy_gettext as _l

from trainreg.audit import service as audit
from trainreg.kernel import clock
from trainreg.kernel.actor import Actor
from trainreg.kernel.db import db, lock_row
from trainreg.programme.rules import is_day
from trainreg.publications.details import HandoutDetails, RunDetails
from trainreg.publications.models import Handout, PrintRun, Publication
from trainreg.publications.refusals import (
    BeforePublished,
    EventOfAnother,
    FewerThanHanded,
    MoreThanPrinted,
    NoRecipient,
    NotYet,
    TwoRecipients,
    UnknownLanguage,
    WrongCopies,
    WrongPublicationDay,
)
from trainreg.publications.rules import MOST_PRINTED, PUBLICATION_LANGUAGES, most_left
from trainreg.web.locale import format_day

audit.describes(
    {
        "publication.run_added": _l("Print run entered: %(copies)s copies"),
        "publication.run_edited": _l("Print run corrected: %(copies)s copies"),
        "publication.run_removed": _l("Print run removed: %(copies)s copies"),
        "publication.handout_added": _l("Handing out entered: %(copies)s copies"),
        "publication.handout_edited": _l("Handing out corrected: %(copies)s copies"),
        "publication.handout_removed": _l("Handing out removed: %(copies)s copies"),
    }
)


def add_run(publication: Publication, details: RunDetails, *, by: Actor, at: datetime | None = None) -> PrintRun:
    """Enter a print run."""
    _hold(publication)
    _ensure_run(publication, details)
    run = PrintRun(publication=publication)
    _fill_run(run, details)
    db.session.add(run)
    _ensure_enough(publication)
    db.session.flush()
    _note("run_added", publication, details.copies, by=by, at=at)
    return run


def edit_run(run: PrintRun, details: RunDetails, *, by: Actor) -> None:
    """Correct a print run; what was handed out must have been printed."""
    _hold(run.publication)
    _ensure_run(run.publication, details)
    _fill_run(run, details)
    _ensure_enough(run.publication)
    _note("run_edited", run.publication, details.copies, by=by)


def remove_run(run: PrintRun, *, by: Actor) -> None:
    """Take back a print run that was entered by mistake."""
    publication, copies = run.publication, run.copies
    _hold(publication)
    publication.print_runs.remove(run)
    _ensure_enough(publication)  # without any run it is not known how many were printed, and nothing is too much
    _note("run_removed", publication, copies, by=by)


def add_handout(publication: Publication, details: HandoutDetails, *, by: Actor, at: datetime | None = None) -> Handout:
    """Enter copies that went to somebody; never more than are left."""
    _hold(publication)
    _ensure_handout(publication, details, own=0)
    handout = Handout(publication=publication)
    _fill_handout(handout, details)
    db.session.add(handout)
    db.session.flush()
    _note("handout_added", publication, details.copies, by=by, at=at)
    return handout


def edit_handout(handout: Handout, details: HandoutDetails, *, by: Actor) -> None:
    """Correct whom copies went to, when and how many."""
    _hold(handout.publication)
    _ensure_handout(handout.publication, details, own=handout.copies or 0)
    _fill_handout(handout, details)
    _note("handout_edited", handout.publication, details.copies, by=by)


def remove_handout(handout: Handout, *, by: Actor) -> None:
    """Take back what was entered by mistake."""
    publication, copies = handout.publication, handout.copies
    _hold(publication)
    publication.handouts.remove(handout)
    _note("handout_removed", publication, copies, by=by)


def _hold(publication: Publication) -> None:
    lock_row(Publication, publication.id)
    db.session.expire(publication, ["print_runs", "handouts"])


def _ensure_run(publication: Publication, details: RunDetails) -> None:
    if details.language not in PUBLICATION_LANGUAGES:
        raise UnknownLanguage(field="language")
    if not 1 <= details.copies <= MOST_PRINTED:
        raise WrongCopies
    _ensure_day(publication, details.day)


def _ensure_handout(publication: Publication, details: HandoutDetails, *, own: int) -> None:
    if details.agency is not None and details.event is not None:
        raise TwoRecipients
    if details.agency is None and details.event is None and not any(details.recipient.values()):
        raise NoRecipient
    if details.event is not None and details.event.project_id != publication.project_id:
        raise EventOfAnother
    if details.copies is not None and not 1 <= details.copies <= MOST_PRINTED:
        raise WrongCopies
    _ensure_day(publication, details.day)
    out = None if publication.has_illustrative_date else publication.published_on
    if details.day is not None and out is not None and details.day < out:
        raise BeforePublished(day=format_day(out))
    left = most_left(publication.copies_printed, publication.copies_handed)
    if left is not None and (details.copies or 0) > left + own:
        raise MoreThanPrinted(left=left + own)


def _ensure_enough(publication: Publication) -> None:
    left = most_left(publication.copies_printed, publication.copies_handed)
    if left is not None and left < 0:
        raise FewerThanHanded(handed=publication.copies_handed.number)


def _ensure_day(publication: Publication, day: date | None) -> None:
    if day is None:
        return
    if not is_day(day):
        raise WrongPublicationDay(field="day")
    if day > clock.local(clock.now(), publication.project.timezone).date():
        raise NotYet


def _fill_run(run: PrintRun, details: RunDetails) -> None:
    run.language, run.copies, run.is_minimum = details.language, details.copies, details.is_minimum
    run.printed_on = details.day
    run.has_illustrative_date = details.has_illustrative_date and details.day is not None


def _fill_handout(handout: Handout, details: HandoutDetails) -> None:
    handout.agency, handout.event, handout.recipient = details.agency, details.event, details.recipient
    handout.copies = details.copies
    handout.is_minimum = details.is_minimum and details.copies is not None
    handout.handed_on = details.day
    handout.has_illustrative_date = details.has_illustrative_date and details.day is not None


def _note(what: str, publication: Publication, copies: int | None, *, by: Actor, at: datetime | None = None) -> None:
    told = "?" if copies is None else copies
    audit.record(f"publication.{what}", publication, by=by, project_id=publication.project_id, at=at, copies=told)
