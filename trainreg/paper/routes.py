"""Every page of attendance on paper."""

from trainreg.paper import models
from trainreg.paper.blueprint import blueprint

__all__ = ["blueprint", "models"]
