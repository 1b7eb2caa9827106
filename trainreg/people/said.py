"""How people write an age band in a list, in English, Mongolian and Russian."""

from trainreg.kernel.text import fold
from trainreg.people.rules import AgeBand

_SAID = {
    AgeBand.UNDER_25: "under_25,under 25,<25,24 and under,25 хүртэл,25-аас доош,до 25",
    AgeBand.TO_34: "25_34,25-34,25–34,25 to 34,25 34",
    AgeBand.TO_44: "35_44,35-44,35–44,35 to 44",
    AgeBand.TO_54: "45_54,45-54,45–54,45 to 54",
    AgeBand.FROM_55: "55_over,55+,55 and over,55 over,over 55,55-аас дээш,55 ба түүнээс дээш,55 и старше",
    AgeBand.NOT_STATED: "not stated,not_stated,unknown,n/a,-,заагаагүй,хэлээгүй,тодорхойгүй,не указан",
}
AGE_BANDS = {fold(word): band for band, words in _SAID.items() for word in words.split(",")}


def age_band_said(text: str) -> AgeBand | None:
    """The band that somebody wrote; an empty cell is "not stated", None what says nothing we know."""
    return AGE_BANDS.get(fold(text)) if text.strip() else AgeBand.NOT_STATED
