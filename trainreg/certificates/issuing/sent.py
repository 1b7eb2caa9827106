"""What a form with ticks sent."""

from __future__ import annotations

from flask import request

from trainreg.kernel.numbers import whole_number


def chosen_registrations() -> list[int]:
    """The registrations that were ticked, each once; whatever is no number is left out."""
    numbers = (whole_number(text) for text in request.form.getlist("registration"))
    return sorted({number for number in numbers if number is not None})
