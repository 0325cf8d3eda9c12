"""Write the page of skill of forecasts from notices, out of what `score_forecasts.py` measured.

    .venv/bin/python scripts/score_forecasts.py --out skill.json
    .venv/bin/python scripts/fit_judgement.py DATA > judgement.txt
    .venv/bin/python scripts/make_skill_page.py skill.json judgement.txt

writes `docs/notices-skill.json`, what the page needs of the measurement; the page itself; and its
diagram. Without a file the page is written again from the JSON that is there.
"""

# ruff: noqa: E501 -- lines of the page are as wide as those of other pages
from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parents[1] / "docs"
KEPT, PAGE, DIAGRAM = "notices-skill.json", "notices-skill.md", "notices-skill.svg"
#: Classes of launches on the page, in order: key of the measurement, and what it is called.
CLASSES = (
    ("all", "all launches after the first fit"),
    ("corridor_known", "of these, corridors that led to an orbit before"),
    ("corridor_new", "of these, corridors never seen before"),
    ("no_corridors", "all of them again, without earlier corridors"),
    ("no_prior", "all of them again, without any earlier launch"),
    ("before_any_fit", "launches before the first fit, with numbers set by hand"),
)
NUMBERS = (
    "launches", "median_error_deg", "mean_error_deg", "inside_90", "inside_50", "mean_width_deg",
    "crps_deg",
)  # fmt: skip
ROW = ("name", "site", "vehicle", "truth_deg", "error_deg", "inside", "width_deg", "set_deg")
BIN = ("from", "to", "hypotheses", "said", "came_true")
#: Lines that `fit_judgement.py` prints, in order, and what they are called.
JUDGED = (
    "closures with all their notices",
    "of these, those without words that tell a rocket",
    "of these, those at places never seen before",
    "single notices",
)
COUNTS = ("events", "launches", "precision", "recall", "others_found", "others")
WORST = 12
NO_LAUNCH = "xx-"  # names of closures for something else: they are judged, never forecast
KINDS = {"sun_synchronous": "sun-synchronous", "known_plane": "known plane",
         "earlier_launches": "earlier launches"}  # fmt: skip


TEXT = """\
# How good forecasts from notices were

This page is written by `scripts/make_skill_page.py` from what `scripts/score_forecasts.py` measured.
How a forecast is made stands on the page of [notices](notices.md).

Of {launches} launches since {first} the inclination of the most probable hypothesis was off by {median}° in
the middle and by {mean}° on average; the set that holds 90 % held the truth in {inside} of them, and
was {width}° wide. The score is {gain} better than that of the plain formula.

## By class

{classes}

The error is that of the most probable hypothesis against the catalogued inclination; the CRPS is the
continuous ranked probability score of the whole forecast. *The formula* is the great circle to the middle
of the farthest area and the speed of the site: cos i = cos φ sin A with the azimuth against the stars.
For its score it has the spread of its own errors on earlier launches.

## Are the probabilities right?

![What was said against what came true, by steps of probability, with earlier launches and without]({diagram})

{reliability}

## Is it a launch at all?

{judgement}

Of the half of the closures that was not fitted. Precision is the share of launches among those that were called
launches, recall that of those called so among the launches. The archive was gathered by words about
rockets, so other closures are rarer in it than among all notices.

## Cases that were checked by hand

In degrees. These are the launches that have areas; one that reached no orbit has no truth. The one closure
that was for a missile test is not forecast.

{hand}

## The {worst_count} worst

Of all launches after the first fit, those of which the most probable hypothesis is farthest off.

{worst}

## How it was made

* Notices of an archive (github Joey0609/notams, December 2020 to June 2025) were matched with launches
  of GCAT (Jonathan McDowell) by time and place. The match is published in
  `tests/truth/data/notice_labels.csv`, and how it was made in `scripts/label_notices.py`.
* {read} launches were read. Left out: {left}.
* Numbers of the forecast were fitted {fits} times, to launches before {first}, and so on to those before
  {last}. Each launch is forecast with the last fit before its day, with launches and corridors of
  earlier days, and nothing of its own day or later.
* The launch site is given, and areas are those of the notices that were matched.

## What it does not show

* Nearly all launches are Chinese, since that is what the archive holds. How good it is elsewhere rests on
  the few cases that were checked by hand, some of which were looked at while it was built.
* Which notices belong to a launch is taken as it was matched here. `kosmodrom notices --score` measures
  with its own grouping, and with its own choice of the site.
* Corridors, the last areas of earlier launches with the orbits they led to, are those of the archive, day by
  day; they ship in the [catalog](catalog.md), and end with it in June 2025. Later launches are forecast as
  in the line without corridors, or by corridors that grow old.
* The inclination is what was catalogued, after all burns. Launches to high orbits, which turn later, are
  left out.
* Node, lift-off and passes are not scored here.
"""


