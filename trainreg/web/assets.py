"""Static files under addresses that change with their content, so that browsers keep them for a year."""

import hashlib
from functools import cache
from pathlib import Path
from wsgiref.headers import Headers

from flask import Flask, url_for
from whitenoise import WhiteNoise


@cache
def fingerprint(path: Path) -> str:
    """The first letters of the file's SHA-256; a file that is not there is a defect, and raises."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def _protect(headers: Headers, _path: str, _url: str) -> None:
    """Files get the headers that pages get from the shell."""
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"  # for an SVG opened alone


def init_app(app: Flask) -> None:
    """Give templates `asset(name)`, and let WhiteNoise serve the files (and their .gz siblings)."""
    folder = Path(str(app.static_folder))

    def asset(name: str) -> str:
        return url_for("static", filename=name, v=fingerprint(folder / name))

    app.jinja_env.globals["asset"] = asset
    files = WhiteNoise(
        app.wsgi_app,
        root=str(folder),
        prefix="static/",
        max_age=31536000,
        allow_all_origins=False,
        add_headers_function=_protect,
    )
    setattr(app, "wsgi_app", files)  # noqa: B010 - Flask's documented way to wrap; mypy refuses a plain assignment
