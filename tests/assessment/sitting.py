"""Officials who sit a test on their telephone."""

from tests.pages import Page, Pages
from trainreg.registration.models import Registration
from trainreg.web.links import signature_of


def link_to(registration: Registration, part: str = "") -> str:
    """The personal link to somebody's tests and evaluations."""
    reference = registration.reference
    return f"/me/t/{reference}/{signature_of(f't/{reference}')}{part}"


def give(pages: Pages, registration: Registration, place: int, answer: str | list[str], test: str = "pre") -> Page:
    """Answer the question at that place as the page would send it."""
    address = link_to(registration, f"/{test}/{place}")
    shown = pages.get(address).value_of("question")
    return pages.post(address, {"question": shown or "", "answer": answer})
