"""Each kind of mistake is found, with its sentence and its line."""

import re

import pytest
from flask import Flask

from tests.iati.sample import SOUND, broken, verdict_of
from trainreg.iati.findings import MOST
from trainreg.iati.ruleset import rules_of_activities
from trainreg.iati.ruleset_checks import CHECKS
from trainreg.iati.ruleset_words import NOT_JUDGED, RULE_WORDS

pytestmark = pytest.mark.usefixtures("session")
FEMALE = '<actual value="7"><dimension name="sex" value="Female"/></actual>'
IN_A = '<actual value="7"><dimension name="sex" value="Female"/><dimension name="agency" value="A"/></actual>'
BROKEN = [
    # the schema
    ("<title><narrative>Training of officials</narrative></title>", "", "SCHEMA", "does not belong here"),
    ('<activity-status code="2"/>', '<activity-status code="2"/><colour/>', "SCHEMA", "does not belong here"),
    (
        '<result type="1" aggregation-status="0">',
        '<result aggregation-status="0">',
        "SCHEMA",
        "lacks the attribute type",
    ),
    ('iso-date="2026-12-31"/>', 'iso-date="soon"/>', "SCHEMA", "“soon” cannot stand in iso-date"),
    ('humanitarian="0"', 'humanitarian="perhaps"', "SCHEMA", "“perhaps” cannot stand"),
    ('<activity-status code="2"/>', '<activity-status code="2" mood="good"/>', "SCHEMA", "attribute mood"),
    ("<iati-identifier>", "loose words<iati-identifier>", "SCHEMA", "do not belong in it"),
    # codelists
    ('code="MN"', 'code="QQ"', "Country", "“QQ” is not on the list Country"),
    ('<activity-status code="2"/>', '<activity-status code="9"/>', "ActivityStatus", "“9” is not on the list"),
    ('vocabulary="1" code="15190"', 'vocabulary="1" code="99999"', "Sector", "“99999” is not on the list Sector"),
    (
        '<reporting-org ref="XX-EXAMPLE-1" type="40">',
        '<reporting-org ref="XX-EXAMPLE-1" type="41">',
        "OrganisationType",
        "41",
    ),
    ('default-currency="USD"', 'default-currency="ZZZ"', "Currency", "“ZZZ” is not on the list Currency"),
    ('measure="1"', 'measure="7"', "IndicatorMeasure", "“7”"),
    ('vocabulary="1" code="15190"', 'vocabulary="1" code="15161"', "Sector", "was taken off the list"),
    # the ruleset, one of each kind
    ("<iati-identifier>XX-EXAMPLE-1-PROJ", "<iati-identifier>YY-PROJ", "1.1.21", "does not begin with"),
    ("<iati-identifier>XX-EXAMPLE-1-PROJ", "<iati-identifier>XX-EXAMPLE-1", "1.1.3", "the same identifier"),
    ("XX-EXAMPLE-1-PROJ", "XX-EXAMPLE-1-A/B", "1.3.13", "one of the signs"),
    ("XX-EXAMPLE-1-PROJ", " XX-EXAMPLE-1-PROJ", "1.3.1", "begins or ends with a space"),
    (' xml:lang="en"', "", "4.1.1", "does not say its language"),
    (' default-currency="USD"', "", "7.8.1", "does not say its currency"),
    ('percentage="60"', 'percentage="50"', "2.1.2", "add up to 90"),
    ('percentage="60"', 'percentage="160"', "12.3.1", "not between 0 and 100"),
    (' percentage="60"', "", "2.1.1", "each needs its percentage"),
    ('<recipient-country code="MN" percentage="100"/>', "", "3.7.1", "No country and no region"),
    ('code="MN" percentage="100"', 'code="MN" percentage="90"', "3.1.4", "There is only one"),
    ('type="3" iso-date="2026-12-31"', 'type="3" iso-date="2025-12-31"', "11.1.2", "start comes after the end"),
    ('type="2" iso-date="2026-01-02"', 'type="2" iso-date="2027-01-02"', "11.1.4", "lies in the future"),
    ('last-updated-datetime="2026-11-01', 'last-updated-datetime="2027-11-01', "11.1.1", "in the future"),
    ('<period-end iso-date="2026-12-31"/>', '<period-end iso-date="2027-12-31"/>', "7.5.3", "longer than a year"),
    (
        '<period-end iso-date="2026-06-30"/>',
        '<period-end iso-date="2025-06-30"/>',
        "8.6.1",
        "start comes after the end",
    ),
    (' significance="1"', "", "6.14.1", "how much it matters"),
    ('<target value="20"/>', "<target/>", "8.9.1", "needs its value"),
    ('<target value="20"/>', '<target value="many"/>', "8.9.2", "is no number"),
    (
        "<title><narrative>Officials trained",
        '<title><narrative/></title><description><narrative xml:lang="en"/></description><!--',
        "4.3.1",
        "has no text",
    ),
    (
        '<participating-org role="1" type="10"><narrative>Example Donor</narrative></participating-org>',
        '<participating-org role="1"/>',
        "6.10.1",
        "neither an identifier nor a name",
    ),
    # ours
    ('version="2.03"', 'version="2.02"', "version", "version 2.02"),
    (
        'ascending="1" aggregation-status="0"',
        'ascending="1" aggregation-status="1"',
        "aggregation",
        "counts people once",
    ),
    ('ascending="1" aggregation-status="0"', 'ascending="1"', "aggregation", "whether its figures may be added"),
    ('type="1" aggregation-status="0"', 'type="1" aggregation-status="1"', "aggregation", "one of its indicators"),
    (FEMALE, FEMALE + FEMALE, "twice", "the same dimensions"),
    (IN_A, IN_A.replace('name="agency" value="A"', 'name="sex" value="Male"'), "intersection", "stands here twice"),
    (FEMALE, FEMALE.replace("7", "8"), "sum", "add up to 13, more than the value without it, 12"),
    (IN_A, IN_A.replace("7", "9"), "sum", "add up to 9, more than the value without it, 7"),
]


