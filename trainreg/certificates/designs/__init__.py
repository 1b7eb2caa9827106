"""The designs of records of the first format, by name and version."""

from __future__ import annotations

from collections.abc import Mapping

from trainreg.certificates.designs.formal_1 import Formal1
from trainreg.certificates.drawing.placed import Design

DESIGNS: Mapping[str, Design] = {design.name: design for design in (Formal1(),)}
