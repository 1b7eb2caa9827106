"""A mail before it is kept: who gets it, and what its templates are told; written in the recipient's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import current_app
from flask_babel import force_locale

from trainreg.kernel.languages import DEFAULT_LANGUAGE, LANGUAGES
from trainreg.kernel.text import one_line
from trainreg.web.links import personal_link

LONGEST_SUBJECT = 300
LONGEST_NAME = 220


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One mail to one person, from `templates/email/<kind>/`; `key` tells the same news once.

    `link` names the thing of the recipient's whose personal link the mail holds, see `web.links.personal_link`; further
    ones, after a space, stand in the context.
    """

    kind: str
    key: str
    to: str
    name: str
    language: str
    registration_id: int | None = None
    letter_id: int | None = None
    link: str | None = None
    calendar: str | None = None
    reply_to: str | None = None
    context: Mapping[str, Any] = field(default_factory=dict)

    @property
    def spoken(self) -> str:
        """The language it is written in."""
        return self.language if self.language in LANGUAGES else DEFAULT_LANGUAGE


@dataclass(frozen=True)
class Written:
    """A mail's words."""

    subject: str
    text: str
    html: str


def write(draft: Draft) -> Written:
    """Write a draft's words.

    The templates are rendered without what pages need (navigation, language links): a thousand letters take seconds.
    """
    context = {
        **draft.context,
        "name": draft.name,
        "language": draft.spoken,
        "personal_link": personal_link(draft.link.split()[0]) if draft.link else None,
    }
    find = current_app.jinja_env.get_template
    with force_locale(draft.spoken):
        subject, text, html = (
            find(f"email/{draft.kind}/{file}").render(context) for file in ("subject.txt", "body.txt", "body.html")
        )
    return Written(one_line(subject)[:LONGEST_SUBJECT], text.strip() + "\n", html.strip() + "\n")


def columns_of(draft: Draft) -> dict[str, Any]:
    """What a message keeps of a draft, its words included."""
    return {
        "key": draft.key,
        "kind": draft.kind,
        "recipient": draft.to,
        "recipient_name": one_line(draft.name)[:LONGEST_NAME],
        "language": draft.spoken,
        "registration_id": draft.registration_id,
        "letter_id": draft.letter_id,
        "link": draft.link,
        "calendar": draft.calendar,
        "reply_to": draft.reply_to,
        **vars(write(draft)),
    }
