"""What cannot be done with a results framework, each with its sentence."""

from flask_babel import lazy_gettext as _l

from trainreg.kernel.refusals import Invalid, Refused


class NoRule(Invalid):
    """Nobody could say what to count."""

    sentence = _l("Say how the indicator %(indicator)s is counted: choose its rule.")
    field = "rule"


class NoIndicatorTitle(Invalid):
    """An indicator is what it says."""

    sentence = _l("Give the indicator %(indicator)s its words, in one language at least.")
    field = "title_en"


class WrongIndicatorCode(Invalid):
    """Codes stand in spreadsheets and addresses."""

    sentence = _l(
        "“%(indicator)s” cannot be an indicator's code. Use Latin letters and digits, with single dashes or dots "
        "between them, for example 1.2a."
    )
    field = "code"


class IndicatorTwice(Invalid):
    """Indicators are told apart by their code."""

    sentence = _l("Two indicators have the code %(indicator)s.")
    field = "code"


class UnfitFilter(Invalid):
    """A filter that does nothing would be taken for one that does."""

    sentence = _l("The indicator %(indicator)s cannot be narrowed by “%(what)s”: its rule does not know it.")


class UnfitBreakdown(Invalid):
    """All of it would be "not stated"."""

    sentence = _l("The indicator %(indicator)s cannot be broken down by “%(what)s”: its rule does not know it.")
    field = "breakdowns"


class TooManyBreakdowns(Invalid):
    """More tables than anybody reads."""

    sentence = _l("The indicator %(indicator)s has more than %(most)s breakdowns.")
    field = "breakdowns"


class NoOutcomeToNarrow(Invalid):
    """There is nothing to narrow by."""

    sentence = _l("The indicator %(indicator)s counts only what serves its outcome, but belongs to none.")
    field = "own_outcome"


class FilterEndsBeforeStart(Invalid):
    """No day is left."""

    sentence = _l("The dates of the indicator %(indicator)s end before they begin.")
    field = "until_day"


class WrongHours(Invalid):
    """More than anybody attends, or less than nothing."""

    sentence = _l("The indicator %(indicator)s needs its least hours as a number from 0 to %(most)s.")
    field = "minimum_hours"


class WrongBaseline(Invalid):
    """Half a baseline, or a year no project has."""

    sentence = _l("Give the baseline of the indicator %(indicator)s its value and its year, from 1950 to 2100.")
    field = "baseline_value"


class WrongValue(Invalid):
    """Beyond what columns hold."""

    sentence = _l("A value of the indicator %(indicator)s is too large.")
    field = "baseline_value"


class UnknownOutcomeNumber(Invalid):
    """No outcome of this project."""

    sentence = _l("The project has no outcome %(number)s.")


class UnknownOutput(Invalid):
    """No output of this project."""

    sentence = _l("The project has no output %(output)s.")


class NoOutputTitle(Invalid):
    """An output is what it says."""

    sentence = _l("Give the output %(output)s its words, in one language at least.")


class OutputTwice(Invalid):
    """Outputs are told apart by their number."""

    sentence = _l("Two outputs have the number %(output)s.")


class WrongOutputNumber(Invalid):
    """Outputs are counted from one."""

    sentence = _l("Number the outputs of an outcome from 1 to 999.")


class WrongPeriodCode(Invalid):
    """Codes stand in spreadsheets and addresses."""

    sentence = _l(
        "“%(period)s” cannot be a period's name. Use Latin letters and digits, with single dashes or dots between "
        "them, for example 2026-Q1."
    )
    field = "code"


class PeriodTwice(Invalid):
    """Periods are told apart by their name."""

    sentence = _l("Two periods have the name %(period)s.")
    field = "code"


class PeriodEndsBeforeStart(Invalid):
    """Time runs forward."""

    sentence = _l("The period %(period)s ends before it begins.")
    field = "ends_on"


class PeriodOutsideProject(Invalid):
    """There is nothing to report from before or after the project."""

    sentence = _l("The period %(period)s does not lie within the project's time.")
    field = "starts_on"


class OverlappingPeriods(Invalid):
    """Whoever came on the shared day would be reported twice."""

    sentence = _l("The periods %(period)s and %(other)s overlap: no day may lie in two periods.")
    field = "starts_on"


class TargetOutsidePeriod(Invalid):
    """A target is due within the period it is set for."""

    sentence = _l("The target of the indicator %(indicator)s for %(period)s is due on a day outside that period.")


class TargetTwice(Invalid):
    """Two values for one indicator and period."""

    sentence = _l("The indicator %(indicator)s has two values for the period %(period)s.")


class UnknownPeriod(Invalid):
    """No period of this project."""

    sentence = _l("The project has no period %(period)s.")


class UnknownIndicator(Invalid):
    """No indicator of this project."""

    sentence = _l("The project has no indicator %(indicator)s.")


class NotByHand(Invalid):
    """What is counted is not written."""

    sentence = _l("The indicator %(indicator)s is counted by its rule: no value can be entered by hand.")


class NoSource(Invalid):
    """A number from nowhere cannot be traced."""

    sentence = _l("Say where the value of the indicator %(indicator)s for %(period)s comes from.")


class TooMany(Invalid):
    """More than anybody reports on."""

    sentence = _l("A framework has at most %(most)s indicators, outputs or periods each.")


class PeriodLocked(Refused):
    """What was handed in stays as it was handed in."""

    sentence = _l(
        "The period %(period)s was handed in: it, its targets and its values cannot be changed. Reopen it first."
    )
    field = "code"


class AlreadyHandedIn(Refused):
    """Handed in already, by somebody else perhaps."""

    sentence = _l("The period %(period)s was handed in already.")


class NotHandedIn(Refused):
    """There is nothing to reopen."""

    sentence = _l("The period %(period)s is not handed in.")


class NotOver(Refused):
    """A period that runs is not complete."""

    sentence = _l("The period %(period)s is not over yet: it can be handed in from the day after its last day.")


class NoReason(Invalid):
    """Whoever reads the report wants to know why it changed."""

    sentence = _l("Say why the period is reopened.")
    field = "reason"


class NothingToHandIn(Refused):
    """A report without an indicator."""

    sentence = _l("The project has no indicator to report on.")


class ChangedMeanwhile(Refused):
    """Somebody saved the framework after this page was opened, or the page came without saying what it showed."""

    sentence = _l(
        "Somebody changed this framework since the page was opened, and nothing is saved. Open the page again in "
        "another window, and enter there what you changed."
    )


class FrameworkNotEmpty(Refused):
    """Copying would mix two frameworks."""

    sentence = _l("This project has indicators already: only an empty framework can be filled from another project.")


class UnknownWord(Invalid):
    """A code in a spreadsheet that nothing has."""

    sentence = _l("Row %(row)s, %(column)s: we do not know “%(text)s”. Nothing was written.")


class UnreadableCell(Invalid):
    """A day, a number or a list that could not be read."""

    sentence = _l("Row %(row)s, %(column)s: “%(text)s” cannot be read. Nothing was written.")


class MissingCell(Invalid):
    """A row that cannot do without."""

    sentence = _l("Row %(row)s: %(column)s is empty. Nothing was written.")


class UnknownHeading(Invalid):
    """A misspelt column would be lost without a word."""

    sentence = _l("We do not know the column “%(column)s”. Fetch the framework as a spreadsheet to see the headings.")


class MissingHeading(Invalid):
    """Without it nobody knows what a row is."""

    sentence = _l("The spreadsheet has no column “%(column)s”.")
