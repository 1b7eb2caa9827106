"""Copies handed out, by the agency that received them: what went to an event or to words is of none."""

from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from tests.factories import STAFF
from tests.framework.telling import FIRST, indicator, saved
from tests.framework.test_page import path_of, sent_file
from tests.pages import Pages
from tests.published import publication
from tests.world import World
from trainreg.framework import handing_in
from trainreg.framework.queries import list_indicators, list_periods
from trainreg.framework.rules import CountingRule, Dimension, Filters
from trainreg.kernel.db import db
from trainreg.publications.models import Handout, Publication
from trainreg.reporting.counting.freezing import freeze
from trainreg.reporting.counting.reading import facts_of
from trainreg.reporting.indicators import Progress

COPIES = CountingRule.COPIES_DISTRIBUTED
BY = ((Dimension.AGENCY,), (Dimension.PRODUCT_KIND, Dimension.AGENCY))


@pytest.fixture
def handed_out(world: World) -> Publication:
    """500 to the ministry, 100 to its department, 40 at an event, 7 in words; the department's twice."""
    world.border.parent_id = world.ministry.id
    one = publication(world.project, published_on=date(2026, 2, 2))
    said: list[dict[str, Any]] = [
        {"agency": world.ministry, "copies": 500},
        {"agency": world.border, "copies": 60},
        {"agency": world.border, "copies": 40},
        {"event": world.event, "copies": 40},
        {"recipient": {"en": "Embassies"}, "copies": 7},
    ]
    one.handouts = [Handout(handed_on=date(2026, 3, 3), **values) for values in said]
    filters = Filters(agencies=frozenset({world.border.id}))
    saved(
        world.project,
        periods=(FIRST,),
        indicators=(indicator("2.a", COPIES, breakdowns=BY), indicator("2.b", COPIES, breakdowns=(), filters=filters)),
        targets=(),
    )
    return one


def test_each_agency_has_its_copies_and_the_rest_is_not_stated(world: World, handed_out: Publication) -> None:
    told = Progress(world.project, with_names=False)
    all_copies, of_department = told.indicators
    table = told.table(all_copies, list_periods(world.project.id)[0], (Dimension.AGENCY,))
    shown = {key[0]: int(amount.sum) for key, amount in table.cells.items()}
    assert shown == {world.ministry.id: 500, world.border.id: 100, None: 47}
    assert (table.value, told.table(of_department, None).value) == (647, 100)
    assert told.table(all_copies, None, ()).total.of == 3


def test_children_count_with_their_agency(world: World, handed_out: Publication) -> None:
    filters = Filters(agencies=frozenset({world.ministry.id}))
    saved(world.project, periods=(), indicators=(indicator("2.c", COPIES, breakdowns=(), filters=filters),), targets=())
    told = Progress(world.project, with_names=False)
    assert told.table(told.indicators[0], None).value == 600


def test_the_rows_behind_name_who_received_them(pages: Pages, world: World, handed_out: Publication) -> None:
    pages.sign_in(world.organizer)
    where = f"/reports/{world.project.code}/results/2.a"
    assert world.border.name["en"] in pages.get(where).text
    rows = pages.get(f"{where}/rows").text
    assert all(f"Handbook {words}" in rows for words in ("– – 47", f"{world.border.name['en']} – 100"))
    only = pages.get(f"{where}/rows?agency={world.border.code}").text
    assert f"{world.border.name['en']} – 100" in only and "– 500" not in only


def test_what_was_handed_in_keeps_its_agencies_and_tells_what_changed(world: World, handed_out: Publication) -> None:
    period = list_periods(world.project.id)[0]
    frozen = freeze(period, list_indicators(world.project.id), facts_of(world.project))
    handing_in.hand_in(period, frozen, by=STAFF)
    handed_out.handouts[2].copies = 50
    db.session.commit()
    told = Progress(world.project, with_names=True)
    kept = told.told_table(told.indicators[0], told.periods[0], (Dimension.AGENCY,))
    assert kept is not None and kept.cell(world.border.id) == 100
    changes = [(one.code, one.reported, one.now, len(one.changes)) for one in told.differences(told.periods[0])]
    assert changes == [("2.a", 647, 657, 1), ("2.b", 100, 110, 1)]


def test_a_spreadsheet_carries_agencies_out_and_in(pages: Pages, world: World, handed_out: Publication) -> None:
    pages.sign_in(world.organizer)
    data = pages.get(f"{path_of(world.project)}.xlsx").response.get_data()
    rows = list(openpyxl.load_workbook(BytesIO(data)).active.iter_rows(values_only=True))
    at = {name: place for place, name in enumerate(rows[0])}
    told = {row[at["code"]]: (row[at["agencies"]] or "", row[at["breakdowns"]] or "") for row in rows[1:]}
    assert (told["2.a"], told["2.b"]) == (("", "agency; product_kind*agency"), (world.border.code, ""))
    before = [(one.filters, one.breakdowns) for one in list_indicators(world.project.id)]
    assert pages.post(f"{path_of(world.project)}/import", sent_file(data)).status == 303
    db.session.expire_all()
    assert [(one.filters, one.breakdowns) for one in list_indicators(world.project.id)] == before


def test_the_form_says_which_rules_take_agencies(pages: Pages, world: World, handed_out: Publication) -> None:
    """A publication that is out is nobody's: only its copies go to agencies."""
    pages.sign_in(world.organizer)
    page = pages.get(path_of(world.project))
    field = next(one for one in page.find_all("input") if one.get("name") == "indicators-0-agencies")
    tick = next(one for one in page.find_all("input") if one.get("value") == "product_kind*agency")
    around = next(one for one in page.find_all("div") if one.get("data-fits") and field in list(one.iter()))
    for offered in (around.get("data-fits").split(), [*tick.get("data-fits").split(), "attendances"]):
        assert {"copies_distributed", "attendances"} <= set(offered)
        assert not {"products_completed", "events_held", "hand_entered"} & set(offered)
    sent = {
        "indicators-0-code": "9",
        "indicators-0-title_en": "Published",
        "indicators-0-rule": "products_completed",
        "indicators-0-agencies": world.ministry.code,
        "seen": page.value_of("seen"),
    }
    refused = pages.post(path_of(world.project), sent)
    assert refused.status == 422 and "cannot be narrowed by" in refused.text
