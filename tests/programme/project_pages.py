"""The project's form, as somebody fills it in."""

from typing import Any


def typed(**values: Any) -> dict[str, Any]:
    """A new project as typed; underscores in row fields as the form has them."""
    usual: dict[str, Any] = {
        "code": "MN-2030",
        "title_en": "Safe migration",
        "title_mn": "Аюулгүй шилжилт",
        "summary_en": "Two years of work.",
        "organisation_en": "Example Organisation",
        "funder_en": "Example Fund",
        "country": "MN",
        "timezone": "Asia/Ulaanbaatar",
        "starts_on": "2030-01-01",
        "ends_on": "2031-12-31",
        "budget_amount": "100 000.50",
        "budget_currency": "usd",
        "outcomes-0-number": "1",
        "outcomes-0-title_en": "Improved policy framework",
        "outcomes-1-number": "2",
        "outcomes-1-title_en": "Improved legal framework",
        "signatories-0-name_en": "B. Director",
        "signatories-0-title_en": "Head of mission",
    }
    return usual | values
