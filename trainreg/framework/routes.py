"""Every page of the results framework."""

from trainreg.framework import models  # noqa: F401 - until its pages come
from trainreg.framework.blueprint import blueprint

__all__ = ["blueprint"]
