"""Where a satellite stands above a place: the slow and plain way that the truth files are made.

It shares no code with kosmodrom. Positions are those of the package ``sgp4`` (WGS72) at the exact
time since the epoch, in TEME; the mean sidereal time of 1982 at UT1 turns them into the frame of
the pole of date (PEF), polar motion (``erfa.pom00``, without the TIO locator s') into ITRF. The
elevation is the geometric one over the tangent plane of the WGS84 ellipsoid. Every time is in
seconds of UTC after 0h of a day, as a float: 1e-10 s in a week without a leap second.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import erfa
import numpy as np
from astropy_iers_data import IERS_A_FILE, IERS_B_FILE

EARTH_RATE = 7.292115e-5  # rad/s
MU = 3.986e14  # m^3/s^2, for bounds only
WGS84_A = 6_378_137.0
WGS84_F = 1 / 298.257223563
#: Central difference of eighth order for a first derivative; error h^8 f(9) / 630.
STEPS = np.array([-4, -3, -2, -1, 1, 2, 3, 4])
WEIGHTS = np.array([3, -32, 168, -672, 672, -168, 32, -3]) / 840
#: ... and of sixth order for a second derivative, without and with the middle.
STEPS2 = np.array([-3, -2, -1, 0, 1, 2, 3])
WEIGHTS2 = np.array([2, -27, 270, -490, 270, -27, 2]) / 180


@dataclass(frozen=True)
class Orientation:
    """UT1 - UTC [s] and the pole [arcsec] at 0h UTC of whole days, with no leap second between."""

    mjd: np.ndarray
    ut1_minus_utc: np.ndarray
    x_arcsec: np.ndarray
    y_arcsec: np.ndarray

    def rows(self):
        columns = (self.mjd, self.ut1_minus_utc, self.x_arcsec, self.y_arcsec)
        return [[int(mjd), *map(float, rest)] for mjd, *rest in zip(*columns, strict=True)]

    def at(self, day, seconds):
        """Lagrange's cubic through the four rows nearest: two before, two after."""
        when = day + np.asarray(seconds) / 86_400
        first = np.floor(when).astype(int) - int(self.mjd[0]) - 1
        if np.any(first < 0) or np.any(first + 3 >= len(self.mjd)):
            raise ValueError("the Earth orientation rows do not reach that far")
        p = when - np.floor(when)  # from the second of the four rows
        weights = (
            -p * (p - 1) * (p - 2) / 6,
            (p + 1) * (p - 1) * (p - 2) / 2,
            -(p + 1) * p * (p - 2) / 2,
            (p + 1) * p * (p - 1) / 6,
        )
        columns = (self.ut1_minus_utc, self.x_arcsec, self.y_arcsec)
        return [sum(w * c[first + k] for k, w in enumerate(weights)) for c in columns]


def orientation(first_mjd, last_mjd):
    """Read the rows of these days: C04 where it reaches, then Bulletin A, as installed."""
    rows = {}
    for line in Path(IERS_A_FILE).read_text("ascii").splitlines():
        cells = [line[a:b].strip() for a, b in ((7, 15), (58, 68), (18, 27), (37, 46))]
        if all(cells):
            rows[int(float(cells[0]))] = tuple(map(float, cells[1:]))
    for line in Path(IERS_B_FILE).read_text("ascii").splitlines():
        if line.strip() and not line.startswith("#"):
            cells = line.split()
            rows[int(float(cells[4]))] = (float(cells[7]), float(cells[5]), float(cells[6]))
    days = range(int(first_mjd), int(last_mjd) + 1)
    table = np.array([(day, *rows[day]) for day in days])
    return Orientation(*table.T)


@dataclass(frozen=True)
class Site:
    """A place on or over the WGS84 ellipsoid and its tangent plane."""

    name: str
    latitude_deg: float
    longitude_deg: float
    height_m: float

    @property
    def position(self):
        lat, lon = np.radians([self.latitude_deg, self.longitude_deg])
        e2 = WGS84_F * (2 - WGS84_F)
        normal = WGS84_A / np.sqrt(1 - e2 * np.sin(lat) ** 2)
        across = (normal + self.height_m) * np.cos(lat)
        along = (normal * (1 - e2) + self.height_m) * np.sin(lat)
        return np.array([across * np.cos(lon), across * np.sin(lon), along])

    @property
    def axes(self):
        """East, north and up as rows."""
        lat, lon = np.radians([self.latitude_deg, self.longitude_deg])
        east = [-np.sin(lon), np.cos(lon), 0.0]
        north = [-np.sin(lat) * np.cos(lon), -np.sin(lat) * np.sin(lon), np.cos(lat)]
        up = [np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)]
        return np.array([east, north, up])


