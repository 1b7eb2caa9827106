"""The secret in the address of a receipt: made from the form's key, so that it need not be kept to be given again."""

import base64
import hashlib
import hmac

from flask import current_app


def receipt_for(key: str) -> str:
    """The receipt's secret for a form's key: 256 bits that only this installation can make."""
    own = str(current_app.config["SECRET_KEY"]).encode()
    made = hmac.new(own, f"registration receipt/{key}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(made.digest()).decode().rstrip("=")
