"""The whole page of a small case. Regression: our own output, kept on purpose.

``python tests/golden/test_report_page.py`` writes the pages anew; a changed page needs a
sentence in the commit.
"""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from kosmodrom.report import render_report
from kosmodrom.report.outlines import Outlines

FOLDER = Path(__file__).parent / "report"
KEPT = ("vladivostok-1500", "tech-main-cause", "luna25-lost")


def page(lang):
    document = json.loads((FOLDER / "sample.json").read_text("utf-8"))
    document["claims"] = [claim for claim in document["claims"] if claim["id"] in KEPT]
    document["steps"] = {"vladivostok": document["steps"]["vladivostok"]}
    document["failed_steps"] = {}
    corners = [[40.0, 120.0], [60.0, 120.0], [60.0, 133.0], [40.0, 133.0], [40.0, 120.0]]
    outlines = Outlines(land=[np.array(corners)], countries=lambda: [np.array(corners)])
    html = render_report(document, lang, outlines=outlines)
    html = re.sub(r"<style>.*?</style>", "<style></style>", html, flags=re.DOTALL)
    html = re.sub(r"sha256-[^']+", "sha256-", html)
    return re.sub(r"\n\s*\n+", "\n", html)


@pytest.mark.parametrize("lang", ["en", "id"])
def test_the_page_of_a_small_case_is_the_one_that_was_looked_at(lang):
    kept = (FOLDER / f"small.{lang}.html").read_text("utf-8")
    assert page(lang).splitlines() == kept.splitlines()


if __name__ == "__main__":
    for language in ("en", "id"):
        (FOLDER / f"small.{language}.html").write_text(page(language), "utf-8")
