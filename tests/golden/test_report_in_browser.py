"""The report as a browser lays it out: nothing runs over the edge, on a desk or in a hand."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kosmodrom.cases import load_case, run_case
from kosmodrom.report import render_report
from kosmodrom.workspace import open_context

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium: apt-get install chromium"),
]

# A page around the page: it opens the report at a width and writes down what it measures.
FRAME = """<!doctype html><body style="margin:0"><iframe id="f" src="{name}"
 style="border:0;width:{width}px;height:900px"></iframe><pre id="out"></pre><script>
document.getElementById('f').onload = function () {{
  const page = this.contentDocument, root = page.documentElement, wide = [];
  for (const thing of page.querySelectorAll('main *, header *, footer *')) {{
    const box = thing.getBoundingClientRect();
    if (box.right > {width} + 1 && !thing.closest('svg') && !thing.closest('details:not([open])')
        && !thing.closest('[class*=scroll]')) wide.push(thing.tagName + '.' + thing.className);
  }}
  const broken = [...page.querySelectorAll('a[href^="#"]')]
    .map(link => link.getAttribute('href').slice(1))
    .filter(id => id && !page.getElementById(decodeURIComponent(id)));
  document.getElementById('out').textContent = JSON.stringify({{
    width: root.scrollWidth, wide: wide.slice(0, 5), broken: broken.slice(0, 5),
    cards: page.querySelectorAll('article').length,
    figures: page.querySelectorAll('figure.figure').length,
    drawn: [...page.querySelectorAll('figure svg[role=img]')].filter(
      one => one.getBoundingClientRect().width > 0).length,
    outer: [...page.querySelectorAll('figure svg[role=img]')].filter(one => {{
      const box = one.getBoundingClientRect(), text = one.getBBox(), view = one.viewBox.baseVal;
      return box.right > {width} || box.left < 0
        || (box.width && one.matches('.f-sky, .f-timeline, .f-curve')
            && (text.x < -1 || text.y < -1
            || text.x + text.width > view.width + 1 || text.y + text.height > view.height + 1));
    }}).map(one => one.getAttribute('aria-label')).slice(0, 5),
    small: [...page.querySelectorAll('figure.figure svg[role=img] text')].filter(one => {{
      const svg = one.closest('svg[role=img]'), wide = svg.getBoundingClientRect().width;
      const size = parseFloat(getComputedStyle(one).fontSize);
      return wide && size * wide / svg.viewBox.baseVal.width < 9;
    }}).map(one => one.textContent).slice(0, 5),
    outside: performance.getEntriesByType("resource")
      .filter(r => !r.name.startsWith("file:")).length
  }});
}};
</script>"""


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    case = load_case("vostochny-2023")
    document = run_case(case, open_context("2023-09-15"))
    for lang in ("en", "id"):
        (folder / f"{lang}.html").write_text(render_report(document, lang), "utf-8")
    views = json.loads((Path(__file__).parent / "report" / "views.json").read_text("utf-8"))
    for lang in ("en", "id"):
        (folder / f"views-{lang}.html").write_text(render_report(views, lang), "utf-8")
    return folder


def measure(folder, name, width):
    frame = folder / f"frame-{name}-{width}.html"
    frame.write_text(FRAME.format(name=name, width=width), "utf-8")
    words = [
        CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
        "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--allow-file-access-from-files",
        f"--user-data-dir={folder / 'profile'}",
        f"--window-size={max(width, 500)},900", "--virtual-time-budget=10000", "--dump-dom",
        frame.as_uri(),
    ]  # fmt: skip
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=True)
    found = re.search(r'<pre id="out">(\{.*?\})</pre>', done.stdout)
    assert found, done.stderr[-2000:]
    return json.loads(found[1])


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize("width", [390, 1280])  # a common phone, a common desk
def test_the_page_fits_its_window_and_every_inner_link_leads_somewhere(reports, lang, width):
    seen = measure(reports, f"{lang}.html", width)
    assert seen["width"] <= width, seen["wide"]
    assert seen["broken"] == []
    assert seen["cards"] >= 56
    assert seen["outside"] == 0


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize("width", [390, 1280])
def test_figures_stay_inside_the_page_and_their_letters_can_be_read(reports, lang, width):
    seen = measure(reports, f"views-{lang}.html", width)
    assert seen["width"] <= width, seen["wide"]
    assert seen["broken"] == []
    assert seen["figures"] == 7
    assert seen["drawn"] == 7 + 2  # one sheet of each figure, and the maps
    assert seen["outer"] == []  # nothing is drawn beside its sheet
    assert seen["small"] == []  # nine pixels
