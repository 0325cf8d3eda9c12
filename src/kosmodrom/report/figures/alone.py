"""One figure alone, as a file of SVG that any program can show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from kosmodrom.errors import InputError
from kosmodrom.messages import LANGUAGES
from kosmodrom.report.anchors import clean
from kosmodrom.report.figures.drawing import laid_out
from kosmodrom.report.figures.paper import room
from kosmodrom.report.outlines import Outlines, catalog_outlines
from kosmodrom.report.templating import environment, style
from kosmodrom.report.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["figure_svg"]

_MARGIN, _LINE = 16.0, 17.0  # pixels
_TITLE, _TEXT = 16.0, 12.5  # size of letters [px]


def figure_svg(figure: Mapping[str, Any], lang: str, *, outlines: Outlines | None = None) -> str:
    """Draw one figure of a result as a picture of its own, dark on light.

    Parameters
    ----------
    figure : Mapping
        One of the ``figures`` of a step in the results.
    lang : {"en", "id"}
        Language of its words.
    outlines : Outlines or None
        Land to draw on; None takes that of the catalog.

    Returns
    -------
    str
        SVG that needs no fonts, styles or files from elsewhere.
    """
    if lang not in LANGUAGES:
        raise InputError(f"language {lang!r} has no texts; choose one of {', '.join(LANGUAGES)}")
    words = Words(lang)
    laid = laid_out(clean(figure), words, outlines or catalog_outlines(), "the figure")
    drawing = laid["drawings"][0]
    width = drawing["width"]
    top = _MARGIN + _TITLE
    texts = _lines([laid["title"]], width, _TITLE, top, "f-head")
    top = texts[-1]["y"] + 6.0
    if laid["lead"]:
        texts += _lines([laid["lead"]], width, _TEXT, top + _LINE - 4.0, "f-quiet")
        top = texts[-1]["y"] + 4.0
    # A curve has the names of its lines at their ends.
    key = _key([] if laid["kind"] == "curve" else laid["key"], width, top + _LINE)
    top = (key[-1]["y"] if key else top) + 12.0
    below = top + drawing["height"] + _LINE
    notes = _lines(laid["notes"], width, _TEXT, below + 4.0, "f-quiet")
    bottom = notes[-1]["y"] if notes else below - _LINE
    page = environment().get_template("figure.svg.j2")
    return page.render(
        lang=lang,
        figure=laid,
        drawing=drawing,
        texts=texts + notes,
        key=key,
        top=round(top, 1),
        margin=_MARGIN,
        width=round(width + 2 * _MARGIN, 1),
        height=round(bottom + _MARGIN, 1),
        style=Markup(_light_style()),  # noqa: S704 -- the package's own file
    )


def _light_style() -> str:
    """Write colours where the style has names: many programs that show SVG do not know names."""
    text = style("style.css", "figures.css")
    names: dict[str, str] = {}
    for block in re.findall(r"^:root \{(.*?)\}", text, re.DOTALL | re.MULTILINE):
        names |= dict(re.findall(r"--([\w-]+): ([^;]+);", block))
    rules = style("figures.css").partition("/* figures */")[2].partition("/* page */")[0]
    return re.sub(r"var\(--([\w-]+)\)", lambda found: names[found[1]], rules).strip()


def _lines(
    sentences: Sequence[str], width: float, size: float, top: float, name: str
) -> list[dict[str, Any]]:
    """Break sentences into lines that fit."""
    lines: list[str] = []
    for sentence in sentences:
        line = ""
        for word in sentence.split(" "):
            longer = f"{line} {word}".strip()
            if line and room(longer, size) > width:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return [
        {"text": text, "x": _MARGIN, "y": round(top + k * (size + 5.0), 1), "name": name}
        for k, text in enumerate(lines)
    ]


def _key(entries: Sequence[Mapping[str, str]], width: float, top: float) -> list[dict[str, Any]]:
    """Lay the key out in lines."""
    placed, x, y = [], 0.0, top
    for entry in entries:
        wide = 32.0 + room(entry["text"], _TEXT) + 18.0
        if x and x + wide > width:
            x, y = 0.0, y + _LINE + 2.0
        placed.append({**entry, "x": round(_MARGIN + x, 1), "y": round(y, 1)})
        x += wide
    return placed
