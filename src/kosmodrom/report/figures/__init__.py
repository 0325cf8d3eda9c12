"""Figures of a step: sky plots, timelines, cells and curves, drawn as SVG by own code.

The numbers come from the results; here they only find their places on the page.
"""

from kosmodrom.report.figures.alone import figure_svg
from kosmodrom.report.figures.drawing import figures_of

__all__ = ["figure_svg", "figures_of"]
