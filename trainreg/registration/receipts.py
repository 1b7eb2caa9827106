"""The secret in the address of a receipt: made from the form's key, so that it need not be kept to be given again."""

from trainreg.web.links import secret_for


def receipt_for(key: str) -> str:
    """The receipt's secret for a form's key."""
    return secret_for("registration receipt", key)