def earth_fixed_to_teme(orient, day, seconds):
    """Rotation matrices from ITRF to TEME, shape (..., 3, 3)."""
    seconds = np.asarray(seconds, dtype=float)
    ut1_minus_utc, x, y = orient.at(day, seconds)
    arcsec = np.pi / 648_000
    angle = erfa.gmst82(day + 2_400_000.5, (seconds + ut1_minus_utc) / 86_400)
    turn = np.zeros((*seconds.shape, 3, 3))
    turn[..., 0, 0] = turn[..., 1, 1] = np.cos(angle)
    turn[..., 1, 0] = np.sin(angle)
    turn[..., 0, 1] = -turn[..., 1, 0]
    turn[..., 2, 2] = 1.0
    pole = erfa.pom00(x * arcsec, y * arcsec, 0.0)  # PEF -> ITRF
    return turn @ np.swapaxes(pole, -1, -2)


class Sky:
    """One satellite over one day count: states by ``sgp4`` and how they look from a site."""

    def __init__(self, satellite, orient, day):
        self.satellite, self.orient, self.day = satellite, orient, day

    def states(self, seconds):
        """Codes, positions [m] and velocities [m/s] in TEME."""
        flat = np.ravel(np.asarray(seconds, dtype=float))
        whole = np.floor(flat / 86_400)
        codes, r, v = self.satellite.sgp4_array(
            self.day + 2_400_000.5 + whole, (flat - whole * 86_400) / 86_400
        )
        bad = codes != 0
        if bad.any():
            r[bad] = v[bad] = np.nan
        shape = np.shape(seconds)
        return codes.reshape(shape), r.reshape(*shape, 3) * 1e3, v.reshape(*shape, 3) * 1e3

    def local(self, site, seconds):
        """East, north, up of the satellite from the site [m]."""
        _, r, _ = self.states(seconds)
        back = np.swapaxes(earth_fixed_to_teme(self.orient, self.day, seconds), -1, -2)
        fixed = np.einsum("...ij,...j->...i", back, r)
        return (fixed - site.position) @ site.axes.T

    def sine(self, site, seconds):
        """Sine of the elevation."""
        enu = self.local(site, seconds)
        return enu[..., 2] / np.linalg.norm(enu, axis=-1)

    def sine_slope(self, site, seconds, step):
        """Rate of the sine of the elevation [1/s], by differences of positions."""
        points = np.asarray(seconds)[..., None] + np.asarray(step)[..., None] * STEPS
        return self.sine(site, points) @ WEIGHTS / step

    def sine_bend(self, site, seconds, step):
        """Second rate of the sine of the elevation [1/s^2]."""
        points = np.asarray(seconds)[..., None] + np.asarray(step)[..., None] * STEPS2
        return self.sine(site, points) @ WEIGHTS2 / step**2


def look(enu):
    """Azimuth from north by east, elevation [deg], range [m]."""
    distance = np.linalg.norm(enu, axis=-1)
    flat = np.hypot(enu[..., 0], enu[..., 1])
    azimuth = np.degrees(np.arctan2(enu[..., 0], enu[..., 1])) % 360
    return azimuth, np.degrees(np.arctan2(enu[..., 2], flat)), distance


def bend_bound(distance, radius, speed, dt):
    """Bound on |second derivative| of sin(elevation) within dt of a sample [1/s^2].

    For a unit vector w = d/|d| seen from the turning Earth, |w''| <= 2 a/|d| + 5 v^2/|d|^2 with
    the speed v and acceleration a of the satellite relative to the ground; both and the smallest
    distance are taken with a margin.
    """
    v = 1.05 * (speed + EARTH_RATE * radius)
    a = 1.1 * MU / radius**2 + 2 * EARTH_RATE * v + EARTH_RATE**2 * radius
    near = np.maximum(distance - v * dt, 10.0)
    return 2 * a / near + 5 * (v / near) ** 2


