"""The designs that come with the product: files that never change once released."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from trainreg.certificates.designs.schema import Design, digest, parse

NAMES = ("formal", "modern", "ministry", "trainers", "sealed")
GALLERY: Mapping[str, Design] = {name: parse((Path(__file__).parent / f"{name}.json").read_bytes()) for name in NAMES}
DIGESTS: Mapping[str, str] = {name: digest(design) for name, design in GALLERY.items()}
BY_DIGEST: Mapping[str, Design] = {DIGESTS[name]: design for name, design in GALLERY.items()}
NAME_OF: Mapping[str, str] = {fingerprint: name for name, fingerprint in DIGESTS.items()}
DEFAULT = DIGESTS["formal"]
