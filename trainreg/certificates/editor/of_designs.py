"""The house's designs as the editor asks for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from flask_babel import gettext as _

from trainreg.certificates.designs import gallery
from trainreg.certificates.designs.gate import problems
from trainreg.certificates.designs.kit import Kit, UnspokenLanguage, loaders
from trainreg.certificates.designs.schema import canonical, digest, parse
from trainreg.certificates.editor.kits import Ready
from trainreg.certificates.editor.queries import content_of_version
from trainreg.certificates.facts import CertificateFacts
from trainreg.certificates.pdf.page import Page
from trainreg.certificates.render import Flaw
from trainreg.certificates.sentences import flaw_sentence

_INK, _SANS, _SERIF = "ink", "sans", "serif"
_BOX = [20, 20, 60, 12]


@lru_cache(maxsize=8)
def _kit(content: str) -> Kit:
    """A draft made ready; the last few are kept, because one looks at each several times."""
    return Kit(parse(content))


class HouseDesigns:
    """The gallery, and whatever follows the schema."""

    def __init__(self) -> None:
        self._ready = [
            Ready(
                gallery.DIGESTS[name], dict(design.title), canonical(design), gallery.DIGESTS[name] == gallery.DEFAULT
            )
            for name, design in gallery.GALLERY.items()
        ]
        loaders.append(content_of_version)

    def ready(self) -> Sequence[Ready]:
        return self._ready

    def canonical(self, content: str) -> str:
        return canonical(parse(content))

    def digest(self, content: str) -> str:
        return digest(parse(content))

    def page(self, content: str, facts: CertificateFacts, *, verify: str, offline: str) -> Page:
        return _kit(content).page(facts, verify=verify, offline=offline)

    def flaws(self, content: str, facts: CertificateFacts) -> Sequence[str]:
        try:
            found = _kit(content).flaws(facts)
        except UnspokenLanguage:
            return [_("This design does not speak these languages.")]
        return [flaw_sentence(Flaw(one.text, one.characters)) for one in found]

    def problems(self, content: str, pictures: Mapping[str, bytes]) -> Sequence[str]:
        return [str(one) for one in problems(parse(content), pictures)]

    def new_element(self, kind: str, name: str) -> dict[str, Any]:
        element: dict[str, Any] = {"kind": kind, "id": name, "box": _BOX}
        looks: dict[str, dict[str, Any]] = {
            "text": {"align": "middle", "paragraphs": [_paragraph()]},
            "signatories": {"box": [20, 140, 190, 40]},
            "seal": {"box": [20, 20, 30, 30], "colour": _INK},
            "qr": {"box": [20, 20, 44, 44], "form": "offline"},
            "vertical": {"box": [15, 60, 10, 90], "text": "{name}", "size": 14, "smallest": 7, "colour": _INK},
            "specimen": {"box": [20, 20, 80, 8], "colour": _INK},
        }
        return element | looks.get(kind, {})

    def new_picture(self, name: str, sha256: str, width: float, height: float) -> dict[str, Any]:
        return {
            "kind": "picture",
            "id": name,
            "box": [20, 20, width, height],
            "image": sha256,
            "alternative": {"en": ""},
        }


def _paragraph() -> dict[str, Any]:
    words = {"text": {"en": "New text", "mn": "Шинэ бичвэр", "fr": "Nouveau texte", "es": "Texto nuevo"}}
    return words | {"slot": "1", "family": _SERIF, "size": 12, "smallest": 7, "lines": 2, "colour": _INK}
