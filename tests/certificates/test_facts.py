"""The frozen record: one text, one fingerprint."""

import json
import unicodedata
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.certificates.samples import ENGLISH, LONGEST, SHORTEST, TRAINER, named
from trainreg.certificates.facts import CertificateFacts, canonical_json, facts_from_json, sha256_of

SAMPLES = [TRAINER, LONGEST, SHORTEST, ENGLISH]


@pytest.mark.parametrize("facts", SAMPLES, ids=lambda facts: facts.kind.value)
def test_a_record_read_back_is_the_record_written(facts: CertificateFacts) -> None:
    assert facts_from_json(canonical_json(facts)) == facts
    assert canonical_json(facts_from_json(canonical_json(facts))) == canonical_json(facts)


def test_keys_are_sorted_and_nothing_is_padded() -> None:
    text = canonical_json(TRAINER)

    assert text == json.dumps(json.loads(text), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert "Энхтуяа" in text


def test_the_order_of_languages_and_trailing_noughts_do_not_matter() -> None:
    turned = replace(
        TRAINER,
        names=dict(reversed(list(TRAINER.names.items()))),
        hours_planned=Decimal("21.00"),
        days_planned=Decimal("3.000"),
    )

    assert sha256_of(canonical_json(turned)) == sha256_of(canonical_json(TRAINER))


def test_whole_tens_are_written_out() -> None:
    assert '"hours_planned":"100"' in canonical_json(replace(TRAINER, hours_planned=Decimal(100)))


def test_both_spellings_of_one_letter_are_one_record() -> None:
    composed = named("Žižek Åsa")
    decomposed = named(unicodedata.normalize("NFD", "Žižek Åsa"))

    assert canonical_json(composed) == canonical_json(decomposed)


@pytest.mark.parametrize(
    "change",
    [
        {"names": {"en": "Batbayar Enkhtuyaa", "mn": "Батбаярын Энхтуяа"}},
        {"edition": 2},
        {"issued_on": date(2013, 3, 16)},
        {"hours_attended": Decimal("17.25")},
        {"is_invented": True},
    ],
)
def test_every_change_changes_the_fingerprint(change: dict[str, object]) -> None:
    changed = replace(TRAINER, **change)

    assert sha256_of(canonical_json(changed)) != sha256_of(canonical_json(TRAINER))


def test_a_record_of_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="format"):
        facts_from_json(canonical_json(TRAINER).replace("trainreg-certificate-1", "trainreg-certificate-9"))


def test_a_certificate_without_a_name_in_one_of_its_languages_cannot_exist() -> None:
    with pytest.raises(ValueError, match="name in each"):
        replace(TRAINER, names={"en": "Bold"})
    with pytest.raises(ValueError, match="dates"):
        replace(TRAINER, ends_on=date(2013, 3, 1))
