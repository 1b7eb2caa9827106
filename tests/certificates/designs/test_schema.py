"""What a design file may say, and the sentence with which everything else is refused."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainreg.certificates.designs import refusals
from trainreg.certificates.designs.gallery import GALLERY
from trainreg.certificates.designs.schema import canonical, digest, parse

FORMAL: dict[str, Any] = json.loads(canonical(GALLERY["formal"]))


def changed(element: str, **changes: Any) -> str:
    """The formal design with one element told otherwise."""
    told = copy.deepcopy(FORMAL)
    (found,) = [each for each in told["elements"] if each["id"] == element]
    found.update(changes)
    return json.dumps(told)


def paragraph(**changes: Any) -> list[dict[str, Any]]:
    return [{"text": "{name}", "size": 20, "smallest": 9} | changes]


REFUSED = {
    "a key nobody knows": (changed("name", script="alert(1)"), refusals.UnknownKey),
    "a key that is missing": (changed("name", paragraphs=[{"text": "{name}"}]), refusals.Missing),
    "a placeholder that does not exist": (
        changed("name", paragraphs=paragraph(text="{name}{secret}")),
        refusals.NoSuchPlaceholder,
    ),
    "a way into Python": (changed("name", paragraphs=paragraph(text="{name.__class__}")), refusals.BadTemplate),
    "an open bracket": (changed("name", paragraphs=paragraph(text="{name} [{agency}")), refusals.BadTemplate),
    "a box off the page": (changed("title", box=[200, 50, 120, 20]), refusals.OffThePage),
    "small type": (changed("name", paragraphs=paragraph(smallest=4.9)), refusals.TypeTooSmall),
    "an unknown family": (changed("name", paragraphs=paragraph(family="comic")), refusals.NoSuchFamily),
    "an unknown colour": (changed("name", paragraphs=paragraph(colour="pink")), refusals.NoSuchColour),
    "something over the QR code": (changed("seal", box=[235, 150, 30, 30]), refusals.Overlaps),
    "something over the name": (changed("seal", box=[100, 85, 30, 30]), refusals.Overlaps),
    "a name in capitals": (changed("name", paragraphs=paragraph(capitals=True)), refusals.NameInCapitals),
    "no name": (changed("name", paragraphs=paragraph(text="{event}")), refusals.Lacks),
    "no number, code or address": (changed("proof", paragraphs=paragraph(text="{issued_on}")), refusals.Lacks),
    "no QR code": (changed("qr", form="offline"), refusals.Lacks),
    "a name twice": (changed("seal", id="name"), refusals.SameIdTwice),
    "too many paragraphs": (changed("name", paragraphs=paragraph() * 13), refusals.TooMany),
    "too many ornaments": (json.dumps({**FORMAL, "ground": FORMAL["ground"] * 5}), refusals.TooMany),
    "a number that is none": (changed("name", box=[float("nan"), 1, 1, 1]), refusals.NotADesign),
    "a picture by address": (
        changed("seal", image="https://example.org/a.svg"),
        refusals.WrongValue,
    ),
    "a control character": (changed("name", paragraphs=paragraph(text="{name}\u202e")), refusals.WrongValue),
    "true for a number": (changed("name", paragraphs=paragraph(size=True)), refusals.WrongValue),
    "a key twice": ('{"format": "trainreg-design-1", "page": "portrait", "page": "landscape"}', refusals.SaidTwice),
    "another format": (json.dumps({**FORMAL, "format": "trainreg-design-9"}), refusals.NotADesign),
    "no JSON": ("<svg onload='alert(1)'/>", refusals.NotADesign),
    "bytes that are no text": (b"\xff\xfe{}", refusals.NotADesign),
    "deep nesting": ("[" * 10_000, refusals.NestedTooDeep),
    "a large file": (" " * 70_000, refusals.DesignTooLarge),
}


@pytest.mark.parametrize(("content", "reason"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused_with_a_sentence(content: str | bytes, reason: type[refusals.DesignRefused]) -> None:
    with pytest.raises(refusals.DesignRefused) as refused:
        parse(content)

    assert type(refused.value) is reason
    assert str(refused.value).endswith(".")
    assert "%(" not in str(refused.value)


def test_the_sentence_names_the_element() -> None:
    with pytest.raises(refusals.OffThePage, match=r"^title does not lie"):
        parse(changed("title", box=[200, 50, 120, 20]))


@pytest.mark.parametrize("name", GALLERY)
def test_a_design_is_read_back_the_same(name: str) -> None:
    design = GALLERY[name]

    assert parse(canonical(design)) == design
    assert canonical(parse(canonical(design))) == canonical(design)


def test_the_fingerprint_goes_by_what_is_said_not_by_how_it_is_written() -> None:
    backwards = json.dumps(dict(reversed(FORMAL.items())), indent=3, ensure_ascii=True)

    assert digest(parse(backwards)) == digest(GALLERY["formal"])
    assert digest(parse(changed("seal", colour="navy"))) != digest(GALLERY["formal"])


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(FORMAL)), json_values)
def test_hostile_values_are_refused_never_raised(key: str, value: Any) -> None:
    try:
        parse(json.dumps({**FORMAL, key: value}))
    except refusals.DesignRefused as refused:
        assert str(refused)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(FORMAL["elements"]) - 1), st.data(), json_values)
def test_hostile_elements_are_refused_never_raised(place: int, data: st.DataObject, value: Any) -> None:
    told = copy.deepcopy(FORMAL)
    element = told["elements"][place]
    element[data.draw(st.sampled_from(sorted(element)))] = value
    try:
        parse(json.dumps(told))
    except refusals.DesignRefused as refused:
        assert str(refused)
