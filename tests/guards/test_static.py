"""Static files: vendored ones are what their README says, ours stay small enough for a slow line."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "static"
SQUEEZED = sorted(STATIC.rglob("*.gz"))
MONGOLIAN = "АаБбВвГгДдЕеЁёЖжЗзИиЙйКкЛлМмНнОоӨөПпРрСсТтУуҮүФфХхЦцЧчШшЩщЪъЫыЬьЭэЮюЯя₮"


@pytest.mark.parametrize("path", SQUEEZED, ids=lambda path: path.name)
def test_a_squeezed_file_holds_the_file_beside_it(path: Path) -> None:
    assert gzip.decompress(path.read_bytes()) == path.with_suffix("").read_bytes()


def test_vendored_files_are_those_the_readme_names() -> None:
    readme = (STATIC / "vendor" / "README.md").read_text(encoding="utf-8")
    for path in sorted((STATIC / "vendor").glob("*/*.min.*")):
        if path.suffix == ".gz":
            continue
        assert hashlib.sha256(path.read_bytes()).hexdigest() in readme, path.name
        assert (path.parent / "LICENSE").is_file()


def test_every_asset_that_a_template_names_exists() -> None:
    for template in (ROOT / "templates").rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        for name in re.findall(r"asset\(['\"]([\w./-]+)['\"]\)", text):
            assert (STATIC / name).is_file(), f"{template.name} names {name}"
        for names in re.findall(r"{% set scripts = \[(.*?)\]", text):
            for name in re.findall(r"\"([\w-]+)\"", names):
                assert (STATIC / "js" / f"{name}.js").is_file(), f"{template.name} asks for {name}.js"


def test_a_first_visit_costs_little() -> None:
    """Style, typeface and logo of a public page; with the page itself it stays under 100 kB."""
    style = len(gzip.compress((STATIC / "css" / "trainreg.css").read_bytes(), 9))  # as `web.assets.pack` keeps it
    bootstrap = (STATIC / "vendor" / "bootstrap" / "bootstrap.min.css.gz").stat().st_size
    font = next((STATIC / "fonts" / "ui").glob("*-core.woff2")).stat().st_size
    logo = (STATIC / "img" / "logo.svg").stat().st_size
    assert style + bootstrap + font + logo <= 65_000


def test_mongolian_needs_only_the_first_file_of_the_typeface() -> None:
    style = (STATIC / "css" / "trainreg.css").read_text(encoding="utf-8")
    declared = re.search(r"-core\.woff2.*?unicode-range: (.*?);", style, re.DOTALL)
    assert declared is not None
    ranges = [[int(end, 16) for end in part.strip()[2:].split("-")] for part in declared.group(1).split(",")]
    missing = {letter for letter in MONGOLIAN if not any(r[0] <= ord(letter) <= r[-1] for r in ranges)}
    assert missing == set()
