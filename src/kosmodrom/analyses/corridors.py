"""Find which orbits a launch site reaches, in which direction, and what lies below.

The limits of the inclination follow from the geocentric latitude; the azimuth from the
inclination, against the stars and against the turning Earth. What the range allows is from the
catalog: limits of the azimuth, declared routes, inclinations that were flown. Where the direction
is closed, the cost of turning the plane is given, and for each direction the countries below.

Examples
--------
kosmodrom corridors --sites vostochny --inclinations 51.7deg
kosmodrom corridors --sites vostochny --sites baikonur --inclinations 51.7deg --downrange 1500km
kosmodrom corridors --sites sohae --sun-synchronous 500km --turn-speed 5km/s
kosmodrom corridors --sites sohae --azimuths 192.3deg
"""

from __future__ import annotations

from math import cos, degrees, radians
from typing import TYPE_CHECKING, Any

from kosmodrom import units
from kosmodrom.analyses._corridors_request import COLUMNS, FACTS, CorridorsRequest
from kosmodrom.analyses._figures import drawn_later
from kosmodrom.analyses._result import Note, Result
from kosmodrom.analyses._shared import publication_notes, table_dataset
from kosmodrom.base.facts import Fact
from kosmodrom.errors import InputError, RequestError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kosmodrom.analyses._borders import Under
    from kosmodrom.analyses._corridors_drawn import Path
    from kosmodrom.analyses._corridors_ways import Asked, Leaving, Ways
    from kosmodrom.catalog import Site
    from kosmodrom.launch.ways import Direction
    from kosmodrom.workspace import Context

__all__ = ["COLUMNS", "FACTS", "CorridorsRequest", "run"]

_STEP_KM = 5.0  # between points of the ground that are looked up


def run(request: CorridorsRequest, context: Context) -> Result:
    """Find directions of launch.

    Parameters
    ----------
    request : CorridorsRequest
        Which sites and orbits.
    context : Context
        Catalog and day.

    Returns
    -------
    Result
        One row a site, inclination and direction.
    """
    from kosmodrom.analyses._corridors_drawn import Path as OnGround
    from kosmodrom.analyses._corridors_drawn import drawn

    speed, sunny = _speed(request), _sun_synchronous(request)
    named = [context.catalog.site(name) for name in request.sites]
    sites = list({site.id: site for site in named}.values())
    ids = {site.id for site in sites}
    usable = context.usable(tuple(row for row in context.catalog.corridors if row.site in ids))
    table = table_dataset(context, "corridors")
    counted = context.as_of is None or context.as_of.isoformat() >= (table.until or "")
    ground = _Ground(request, context)
    rows: list[dict[str, Any]] = []
    paths: list[Path] = []
    answers: list[list[_Answer]] = []
    every = [
        _ways(site, [row for row in usable.rows if row.site == site.id], speed) for site in sites
    ]
    for ways in every:
        answers.append([])
        for asked in _asked(request, ways, sunny):
            answer = _Answer(request, ways, asked, ground, counted=counted)
            answers[-1].append(answer)
            rows += answer.rows
            paths += [
                OnGround(ways.site.name, degrees(asked.inclination), one.direction,
                         one.allowed, degrees(one.azimuth))
                for one in answer.leaving
            ]  # fmt: skip
    features, figures = drawn_later(lambda: drawn(request, every, paths))
    return Result(
        facts=_facts(request, every, answers, sunny),
        columns={spec.name: [row[spec.name] for row in rows] for spec in COLUMNS},
        features=features,
        figures=figures,
        accuracy=_accuracy(request, speed),
        warnings=_warnings(request, every, counted=counted, until=table.until)
        + publication_notes(usable.hidden, usable.unknown),
        datasets=[table, table_dataset(context, "sites"), table_dataset(context, "borders")],
    )


def _ways(site: Site, rows: Sequence[Any], speed: float) -> Ways:
    from kosmodrom.analyses._corridors_ways import Ways as Made

    return Made(site, rows, speed)


def _speed(request: CorridorsRequest) -> float:
    from kosmodrom.launch.reach import circular_speed

    try:
        speed = float(circular_speed(units.parse(request.altitude, "length").value))
    except InputError as error:
        raise RequestError(str(error), ["altitude"]) from None
    if request.turn_speed is not None:
        turning = units.parse(request.turn_speed, "length/time").value
        if not 0 < turning <= speed:
            raise RequestError(
                f"turn speed is {request.turn_speed}; it must be above 0 and not above the "
                f"speed in orbit, {speed:.0f} m/s",
                ["turn_speed"],
            )
    return speed


def _sun_synchronous(request: CorridorsRequest) -> float | None:
    if request.sun_synchronous is None:
        return None
    from kosmodrom.orbits.designed import sun_synchronous_inclination

    altitude = units.parse(request.sun_synchronous, "length").value
    try:
        return sun_synchronous_inclination(altitude, altitude)
    except InputError as error:
        raise RequestError(str(error), ["sun_synchronous"]) from None


