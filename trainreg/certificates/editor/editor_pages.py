"""The visual editor: the form that is the truth, the picture that the server draws of it, saving and publishing."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from flask import Response, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from trainreg.audit.queries import history_of
from trainreg.certificates.editor import service
from trainreg.certificates.editor.blueprint import blueprint
from trainreg.certificates.editor.editing import (
    Editing,
    from_content,
    from_form,
    judged,
    new_row,
    opened,
    pressed,
    tell,
)
from trainreg.certificates.editor.elements import HIDDEN, KINDS, LANGUAGE_NAMES, words_for
from trainreg.certificates.editor.kits import designs, pictures_in
from trainreg.certificates.editor.models import Design
from trainreg.certificates.editor.preview import LANGUAGES_SHOWN, WIDTH, Look, Shown, look_at, shown_from
from trainreg.certificates.editor.queries import contents_of_pictures, get_design, project_of_design
from trainreg.certificates.editor.refusals import DraftIsStale, FailsGate
from trainreg.certificates.editor.rows import row_of
from trainreg.certificates.editor.samples import SAMPLES
from trainreg.certificates.sentences import KINDS as CERTIFICATE_KINDS
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.refusals import Refused
from trainreg.web.access import current_actor, needs
from trainreg.web.safety import body_limit

LARGEST_BODY = 512 * 1024

SCRIPT_WORDS = {
    "added": _l("Added at the end of the list."),
    "removed": _l("Taken off the page."),
    "moved": _l("Now read as number {n}."),
    "undone": _l("Undone."),
    "redone": _l("Done again."),
    "unreachable": _l("The page could not be drawn. Check the connection; what you typed is still here."),
}


@blueprint.get("/desk/designs/<slug>/edit")
@needs(Permission.EDIT_DESIGNS, project=project_of_design)
def edit(slug: str) -> tuple[str, int]:
    design = get_design(slug)
    editing = from_content(design.draft.content, design.draft.revision)
    return _page(design, editing, _asked(), design.draft.content)


@blueprint.post("/desk/designs/<slug>/edit")
@needs(Permission.EDIT_DESIGNS, project=project_of_design)
@body_limit(LARGEST_BODY)
def save(slug: str) -> tuple[str, int] | AnyResponse:
    editing, action = from_form(request.form), request.form.get("action", "save")
    if pressed(editing, action):
        return _page(get_design(slug), editing, _asked(), None)
    content = judged(editing)
    if content is not None and action in {"save", "publish"}:
        try:
            return _saved(slug, editing, content, publishes=action == "publish")
        except Refused as refusal:
            db.session.rollback()
            tell(editing, refusal)
            return _page(get_design(slug), editing, _asked(), content, theirs=isinstance(refusal, DraftIsStale))
    return _page(get_design(slug), editing, _asked(), content)


@blueprint.post("/desk/designs/<slug>/preview")
@needs(Permission.EDIT_DESIGNS, project=project_of_design)
@body_limit(LARGEST_BODY)
def preview_typed(**_slug: str) -> Response:
    """The page as it is typed at this moment, for the script; nothing is kept."""
    db.session.rollback()  # drawing takes a while, and the one write lock of SQLite is not held meanwhile
    editing = from_form(request.form)
    content = judged(editing)
    if content is None:
        return jsonify(problems=_sentences(editing), image="")
    look = look_at(content, _asked())
    return jsonify(problems=[str(one) for one in look.problems], image=_address(look))


def _saved(slug: str, editing: Editing, content: str, *, publishes: bool) -> AnyResponse:
    """Keep the draft, and publish it if it passes the gate, which is asked while nothing in the database waits."""
    by = current_actor()
    draft = service.save_draft(get_design(slug), content, revision=editing.revision, by=by)
    editing.revision = revision = draft.revision
    db.session.commit()
    if not publishes:
        flash(_("The draft is saved."))
        return redirect(_address_of(slug), 303)
    pictures = contents_of_pictures(pictures_in(content))
    db.session.rollback()
    problems = designs().problems(content, pictures)
    if problems:
        editing.errors.extend(str(one) for one in problems)
        raise FailsGate
    version = service.publish(get_design(slug), revision=revision, by=by)
    number = version.number
    db.session.commit()
    flash(_("Version %(number)s is published. Events can choose it now.", number=number))
    return redirect(url_for(".gallery"), 303)


def _page(
    design: Design, editing: Editing, shown: Shown, content: str | None, *, theirs: bool = False
) -> tuple[str, int]:
    look = look_at(content, shown) if content is not None else Look()
    pictures = pictures_in(editing.content)
    ids = {str(row.element.get("id", "")) for row in editing.rows}
    return render_template(
        "certificates/editor/edit.html",
        design=design,
        editing=editing,
        words=words_for(editing.whole.element, pictures),
        script_words={name: str(text) for name, text in SCRIPT_WORDS.items()},
        samples=[(key, sample.label) for key, sample in SAMPLES.items()],
        kinds=[(kind.value, label) for kind, label in CERTIFICATE_KINDS.items()],
        languages_of_paper=_languages(),
        shown=_told(shown),
        picture=_address(look),
        problems=look.problems,
        templates_of_rows=[(kind, row_of(f"__row__{kind}", opened(new_row(kind, ids)), HIDDEN)) for kind in KINDS],
        theirs=theirs,
        history=history_of(design),
        zone=design.project.timezone if design.project else "UTC",
    ), editing.status


def _asked() -> Shown:
    values = request.form if request.method == "POST" else request.args
    return shown_from(values.get("sample", ""), values.get("kind", ""), values.get("languages", ""))


def _told(shown: Shown) -> dict[str, str]:
    return {"sample": shown.sample, "kind": shown.kind.value, "languages": "-".join(shown.languages)}


def _address_of(slug: str) -> str:
    """The editor's page, shown as it was shown."""
    told = _told(_asked())
    return url_for(".edit", slug=slug, sample=told["sample"], kind=told["kind"], languages=told["languages"])


def _languages() -> list[tuple[str, str]]:
    return [("-".join(codes), " · ".join(str(LANGUAGE_NAMES[code]) for code in codes)) for codes in LANGUAGES_SHOWN]


def _address(look: Look) -> str:
    """The picture as an address of its own, as the content security policy allows it."""
    return f"data:image/png;base64,{base64.b64encode(look.png(WIDTH)).decode()}" if look.pdf else ""


def _sentences(editing: Editing) -> Sequence[str]:
    rows = [editing.whole, *editing.rows]
    beside = [sentence for row in rows for sentence in [*row.errors, *(e for cell in row.cells for e in cell.errors)]]
    return [*editing.errors, *beside]