def test_the_sound_file_is_sound() -> None:
    assert verdict_of(SOUND).findings == []


@pytest.mark.parametrize(
    ("before", "after", "rule", "words"), BROKEN, ids=[f"{one[2]} {one[3][:24]}" for one in BROKEN]
)
def test_a_mistake_is_told_with_its_place(before: str, after: str, rule: str, words: str) -> None:
    if after.endswith("<!--"):
        after = after.removesuffix("<!--") + "<title><narrative>Officials trained"
    findings = broken(before, after).findings
    [found] = [one for one in findings if rule in one.rule and words in str(one)][:1] or [None]
    assert found is not None, [(one.rule, str(one)) for one in findings]
    assert found.line is not None and found.path.startswith("/iati-activities")
    assert re.search(r"[A-Z“].*\.$", str(found)) and "%(" not in str(found)


def test_every_rule_of_the_standard_is_known_and_has_its_sentence(app: Flask) -> None:
    kinds, numbers = set(), set()

    def walk(kind: str, case: dict[str, object]) -> None:
        if kind != "loop":
            kinds.add(kind)
            numbers.add(case["ruleInfo"]["id"])  # type: ignore[index]
            return
        for inner, cases in case["do"].items():  # type: ignore[attr-defined]
            for one in cases["cases"]:
                walk(inner, one)

    for _path, kind, case in rules_of_activities():
        walk(kind, dict(case))
    assert kinds <= CHECKS.keys()
    assert numbers - NOT_JUDGED == RULE_WORDS.keys()


def test_many_mistakes_are_cut_short(app: Flask) -> None:
    verdict = broken('<activity-status code="2"/>', '<activity-status code="2"/>' * 300)
    many = broken('<recipient-country code="MN" percentage="100"/>', '<recipient-country code="QQ"/>' * 300)
    assert len(verdict.findings) <= MOST and len(many.findings) == MOST and many.has_more