def bisect(function, low, high, rounds):
    """Halve brackets (low is where `function` has its first sign) `rounds` times."""
    low, high = np.array(low, dtype=float), np.array(high, dtype=float)
    if not low.size:
        return low
    first = function(low) > 0
    for _ in range(rounds):
        middle = (low + high) / 2
        same = (function(middle) > 0) == first
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    return (low + high) / 2


@dataclass(frozen=True)
class Grid:
    """Equally spaced seconds after 0h of a day, and the Earth's attitude at each."""

    orient: Orientation
    day: int
    seconds: np.ndarray

    @property
    def step(self):
        return (self.seconds[-1] - self.seconds[0]) / (len(self.seconds) - 1)

    def site_in_teme(self, site):
        """Position [m], and east, north and up as rows, of the site at each time."""
        position = np.empty((len(self.seconds), 3))
        axes = np.empty((3, len(self.seconds), 3))
        for first in range(0, len(self.seconds), 50_000):
            part = slice(first, first + 50_000)
            turn = earth_fixed_to_teme(self.orient, self.day, self.seconds[part])
            position[part] = turn @ site.position
            for row in range(3):
                axes[row, part] = turn @ site.axes[row]
        return position, axes


@dataclass(frozen=True)
class Samples:
    """A satellite seen from a site at the times of a grid."""

    sine: np.ndarray
    azimuth_deg: np.ndarray | None
    bend: np.ndarray
    step_of_slope: np.ndarray


def samples(states, placed, dt, azimuths=False):
    """See the satellite (its `Sky.states`) from the site (its `Grid.site_in_teme`)."""
    _, r, v = states
    position, axes = placed
    d = r - position
    distance = np.sqrt(np.einsum("ij,ij->i", d, d))
    sine = np.einsum("ij,ij->i", d, axes[2]) / distance
    radius = np.sqrt(np.einsum("ij,ij->i", r, r))
    speed = np.sqrt(np.einsum("ij,ij->i", v, v))
    azimuth = None
    if azimuths:
        east, north = (np.einsum("ij,ij->i", d, axes[row]) for row in (0, 1))
        azimuth = np.degrees(np.arctan2(east, north)) % 360
    fixed = speed + EARTH_RATE * radius
    return Samples(
        sine,
        azimuth,
        bend_bound(distance, radius, speed, dt),
        np.clip(0.01 * distance / fixed, 0.05, 20.0),
    )


class Mask:
    """A least elevation [deg], one for all azimuths or a table of (azimuth, elevation).

    Between the entries of a table the elevation is linear in azimuth, round the circle.
    """

    def __init__(self, mask):
        self.flat = np.isscalar(mask)
        if self.flat:
            self.sine = np.sin(np.radians(mask))
        else:
            self.table = np.array(mask, dtype=float).T

    def margin(self, sine, azimuth_deg):
        if self.flat:
            return sine - self.sine
        least = np.interp(azimuth_deg, *self.table, period=360)
        return sine - np.sin(np.radians(least))


def crossings(sky, site, mask, seconds, seen):
    """Times at which the satellite passes the mask, and whether it starts above it.

    Where both ends of a step are on one side, but so near the mask that the bound on the second
    derivative allows an excursion between them, the step is cut to 0.1 s and each extremum in it
    is looked at.
    """
    dt = seconds[1] - seconds[0]

    def margin(times):
        enu = sky.local(site, times)
        distance = np.linalg.norm(enu, axis=-1)
        azimuth = None if mask.flat else look(enu)[0]
        return mask.margin(enu[..., 2] / distance, azimuth)

    def slope(times, step):
        points = times[..., None] + step[..., None] * STEPS
        return margin(points) @ WEIGHTS / step

    m = mask.margin(seen.sine, seen.azimuth_deg)
    low, high = _sign_changes(seconds, m)
    cut = _near(m, np.maximum(seen.bend[1:], seen.bend[:-1]) * dt**2 / 8)
    for i in np.flatnonzero(cut):
        count = max(1, round(dt / 0.1))
        t = np.linspace(seconds[i], seconds[i + 1], count + 1)
        fine = margin(t)
        a, b = _sign_changes(t, fine)
        low, high = np.append(low, a), np.append(high, b)
        again = np.flatnonzero(_near(fine, np.max(seen.bend[i : i + 2]) * (dt / count) ** 2 / 8))
        if not again.size:
            continue
        step = np.full(again.size, min(seen.step_of_slope[i], 1.0))
        one, two = t[again], t[again + 1]
        outside = fine[again] <= 0
        turns = np.where(outside, 1, -1)
        inner = (slope(one, step) * turns > 0) & (slope(two, step) * turns < 0)
        if not inner.any():
            continue
        one, two, step, outside = one[inner], two[inner], step[inner], outside[inner]
        at = bisect(lambda times, step=step: slope(times, step), one, two, 40)
        other = (margin(at) > 0) == outside
        low = np.concatenate([low, one[other], at[other]])
        high = np.concatenate([high, at[other], two[other]])
    rounds = int(np.ceil(np.log2(dt / 1e-9)))
    times = np.sort(bisect(margin, low, high, rounds))
    return times, bool(m[0] > 0)


