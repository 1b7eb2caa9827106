"""Words in French and Spanish are typed for reports, and stay when somebody edits only English and Mongolian."""

import pytest

from tests import factories as make
from tests.pages import Page, Pages
from tests.world import World
from trainreg.events.models import EventGroup
from trainreg.kernel.languages import with_others
from trainreg.kernel.types import Text


def _saved_again(pages: Pages, path: str, **changed: str) -> int:
    """Open a form, change something, and send all of it, as a browser would."""
    page = pages.get(path)
    assert page.tree is not None
    names = {name for element in page.tree.iter() if (name := element.get("name")) and name not in {"press", "action"}}
    typed = {name: value for name in names if (value := page.value_of(name)) is not None}
    return pages.post(path, typed | {"press": "save", "action": "save"} | changed).status


def test_of_a_project_and_its_outcomes(pages: Pages, world: World) -> None:
    world.project.title = world.project.title | {"fr": "Migration sûre"}
    world.outcome.title = world.outcome.title | {"es": "Resultado"}
    make.db.session.commit()
    pages.sign_in(world.organizer)
    assert _saved_again(pages, f"/desk/projects/{world.project.code}/edit", title_en="Another title") == 303
    assert world.project.title["en"] == "Another title" and world.project.title["fr"] == "Migration sûre"
    assert world.outcome.title["es"] == "Resultado"


def test_of_an_event_with_its_hosts(pages: Pages, world: World) -> None:
    world.event.hosts = {"en": "IOM", "fr": "OIM"}
    make.db.session.commit()
    pages.sign_in(world.organizer)
    path = f"/desk/events/{world.event.slug}/edit"
    assert pages.get(path).value_of("hosts_en") == "IOM"
    assert _saved_again(pages, path, hosts_en="IOM Mongolia") == 303
    assert world.event.hosts == {"en": "IOM Mongolia", "fr": "OIM"}


def test_of_an_agency(pages: Pages, world: World) -> None:
    world.ministry.name = world.ministry.name | {"fr": "Ministère du travail"}
    make.db.session.commit()
    pages.sign_in(world.administrator)
    path = f"/desk/agencies/{world.ministry.id}"
    assert _saved_again(pages, path, name_en="Ministry of Work") == 303
    assert world.ministry.name["fr"] == "Ministère du travail" and world.ministry.name["en"] == "Ministry of Work"


@pytest.mark.parametrize(
    ("told", "known", "kept"),
    [
        ({"en": "A"}, {"en": "B", "fr": "C"}, {"en": "A", "fr": "C"}),
        ({"en": "A", "fr": ""}, {"en": "B", "fr": "C", "es": "D"}, {"en": "A", "es": "D"}),
        ({"en": "", "mn": "", "fr": "F"}, None, {"fr": "F"}),
        ({"en": "", "mn": ""}, {"en": "B", "fr": "C"}, {}),
    ],
)
def test_what_is_told_empty_goes_and_what_is_not_asked_stays(told: Text, known: Text | None, kept: Text) -> None:
    assert with_others(told, known) == kept


def is_open(page: Page) -> list[bool]:
    return [one.get("open") is not None for one in page.find_all("details", class_="fold")]


def test_a_project_is_told_in_four_languages(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    path = f"/desk/projects/{world.project.code}/edit"
    typed = {"title_fr": "Migration sûre", "funder_es": "Fondo", "outcomes-0-title_fr": "Résultat"}
    assert _saved_again(pages, path, **typed, **{"signatories-0-title_fr": "Directrice"}) == 303
    assert (world.project.title["fr"], world.project.funder["es"]) == ("Migration sûre", "Fondo")
    assert (world.outcome.title["fr"], world.project.signatories[0].title["fr"]) == ("Résultat", "Directrice")
    assert not any(is_open(pages.get(path)))
    refused = pages.post(path, {"title_fr": "Titre", "outcomes-0-title_es": "E" * 301, "action": "save"})
    assert (refused.status, refused.value_of("title_fr"), is_open(refused)[:2]) == (422, "Titre", [True, True])
    assert _saved_again(pages, path, title_fr="") == 303
    assert "fr" not in world.project.title


def test_a_signature_stays_with_a_name_that_is_told_in_another_language(pages: Pages, world: World) -> None:
    """Whoever comes next in the place inherits neither the signature nor the French of the one before."""
    first = world.project.signatories[0]
    first.name, first.title = {"en": "B. Director"}, {"en": "Head", "fr": "Cheffe"}
    make.db.session.commit()
    pages.sign_in(world.organizer)
    path = f"/desk/projects/{world.project.code}/edit"
    assert _saved_again(pages, path, **{"signatories-0-name_fr": "B. Directrice"}) == 303
    assert world.project.signatories[0].name == {"en": "B. Director", "fr": "B. Directrice"}
    sent = {"signatories-0-name_en": "A. Nother", "signatories-0-name_fr": "", "signatories-0-title_fr": ""}
    assert _saved_again(pages, path, **sent) == 303
    assert world.project.signatories[0].name == {"en": "A. Nother"} and "fr" not in world.project.signatories[0].title


def test_an_event_and_its_groups_are_told_in_four_languages(pages: Pages, world: World) -> None:
    group = EventGroup(code="drafting", name={"en": "Drafting committee", "fr": "Comité"})
    world.event.groups.append(group)
    world.event.sessions[0].title = {"en": "Opening", "fr": "Ouverture"}
    make.db.session.commit()
    pages.sign_in(world.organizer)
    path = f"/desk/events/{world.event.slug}/edit"
    sequence = world.event.sequence
    assert (
        _saved_again(pages, path, title_fr="Séminaire", place_es="Ulán Bator", **{"groups-0-name_es": "Comité"}) == 303
    )
    assert (world.event.title["fr"], world.event.place["es"]) == ("Séminaire", "Ulán Bator")
    assert group.name == {"en": "Drafting committee", "fr": "Comité", "es": "Comité"}
    assert world.event.sessions[0].title["fr"] == "Ouverture"
    assert world.event.sequence == sequence  # whoever reads English or Mongolian has nothing new to be told
    refused = pages.post(path, {"title_es": "Seminario", "press": "save"})
    assert (refused.status, refused.value_of("title_es"), is_open(refused)[0]) == (422, "Seminario", True)


def test_an_agency_is_told_in_four_languages(pages: Pages, world: World) -> None:
    pages.sign_in(world.administrator)
    assert pages.post("/desk/agencies/new", {"name_en": "Office", "name_es": "Oficina", "code": "office"}).status == 303
    path = f"/desk/agencies/{world.ministry.id}"
    assert _saved_again(pages, path, name_fr="Ministère") == 303
    assert world.ministry.name["fr"] == "Ministère"
    assert not any(is_open(pages.get(path)))
