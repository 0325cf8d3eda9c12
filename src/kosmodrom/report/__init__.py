"""The report: one page of HTML that opens offline, from the results of a case.

It renders what was computed and computes nothing beyond the layout.
"""

from kosmodrom.report.html import render_report

__all__ = ["render_report"]
