"""The sentences that are marked for translation."""

from functools import cache
from pathlib import Path

from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg

ROOT = Path(__file__).parents[2]
Message = str | tuple[str, ...]


@cache
def gathered() -> set[Message]:
    """As `pybabel extract` gathers them; once, whichever modules ask."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    keywords = {**DEFAULT_KEYWORDS, "_l": None, "lazy_gettext": None}

    def ours(path: str) -> bool:
        return Path(path).relative_to(ROOT).parts[0] in {"trainreg", "templates"}

    found = extract_from_dir(ROOT, methods, options, keywords=keywords, directory_filter=ours)
    return {message for _file, _line, message, _comments, _context in found}