def judged(printed: str) -> list[dict[str, float]]:
    """Read what `fit_judgement.py` printed of the half that was not fitted."""
    lines = printed.splitlines()
    start = next(k for k, line in enumerate(lines) if line.startswith("set, held-out half"))
    last = next(k for k, line in enumerate(lines) if line.startswith("notice, held-out half"))
    made = []
    for line in (*lines[start : start + 3], lines[last]):
        found = re.search(
            r"(\d+) events, +(\d+) launches: precision ([\d.]+), recall ([\d.]+), "
            r"others found (\d+) of (\d+)",
            line,
        )
        if found is None:
            raise SystemExit(f"cannot read {line!r}")
        made.append(dict(zip(COUNTS, map(float, found.groups()), strict=True)))
    return made


def kept(measured: dict[str, Any], judgement: list[dict[str, float]]) -> dict[str, Any]:
    """Keep what the page shows, rounded, in an order that does not change."""
    later = measured["rows"][measured["before_any_fit"]["launches"] :]
    worst = sorted(later, key=lambda row: -row["error_deg"])[:WORST]
    return {
        "fitted_before": measured["fitted_before"],
        "launches_read": measured["launches_read"],
        "left_out": measured["left_out"],
        "classes": {
            key: {name: measured[key].get(name) for name in NUMBERS} for key, _ in CLASSES
        },
        "formula": measured["formula"],
        "crps_gain": measured["crps_gain"],
        "reliability": [_some(one, BIN) for one in measured["reliability"]],
        "reliability_no_prior": [_some(one, BIN) for one in measured["reliability_no_prior"]],
        "judgement": judgement,
        "worst": [_row(row) for row in worst],
        "hand_checked": [
            _row(row) for row in measured["hand_checked"] if not row["name"].startswith(NO_LAUNCH)
        ],
    }


def _some(row: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: row[name] for name in names}


def _row(row: dict[str, Any]) -> dict[str, Any]:
    made = {
        name: round(value, 2) if isinstance(value := row[name], float) else value for name in ROW
    }
    if made["truth_deg"] != made["truth_deg"]:  # it reached no orbit
        made |= {"truth_deg": None, "error_deg": None, "inside": None}
    top = _some(row["hypotheses"][0], ("kind", "probability", "inclination_deg", "low_deg",
                                       "high_deg"))  # fmt: skip
    true = next((k for k, one in enumerate(row["hypotheses"], 1) if one["true"]), None)
    return made | {"top": top, "true_hypothesis": true}


def page(found: dict[str, Any]) -> str:
    """Write the page."""
    every = found["classes"]["all"]
    left = "; ".join(f"{name}: {count}" for name, count in found["left_out"].items())
    return TEXT.format(
        launches=every["launches"], first=found["fitted_before"][0],
        last=found["fitted_before"][-1], fits=len(found["fitted_before"]),
        median=_number(every["median_error_deg"]), mean=_number(every["mean_error_deg"]),
        inside=_share(every["inside_90"]), width=_number(every["mean_width_deg"], 1),
        gain=_share(found["crps_gain"]), read=found["launches_read"], left=left or "none",
        classes=_classes(found), reliability=_reliability(found), diagram=DIAGRAM,
        judgement=_judgement(found),
        hand=_launches(found["hand_checked"]), worst=_launches(found["worst"]),
        worst_count=len(found["worst"]),
    )  # fmt: skip


def _number(value: float | None, digits: int = 2) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.0f} %"


def _table(*lines: list[str]) -> str:
    rows = [f"| {' | '.join(line)} |" for line in lines]
    return "\n".join([rows[0], "|---" * len(lines[0]) + "|", *rows[1:]])


def _classes(found: dict[str, Any]) -> str:
    head = ["launches", "number", "median error [°]", "mean error [°]", "inside the 90 % set",
            "inside the 50 % set", "mean width [°]", "CRPS [°]"]  # fmt: skip
    lines = []
    for key, name in CLASSES:
        one = found["classes"][key]
        lines.append(
            [
                name, str(one["launches"]), _number(one["median_error_deg"]),
                _number(one["mean_error_deg"]), _share(one["inside_90"]),
                _share(one["inside_50"]), _number(one["mean_width_deg"], 1),
                _number(one["crps_deg"]),
            ]
        )  # fmt: skip
    plain = found["formula"]
    count = str(found["classes"]["all"]["launches"])
    lines.append(
        [
            "the formula, on the launches of the first line", count,
            _number(plain["median_error_deg"]), _number(plain["mean_error_deg"]), "–", "–", "–",
            _number(plain["crps_deg"]),
        ]
    )  # fmt: skip
    return _table(head, *lines)


def _reliability(found: dict[str, Any]) -> str:
    head = ["probability of a hypothesis", "hypotheses", "said", "came true",
            "without earlier launches: hypotheses", "said", "came true"]  # fmt: skip
    both = {one["from"]: one for one in found["reliability"]}
    bare = {one["from"]: one for one in found["reliability_no_prior"]}
    lines = []
    for start in sorted({*both, *bare}):
        cells = []
        for table in (both, bare):
            one = table.get(start)
            cells += (
                [str(one["hypotheses"]), _share(one["said"]), _share(one["came_true"])]
                if one
                else ["0", "–", "–"]
            )
        stop = (both.get(start) or bare[start])["to"]
        lines.append([f"{_share(start)} to {_share(stop)}", *cells])
    return _table(head, *lines)


