"""Words in languages that a form does not ask for stay when somebody saves it."""

from tests import factories as make
from tests.pages import Pages
from tests.world import World


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
