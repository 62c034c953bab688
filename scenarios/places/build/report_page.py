"""The report of a build as one page for a browser: no scripts, nothing fetched."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from scenarios.places.build import report_words as words
from scenarios.places.build.report_charts import bars, charts
from scenarios.places.build.report_terms import UNITS

if TYPE_CHECKING:
    from scenarios.places.build.assemble import BuiltPlace

TEMPLATE = "report.html"


def page(built: BuiltPlace, sha256: str) -> str:
    """Make the page.

    Parameters
    ----------
    built : BuiltPlace
        What was built.
    sha256 : str
        Checksum of its place file.

    Returns
    -------
    str
        HTML, whole in itself.
    """
    return str(
        _template().render(
            report=built.report, words=words, charts=charts(built), bars=bars, sources=built.place.sources,
            units=UNITS,
            sha256=sha256,
        )
    )  # fmt: skip


@cache
def _template() -> Any:
    from jinja2 import Environment, StrictUndefined

    text = (files("scenarios.places.build") / TEMPLATE).read_text(encoding="utf-8")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["clean"] = words.clean
    return environment.from_string(text)