def _judgement(found: dict[str, Any]) -> str:
    head = ["closures", "number", "launches", "precision", "recall", "others found"]
    return _table(
        head,
        *(
            [
                name, f"{one['events']:.0f}", f"{one['launches']:.0f}",
                f"{100 * one['precision']:.1f} %", f"{100 * one['recall']:.1f} %",
                f"{one['others_found']:.0f} of {one['others']:.0f}",
            ]
            for name, one in zip(JUDGED, found["judgement"], strict=True)
        ),
    )  # fmt: skip


def _launches(rows: list[dict[str, Any]]) -> str:
    head = ["launch", "truth", "most probable hypothesis, its 90 %", "probability", "90 % set",
            "holds it", "true hypothesis"]  # fmt: skip
    return _table(head, *(_cells(row) for row in rows))


def _cells(row: dict[str, Any]) -> list[str]:
    top = row["top"]
    return [
        _called(row),
        "no orbit" if row["truth_deg"] is None else f"{row['truth_deg']:.2f}",
        f"{KINDS.get(top['kind'], top['kind'])} {_span(top)}",
        _share(top["probability"]),
        ", ".join(_between(*pair) for pair in row["set_deg"]),
        {None: "–", True: "yes", False: "**no**"}[row["inside"]],
        "–" if row["truth_deg"] is None else _rank(row["true_hypothesis"]),
    ]


def _called(row: dict[str, Any]) -> str:
    """Name a launch; by its designator alone it says little."""
    return f"{row['name']} {row['vehicle']}" if row["name"][:1].isdigit() else str(row["name"])


def _between(low: float, high: float) -> str:
    ends = f"{low:.1f}", f"{high:.1f}"
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def _span(top: dict[str, Any]) -> str:
    return f"{top['inclination_deg']:.2f} ({top['low_deg']:.1f} to {top['high_deg']:.1f})"


def _rank(place: int | None) -> str:
    return "none" if place is None else f"no. {place}"


def diagram(found: dict[str, Any]) -> str:
    """Draw what was said against what came true."""
    size, edge = 300.0, 46.0

    def _at(said: float, true: float) -> tuple[float, float]:
        return edge + size * said, 14 + size * (1 - true)

    box = f'viewBox="0 0 520 {size + 66:g}" width="520"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} font-family="sans-serif" font-size="12">',
        f'<rect width="520" height="{size + 66:g}" fill="#fff"/>',
    ]
    for tick in (0, 25, 50, 75, 100):
        x, y = _at(tick / 100, tick / 100)
        left, foot = _at(0, 0)
        right, top = _at(1, 1)
        parts += [
            f'<path d="M{x:g} {top:g}V{foot:g}M{left:g} {y:g}H{right:g}" stroke="#ddd"/>',
            f'<text x="{x:g}" y="{foot + 16:g}" text-anchor="middle">{tick} %</text>',
            f'<text x="{left - 6:g}" y="{y + 4:g}" text-anchor="end">{tick} %</text>',
        ]
    low, high = _at(0, 0), _at(1, 1)
    parts.append(
        f'<path d="M{low[0]:g} {low[1]:g}L{high[0]:g} {high[1]:g}" stroke="#999" '
        'stroke-dasharray="4 3"/>'
    )
    for row, (key, colour, name) in enumerate(
        (("reliability", "#0b5fa5", "with earlier launches"),
         ("reliability_no_prior", "#b3500a", "without"))
    ):  # fmt: skip
        points = [_at(one["said"], one["came_true"]) for one in found[key]]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for one, (x, y) in zip(found[key], points, strict=True):
            radius = 2.5 + min(one["hypotheses"], 400) ** 0.5 / 5
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{colour}"/>')
        parts += [
            f'<circle cx="{edge + size + 20:g}" cy="{34 + 20 * row}" r="4" fill="{colour}"/>',
            f'<text x="{edge + size + 30:g}" y="{38 + 20 * row}">{name}</text>',
        ]
    parts += [
        f'<text x="{edge + size / 2:g}" y="{size + 50:g}" text-anchor="middle">said</text>',
        f'<text x="{edge + 4:g}" y="11">came true</text>',
        "</svg>",
        "",
    ]
    return "\n".join(parts)


def main() -> None:
    """Write the three files."""
    if len(sys.argv) == 3:
        measured = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
        judgement = judged(Path(sys.argv[2]).read_text(encoding="utf-8"))
        text = json.dumps(kept(measured, judgement), indent=1, ensure_ascii=False)
        (DOCS / KEPT).write_text(text + "\n", encoding="utf-8")
    found = json.loads((DOCS / KEPT).read_text(encoding="utf-8"))
    (DOCS / PAGE).write_text(page(found), encoding="utf-8")
    (DOCS / DIAGRAM).write_text(diagram(found), encoding="utf-8")


if __name__ == "__main__":
    main()
