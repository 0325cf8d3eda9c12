"""Every listing of the documentation is run, and what it shows is what comes out.

```console  lines after ``$`` are run by a shell in an empty folder; what is printed to stdout is
            compared with the lines below.
```pycon    doctests; the listings of a page are one session.
```yaml     a listing that begins with ``kosmodrom: 1`` is a case and passes the check; any other
            is a part of a case and passes when the rest of a small case is put around it. One
            that begins with ``# wrong`` is refused.

In all of them ``...`` stands for anything and blanks are as good as line breaks. A YAML listing
whose first line is ``# NAME.yaml`` is a file that the console listings of its page may use.
"""

import doctest
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from kosmodrom.cases import load_case, plan_case
from kosmodrom.errors import CaseError
from kosmodrom.workspace import Context

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
#: Seconds for a listing: an ascent takes ten, and many times that where tests fill all cores.
LONGEST = 300
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"# ([\w-]+\.yaml)\n")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#([^)\s]+))?\)")

#: What stands around a listing that is a part of a case, key by key.
AROUND = {
    "kosmodrom": "kosmodrom: 1\n",
    "title": 'title: {en: "A part", id: "Sebagian"}\n',
    "sources": (
        "sources:\n"
        "  paper: {name: a paper, published: 2023-09-14, grade: C3}\n"
        "  wire: {name: a wire, published: 2023-09-13, grade: B2}\n"
        "  register: {name: a register, published: 2023-09-01, grade: A2}\n"
    ),
    "analyses": (
        "analyses:\n"
        "  vladivostok: {distance: {from: vostochny, to: Vladivostok}}\n"
        "  so-far: {launches: {site: vostochny, until: 2023-09-13}}\n"
    ),
}


@dataclass(frozen=True)
class Listing:
    page: Path
    line: int
    text: str

    @property
    def where(self):
        return f"{self.page.name}:{self.line}"


def listings(kind):
    found = []
    for page in PAGES:
        text = page.read_text("utf-8")
        for fence in FENCE.finditer(text):
            line = text.count("\n", 0, fence.start()) + 1
            if fence[1] == kind:
                found.append(Listing(page, line, fence[2]))
    return found


def named(listing):
    return listing.where


def check(want, got, where):
    if not doctest.OutputChecker().check_output(want, got, FLAGS):
        pytest.fail(f"{where}\nthe page says:\n{want}\nwhat comes out:\n{got}", pytrace=False)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KOSMODROM_HOME", str(tmp_path / "home"))
    return tmp_path


def shell(command, folder):
    """Run a command as a reader would, in plain text, 100 columns wide."""
    environment = {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
        "HOME": str(folder),
        "KOSMODROM_HOME": str(folder / "home"),
        "COLUMNS": "100",
        "LC_ALL": "C.UTF-8",
        "PYTHONWARNINGS": "error",
    }
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=folder, env=environment, capture_output=True, text=True, timeout=LONGEST, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout


def commands(text):
    """Split a console listing into commands and what they print."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        lines = part.splitlines(keepends=True)
        count = 1
        while lines[count - 1].endswith("\\\n"):
            count += 1
        yield "".join(lines[:count]), "".join(lines[count:])


@pytest.mark.parametrize("listing", listings("console"), ids=named)
def test_a_command_prints_what_the_page_shows(listing, folder):
    for file in listings("yaml"):
        if file.page == listing.page and (name := FILE.match(file.text)):
            (folder / name[1]).write_text(file.text, "utf-8")
    assert listing.text.startswith("$ "), f"{listing.where} has no command"
    for command, want in commands(listing.text):
        check(want, shell(command, folder), f"{listing.where}: {command}")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_answers_as_the_page_shows(page, folder):
    names = {}
    runner = doctest.DocTestRunner(optionflags=FLAGS)
    for listing in listings("pycon"):
        if listing.page == page:
            test = doctest.DocTestParser().get_doctest(
                listing.text, names, listing.where, str(page), listing.line
            )
            runner.run(test, clear_globs=False)
            names.update(test.globs)
    assert not runner.failures, f"{page.name}: see the doctests above"


def whole(text):
    """Put the rest of a small case around a part of one."""
    keys = set(re.findall(r"^(\w+):", text, re.MULTILINE))
    return "".join(part for key, part in AROUND.items() if key not in keys) + text


@pytest.mark.parametrize("listing", listings("yaml"), ids=named)
def test_a_case_in_the_docs_is_a_case(listing, folder):
    file = folder / "listing.yaml"
    file.write_text(whole(listing.text), "utf-8")

    def plan():
        return plan_case(load_case(str(file)), Context(store_path=None))

    if listing.text.startswith("# wrong"):
        with pytest.raises(CaseError):
            plan()
    else:
        plan()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_between_pages_leads_somewhere(page):
    for target, part in LINK.findall(page.read_text("utf-8")):
        if "://" in target or target == "docs/report.png":  # the picture is made from a report
            continue
        file = page.parent / target
        assert file.exists(), f"{page.name} links to {target}, which is not there"
        if part:
            heads = re.findall(r"^#+ (.+)$", file.read_text("utf-8"), re.MULTILINE)
            anchors = {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}
            assert part in anchors, f"{page.name} links to {target}#{part}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_listing_is_of_a_kind_that_is_tested(page):
    kinds = {found[1] for found in FENCE.finditer(page.read_text("utf-8"))}
    assert kinds <= {"console", "pycon", "yaml", "sh", ""}, kinds
