"""Static files under addresses that change with their content, so that browsers keep them for a year."""

import gzip
import hashlib
import os
import re
import shutil
from functools import cache
from pathlib import Path
from wsgiref.headers import Headers

from flask import Flask, url_for
from whitenoise import WhiteNoise

_COMMENT = re.compile(rb"/\*.*?\*/\s*", re.DOTALL)


@cache
def fingerprint(path: Path) -> str:
    """The first letters of the file's SHA-256; a file that is not there is a defect, and raises."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def _protect(headers: Headers, _path: str, _url: str) -> None:
    """Files get the headers that pages get from the shell."""
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"  # for an SVG opened alone


def fingerprint_of_folder(folder: Path) -> str:
    """The same of a folder of modules that load one another by name: with one of them all have a new address."""
    return hashlib.sha256("".join(fingerprint(path) for path in sorted(folder.glob("*.js"))).encode()).hexdigest()[:12]


def pack(folder: Path, into: Path) -> None:
    """Keep copies of our own style sheets and scripts with a .gz beside each, which WhiteNoise then prefers.

    What is packed says nothing to people: comments of style sheets are left out.

    Vendored files bring their .gz along. The copy takes its file's time, so that every process gives it one ETag.
    """
    for path in (*folder.glob("css/**/*.css"), *folder.glob("js/**/*.js")):
        copy, facts = into / path.relative_to(folder), path.stat()
        if copy.exists() and (copy.stat().st_mtime_ns, copy.stat().st_size) == (facts.st_mtime_ns, facts.st_size):
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        # Several processes may start at once: each writes a file of its own, and the last to finish stands.
        own = copy.with_name(f".{copy.name}.{os.getpid()}")
        content = path.read_bytes()
        if path.suffix == ".css":
            content = _COMMENT.sub(b"", content)
        own.write_bytes(gzip.compress(content, 9, mtime=0))
        own.replace(copy.with_name(f"{copy.name}.gz"))
        shutil.copy2(path, own)
        own.replace(copy)


def init_app(app: Flask) -> None:
    """Give templates `asset(name)`, and let WhiteNoise serve the files, small for browsers that unpack."""
    folder = Path(str(app.static_folder))

    def asset(name: str) -> str:
        return url_for("static", filename=name, v=fingerprint(folder / name))

    bundles = {path.name: fingerprint_of_folder(path) for path in (folder / "js").iterdir() if path.is_dir()}

    def bundle(name: str, file: str) -> str:
        """A module of a folder in static/js; the folder's fingerprint is part of the path, so that modules share it."""
        return url_for("static", filename=f"bundles/{name}-{bundles[name]}/{file}")

    app.jinja_env.globals.update(asset=asset, bundle=bundle)
    files = WhiteNoise(
        app.wsgi_app,
        root=str(folder),
        prefix="static/",
        max_age=31536000,
        allow_all_origins=False,
        add_headers_function=_protect,
    )
    packed = Path(app.instance_path) / "packed"
    pack(folder, packed)
    files.add_files(str(packed), prefix="static/")
    for name, mark in bundles.items():
        files.add_files(str(packed / "js" / name), prefix=f"static/bundles/{name}-{mark}/")
    setattr(app, "wsgi_app", files)  # noqa: B010 - Flask's documented way to wrap; mypy refuses a plain assignment
