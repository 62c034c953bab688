"""Places: from a name to the schools, home areas and published figures that the model runs on."""

from scenarios.places.options import GeneratorOptions
from scenarios.places.provenance import describe
from scenarios.places.resolve import library, resolve

__all__ = ["GeneratorOptions", "describe", "library", "resolve"]
