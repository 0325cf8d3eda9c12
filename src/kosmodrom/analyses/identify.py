"""Say which objects a launch left in orbit, or which launch an object is from.

The plane of each object is carried back to the lift-off and laid over the site. How long after
real lift-offs a site comes into the plane was measured on some two hundred launches; together with
the year and number of the international designator it gives each object a probability, and the
list itself says how many would fit by chance.

Examples
--------
kosmodrom identify --satellites last-30-days.3le --site kourou --launch 2026-04-30T08:57:15Z
kosmodrom identify --satellites new.3le --site sohae --launch 2026-05-01T00:00Z/2026-05-01T03:00Z
kosmodrom identify --satellites new.3le#58400 --days 3day --json
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kosmodrom import units
from kosmodrom.analyses._figures import drawn_later
from kosmodrom.analyses._identify_request import IdentifyRequest
from kosmodrom.analyses._result import ColumnSpec, Dataset, FactSpec, Note, Result
from kosmodrom.base.facts import Fact

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kosmodrom.analyses._identify_forward import Found
    from kosmodrom.analyses._identify_reverse import Traced
    from kosmodrom.workspace import Context, ResolvedPlace

__all__ = ["COLUMNS", "FACTS", "IdentifyRequest", "run"]

_FITTED_DAYS = 40.0  # oldest first sets on which the error was fitted [d]

FACTS = (
    FactSpec("satellites", "1", "objects in the list"),
    FactSpec("candidates", "1", "objects that may be from the launch by epoch and designator"),
    FactSpec("launches", "1", "launches these belong to by their designators, or in the record"),
    FactSpec("best", "text", "the object that fits best"),
    FactSpec("norad_id", "1", "its catalogue number"),
    FactSpec("designator", "text", "launch of its international designator"),
    FactSpec("objects", "1", "candidates of that launch"),
    FactSpec("probability", "1", "probability that it is from the launch", 0.001),
    FactSpec("none_probability", "1", "probability that none in the list is", 0.001),
    FactSpec("fitting", "1", "candidates whose plane fits the lift-off"),
    FactSpec("by_chance", "1", "how many would fit at another time of day", 0.01),
    FactSpec("passage", "instant", "when the site lay in the plane of the best"),
    FactSpec("passage_after_min", "min", "that instant after the lift-off", 0.01),
    FactSpec("inclination_deg", "deg", "its inclination", 0.001),
    FactSpec("elements_age_days", "day", "age of its first element set", 0.01),
    FactSpec("passages", "1", "how often a site lay in the plane in the period"),
    FactSpec("site", "text", "site of the launch that fits best"),
    FactSpec("lift_off", "instant", "lift-off of the launch that fits best"),
)
COLUMNS = (
    ColumnSpec("kind", "text", "what the row is: object, launch, passage"),
    ColumnSpec("satellite", "text", "name, or number"),
    ColumnSpec("norad_id", "1", "catalogue number"),
    ColumnSpec("designator", "text", "international designator"),
    ColumnSpec("site", "text", "launch site"),
    ColumnSpec("launch", "text", "launch in the record"),
    ColumnSpec("vehicle", "text", "launch vehicle in the record"),
    ColumnSpec("probability", "1", "probability that it is the one", 1e-6),
    ColumnSpec("fits", "text", "whether the plane fits: yes, no, open where it cannot tell"),
    ColumnSpec("status", "text", "candidate, or what rules it out"),
    ColumnSpec("orbit", "text", "kind of orbit: low, transfer, high"),
    ColumnSpec("misfit_sigma", "1", "passage less the usual one, in its spread", 0.001),
    ColumnSpec("passage", "instant", "when the site lay in the plane"),
    ColumnSpec("passage_after_min", "min", "passage after the lift-off", 0.001),
    ColumnSpec("time_error_min", "min", "error of the passage by the age of the set (1 sigma)",
               0.001),
    ColumnSpec("lift_off", "instant", "lift-off, of the record or usual for the passage"),
    ColumnSpec("lift_off_from", "instant", "earliest lift-off for the passage (90 %)"),
    ColumnSpec("lift_off_until", "instant", "latest lift-off for the passage (90 %)"),
    ColumnSpec("direction", "text", "whether the launch goes north or south"),
    ColumnSpec("azimuth_deg", "deg", "direction against the stars, from north by east", 0.001),
    ColumnSpec("ground_azimuth_deg", "deg", "direction over the ground, at insertion", 0.001),
    ColumnSpec("off_plane_deg", "deg", "how far the site was out of the plane at lift-off", 0.001),
    ColumnSpec("inclination_deg", "deg", "inclination", 1e-4),
    ColumnSpec("inclination_fits", "text", "whether the inclination was expected: yes, no"),
    ColumnSpec("node_deg", "deg", "right ascension of the ascending node at lift-off", 0.001),
    ColumnSpec("elements_age_days", "day", "first element set after the lift-off", 0.001),
)  # fmt: skip


def run(request: IdentifyRequest, context: Context) -> Result:
    """Identify objects, or the launch of one.

    Parameters
    ----------
    request : IdentifyRequest
        Which.
    context : Context
        Catalog, element sets, the record.

    Returns
    -------
    Result
        One row an object, the most probable first; or launches of the record, and passages.
    """
    if request.launch is None or request.site is None:
        return _reverse(request, context)
    from kosmodrom.analyses._identify_forward import identified, standing, table
    from kosmodrom.base.periods import read_span

    place = context.resolve_place(request.site)
    first, last = read_span(request.launch)
    site = standing(place, first.plus(float(last.seconds_since(first)) / 2))
    found = identified(request, context, place)
    columns = table(found, site, request.most)
    features, figures = drawn_later(lambda: (_directions(place, columns), []))
    return Result(
        facts=_facts(found, columns),
        columns=columns,
        features=features,
        figures=figures,
        accuracy=[Note("identify_definition", {}), Note("identify_error", {})],
        warnings=[*_warned(found, columns, request.most), *_held_back(request, context)],
        datasets=_datasets(request, context),
    )


def _facts(found: Found, columns: Mapping[str, Any]) -> dict[str, Fact]:
    from math import isnan

    candidates = found.state == 0
    groups = len(set(found.groups.group[candidates].tolist()))
    facts = {
        "satellites": Fact(value=len(found.state), unit="1"),
        "candidates": Fact(value=int(candidates.sum()), unit="1"),
        "launches": Fact(value=groups, unit="1"),
        "fitting": Fact(value=int(found.fits.sum()), unit="1"),
        "by_chance": Fact(value=found.by_chance, unit="1"),
    }
    if not isnan(found.none):
        facts["none_probability"] = Fact(value=found.none, unit="1")
    if not candidates.any():
        return facts
    facts["best"] = Fact(value=str(columns["satellite"][0]), unit="text")
    if not isnan(columns["norad_id"][0]):
        facts["norad_id"] = Fact(value=int(columns["norad_id"][0]), unit="1")
    tag = str(columns["designator"][0])[:8]
    if tag:
        mine = [found.groups.tags[group] == tag for group in found.groups.group.tolist()]
        facts["designator"] = Fact(value=tag, unit="text")
        facts["objects"] = Fact(value=int((candidates & mine).sum()), unit="1")
    facts["passage"] = Fact(value=f"{columns['passage'][0]}"[:19] + "Z", unit="instant")
    for name in ("probability", "passage_after_min", "inclination_deg", "elements_age_days"):
        unit = next(spec.unit for spec in FACTS if spec.name == name)
        facts[name] = Fact(value=float(columns[name][0]), unit=unit)
    return facts


def _warned(found: Found, columns: Mapping[str, Any], most: int) -> list[Note]:
    """Say what stands against trusting the answer."""
    import numpy as np

    notes = []
    candidates = found.state == 0
    if not candidates.any():
        return [Note("identify_nothing", {"count": len(found.state)})]
    age = float(columns["elements_age_days"][0])
    if age > _FITTED_DAYS:
        days = [round(age, 1), "day"]
        notes.append(Note("identify_old", {"days": days, "limit": [_FITTED_DAYS, "day"]}))
    silent = int((candidates & ~found.told).sum())
    if silent:
        notes.append(Note("identify_high", {"count": silent}))
    unreached = int(np.sum(candidates & found.fits & ~found.reached))
    if unreached:
        notes.append(Note("identify_unreached", {"count": unreached}))
    if len(found.state) > most:
        notes.append(Note("identify_cut", {"shown": most, "count": len(found.state)}))
    return notes


def _reverse(request: IdentifyRequest, context: Context) -> Result:
    from kosmodrom.analyses._identify_reverse import traced

    found = traced(request, context)
    days = [units.parse(request.days, "time").value / 86_400.0, "day"]
    features, figures = drawn_later(lambda: ([], []))
    notes = []
    last = str(found.elements.epochs[0].utc_iso(0))
    if found.record_until < last:
        notes.append(Note("identify_record", {"until": found.record_until[:10]}))
    if not found.passages:
        notes.append(Note("identify_no_passage", {}))
    return Result(
        facts=_reverse_facts(found),
        columns=found.columns,
        features=features,
        figures=figures,
        accuracy=[Note("identify_reverse", {"days": days}), Note("identify_error", {})],
        warnings=[*notes, *_held_back(request, context)],
        datasets=_datasets(request, context),
    )


def _reverse_facts(found: Traced) -> dict[str, Fact]:
    import numpy as np

    facts = {
        "satellites": Fact(value=1, unit="1"),
        "launches": Fact(value=found.launches, unit="1"),
        "passages": Fact(value=found.passages, unit="1"),
        "none_probability": Fact(value=found.none, unit="1"),
        "inclination_deg": Fact(
            value=float(np.degrees(found.elements.inclination[0])), unit="deg"
        ),
    }
    if found.launches:
        columns = found.columns
        facts |= {
            "designator": Fact(value=str(columns["launch"][0]), unit="text"),
            "site": Fact(value=str(columns["site"][0]), unit="text"),
            "lift_off": Fact(value=f"{columns['lift_off'][0]}"[:19] + "Z", unit="instant"),
            "probability": Fact(value=float(columns["probability"][0]), unit="1"),
        }
    return facts


def _directions(place: ResolvedPlace, columns: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Draw the site, and the direction over the ground of the best object."""
    import numpy as np

    from kosmodrom.analyses._shared import line_feature, point_feature
    from kosmodrom.base.geodesy import destination

    features = [
        point_feature(place.latitude_deg, place.longitude_deg, name=place.name, kind="site")
    ]
    if len(columns["kind"]) and np.isfinite(columns["ground_azimuth_deg"][0]):
        lat, lon = destination(
            np.radians(place.latitude_deg), np.radians(place.longitude_deg),
            np.radians(float(columns["ground_azimuth_deg"][0])), np.linspace(0.0, 1.2e6, 13),
        )  # fmt: skip
        points = list(zip(np.degrees(lat).tolist(), np.degrees(lon).tolist(), strict=True))
        features.append(line_feature(points, name=str(columns["satellite"][0]), kind="track"))
    return features


def _held_back(request: IdentifyRequest, context: Context) -> list[Note]:
    from kosmodrom.analyses._shared import publication_notes

    return publication_notes(context.satellites(request.satellites).hidden, 0)


def _datasets(request: IdentifyRequest, context: Context) -> list[Dataset]:
    """Name the element sets and the record."""
    found = context.satellites(request.satellites)
    used = [
        Dataset(**{name: getattr(one, name) for name in Dataset.__slots__}) for one in found.data
    ]
    record = context.catalog.table("launch_orbits")
    return [*used, Dataset(
        name=f"catalog/{record.file}", sha256=record.sha256, rows=record.rows,
        source=record.source, terms=record.terms, until=record.until,
    )]  # fmt: skip
