"""The pages: templates filled from view objects, every word escaped, nothing fetched from anywhere."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipeline.messages import state_name
from pipeline.model import State
from pipeline.report.bars import BAR_WIDTH, bar
from pipeline.report.heatmap import CELL, heat_maps, symbol_of
from pipeline.report.printable import printable
from pipeline.report.view import CampaignView
from pipeline.rubric import Rubric

__all__ = ["pages"]


def pages(view: CampaignView, rubric: Rubric) -> Iterator[tuple[str, str]]:
    """Yield (path below the output folder, page) for the overview and for every unit."""
    environment = _environment()
    yield (
        "index.html",
        environment.get_template("index.html.j2").render(
            view=view, heat_maps=heat_maps(view.units, rubric), root=""
        ),
    )
    template = environment.get_template("unit.html.j2")
    around = (None, *view.pages, None)
    for before, unit, after in zip(around, view.pages, around[2:], strict=False):
        yield (
            f"units/{unit.page}",
            template.render(view=view, unit=unit, before=before, after=after, root="../"),
        )


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("pipeline.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    style, script = _static("report.css"), _static("report.js")
    environment.globals |= {
        "style": Markup(style),
        "script": Markup(script),
        "policy": _policy(style, script),
        "bar": bar,
        "bar_width": BAR_WIDTH,
        "cell": CELL,
        "symbol_of": symbol_of,
        "state_name": state_name,
        "states": State,
    }
    return environment


def _finalize(value: object) -> object:
    """Take control characters out of whatever a template prints; a page with one would not parse."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return printable(value)
    return value


def _static(name: str) -> str:
    folder = resources.files("pipeline.report") / "static"
    return "\n" + (folder / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _policy(style: str, script: str) -> str:
    """Allow exactly our own style and script, by their hashes, and nothing from anywhere."""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
