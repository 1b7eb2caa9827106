"""By register number and name: both must be right, and one sentence tells nothing apart."""

import pytest

from tests.pages import Pages
from trainreg.certificates.models import Certificate
from trainreg.certificates.queries import facts_of


@pytest.mark.parametrize(
    "written",
    [
        str,
        str.upper,
        str.lower,
        lambda name: " ".join(reversed(name.split())),
        lambda name: f"  {name.replace(' ', '   ')} ",
        lambda name: name.replace("Б", "Б").replace("ө", "є"),
    ],
)
@pytest.mark.parametrize("language", ["en", "mn"])
def test_the_name_in_any_printed_form(pages: Pages, certificate: Certificate, language: str, written: object) -> None:
    page = pages.post(
        "/v/find", {"number": certificate.register_number, "name": written(facts_of(certificate).names[language])}
    )
    assert page.status == 200
    assert "This certificate is valid." in page.text and facts_of(certificate).names["mn"] in page.text


def test_the_code_and_what_it_opens_are_not_told(pages: Pages, certificate: Certificate) -> None:
    page = pages.post("/v/find", {"number": certificate.register_number, "name": facts_of(certificate).names["en"]})
    assert certificate.code not in page.html and "Verification code" not in page.text


@pytest.mark.parametrize("write", [str, str.lower, lambda number: number.replace("/00", "/"), lambda n: f" {n} "])
def test_the_number_as_people_copy_it(pages: Pages, certificate: Certificate, write: object) -> None:
    page = pages.post(
        "/v/find", {"number": write(certificate.register_number), "name": facts_of(certificate).names["en"]}
    )
    assert page.status == 200


def test_one_answer_tells_nothing_apart(pages: Pages, certificate: Certificate) -> None:
    number, name = certificate.register_number, facts_of(certificate).names["en"]
    wrong = [
        (number, "Somebody Else"),
        (number, name.split()[0]),
        (number, f"{name} Else"),
        (number, "%"),
        ("XX/0001", name),
        ("' OR 1=1 --", name),
    ]
    answers = [pages.post("/v/find", {"number": a, "name": b}) for a, b in wrong]
    assert {answer.status for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert "No certificate has this register number together with this name" in answers[0].text


def test_both_are_needed(pages: Pages, certificate: Certificate) -> None:
    for data in ({}, {"number": certificate.register_number}, {"name": "Bolor"}):
        assert pages.post("/v/find", data).status == 422
    assert pages.get("/v/find").status == 200


def test_one_caller_is_slowed_down(pages: Pages, certificate: Certificate) -> None:
    statuses = [pages.post("/v/find", {"number": f"X/{n}", "name": "Nobody"}).status for n in range(14)]
    assert statuses[0] == 404 and statuses[-1] == 429
    name = facts_of(certificate).names["en"]
    right = pages.post("/v/find", {"number": certificate.register_number, "name": name})
    assert right.status == 429, "else a guesser would know that this one is right"


def test_one_number_is_tried_by_few(pages: Pages, certificate: Certificate) -> None:
    """Whoever has many addresses gets no more names to try for one number; another number stays open."""
    number, name = certificate.register_number, facts_of(certificate).names["en"]

    def ask(number: str, name: str, place: int) -> int:
        address = {"REMOTE_ADDR": f"192.0.2.{place}"}
        return pages.post("/v/find", {"number": number, "name": name}, environ_overrides=address).status

    assert [ask(number, f"Nobody {place}", place) for place in range(11)] == [404] * 10 + [429]
    assert ask(number, name, 99) == 429
    assert ask("X/0001", name, 99) == 404
    assert pages.get(f"/v/{certificate.code}").status == 200, "the code is another way"
