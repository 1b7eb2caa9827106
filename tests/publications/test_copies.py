"""What was printed, who received copies, and how many are left."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import factories as make
from tests.pages import Pages
from tests.world import World
from trainreg.audit.queries import history_of
from trainreg.kernel import clock
from trainreg.kernel.db import db
from trainreg.publications import copies
from trainreg.publications.details import HandoutDetails, PublicationDetails, RunDetails
from trainreg.publications.models import Publication, PublicationFile
from trainreg.publications.refusals import FewerThanHanded, MoreThanPrinted
from trainreg.publications.rules import Copies, PublicationKind, added, left_over
from trainreg.publications.service import create_publication

PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture
def publication(world: World) -> Publication:
    details = PublicationDetails(
        kind=PublicationKind.HANDBOOK, title={"en": "Handbook"}, published_on=date(2026, 2, 1), translated_into="mn"
    )
    made = create_publication(world.project, details, by=make.STAFF)
    copies.add_run(made, RunDetails(language="mn", copies=100, day=date(2026, 2, 1)), by=make.STAFF)
    db.session.commit()
    return made


def path(publication: Publication, rest: str = "") -> str:
    return f"/desk/projects/{publication.project.code}/publications/{publication.id}{rest}"


def typed(**values: Any) -> dict[str, Any]:
    return {"agency": "", "event": "", "recipient_en": "Embassies", "copies": "40", "day": "2026-03-01"} | values


@given(st.lists(st.tuples(st.none() | st.integers(1, 500), st.booleans()), max_size=5))
def test_a_sum_is_a_minimum_where_a_part_is(parts: list[tuple[int | None, bool]]) -> None:
    whole = added(parts)
    assert whole.number == sum(number for number, _ in parts if number)
    assert whole.is_minimum == any(number is None or at_least for number, at_least in parts)


@pytest.mark.parametrize(
    ("printed", "handed", "left"),
    [
        (Copies(100), Copies(40), 60),
        (Copies(100), Copies(100), 0),
        (Copies(0), Copies(40), None),
        (Copies(100, True), Copies(40), None),
        (Copies(100), Copies(40, True), None),
    ],
)
def test_stock_is_told_where_it_is_known(printed: Copies, handed: Copies, left: int | None) -> None:
    assert left_over(printed, handed) == left


def test_copies_go_to_an_agency_an_event_or_somebody_in_words(
    pages: Pages, world: World, publication: Publication
) -> None:
    pages.sign_in(world.organizer)
    new = path(publication, "/handouts/new")
    assert pages.get(new).status == 200
    for who in ({"agency": world.ministry.code}, {"event": str(world.event.id)}, {"recipient_fr": "Ambassades"}):
        assert pages.post(new, typed(copies="20", recipient_en="", **who)).status == 303
    page = pages.get(path(publication))
    assert world.ministry.name["en"] in page.text and world.event.title["en"] in page.text
    assert publication.stock == 40 and "In stock 40" in page.text
    assert len([line for line in history_of(publication) if "Handing out entered" in line.sentence]) == 3


def test_an_entry_is_corrected_and_taken_back(pages: Pages, world: World, publication: Publication) -> None:
    pages.sign_in(world.organizer).post(path(publication, "/handouts/new"), typed())
    one = path(publication, f"/handouts/{publication.handouts[0].id}")
    shown = {name: pages.get(one).value_of(name) or "" for name in typed()}
    assert shown == typed()
    assert pages.post(one, shown | {"copies": "100", "is_minimum": "y"}).status == 303
    assert publication.copies_handed == Copies(100, True)
    assert pages.post(f"{one}/remove").status == 303
    assert publication.handouts == [] and publication.stock == 100


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"copies": "101"}, "Only 100 copies are left"),
        ({"copies": "0"}, "between 1 and ten million"),
        ({"copies": "some"}, "Write a whole number in digits."),
        ({"recipient_en": ""}, "Say who received the copies"),
        ({"day": "2026-01-31"}, "came out on"),
        ({"day": "1830-01-31"}, "not in the calendar"),
        ({"agency": "nowhere"}, "Choose one of these."),
        ({"recipient_es": "E" * 501}, "At most 500 characters."),
    ],
)
def test_what_cannot_be_gets_a_sentence_and_stays_typed(
    pages: Pages, world: World, publication: Publication, values: dict[str, str], words: str
) -> None:
    content = typed(**values)
    page = pages.sign_in(world.organizer).post(path(publication, "/handouts/new"), content)
    assert page.status == 422 and words in page.text
    for name, was_typed in content.items():
        assert name == "agency" or (page.value_of(name) or "") == was_typed, name
    assert publication.handouts == []


def test_one_entry_has_one_recipient_and_its_day_has_come(pages: Pages, world: World, publication: Publication) -> None:
    pages.sign_in(world.organizer)
    both = typed(agency=world.ministry.code, event=str(world.event.id))
    page = pages.post(path(publication, "/handouts/new"), both)
    assert page.status == 422 and "not both" in page.text
    tomorrow = (clock.now().date() + timedelta(days=2)).isoformat()
    for form, beside in (("handouts", typed()), ("print-runs", {"copies": "5", "language": "mn"})):
        page = pages.post(path(publication, f"/{form}/new"), beside | {"day": tomorrow})
        assert page.status == 422 and "still to come" in page.text


def test_fewer_cannot_have_been_printed_than_went(pages: Pages, world: World, publication: Publication) -> None:
    pages.sign_in(world.organizer).post(path(publication, "/handouts/new"), typed(copies="90"))
    one = path(publication, f"/print-runs/{publication.print_runs[0].id}")
    page = pages.post(one, {"copies": "80", "language": "mn"})
    assert page.status == 409 and "90 copies were handed out" in page.text and page.value_of("copies") == "80"
    assert pages.post(one, {"copies": "95", "language": "ru", "day": "2026-02-02"}).status == 303
    pages.post(path(publication, "/print-runs/new"), {"copies": "10", "language": "en"})
    assert "90 copies were handed out" in pages.get(pages.post(f"{one}/remove").location).text
    db.session.expire_all()
    assert publication.copies_printed == Copies(105)


def test_the_same_copies_do_not_go_twice(publication: Publication) -> None:
    copies.add_handout(publication, HandoutDetails(copies=60, recipient={"en": "A"}), by=make.STAFF)
    with pytest.raises(MoreThanPrinted):
        copies.add_handout(publication, HandoutDetails(copies=60, recipient={"en": "B"}), by=make.STAFF)


def test_no_order_of_entries_hands_out_more_than_was_printed(publication: Publication) -> None:
    def of(number: int, **more: Any) -> HandoutDetails:
        return HandoutDetails(copies=number, recipient={"en": "A"}, **more)

    some = copies.add_handout(publication, of(10, is_minimum=True), by=make.STAFF)
    for refused in (of(91), of(91, is_minimum=True)):
        with pytest.raises(MoreThanPrinted):
            copies.add_handout(publication, refused, by=make.STAFF)
    with pytest.raises(MoreThanPrinted):
        copies.edit_handout(some, of(101), by=make.STAFF)
    copies.add_handout(publication, of(90), by=make.STAFF)
    copies.remove_run(publication.print_runs[0], by=make.STAFF)
    with pytest.raises(FewerThanHanded):
        copies.add_run(publication, RunDetails(language="mn", copies=99), by=make.STAFF)


def test_evidence_is_kept_fetched_and_deleted(pages: Pages, world: World, publication: Publication) -> None:
    send = path(publication, "/files")
    pages.sign_in(world.organizer)
    assert pages.post(send, {"file": (BytesIO(PDF), "../list of embassies.exe")}).status == 303
    file = db.session.query(PublicationFile).one()
    assert file.name == "list of embassies.pdf"
    fetched = pages.post(path(publication, f"/files/{file.id}"))
    assert fetched.response.data == PDF and fetched.response.headers["Content-Disposition"].startswith("attachment")
    assert pages.post(send, {"file": (BytesIO(PDF), "again.pdf")}).status == 409
    for content in (b"", b"MZ executable", b"<svg onload='x'/>", b"%PDF-1.7" + b"0" * (5 * 1024 * 1024)):
        page = pages.post(send, {"file": (BytesIO(content), "a.pdf")})
        assert page.status == 422 and "Send a PDF, Word, PNG or JPEG file" in page.text
    assert pages.sign_in(world.viewer).post(path(publication, f"/files/{file.id}")).status == 403
    assert pages.sign_in(world.organizer).post(path(publication, f"/files/{file.id}/delete")).status == 303
    told = [line.sentence for line in history_of(publication)]
    assert told[0] == "File deleted: list of embassies.pdf" and "File fetched: list of embassies.pdf" in told


def test_a_viewer_reads_and_takes_the_table(pages: Pages, world: World, publication: Publication) -> None:
    copies.add_handout(publication, HandoutDetails(copies=4, recipient={"en": "=cmd"}), by=make.STAFF)
    db.session.commit()
    pages.sign_in(world.viewer)
    listed = f"/desk/projects/{world.project.code}/publications"
    assert "Handbook" in pages.get(listed).text and "Enter a print run" not in pages.get(path(publication)).text
    table = pages.post(f"{listed}/handouts", {"format": "csv"}).response.data.decode("utf-8-sig")
    assert "Handbook,,,'=cmd,,4," in table
