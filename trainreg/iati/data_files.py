"""The files of the standard, as they stand in the package."""

from importlib.resources import as_file, files
from pathlib import Path

from lxml import etree

_DATA = files("trainreg.iati") / "data"


def data_bytes(name: str) -> bytes:
    """One file's content."""
    return _DATA.joinpath(*name.split("/")).read_bytes()


def activities_schema() -> etree.XMLSchema:
    """The schema of activities, with what it includes."""
    with as_file(_DATA) as folder:
        return etree.XMLSchema(etree.parse(str(Path(folder) / "iati-activities-schema.xsd")))