def _asked(request: CorridorsRequest, ways: Ways, sunny: float | None) -> list[Asked]:
    """List what is wanted of a site; without a wish, what the catalog holds of it."""
    from kosmodrom.analyses._corridors_ways import Asked as Made

    found = [Made(units.parse(text, "angle").value) for text in request.inclinations]
    if sunny is not None:
        found.append(Made(sunny))
    for text in request.azimuths:
        azimuth = units.parse(text, "angle").value
        direction: Direction = "ascending" if cos(azimuth) >= 0 else "descending"
        found.append(Made(ways.pad.inclination(azimuth), direction))
    return found or ways.listed()


class _Ground:
    """The countries under the first part of a launch."""

    def __init__(self, request: CorridorsRequest, context: Context) -> None:
        self._reach_km = units.parse(request.downrange, "length").value / 1000.0
        self._borders = context.catalog.borders

    def under(self, site: Site, azimuth: float) -> list[Under]:
        import numpy as np

        from kosmodrom.analyses._borders import outlines_of
        from kosmodrom.base.geodesy import destination

        count = max(2, int(np.ceil(self._reach_km / _STEP_KM)) + 1)
        far = np.linspace(0.0, self._reach_km, count)
        latitude, longitude = destination(
            radians(site.latitude_deg), radians(site.longitude_deg), azimuth, far * 1000.0
        )
        return outlines_of(self._borders).under(np.degrees(latitude), np.degrees(longitude), far)


class _Answer:
    """What is found of one site and inclination."""

    def __init__(
        self, request: CorridorsRequest, ways: Ways, asked: Asked, ground: _Ground, *,
        counted: bool,
    ) -> None:  # fmt: skip
        self.ways, self.asked = ways, asked
        self.leaving = ways.leaving(asked)
        self.reachable = ways.reachable(asked, self.leaving)
        self.dogleg, self.ascent_turn = self._cost(request)
        self.under = [ground.under(ways.site, one.azimuth) for one in self.leaving]
        self._counted = counted
        self.rows = [
            self._row(one, under) for one, under in zip(self.leaving, self.under, strict=True)
        ] or [self._row(None, [])]

    def _cost(self, request: CorridorsRequest) -> tuple[float | None, float | None]:
        from kosmodrom.launch.reach import ascent_turn, plane_change

        turn_speed = request.turn_speed and units.parse(request.turn_speed, "length/time").value
        if self.reachable == "yes":
            return 0.0, 0.0 if turn_speed else None
        over, at_pad = self.ways.turns(self.asked)
        speed = self.ways.pad.speed
        cost = None if over is None else float(plane_change(speed, over))
        if at_pad is None or not turn_speed:
            return cost, None
        return cost, float(ascent_turn(speed, turn_speed, at_pad))

    def best(self) -> int | None:
        """Find the direction that is most open; of equals the nearer one to what is allowed."""
        order = {"yes": 0, "unknown": 1, "no": 2}
        ranked = [
            (order[one.allowed], self.ways.off(self.asked, one.direction), number)
            for number, one in enumerate(self.leaving)
        ]
        return min(ranked)[2] if ranked else None

    def _row(self, one: Leaving | None, under: Sequence[Under]) -> dict[str, Any]:
        low, high = self.ways.pad.limits()
        wanted = degrees(self.asked.inclination)
        rows = one.rows if one else []
        launches = sum(
            row.launches or 0
            for row in self.ways.rows
            if row.kind == "flown" and _near(wanted, row.inclination_low_deg,
                                             row.inclination_high_deg)
        )  # fmt: skip
        return {
            "site": self.ways.site.name,
            "inclination_deg": wanted,
            "direction": one.direction if one else None,
            "reachable": self.reachable,
            "azimuth_deg": degrees(one.azimuth) if one else None,
            "inertial_azimuth_deg": degrees(one.inertial) if one else None,
            "range_allows": one.allowed if one else None,
            "dogleg_delta_v_m_s": self.dogleg,
            "ascent_turn_delta_v_m_s": self.ascent_turn,
            "countries": ", ".join(f"{part.code} {part.first_km:.0f} km" for part in under),
            "added_speed_m_s": one.added_speed if one else None,
            "min_inclination_deg": degrees(low),
            "max_inclination_deg": degrees(high),
            "ways": ", ".join(row.id for row in rows),
            "launches": launches if self._counted else None,
            "zones": "; ".join(dict.fromkeys(row.zones for row in rows if row.zones)),
            "source": ", ".join(dict.fromkeys(row.source for row in rows)),
            "grade": ", ".join(dict.fromkeys(row.grade for row in rows)),
        }


