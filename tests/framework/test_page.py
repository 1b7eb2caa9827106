"""The framework's page: everything on one page, every mistake with its sentence."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest

from tests import factories as make
from tests.framework.telling import framework, indicator, saved
from tests.framework.test_hand_in import handed_in
from tests.pages import Pages
from tests.world import World
from trainreg.framework.queries import list_indicators, list_periods
from trainreg.framework.reading import framework_of
from trainreg.framework.rules import CountingRule
from trainreg.kernel.db import db
from trainreg.programme.models import Project


def path_of(project: Project) -> str:
    return f"/desk/projects/{project.code}/framework"


def shown(pages: Pages, project: Project, **values: Any) -> dict[str, Any]:
    """What a browser sends when the page is saved as it stands, with these changes."""
    page = pages.get(path_of(project))
    assert page.status == 200
    sent: dict[str, Any] = {}
    for element in (one for tag in ("input", "textarea", "select") for one in page.find_all(tag)):
        name, kind = element.get("name"), element.get("type")
        if not name or name in {"csrf_token", "action", "file", "source"}:
            continue
        if kind == "checkbox":
            if element.get("checked") is not None:
                sent.setdefault(name, []).append(element.get("value"))
        else:
            sent[name] = page.value_of(name)
    return {name: value for name, value in (sent | values).items() if value is not None}


TYPED = {
    "objective_en": "Migration is safe.",
    "periods-0-code": "2026-H1",
    "periods-0-starts_on": "2026-01-01",
    "periods-0-ends_on": "2026-06-30",
    "outputs-0-outcome": "1",
    "outputs-0-number": "1",
    "outputs-0-title_en": "Trainers are trained",
    "indicators-0-code": "1.1a",
    "indicators-0-belongs": "1.1",
    "indicators-0-title_en": "Officials trained",
    "indicators-0-unit_fr": "fonctionnaires",
    "indicators-0-rule": "unique_persons",
    "indicators-0-direction": "increase",
    "indicators-0-breakdowns": ["sex", "sex*agency"],
    "indicators-0-provinces": "mn-1",
    "indicators-0-minimum_hours": "4.5",
}


def test_a_framework_is_typed_and_saved(pages: Pages, world: World) -> None:
    pages.sign_in(world.me_officer)
    seen = pages.get(path_of(world.project)).value_of("seen")
    sent = TYPED | {"indicators-0-agencies": world.ministry.code.upper(), "seen": seen}
    assert pages.post(path_of(world.project), sent).status == 303
    found = list_indicators(world.project.id)[0]
    assert (found.rule, found.output and found.output.label) == (CountingRule.UNIQUE_PERSONS, "1.1")
    assert found.filters == {"agencies": [world.ministry.id], "provinces": ["MN-1"], "minimum_hours": "4.5"}
    assert found.breakdowns == [["sex"], ["sex", "agency"]]


def test_saving_the_page_as_it_stands_changes_nothing(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    saved(world.project, indicators=(indicator(), indicator("1.b", CountingRule.HAND_ENTERED, breakdowns=())))
    before = framework_of(world.project)
    assert pages.post(path_of(world.project), shown(pages, world.project)).status == 303
    db.session.expire_all()
    assert framework_of(world.project) == before


def test_a_target_and_a_value_by_hand_are_typed(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    saved(world.project, indicators=(indicator("b", CountingRule.HAND_ENTERED, breakdowns=()),), targets=())
    name = f"{list_indicators(world.project.id)[0].id}-{list_periods(world.project.id)[0].id}"
    values = {f"target-{name}": "12.5", f"value-{name}": "3", f"source-{name}": "The gazette"}
    assert pages.post(path_of(world.project), shown(pages, world.project, **values)).status == 303
    db.session.expire_all()
    found = list_indicators(world.project.id)[0]
    assert ([row.value for row in found.targets], [row.source for row in found.values]) == ([12.5], ["The gazette"])
    refused = pages.post(path_of(world.project), shown(pages, world.project, **{f"target-{name}": "many"}))
    assert (refused.status, "in digits" in refused.text) == (422, True)


def test_a_target_is_due_within_its_period(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    saved(world.project, indicators=(indicator("b", CountingRule.HAND_ENTERED, breakdowns=()),), targets=())
    period = list_periods(world.project.id)[0]
    name = f"{list_indicators(world.project.id)[0].id}-{period.id}"
    for day, sentence in (("2031-01-01", "is due on a day outside that period"), ("soon", "with year, month and day")):
        values = {f"target-{name}": "12", f"due-{name}": day}
        page = pages.post(path_of(world.project), shown(pages, world.project, **values))
        assert (page.status, sentence in page.text, page.value_of(f"due-{name}")) == (422, True, day)
        [beside] = page.find_all("p", id=f"problem-{name}")
        assert sentence in " ".join(" ".join(beside.itertext()).split())
    values = {f"target-{name}": "12", f"due-{name}": period.ends_on.isoformat()}
    assert pages.post(path_of(world.project), shown(pages, world.project, **values)).status == 303
    db.session.expire_all()
    assert [row.due_on for row in list_indicators(world.project.id)[0].targets] == [period.ends_on]


def test_an_older_page_or_half_a_page_takes_nothing_away(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    older = shown(pages, world.project) | TYPED
    saved(world.project)
    before = framework_of(world.project)
    for sent in (older, {}, {"objective_en": "Less"}):
        page = pages.post(path_of(world.project), sent)
        assert page.status == 409 and "since the page was opened" in page.text
        assert (page.value_of("objective_en") or "") == sent.get("objective_en", "")
    db.session.expire_all()
    assert framework_of(world.project) == before


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"indicators-0-rule": ""}, "Say how this indicator is counted."),
        ({"indicators-0-code": ""}, "Give the indicator a code"),
        ({"indicators-0-provinces": "XX-1"}, "We do not know the code “XX-1”."),
        ({"indicators-0-agencies": "nobody"}, "We do not know the code “nobody”."),
        ({"indicators-0-rule": "events_held"}, "cannot be broken down by “Agency”"),
        ({"indicators-0-rule": "events_held"}, "cannot be narrowed by “Least hours attended”"),
        ({"periods-0-ends_on": "2026-02-30"}, "This day is not in the calendar."),
        ({"periods-0-ends_on": "2027-06-30"}, "does not lie within the project's time"),
        (
            {"periods-1-code": "x", "periods-1-starts_on": "2026-06-01", "periods-1-ends_on": "2026-07-01"},
            "overlap: no day may lie in two periods",
        ),
        ({"indicators-0-baseline_value": "3"}, "Give the baseline of the indicator 1.1a its value and its year"),
        ({"indicators-0-event_kinds": ["wedding"]}, "no longer on the list"),
    ],
)
def test_every_mistake_has_its_sentence(pages: Pages, world: World, values: dict[str, Any], sentence: str) -> None:
    pages.sign_in(world.organizer)
    answer = pages.post(path_of(world.project), TYPED | values)
    assert (answer.status, sentence in answer.text) == (422, True)
    beside = [" ".join(" ".join(one.itertext()).split()) for one in answer.find_all("p", class_="field-error")]
    assert any(sentence in one for one in beside) and answer.find_all("div", id="error-summary")
    assert list_indicators(world.project.id) == []


def test_an_edited_period_that_was_handed_in_says_so_beside_it(pages: Pages, world: World) -> None:
    handed_in(world)
    before = framework_of(world.project)
    pages.sign_in(world.organizer)
    answer = pages.post(path_of(world.project), shown(pages, world.project, **{"periods-0-ends_on": "2026-06-29"}))
    assert (answer.status, answer.value_of("periods-0-ends_on")) == (409, "2026-06-29")
    [beside] = answer.find_all("p", id="periods-0-code-error")
    assert "was handed in" in " ".join(beside.itertext())
    db.session.expire_all()
    assert framework_of(world.project) == before


def test_what_is_chosen_of_breakdowns_is_said_where_they_are_folded(pages: Pages, world: World) -> None:
    saved(world.project)
    page = pages.sign_in(world.organizer).get(path_of(world.project))
    [said] = page.find_all("span", class_="fold-says")
    assert "".join(said.itertext()).strip() == "Sex, Sex × Agency"


def test_rows_are_added_and_taken_out_without_saving(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    page = pages.post(path_of(world.project), TYPED | {"action": "add-indicator"})
    assert (page.status, page.value_of("indicators-0-code"), page.value_of("indicators-1-code")) == (200, "1.1a", "")
    page = pages.post(path_of(world.project), TYPED | {"action": "remove-output-0"})
    assert (page.status, page.value_of("outputs-0-title_en")) == (200, None)
    assert list_indicators(world.project.id) == []


def sent_file(data: bytes) -> dict[str, Any]:
    return {"file": (BytesIO(data), "framework.xlsx")}


def test_what_is_exported_is_imported_as_it_was(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    saved(world.project)
    data = pages.get(f"{path_of(world.project)}.xlsx").response.get_data()
    before = framework_of(world.project)
    saved(world.project, indicators=(), targets=())
    assert pages.post(f"{path_of(world.project)}/import", sent_file(data)).status == 303
    db.session.expire_all()
    after = framework_of(world.project)
    assert [one.title for one in after.indicators] == [one.title for one in before.indicators]
    assert (after.targets, after.objective) == (before.targets, before.objective)


def test_an_import_with_an_unknown_code_writes_nothing(pages: Pages, world: World) -> None:
    pages.sign_in(world.organizer)
    saved(world.project)
    data = pages.get(f"{path_of(world.project)}.xlsx").response.get_data()
    book = openpyxl.load_workbook(BytesIO(data))
    sheet = book.active
    heading = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "indicator")
    row[heading.index("agencies")].value = "nobody"
    changed = BytesIO()
    book.save(changed)
    before = framework_of(world.project)
    answer = pages.post(f"{path_of(world.project)}/import", sent_file(changed.getvalue()))
    assert answer.status == 422
    assert "agencies: we do not know “nobody”. Nothing was written." in answer.text
    db.session.expire_all()
    assert framework_of(world.project) == before


def test_another_projects_framework_is_copied_by_right(pages: Pages, world: World) -> None:
    saved(world.project)
    empty = make.project()
    pages.sign_in(world.administrator)
    assert pages.post(f"{path_of(empty)}/copy", {"source": world.project.code}).status == 303
    assert [one.code for one in list_indicators(empty.id)] == ["1.a"]
    assert pages.post(f"{path_of(empty)}/copy", {"source": world.project.code}).status == 409
    pages.sign_in(world.other_organizer)
    assert pages.post(f"{path_of(world.other_project)}/copy", {"source": world.project.code}).status == 422
    assert list_indicators(world.other_project.id) == []


def test_others_may_not_edit(pages: Pages, world: World) -> None:
    for somebody in (world.viewer, world.trainer, world.focal_point, world.other_organizer):
        pages.sign_in(somebody)
        assert pages.get(path_of(world.project)).status in {403, 404}
    assert framework().indicators
