"""Everything that tests and evaluations answer."""

from trainreg.assessment import (
    bank_pages,
    entry_pages,
    evaluation_pages,
    marking_pages,
    own_evaluation,
    own_pages,
    result_pages,
    summary_pages,
)
from trainreg.assessment.blueprint import blueprint

__all__ = [
    "bank_pages",
    "blueprint",
    "entry_pages",
    "evaluation_pages",
    "marking_pages",
    "own_evaluation",
    "own_pages",
    "result_pages",
    "summary_pages",
]
