"""From the figures of a step to what the templates draw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kosmodrom.errors import InputError
from kosmodrom.report.figures.cells import cells
from kosmodrom.report.figures.curve import curve
from kosmodrom.report.figures.paper import Paper
from kosmodrom.report.figures.sky import sky
from kosmodrom.report.figures.timeline import timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kosmodrom.report.outlines import Outlines
    from kosmodrom.report.words import Words

__all__ = ["figures_of", "laid_out"]

_KINDS: dict[str, Callable[[Mapping[str, Any], Paper], dict[str, Any]]] = {
    "sky": sky,
    "timeline": timeline,
    "cells": cells,
    "curve": curve,
}


def laid_out(figure: object, words: Words, outlines: Outlines, where: str) -> dict[str, Any]:
    """Lay out one figure.

    Parameters
    ----------
    figure : object
        What `kosmodrom.analyses._figures` makes; anything else is refused.
    words : Words
        The language.
    outlines : Outlines
        Land to draw on.
    where : str
        What it is, for errors.

    Returns
    -------
    dict
        What the templates draw: kind, title, lead, alt, key, drawings, list, notes.
    """
    kind = figure.get("kind") if isinstance(figure, dict) else None
    if not isinstance(figure, dict) or not isinstance(kind, str) or kind not in _KINDS:
        raise InputError(
            f"{where}: a figure of kind {str(kind)[:40]!r} cannot be drawn; this version draws "
            f"{', '.join(_KINDS)}: use the version that made the results"
        )
    return {"kind": kind, **_KINDS[kind](figure, Paper(words, outlines, where))}


def figures_of(
    step: str, result: Mapping[str, Any], words: Words, outlines: Outlines
) -> list[dict[str, Any]]:
    """Lay out the figures of a step.

    Parameters
    ----------
    step : str
        Name of the step.
    result : Mapping
        What it gave; results of older versions have no figures.
    words : Words
        The language.
    outlines : Outlines
        Land to draw on.

    Returns
    -------
    list of dict
        What the templates draw.
    """
    return [
        laid_out(figure, words, outlines, f"step {step!r}, figure {number}")
        for number, figure in enumerate(result.get("figures") or [], start=1)
    ]
