"""What a factsheet says of a small project, to whom."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests import factories as make
from tests.framework.telling import indicator, saved
from tests.pages import Pages
from tests.pictured import photograph
from tests.published import publication
from tests.reporting.attending import attends
from tests.world import World
from trainreg.events.models import EventGroup
from trainreg.people.rules import Sex
from trainreg.publications.models import Publication
from trainreg.publications.rules import PublicationKind
from trainreg.reporting.factsheet.compose import factsheet_of
from trainreg.reporting.factsheet.parts import Achievement, Bars, Factsheet, Tiles
from trainreg.reporting.factsheet.pdf import pages_of

PAST = datetime(2026, 5, 4, 1, tzinfo=UTC)


@pytest.fixture
def held(world: World) -> World:
    """Six of the Ministry and two of Border Protection came, three of them of a committee."""
    past = world.event = make.event(world.project, starts=PAST, hosts={"en": "IOM Mongolia"})
    past.groups.append(EventGroup(code="committee", name={"en": "drafting committee"}))
    for place in range(8):
        agency, sex = (world.ministry, Sex.FEMALE) if place < 6 else (world.border, Sex.MALE)
        attends(past, make.person(), agency=agency, sex=sex, group="committee" if place < 3 else None)
    return world


def told(world: World, language: str = "en", *, with_names: bool = True) -> Factsheet:
    return factsheet_of(world.project, language, with_names=with_names, at=make.NOW)


def first_achievement(found: Factsheet) -> Achievement:
    blocks = [block for section in found.sections for block in section.blocks]
    return next(block for block in blocks if isinstance(block, Achievement))


def charts(found: Factsheet) -> dict[str, Bars]:
    return {block.title: block for one in found.sections for block in one.blocks if isinstance(block, Bars)}


def test_an_event_is_told_from_its_record(held: World) -> None:
    achievement = first_achievement(told(held))
    assert achievement.title.text == held.event.title["en"]
    assert achievement.what == "One-day seminar, Ulaanbaatar, 4 May 2026"
    assert achievement.reached[0] == "Hosted by IOM Mongolia."
    assert achievement.reached[1] == "8 participants attended, 3 of whom were from the drafting committee."
    assert achievement.reached[2] == "They came from: Ministry of Labour (6) and Border Protection (2)."


def test_without_the_right_to_names_no_small_number_is_told(held: World) -> None:
    found = told(held, with_names=False)
    achievement = first_achievement(found)
    assert achievement.reached[1] == "8 participants attended."
    assert "(2)" not in " ".join(achievement.reached) and "(6)" not in " ".join(achievement.reached)
    assert any("fewer than five people" in sentence for sentence in found.made)
    assert all(bar.value is None for bar in charts(found)["Attendances by sex"].bars if bar.label != "Not stated")


def test_a_small_event_is_not_told_nor_worked_out_from_the_others(held: World) -> None:
    small = make.event(held.project, starts=PAST)
    attends(small, make.person(), agency=held.ministry)
    found = told(held, with_names=False)
    sentences = [" ".join(b.reached) for one in found.sections for b in one.blocks if isinstance(b, Achievement)]
    assert len(sentences) == 2 and all("is not told" in sentence for sentence in sentences)


def test_bars_add_up_to_the_figure(held: World) -> None:
    for chart in charts(told(held)).values():
        assert sum(bar.value or 0 for bar in chart.bars) == 8, chart.title


def test_unnamed_stand_apart(held: World) -> None:
    make.unnamed(held.event.sessions[0], 7, sex=Sex.FEMALE)
    text = repr(told(held))
    assert "8 attendances by 8 officials" in text
    assert "in none of the figures above: 7 (F: 7, M: 0, not stated: 0)" in text
    assert "Counted at its sessions without a list of names: 7." in text


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"printed": 100}, "100 copies were printed."),
        ({"printed": 1}, "1 copy was printed."),
        ({"printed": 100, "is_minimum": True}, "Over 100 copies were printed."),
        (
            {"printed": 100, "is_minimum": True, "to": {"en": "Embassies"}},
            "Over 100 copies were printed and distributed to: Embassies.",
        ),
        (
            {"printed": 2000, "to": {"en": "Embassies."}},
            "2,000 copies were printed and distributed to: Embassies.",
        ),
        ({"to": {"en": "Embassies"}}, "Distributed to: Embassies."),
        ({}, ""),
    ],
)
def test_copies(world: World, values: dict[str, object], sentence: str) -> None:
    of_july = {"published_on": date(2026, 7, 1), "translated_into": "mn", "title": {"en": "Handbook"}}
    publication(world.project, **of_july | values)
    achievement = first_achievement(told(world))
    assert achievement.what == "Handbook, translated into Mongolian, July 2026"
    assert list(achievement.reached) == ([sentence] if sentence else [])


def test_what_is_not_out_yet_is_no_achievement(world: World) -> None:
    publication = Publication(
        project_id=world.project.id, kind=PublicationKind.OTHER, title={"en": "Later"}, published_on=date(2027, 1, 1)
    )
    make.db.session.add(publication)
    make.db.session.flush()
    assert "Later" not in repr(told(world))


@pytest.mark.parametrize("baseline", [Decimal(12), None])
def test_baselines_have_a_column_where_there_are_any(pages: Pages, held: World, baseline: Decimal | None) -> None:
    year = None if baseline is None else 2025
    saved(held.project, indicators=(indicator(baseline_value=baseline, baseline_year=year),))
    found = told(held)
    [section] = [one for one in found.sections if one.key == "indicators"]
    assert section.heading == "Indicators" and ("Baseline" in repr(section)) is bool(baseline)
    drawn = [line.text for page in pages_of(found) for item in page.items for line in getattr(item, "lines", ())]
    assert ("Baseline" in drawn, "12 (2025)" in drawn) == (bool(baseline), bool(baseline))
    page = pages.sign_in(held.viewer).get(f"/reports/{held.project.code}/factsheet")
    [table] = page.find_all("table", class_="table factsheet-indicators")
    labels = [cell.get("data-label") for cell in table.iter("td")]
    assert labels == [*["Baseline"] * bool(baseline), "2026-H1", "2026-H2", "All time"]


def test_only_photographs_with_consent_are_shown(world: World) -> None:
    shown = photograph(world.project)
    photograph(world.project, confirmed_at=None)
    [section] = [one for one in told(world).sections if one.key == "photographs"]
    assert [picture.id for picture in section.blocks[0].pictures] == [shown.id]  # type: ignore[union-attr]


def test_a_text_says_in_which_language_it_is(world: World) -> None:
    found = told(world, "fr")
    assert found.kind == "Fiche d’information"
    assert (found.title.text, found.title.language) == (world.project.title["en"], "en")


def test_the_largest_figures_say_over_where_one_run_was_at_least(world: World) -> None:
    for is_minimum in (True, False):
        publication(world.project, printed=100, is_minimum=is_minimum)
    [tiles] = [b for one in told(world).sections for b in one.blocks if isinstance(b, Tiles)]
    assert ("over 200", "copies printed") in tiles.tiles


@pytest.mark.parametrize("language", ["en", "mn", "fr", "es"])
def test_the_page_speaks_the_language_that_is_asked_for(pages: Pages, held: World, language: str) -> None:
    photograph(held.project)
    make.db.session.commit()
    page = pages.sign_in(held.viewer).get(f"/reports/{held.project.code}/factsheet?language={language}")
    assert page.status == 200
    [article] = page.find_all("article", class_="factsheet")
    assert article.get("lang") == language
    words = {"en": "Key outcomes", "mn": "Гол үр дүн", "fr": "Résultats clés", "es": "Resultados principales"}
    assert words[language] in page.text and "Download as PDF" in page.text


def test_a_language_that_is_none_is_not_found(pages: Pages, world: World) -> None:
    pages.sign_in(world.viewer)
    for address in ("factsheet", "factsheet.pdf"):
        assert pages.get(f"/reports/{world.project.code}/{address}?language=de").status == 404


def test_an_empty_project_has_a_factsheet(pages: Pages, world: World) -> None:
    pages.sign_in(world.other_organizer)
    page = pages.get(f"/reports/{world.other_project.code}/factsheet")
    assert page.status == 200 and world.other_project.title["en"] in page.text
