"""The report: one page of HTML that opens offline, from the results of a case.

It renders what was computed and computes nothing beyond the layout.
"""

from kosmodrom.report.figures import figure_svg
from kosmodrom.report.html import render_report

__all__ = ["figure_svg", "render_report"]
