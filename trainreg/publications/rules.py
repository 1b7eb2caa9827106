"""What a project publishes."""

from enum import StrEnum

MOST_PRINTED = 10_000_000


class PublicationKind(StrEnum):
    """Kinds of publications that projects report."""

    HANDBOOK = "handbook"
    TRAINING_MANUAL = "training_manual"
    ASSESSMENT_REPORT = "assessment_report"
    OTHER = "other"
