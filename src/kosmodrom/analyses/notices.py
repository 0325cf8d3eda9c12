"""Read what hazard notices give away: which launch, from where, into which orbit, how surely.

Notices to airmen and to mariners, circulars and lists of the press are read as they were
published, or areas as GeoJSON. Notices of one launch are put together, judged, and the orbit is
forecast with what was known before the launch: hypotheses with probabilities, and the set of
inclinations that holds 90 %.

Examples
--------
kosmodrom notices notices.txt
kosmodrom notices a.txt b.txt --site jiuquan --launch 2024-04-25T12:59Z --places tokyo --json
kosmodrom notices archive.txt --score
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kosmodrom.analyses._figures import drawn_later
from kosmodrom.analyses._notices_request import NoticesRequest
from kosmodrom.analyses._result import ColumnSpec, FactSpec, Note, Result
from kosmodrom.analyses._shared import table_dataset
from kosmodrom.base.facts import Fact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kosmodrom.analyses._notices_found import Found
    from kosmodrom.analyses._notices_launch import Launch
    from kosmodrom.analyses._notices_read import Given
    from kosmodrom.workspace import Context

__all__ = ["COLUMNS", "FACTS", "NoticesRequest", "run"]

FACTS = (
    FactSpec("inclination_deg", "deg", "inclination of the most probable hypothesis", 0.01),
    FactSpec("inclination_set_deg", "deg", "inclinations that hold 90 %", 0.01),
    FactSpec("inclination_median_deg", "deg", "half of the probability lies below", 0.01),
    FactSpec("is_orbital_launch", "1", "probability of a launch into orbit", 0.001),
    FactSpec("class", "text", "what the notices close areas for"),
    FactSpec("site", "text", "launch site"),
    FactSpec("site_share", "1", "probability of that site against the others", 0.001),
    FactSpec("hypothesis", "text", "the most probable one"),
    FactSpec("probability", "1", "of that hypothesis", 0.001),
    FactSpec("azimuth_deg", "deg", "its direction over the ground, from north by east", 0.01),
    FactSpec("direct_inclination_deg", "deg", "of a launch that does not turn after the last area",
             0.01),
    FactSpec("lift_off", "instant", "the likeliest lift-off, between the ends of 90 %"),
    FactSpec("raan_deg", "deg", "right ascension of the ascending node of that hypothesis", 0.01),
    FactSpec("raan_slope_deg_min", "deg/minute", "what a minute of delay adds to it", 1e-5),
    FactSpec("first_pass_{}", "instant", "first pass over a place, when it is highest"),
    FactSpec("pass_elevation_{}", "deg", "elevation then", 0.1),
    FactSpec("proxy_height_km", "km", "height of the circular orbit taken for passes", 0.1),
    FactSpec("notices", "1", "notices that were read"),
    FactSpec("areas", "1", "areas in them"),
    FactSpec("launches", "1", "launches into orbit that they tell of"),
    FactSpec("others", "1", "other closures"),
    FactSpec("left_out", "1", "notices and areas that belong to none"),
    FactSpec("unread", "1", "places in the texts that were not understood"),
    FactSpec("repairs", "1", "places in the texts that were set right"),
    FactSpec("launches_scored", "1", "forecasts that were compared with the record"),
    FactSpec("launches_not_catalogued", "1", "launches that could not be compared"),
    FactSpec("median_error_deg", "deg", "median error of the most probable hypothesis", 0.001),
    FactSpec("mean_error_deg", "deg", "mean error of it", 0.001),
    FactSpec("in_set_share", "1", "share of launches inside the set that holds 90 %", 0.001),
    FactSpec("mean_set_width_deg", "deg", "mean width of that set", 0.001),
    FactSpec("mean_score_deg", "deg", "mean continuous ranked probability score", 0.001),
)  # fmt: skip
COLUMNS = (
    ColumnSpec("launch", "1", "which launch of these notices"),
    ColumnSpec("site", "text", "launch site"),
    ColumnSpec("tag", "text", "international designator of the launch that was catalogued"),
    ColumnSpec("lift_off", "instant", "when that was"),
    ColumnSpec("hypothesis", "text", "what sort of launch"),
    ColumnSpec("probability", "1", "how probable that is", 1e-4),
    ColumnSpec("inclination_deg", "deg", "inclination", 1e-3),
    ColumnSpec("inclination_low_deg", "deg", "5 % of this hypothesis lie below", 1e-3),
    ColumnSpec("inclination_high_deg", "deg", "5 % of it lie above", 1e-3),
    ColumnSpec("azimuth_deg", "deg", "direction over the ground, from north by east", 0.01),
    ColumnSpec("direction", "text", "whether it goes north or south"),
    ColumnSpec("turn_deg", "deg", "how far it turns from a launch straight ahead", 0.01),
    ColumnSpec("raan_deg", "deg", "right ascension of the ascending node, in TEME", 0.01),
    ColumnSpec("raan_low_deg", "deg", "the node lies clockwise from here", 0.01),
    ColumnSpec("raan_high_deg", "deg", "to here", 0.01),
    ColumnSpec("rests_on", "text", "which part of what was known speaks for it most"),
    ColumnSpec("catalogued_deg", "deg", "inclination that was catalogued", 1e-3),
    ColumnSpec("error_deg", "deg", "forecast less catalogued", 1e-3),
    ColumnSpec("in_set", "bool", "whether it lies in the set that holds 90 %"),
    ColumnSpec("set_width_deg", "deg", "width of that set", 1e-3),
    ColumnSpec("score_deg", "deg", "continuous ranked probability score", 1e-3),
)
_TABLES = ("sites", "launch_orbits", "closed_areas", "flown_corridors")
_CLASSES = {
    "orbital launch": "cell_orbital_launch", "suborbital": "cell_suborbital",
    "re-entry": "cell_re_entry", "other": "cell_other",
}  # fmt: skip
_DEGREES_A_MINUTE = 360.98564736629 / 1440.0


def run(request: NoticesRequest, context: Context) -> Result:
    """Read notices and forecast what they are for.

    Parameters
    ----------
    request : NoticesRequest
        The notices.
    context : Context
        Catalog, files.

    Returns
    -------
    Result
        One row a hypothesis, most probable first, launch by launch; of a score one row a launch.
    """
    from kosmodrom.analyses._notices_drawn import drawn
    from kosmodrom.analyses._notices_found import found_launches
    from kosmodrom.analyses._notices_read import given_notices, reading_notes

    given = given_notices(request, context)
    found = found_launches(given.notices, request, context)
    facts = _counts(given, found)
    if request.score:
        rows, more = _scores(found, context)
        facts |= more
    else:
        rows = [row for launch in found.launches for row in _hypotheses(launch)]
        facts = _first(found, request, context) | facts
    features, figures = drawn_later(lambda: drawn(found.launches))
    names = [spec.name for spec in COLUMNS if any(spec.name in row for row in rows)]
    return Result(
        facts=_ordered(facts),
        columns={name: [row.get(name) for row in rows] for name in names},
        features=features,
        figures=figures,
        accuracy=_accuracy(request, found),
        warnings=[*_remarks(found), *reading_notes(given.notices), *_left(found)],
        datasets=[*given.datasets, *(table_dataset(context, name) for name in _TABLES)],
    )


def _hypotheses(launch: Launch) -> list[dict[str, Any]]:
    from kosmodrom.analyses._notices_launch import hypothesis_rows

    return hypothesis_rows(launch)


def _scores(found: Found, context: Context) -> tuple[list[dict[str, Any]], dict[str, Fact]]:
    from kosmodrom.analyses._notices_score import score_facts, score_rows, scored

    those, without = scored(found.launches, context)
    return score_rows(those), score_facts(those, without)


def _ordered(facts: dict[str, Fact]) -> dict[str, Fact]:
    """Put facts in the order in which they are promised."""
    heads = [spec.name.partition("{}")[0] for spec in FACTS]

    def _place(name: str) -> int:
        exact = [k for k, spec in enumerate(FACTS) if spec.name == name]
        if exact:
            return exact[0]
        return max(
            (k for k, head in enumerate(heads) if "{}" in FACTS[k].name and name.startswith(head)),
            key=lambda k: len(heads[k]),
        )

    return {name: facts[name] for name in sorted(facts, key=_place)}


def _counts(given: Given, found: Found) -> dict[str, Fact]:
    orbital = sum(one.judgement.kind == "orbital launch" for one in found.launches)
    areas = [area for notice in given.notices for area in notice.areas]
    counts = {
        "notices": len(given.notices),
        "areas": len(areas),
        "launches": orbital,
        "others": len(found.launches) - orbital,
        "left_out": len(found.left_out),
        "unread": sum(len(notice.unread) for notice in given.notices),
        "repairs": sum(len(area.repairs) for area in areas),
    }
    return {name: Fact(value=count, unit="1") for name, count in counts.items()}


def _first(found: Found, request: NoticesRequest, context: Context) -> dict[str, Fact]:
    """Give the facts of the first launch: into orbit where there is one."""
    if not found.launches:
        return {}
    launch = found.launches[0]
    length = float(launch.end.seconds_since(launch.begin))
    facts = {
        "is_orbital_launch": Fact(value=launch.judgement.probability, unit="1"),
        "class": Fact(value=launch.judgement.kind, unit="text"),
    }
    if launch.dated:
        facts["lift_off"] = Fact(
            value=str(launch.middle.utc_iso(0)), unit="instant",
            low=str(launch.begin.utc_iso(0)) if length else None,
            high=str(launch.end.utc_iso(0)) if length else None,
        )  # fmt: skip
    if launch.place is not None:
        facts["site"] = Fact(value=launch.place.name, unit="text")
        facts["site_share"] = Fact(value=min(launch.place_share, 1.0), unit="1")
    return facts | _orbit(launch, request, context)


def _orbit(launch: Launch, request: NoticesRequest, context: Context) -> dict[str, Fact]:
    from math import degrees, isfinite

    from kosmodrom.analyses._notices_launch import kind_of, node_of

    made = launch.forecast
    if made is None:
        return {}
    best = made.hypotheses[0]
    facts = {
        "inclination_deg": Fact(
            value=degrees(best.inclination), unit="deg", low=degrees(best.low),
            high=degrees(best.high),
        ),
        "inclination_set_deg": Fact(
            value=tuple((degrees(low), degrees(high)) for low, high in made.inclination_set),
            unit="deg",
        ),
        "inclination_median_deg": Fact(value=degrees(made.median), unit="deg"),
        "hypothesis": Fact(value=kind_of(best), unit="text"),
        "probability": Fact(value=best.probability, unit="1"),
        "azimuth_deg": Fact(value=degrees(best.azimuth), unit="deg"),
        "raan_slope_deg_min": Fact(value=_DEGREES_A_MINUTE, unit="deg/minute"),
    }  # fmt: skip
    if launch.dated:
        node = node_of(launch, best)
        middle = degrees(node.middle) % 360.0
        facts["raan_deg"] = Fact(
            value=middle, unit="deg", low=middle + degrees(node.low - node.middle),
            high=middle + degrees(node.high - node.middle),
        )  # fmt: skip
    if isfinite(made.direct):
        facts["direct_inclination_deg"] = Fact(value=degrees(made.direct), unit="deg")
    return facts | _passes(launch, request, context)


def _passes(launch: Launch, request: NoticesRequest, context: Context) -> dict[str, Fact]:
    from kosmodrom.analyses._notices_passes import first_passes, proxy_of

    if not request.places or launch.forecast is None or not launch.dated:
        return {}
    proxy = proxy_of(launch, launch.forecast.hypotheses[0], request)
    facts = {"proxy_height_km": Fact(value=proxy.height / 1e3, unit="km")}
    for one in first_passes(launch, proxy, request, context):
        name = _key(one.place)
        facts[f"first_pass_{name}"] = Fact(
            value=None if one.culmination is None else str(one.culmination.utc_iso(0)),
            unit="instant",
            low=None if one.early is None else str(one.early.utc_iso(0)),
            high=None if one.late is None else str(one.late.utc_iso(0)),
        )
        facts[f"pass_elevation_{name}"] = Fact(value=one.elevation, unit="deg")
    return facts


def _key(place: str) -> str:
    """Make a part of a name of a fact out of the name of a place."""
    return "".join(letter if letter.isalnum() else "_" for letter in place.casefold()).strip("_")


def _accuracy(request: NoticesRequest, found: Found) -> list[Note]:
    notes = [Note("notices_set", {})]
    if request.prior == "none":
        notes.append(Note("notices_prior_off", {}))
    launch = found.launches[0] if found.launches else None
    if launch is not None and launch.forecast is not None:
        notes.append(
            Note("notices_known", {"count": len(launch.known.rows), "day": str(launch.known.day)})
        )
        notes.append(Note("notices_node" if launch.dated else "notices_undated", {}))
        if request.places and launch.dated:
            notes.append(Note("notices_proxy", {}))
    return notes


def _remarks(found: Found) -> list[Note]:
    """Repeat what the reader must know of each launch, once."""
    notes: list[Note] = []
    for launch in found.launches:
        shown = {"launch": launch.number, "site": launch.place.name if launch.place else "?"}
        if launch.judgement.kind != "orbital launch":
            shown |= {"kind": {"code": _CLASSES[launch.judgement.kind]},
                      "probability": round(100 * launch.judgement.probability, 1)}  # fmt: skip
            code = "notices_not_orbital" if launch.forecast is None else "notices_doubtful"
            notes.append(Note(code, shown))
        elif launch.forecast is None:
            notes.append(Note("notices_no_site", shown))
        if launch.forecast is not None:
            notes += [
                Note(f"notices_{remark.code}", shown | {"value": round(remark.value, 2)})
                for remark in launch.forecast.remarks
            ]
    return notes


def _left(found: Found) -> list[Note]:
    """Say what belongs to no launch, and why."""
    reasons: dict[str, list[str]] = {}
    for one in found.left_out:
        reasons.setdefault(one.code, []).append(one.notice.name or one.notice.source)
    return [
        Note("notices_left_out", {"why": {"code": f"notices_why_{code}"}, "count": len(names),
                                  "names": ", ".join(_some(names))})
        for code, names in reasons.items()
    ]  # fmt: skip


def _some(names: Sequence[str]) -> list[str]:
    unlike = list(dict.fromkeys(names))
    return unlike[:6] + ["..."] * (len(unlike) > 6)