def _near(wanted: float, low: float | None, high: float | None) -> bool:
    return low is not None and high is not None and low - 0.25 <= wanted <= high + 0.25


def _facts(
    request: CorridorsRequest, every: Sequence[Ways], answers: Sequence[Sequence[_Answer]],
    sunny: float | None,
) -> dict[str, Fact]:  # fmt: skip
    first, site = every[0].pad, every[0].site
    low, high = (degrees(limit) for limit in first.limits())
    off = site.coordinate_error_km / 111.0  # a degree of latitude is about 111 km
    values: dict[str, Any] = {
        "latitude_geodetic_deg": site.latitude_deg,
        "latitude_geocentric_deg": degrees(first.latitude),
        "speed_m_s": first.speed,
        "pad_speed_m_s": first.pad_speed,
        "inclinations": len(answers[0]),
        "inclinations_reached": sum(one.reachable == "yes" for one in answers[0]),
        "sites": len(every),
    }
    if sunny is not None:
        values["sun_synchronous_inclination_deg"] = degrees(sunny)
    if len(request.inclinations) + len(request.azimuths) + (sunny is not None) == 1:
        values |= _single(request, every[0], answers)
    facts = {
        spec.name: Fact(value=values[spec.name], unit=spec.unit)
        for spec in FACTS
        if spec.name in values
    }
    for name, value in (("min_inclination_deg", low), ("max_inclination_deg", high)):
        facts[name] = Fact(value=value, unit="deg", low=value - off, high=value + off)
    return {spec.name: facts[spec.name] for spec in FACTS if spec.name in facts}


def _single(
    request: CorridorsRequest, ways: Ways, answers: Sequence[Sequence[_Answer]]
) -> dict[str, Any]:
    """Say what is to be said of one inclination."""
    from kosmodrom.launch.reach import inclination_of

    answer = answers[0][0]
    wanted = answer.asked.inclination
    low, high = ways.pad.limits()
    reaching = [one[0].ways.site.name for one in answers if one[0].reachable == "yes"]
    values: dict[str, Any] = {
        "inclination_deg": degrees(wanted),
        "margin_deg": degrees(min(wanted - low, high - wanted)),
        "reachable": answer.reachable,
        "dogleg_delta_v_m_s": answer.dogleg,
        "sites_reaching": len(reaching),
        "reached_by": ", ".join(reaching),
    }
    if request.turn_speed is not None:
        values["ascent_turn_delta_v_m_s"] = answer.ascent_turn
    for one in answer.leaving:
        values[f"{one.direction}_azimuth_deg"] = degrees(one.azimuth)
        values[f"{one.direction}_inertial_azimuth_deg"] = degrees(one.inertial)
    if request.azimuths:
        given = units.parse(request.azimuths[0], "angle").value
        as_inertial = float(inclination_of(ways.pad.latitude, given))
        values["inclination_if_inertial_deg"] = degrees(as_inertial)
    if (best := answer.best()) is not None:
        under = answer.under[best]
        values["countries"] = ", ".join(part.code for part in under)
        # A map may give the ground of a site to the country that it belongs to overseas.
        home = {ways.site.country, *(part.code for part in under if part.first_km == 0)}
        values["foreign_countries"] = sum(part.code not in home for part in under)
    return values


def _accuracy(request: CorridorsRequest, speed: float) -> list[Note]:
    notes = [
        Note("corridors_geometry", {"altitude": request.altitude, "speed": [round(speed), "m/s"]}),
        Note("corridors_dogleg", {"speed": [round(speed), "m/s"]}),
    ]
    if request.turn_speed is not None:
        notes.append(Note("corridors_ascent_turn", {"speed": request.turn_speed}))
    return [*notes, Note("corridors_ground", {"downrange": request.downrange})]


def _warnings(
    request: CorridorsRequest, every: Sequence[Ways], *, counted: bool, until: str | None
) -> list[Note]:
    warnings = [
        Note("corridors_nothing_known", {"site": ways.site.name})
        for ways in every
        if not ways.known
    ]
    for ways in every:
        if ways.known and not any(row.kind != "flown" for row in ways.rows):
            warnings.append(Note("corridors_only_flown", {"site": ways.site.name}))
        doubtful = [row for row in ways.rows if row.kind != "flown" and row.grade[0] in "CDEF"]
        warnings += [
            Note("corridors_weak", {"way": row.id, "grade": row.grade}) for row in doubtful
        ]
    low, _ = every[0].pad.limits()
    for text in request.inclinations:
        wanted = units.parse(text, "angle").value
        if low <= wanted < radians(every[0].site.latitude_deg):
            warnings.append(Note("corridors_geodetic", {"site": every[0].site.name,
                                                        "inclination": text}))  # fmt: skip
    if not counted:
        warnings.append(Note("corridors_counts_hidden", {"until": until or ""}))
    return warnings
