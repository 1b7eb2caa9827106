"""What a public page says to search engines and to previews of links: its addresses, title, a sentence, a picture."""

from dataclasses import dataclass

from flask import current_app

from trainreg.kernel.languages import LANGUAGES
from trainreg.web.links import absolute
from trainreg.web.locale import current_language

PICTURE = "img/share.png"
LONGEST_DESCRIPTION = 200
_LOCALES = {"en": "en_GB", "mn": "mn_MN"}


@dataclass(frozen=True)
class Sharing:
    """A public page as others show it; `url` is its address without a language."""

    title: str
    description: str
    url: str

    @property
    def canonical(self) -> str:
        """The address of the page in the language it is shown in."""
        return f"{self.url}?lang={current_language()}"

    @property
    def alternates(self) -> list[tuple[str, str]]:
        """The page in each language, and where readers of other languages go."""
        return [*((code, f"{self.url}?lang={code}") for code in LANGUAGES), ("x-default", self.url)]

    @property
    def locale(self) -> str:
        language = current_language()
        return _LOCALES.get(language, language)

    @property
    def picture(self) -> str:
        return f"{current_app.config['BASE_URL']}/static/{PICTURE}"


def sharing(endpoint: str, title: str, description: str, **values: str) -> Sharing:
    """The page at this endpoint, with at most a sentence or two about it."""
    words = " ".join(description.split())
    if len(words) > LONGEST_DESCRIPTION:
        words = words[:LONGEST_DESCRIPTION].rsplit(" ", 1)[0] + "…"
    return Sharing(title, words, absolute(endpoint, **values))
