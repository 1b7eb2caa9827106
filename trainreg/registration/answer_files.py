"""Hand out a file that somebody sent with the form, and write down to whom."""

import io

from flask import Response, send_file

from trainreg.events.queries import project_of_event
from trainreg.kernel.db import db
from trainreg.kernel.permissions import Permission
from trainreg.questions.service import hand_out_file
from trainreg.registration.blueprint import blueprint
from trainreg.registration.queries import get_registration
from trainreg.web.access import current_actor, needs


@blueprint.post("/desk/events/<slug>/registrations/<reference>/files/<int(max=2147483647):question_id>")
@needs(Permission.VIEW_CONTACTS, project=project_of_event)
def answer_file(slug: str, reference: str, question_id: int) -> Response:
    """Always a file to keep, never a page: what strangers send is not shown under our address."""
    registration = get_registration(slug, reference)
    file = hand_out_file(
        registration.event, registration.id, question_id, reference=registration.reference, by=current_actor()
    )
    content, media_type, name = file.content, file.kind.media_type, file.name
    db.session.commit()
    response = send_file(io.BytesIO(content), mimetype=media_type, as_attachment=True, download_name=name)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
