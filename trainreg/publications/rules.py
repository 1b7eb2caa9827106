"""What a project publishes."""

from enum import StrEnum


class PublicationKind(StrEnum):
    """Kinds of publications that projects report."""

    HANDBOOK = "handbook"
    TRAINING_MANUAL = "training_manual"
    ASSESSMENT_REPORT = "assessment_report"
    OTHER = "other"
