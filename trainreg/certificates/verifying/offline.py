"""What the page without a network is made of: the files that a device keeps, and all of them in one file."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import cast

from flask import Flask, render_template, url_for
from flask_babel import force_locale

from trainreg.certificates.credentials.did import key_set
from trainreg.certificates.keys.queries import list_keys
from trainreg.certificates.verifying.offline_words import offline_words
from trainreg.kernel import clock
from trainreg.kernel.languages import CONTENT_LANGUAGES
from trainreg.web.assets import fingerprint
from trainreg.web.locale import current_language

_STYLES = ("vendor/bootstrap/bootstrap.min.css", "css/trainreg.css", "css/verifying.css", "img/logo.svg")
_CREDENTIAL = "js/credential.js"
# Style sheets name the typeface without a fingerprint, so that its address must stand here as they say it.
_PLAIN = ("fonts/ui/inter-4.0-core.woff2",)
_MODULES = ("credential.js", "checkin/scanner.js", "verifying/judging.js", "verifying/offline.js")
_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w-]+\.js)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?:async function|function|class|const) (\w+)", re.MULTILINE)


def _folder(app: Flask) -> Path:
    return Path(str(app.static_folder))


def _script(app: Flask, name: str) -> str:
    return (_folder(app) / "js" / name).read_text(encoding="utf-8")


def worker_script(app: Flask) -> str:
    """The service worker with its list of files and pages; another list is another version."""
    folder, bundle = _folder(app), cast(Callable[[str, str], str], app.jinja_env.globals["bundle"])
    files = [
        *(url_for("static", filename=name, v=fingerprint(folder / name)) for name in (*_STYLES, _CREDENTIAL)),
        *(url_for("static", filename=name) for name in _PLAIN),
        *(bundle("verifying", name) for name in ("offline-site.js", "offline.js", "judging.js")),
        bundle("checkin", "scanner.js"),
    ]
    pages = [url_for("certificates.offline", lang=code) for code in CONTENT_LANGUAGES]
    facts = {"files": files, "pages": pages, "version": hashlib.sha256("\n".join(files).encode()).hexdigest()[:12]}
    return (
        f"const SHELL = {json.dumps(facts)};\n{_script(app, 'worker-files.js')}\n{_script(app, 'verifying/worker.js')}"
    )


def single_file(app: Flask, language: str | None = None) -> str:
    """The page with its style, its scripts, its words in every language and the keys of today: it asks nobody."""
    language = language or current_language()
    words = {}
    for code in CONTENT_LANGUAGES:
        with force_locale(code):
            words[code] = offline_words()
    facts = {
        "words": words,
        "house": app.config["BASE_URL"],
        "language": language,
        "keys": key_set(list_keys()),
        "keys_at": clock.now().isoformat(timespec="seconds"),
    }
    style = (_folder(app) / "css" / "verify-offline.css").read_text(encoding="utf-8")
    script = _one_script(app)
    with force_locale(language):
        page = render_template(
            "certificates/verifying/offline_file.html",
            words=words[language],
            languages=CONTENT_LANGUAGES,
            page_language=language,
            policy=f"default-src 'none'; script-src {_policy_hash(script)}; style-src {_policy_hash(style)}",
        )
    told = _in_markup(json.dumps(facts, ensure_ascii=False))
    parts = f'<script type="application/json" id="facts">{told}</script>\n<script type="module">{script}</script>\n'
    return page.replace("</head>", f"<style>{style}</style>\n</head>").replace("</body>", f"{parts}</body>")


def _one_script(app: Flask) -> str:
    """The modules one after the other, each in a scope of its own: a browser loads no module from a disk."""
    bundled = "\n".join(_wrapped(Path(name).name, _script(app, name)) for name in _MODULES)
    return f"const modules = {{}};\n{bundled}\n{_script(app, 'verifying/offline-file.js')}"


def _wrapped(name: str, script: str) -> str:
    exported = ", ".join(_EXPORT.findall(script))
    body = _IMPORT.sub(r'const {\1} = modules["\2"];', script)
    body = _EXPORT.sub(lambda found: found.group().removeprefix("export "), body)
    return f'modules["{name}"] = (() => {{\n{body}\nreturn {{ {exported} }};\n}})();'


def _in_markup(text: str) -> str:
    return text.replace("<", "\\u003c")


def _policy_hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
