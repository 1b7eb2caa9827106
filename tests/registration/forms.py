"""What people type into the registration form."""

import uuid
from typing import Any

from trainreg.agencies.models import Agency


def filled(at: Agency, **values: Any) -> dict[str, Any]:
    """The public form as Saran fills it in; everything can be said otherwise. None leaves a field out."""
    data = {
        "key": str(uuid.uuid4()),
        "family_name": "Ганболдын",
        "given_name": "Саран",
        "agency": at.code,
        "position": "Мэргэжилтэн",
        "sex": "female",
        "email": "saran@example.org",
        "run_event": "y",
    } | values
    return {name: value for name, value in data.items() if value is not None}
