"""The page of one file: how far it is, then the file itself; and the list of those that an account has."""

from flask import Response, redirect, render_template, request, stream_with_context, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from trainreg.exporting import service
from trainreg.exporting.blueprint import blueprint
from trainreg.exporting.kinds import KINDS, find_kind
from trainreg.exporting.models import Export
from trainreg.exporting.queries import get_own, is_anything_prepared, list_own, may_have, pieces_of, timezone_of
from trainreg.exporting.rules import AT_ONCE, BEGINS_WITHIN, ExportStatus, tenths
from trainreg.exporting.words import PROBLEMS, STATUSES, TONES
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.kernel.sheets_writing import SheetFormat
from trainreg.web.access import current_actor, signed_in
from trainreg.web.downloads import kept_private
from trainreg.web.navigation import Entry, offer

LIST = "/desk/files"
MEDIA_TYPES = {**{form.value: form.media_type for form in SheetFormat}, "zip": "application/zip"}
ONE = f"{LIST}/<int(max=2147483647):export_id>"
offer(
    Entry(
        _l("Prepared files"),
        "exporting.file_list",
        Permission.VIEW_RESULTS,
        90,
        stands_for=lambda endpoint: endpoint.startswith("exporting."),
    )
)


def own(export_id: int) -> Export:
    return get_own(export_id, current_actor().user_id)


@blueprint.get(LIST)
@signed_in
def file_list() -> str:
    words = {"titles": {kind.code: kind.title for kind in KINDS}, "statuses": STATUSES, "tones": TONES, "most": AT_ONCE}
    files = [(file, timezone_of(file)) for file in list_own(current_actor().user_id)]
    return render_template("exporting/list.html", files=files, **words)


@blueprint.get(ONE)
@signed_in
def file_page(export_id: int) -> str | Response:
    """The page that asks again while it shows progress gets only that; what is told aloud only where it changed."""
    export = own(export_id)
    said = tenths(export.done, export.total)
    if "HX-Request" in request.headers:
        if not export.status.is_open:
            return Response(headers={"HX-Refresh": "true"})
        if request.args.get("said") == str(said):
            return Response(status=204)
    waits_since = export.created_at if export.status is ExportStatus.WAITING else None
    return render_template(
        "exporting/file.html",
        file=export,
        kind=find_kind(export.kind),
        zone=timezone_of(export),
        said=said,
        status=STATUSES[export.status],
        tone=TONES[export.status],
        problem=PROBLEMS[export.problem] if export.problem else "",
        may_have=may_have(export),
        is_left_alone=waits_since is not None
        and clock.now() - waits_since > BEGINS_WITHIN
        and not is_anything_prepared(),
    )


@blueprint.post(f"{ONE}/fetch")
@signed_in
def fetch_file(export_id: int) -> Response:
    """A POST, because it is written down who took the names along; then piece by piece, at the reader's pace."""
    export = own(export_id)
    service.hand_out(export, by=current_actor())
    name, size = export.file_name, export.size
    pieces = pieces_of(export)
    db.session.commit()
    response = Response(stream_with_context(pieces), mimetype=MEDIA_TYPES[name.rpartition(".")[2]])
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.content_length = size
    return kept_private(response)


@blueprint.post(f"{ONE}/again")
@signed_in
def prepare_again(export_id: int) -> AnyResponse:
    service.ask_again(own(export_id), by=current_actor())
    db.session.commit()
    return redirect(url_for(".file_page", export_id=export_id), 303)


@blueprint.post(f"{ONE}/throw-away")
@signed_in
def throw_away_file(export_id: int) -> AnyResponse:
    service.throw_away(own(export_id), by=current_actor())
    db.session.commit()
    return redirect(url_for(".file_list"), 303)
