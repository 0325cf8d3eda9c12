"""The files of a run, as texts."""

from __future__ import annotations

import json
import platform
from datetime import UTC, datetime
from importlib import metadata
from time import perf_counter
from typing import TYPE_CHECKING, Any

from kosmodrom import __version__
from kosmodrom.cases.folder import results_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["EXTRA_OF_REPORT", "RunLog", "data_files", "package_versions", "report_files"]

EXTRA_OF_REPORT = "pip install 'kosmodrom[report]'"
_EXTRA_MODULES = frozenset({"jinja2", "markupsafe", "babel"})


def data_files(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Write the files of a run that need nothing but the results.

    Parameters
    ----------
    document : Mapping
        The results document.

    Yields
    ------
    tuple of str
        Name and text.
    """
    from kosmodrom.assess.claimreview import claim_review

    features = [
        {**feature, "properties": {**(feature.get("properties") or {}), "step": step}}
        for step, result in document["steps"].items()
        for feature in result["features"]["features"]
    ]
    collection = {"type": "FeatureCollection", "features": features}
    yield "results.json", results_text(document)
    yield "features.geojson", json.dumps(collection, ensure_ascii=False, sort_keys=True) + "\n"
    review = json.dumps(claim_review(document), ensure_ascii=False, indent=1)
    review = review.replace("<", "\\u003c")  # it is made to be pasted into a script element
    yield "claimreview.jsonld", review + "\n"


def report_files(
    document: Mapping[str, Any], langs: Sequence[str]
) -> list[tuple[str, str]] | None:
    """Write the report in each language; the first one has the plain name.

    Parameters
    ----------
    document : Mapping
        The results document.
    langs : sequence of str
        Languages.

    Returns
    -------
    list of tuple of str or None
        Names and texts; None where what renders reports is not installed.
    """
    try:
        from kosmodrom.report import render_report
    except ModuleNotFoundError as error:
        if str(error.name).partition(".")[0] not in _EXTRA_MODULES:
            raise
        return None
    names = {lang: f"report.{lang}.html" if index else "report.html"
             for index, lang in enumerate(langs)}  # fmt: skip
    return [
        (
            name,
            render_report(
                document,
                lang,
                other_languages={key: file for key, file in names.items() if key != lang},
            ),
        )
        for lang, name in names.items()
    ]


def package_versions() -> dict[str, str | None]:
    """Find the versions of the packages that kosmodrom stands on.

    Returns
    -------
    dict of str to str or None
        Version by package; None where it is not installed.
    """
    found: dict[str, str | None] = {}
    for name in ("numpy", "pydantic", "click", "rich", "PyYAML", "pyerfa", "astropy-iers-data",
                 "pyproj", "shapely", "duckdb", "Jinja2", "babel"):  # fmt: skip
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = None
    return found


class RunLog:
    """The log of a run: clock, host, durations; it is kept out of the results."""

    def __init__(self) -> None:
        self.started = datetime.now(UTC)
        self.begun = perf_counter()
        self.durations: dict[str, float] = {}
        self.steps: dict[str, float] = {}
        self.mark = self.begun
        self.step = ""
        self.step_begun = self.begun

    def lap(self, name: str) -> None:
        """End a part of the run.

        Parameters
        ----------
        name : str
            What has just ended.
        """
        now = perf_counter()
        self.durations[name] = round(now - self.mark, 4)
        self.mark = now

    def begin_step(self, name: str) -> None:
        """End the step before, and begin one.

        Parameters
        ----------
        name : str
            The step; empty after the last one.
        """
        now = perf_counter()
        if self.step:
            self.steps[self.step] = round(now - self.step_begun, 4)
        self.step, self.step_begun = name, now

    def text(self, document: Mapping[str, Any]) -> str:
        """Write the log.

        Parameters
        ----------
        document : Mapping
            The results document.

        Returns
        -------
        str
            The text of ``run.json``.
        """
        log = {
            "kosmodrom": __version__,
            "case": document["case"],
            "as_of": document["as_of"],
            "started": self.started.isoformat(timespec="seconds"),
            "finished": datetime.now(UTC).isoformat(timespec="seconds"),
            "host": platform.node(),
            "platform": platform.platform(),
            "python": platform.python_version(),
            "packages": package_versions(),
            "duration_s": round(perf_counter() - self.begun, 4),
            "durations_s": self.durations,
            "steps_s": self.steps,
        }
        return json.dumps(log, indent=1, ensure_ascii=False) + "\n"