def _sign_changes(t, m):
    change = np.flatnonzero((m[1:] > 0) != (m[:-1] > 0))
    return t[change], t[change + 1]


def _near(m, allowed):
    above = m > 0
    same = above[1:] == above[:-1]
    away = np.minimum(np.abs(m[1:]), np.abs(m[:-1]))  # NaN compares false: no state, no cut
    return same & (away < allowed)


@dataclass(frozen=True)
class Pass:
    """Times in seconds after 0h of the day; rise and set are None at an end of the window."""

    rise: float | None
    culmination: float
    set: float | None
    peaks: int
    at_edge: bool


def passes(sky, site, mask, seconds, seen):
    """Find all passes in the window that `seconds` spans."""
    times, above = crossings(sky, site, mask, seconds, seen)
    ends = list(times)
    if above:
        ends.insert(0, None)
    if len(ends) % 2:
        ends.append(None)
    found = []
    for rise, fall in zip(ends[::2], ends[1::2], strict=True):
        a = seconds[0] if rise is None else rise
        b = seconds[-1] if fall is None else fall
        top, peaks, at_edge = _culmination(sky, site, seconds, seen, a, b)
        found.append(Pass(rise, top, fall, peaks, at_edge))
    return found


def _culmination(sky, site, seconds, seen, a, b):
    """Find the highest of the maxima of elevation between a and b by the slope's sign."""
    dt = seconds[1] - seconds[0]
    first, last = np.searchsorted(seconds, [a, b])
    inside = np.arange(first, max(last, first))
    finest = np.nanmin(seen.step_of_slope[max(first - 1, 0) : last + 1])
    kept = inside[:: max(1, int(min(2 * finest, 30.0) / dt))]  # wide enough to stay over the noise
    kept = kept[(seconds[kept] > a) & (seconds[kept] < b)]
    t = np.concatenate([[a], seconds[kept], [b]])
    ends = sky.sine(site, np.array([a, b]))
    s = np.concatenate([ends[:1], seen.sine[kept], ends[1:]])
    low, high = [], []
    if len(t) == 2:
        low, high = [a], [b]
    else:
        top = np.flatnonzero((s[1:-1] >= s[:-2]) & (s[1:-1] > s[2:])) + 1
        low, high = list(t[top - 1]), list(t[top + 1])
        if s[0] > s[1]:
            low.append(t[0])
            high.append(t[1])
        if s[-1] > s[-2]:
            low.append(t[-2])
            high.append(t[-1])
    low, high = np.array(low), np.array(high)
    middle = np.searchsorted(seconds, (low + high) / 2).clip(1, len(seconds) - 2)
    step = np.minimum(seen.step_of_slope[middle - 1], seen.step_of_slope[middle + 1])
    inner = (sky.sine_slope(site, low, step) > 0) & (sky.sine_slope(site, high, step) < 0)
    edges = [t[0]] if s[0] > s[1] else []
    edges += [t[-1]] if s[-1] > s[-2] else []
    tops = bisect(
        lambda times: sky.sine_slope(site, times, step[inner]),
        low[inner],
        high[inner],
        int(np.ceil(np.log2(max(np.max(high - low, initial=1.0), 1.0) / 1e-8))),
    )
    where = np.concatenate([tops, edges])
    if not where.size:
        where = np.array([t[np.nanargmax(s)]])
    best = int(np.nanargmax(sky.sine(site, where)))
    return float(where[best]), len(tops), best >= len(tops)
