"""Answers that programs read: the same for everybody and kept on the way, or one holder's own."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from flask import Response, request

from trainreg.certificates.credentials.encoding import canonical

_MINUTES = 5
LD_JSON, VC_JSON, JSON = "application/ld+json", "application/vc", "application/json"
JWT = "application/vc+jwt"
TOKENS = (JWT, "application/jwt", "text/plain")
DOCUMENTS = (VC_JSON, LD_JSON, JSON)


def for_everybody(content: bytes | Mapping[str, Any], media_type: str = JSON) -> Response:
    """What is public: any page of any site may read it, and whoever stands between may keep it for some minutes."""
    response = _answer(content, media_type)
    response.headers["Cache-Control"] = f"public, max-age={60 * _MINUTES}"
    return _open(response)


def for_its_holder(content: bytes | Mapping[str, Any], media_type: str, name: str = "") -> Response:
    """What tells a name: whoever has the code may read it; nobody on the way keeps it, and no search engine."""
    response = _answer(content, media_type)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    if name:
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return _open(response)


def wants_token(asked: str | None) -> bool:
    """Whether a token is wanted rather than a document: by the address (`?as=jwt`), else by what is accepted."""
    if asked in {"jwt", "json"}:
        return asked == "jwt"
    best = request.accept_mimetypes.best_match([*DOCUMENTS, *TOKENS[:2]], default=JSON)
    return best in TOKENS


def document_type() -> str:
    """How a document is called for this reader."""
    return request.accept_mimetypes.best_match(DOCUMENTS, default=JSON) or JSON


def _answer(content: bytes | Mapping[str, Any], media_type: str) -> Response:
    body = content if isinstance(content, bytes) else canonical(content)
    response = Response(body, mimetype=media_type)
    response.set_etag(hashlib.sha256(body).hexdigest()[:32])
    response.vary.add("Accept")
    return response


def _open(response: Response) -> Response:
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.make_conditional(request)
    return response
