"""What must hold of the settings before they are written; each failing check is a refusal with a sentence."""

from collections.abc import Iterator

from trainreg.iati.codelists import codelist
from trainreg.kernel.refusals import Refused
from trainreg.programme.iati import refusals, rules
from trainreg.programme.iati.details import IatiDetails, SectorDetails

REFS = ("reporting_ref", "identifier", "funder_ref", "implementer_ref")
CODES = {
    "reporting_type": "OrganisationType",
    "funder_type": "OrganisationType",
    "implementer_type": "OrganisationType",
    "partner_type": "OrganisationType",
    "partner_role": "OrganisationRole",
    "scope": "ActivityScope",
}


def iati_problems(told: IatiDetails) -> Iterator[Refused]:
    """Everything that cannot be in these settings."""
    if not told.reporting_ref:
        yield refusals.NoReportingRef()
    if not told.identifier:
        yield refusals.NoIdentifier()
    elif told.reporting_ref and not rules.begins_with(told.identifier, told.reporting_ref):
        yield refusals.WrongStart(start=f"{told.reporting_ref}-")
    for name in REFS:
        ref = getattr(told, name)
        longest = rules.LONGEST_IDENTIFIER if name == "identifier" else rules.LONGEST_REF
        if ref and (not rules.is_ref(ref) or len(ref) > longest):
            yield refusals.WrongRef(field=name)
    for name, listed in CODES.items():
        code = getattr(told, name)
        if (code or name == "reporting_type") and code not in codelist(listed):
            yield refusals.UnknownCode(field=name, code=code[:20])
    if told.partner_role and not told.partner_type:
        yield refusals.NoPartnerType()
    yield from _sector_problems(told)


def _sector_problems(told: IatiDetails) -> Iterator[Refused]:
    if len(told.sectors) > rules.SECTORS:
        yield refusals.TooManySectors(most=rules.SECTORS)
    of_list: dict[str, list[SectorDetails]] = {}
    for one in told.sectors:
        of_list.setdefault(one.vocabulary, []).append(one)
        if one.vocabulary not in rules.VOCABULARIES or one.code not in codelist(rules.VOCABULARIES[one.vocabulary]):
            yield refusals.UnknownCode(field="sectors", code=one.code[:20])
    if rules.DAC not in of_list:
        yield refusals.NoSector()
    for chosen in of_list.values():
        codes = [one.code for one in chosen]
        twice = next((code for code in codes if codes.count(code) > 1), None)
        if twice is not None:
            yield refusals.SectorTwice(code=twice[:20])
        elif not rules.adds_up(one.percentage for one in chosen):
            yield refusals.WrongPercentages()
