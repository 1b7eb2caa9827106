"""Parts of a breakdown as pages name them, and as addresses say them."""

from typing import Any

from sqlalchemy import select

from trainreg.agencies.models import Agency
from trainreg.events.forms import KINDS as EVENT_KINDS
from trainreg.framework.rules import Dimension
from trainreg.kernel.db import db
from trainreg.people.provinces import province_name
from trainreg.people.words import AGE_BAND_WORDS, LEVEL_WORDS
from trainreg.publications.forms import KINDS as PRODUCT_KINDS
from trainreg.registration.words import ROLE_WORDS
from trainreg.reporting.counting.tables import Part
from trainreg.reporting.rules import NOT_STATED
from trainreg.reporting.view import SEXES
from trainreg.web.locale import current_language, tr

_WORDS: dict[Dimension, dict[str, Any]] = {
    Dimension.SEX: {one.value: word for one, word in SEXES.items()},
    Dimension.LEVEL: {one.value: word for one, word in LEVEL_WORDS.items()},
    Dimension.AGE_BAND: {one.value: word for one, word in AGE_BAND_WORDS.items()},
    Dimension.ROLE: {one.value: word for one, word in ROLE_WORDS.items()},
    Dimension.EVENT_KIND: dict(EVENT_KINDS),
    Dimension.PRODUCT_KIND: dict(PRODUCT_KINDS),
}


class PartWords:
    """Names of parts in the reader's language; agencies are read once."""

    def __init__(self) -> None:
        rows = db.session.execute(select(Agency.id, Agency.code, Agency.name)).all()
        self._names = {agency_id: name for agency_id, _code, name in rows}
        self._codes = {agency_id: code for agency_id, code, _name in rows}
        self._ids = {code: agency_id for agency_id, code, _name in rows}

    def name(self, dimension: Dimension, part: Part) -> str:
        if part is None:
            return str(SEXES_NOT_STATED)
        if dimension is Dimension.AGENCY:
            return tr(self._names.get(int(part), {})) or str(part)
        if dimension is Dimension.PROVINCE:
            return province_name(str(part), current_language())
        return str(_WORDS.get(dimension, {}).get(str(part), part))

    def code(self, dimension: Dimension, part: Part) -> str:
        """As an address says it."""
        if part is None:
            return NOT_STATED
        return self._codes.get(int(part), "") if dimension is Dimension.AGENCY else str(part)

    def part(self, dimension: Dimension, code: str) -> Part:
        """Back; what nothing has stays a code that no row has."""
        if code == NOT_STATED:
            return None
        return self._ids.get(code, -1) if dimension is Dimension.AGENCY else code


SEXES_NOT_STATED = _WORDS[Dimension.SEX][NOT_STATED]
