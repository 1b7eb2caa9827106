"""How purposes of consent and the ways in which an answer came read."""

from typing import Any

from flask_babel import lazy_gettext as _l

from trainreg.people.rules import ConsentPurpose

PURPOSES: dict[ConsentPurpose, Any] = {
    ConsentPurpose.RUN_EVENT: _l("I have read how my details are used to run this event."),
    ConsentPurpose.SHARE_NAME: _l("My name may be shared with the project's donor and partners."),
    ConsentPurpose.PHOTOGRAPHS: _l("Photographs of me at the event may be published."),
    ConsentPurpose.CONTACT_LATER: _l("You may write to me about later events."),
    ConsentPurpose.PUBLIC_NAME: _l("My name may be shown to anyone who checks my certificate on this site."),
}
CHANNELS: dict[str, Any] = {
    "self": _l("on the registration form"),
    "desk": _l("at the desk"),
    "walk_in": _l("at the door"),
    "import": _l("from an imported list"),
    "focal_point": _l("by the agency's focal point"),
    "own_page": _l("on the own page"),
}
