"""Where templates and styles come from."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from kosmodrom.report.anchors import web_address

__all__ = ["environment", "style"]


@cache
def environment() -> Environment:
    """Give what renders the templates; every text that goes in is escaped.

    Returns
    -------
    jinja2.Environment
        It refuses names that were not given.
    """
    made = Environment(
        loader=PackageLoader("kosmodrom.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.tests["web"] = lambda text: web_address(text) is not None
    return made


@cache
def style(*names: str) -> str:
    """Read style sheets of the package.

    Parameters
    ----------
    *names : str
        Names of files beside the templates.

    Returns
    -------
    str
        All of them, one after the other.
    """
    folder = files("kosmodrom.report") / "templates"
    return "".join((folder / name).read_text("utf-8") for name in names)
