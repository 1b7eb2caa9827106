"""Style sheets and scripts cross a slow line packed, and are never older than their source."""

import gzip
import os
from pathlib import Path

from flask import Flask

from trainreg.web.assets import fingerprint, fingerprint_of_folder, pack

STYLE = "/static/css/trainreg.css"


def test_our_own_style_sheet_is_sent_packed(app: Flask) -> None:
    plain = app.test_client().get(STYLE)
    packed = app.test_client().get(STYLE, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Cache-Control"] == plain.headers["Cache-Control"]
    assert plain.data == (Path(str(app.static_folder)) / STYLE[8:]).read_bytes()
    rules = [
        piece.partition(b"*/")[2].lstrip() if place else piece for place, piece in enumerate(plain.data.split(b"/*"))
    ]
    assert gzip.decompress(packed.data) == b"".join(rules), "comments are left out, and nothing else"
    assert len(packed.data) < len(plain.data) / 3


def test_a_changed_file_is_packed_anew_and_an_unchanged_one_is_left(tmp_path: Path) -> None:
    source, into = tmp_path / "static" / "js" / "one.js", tmp_path / "packed"
    source.parent.mkdir(parents=True)
    source.write_text("first();\n")
    pack(tmp_path / "static", into)
    made = (into / "js" / "one.js.gz").stat().st_mtime_ns
    pack(tmp_path / "static", into)
    assert (into / "js" / "one.js.gz").stat().st_mtime_ns == made
    source.write_text("second();\n")
    os.utime(source, ns=(made + 10**9, made + 10**9))
    pack(tmp_path / "static", into)
    assert gzip.decompress((into / "js" / "one.js.gz").read_bytes()) == b"second();\n"
    assert (into / "js" / "one.js").read_bytes() == b"second();\n"
    assert sorted(path.name for path in (into / "js").iterdir()) == ["one.js", "one.js.gz"]


def test_modules_that_name_one_another_share_an_address_that_changes_with_any_of_them(
    app: Flask, tmp_path: Path
) -> None:
    with app.test_request_context():
        address = app.jinja_env.globals["bundle"]("checkin", "main.js")  # type: ignore[operator]
    answer = app.test_client().get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200 and "max-age=31536000" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Encoding"] == "gzip"
    beside = address.replace("main.js", "store.js")
    assert app.test_client().get(beside).status_code == 200
    for name in ("a.js", "b.js"):
        (tmp_path / name).write_text("one();\n")
    before = fingerprint_of_folder(tmp_path)
    fingerprint.cache_clear()
    (tmp_path / "b.js").write_text("two();\n")
    assert fingerprint_of_folder(tmp_path) != before
