"""Element sets of orbits that are only drawn: by altitudes, inclination, local time.

Altitudes and inclination are mean values, as a plan states them: the semi-major axis is that of
SGP4's mean ellipse. The real height of such a satellite waves by some 10 km around it.

References
----------
D. A. Vallado, Fundamentals of Astrodynamics and Applications, 4th edition (2013), section 11.4:
sun-synchronous orbits. J. G. Walker, Satellite constellations, Journal of the British
Interplanetary Society 37 (1984), 559-571.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import erfa
import numpy as np

from kosmodrom.base.constants import WGS84_A
from kosmodrom.base.epochs import Epochs
from kosmodrom.errors import InputError
from kosmodrom.orbits.elements import ElementSets
from kosmodrom.orbits.secular import mean_motion

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["designed", "node_at_local_time", "sun_synchronous_inclination", "walker"]

#: How fast the mean Sun goes along the equator [rad/min]: once in a tropical year.
_SUN_RATE: Final = 2 * np.pi / (365.242189 * 1440.0)
_EARTH_RADII = 6_378_135.0  # SGP4's unit of length [m]
_LOWEST, _HIGHEST = 100e3, 400_000e3
_MOST = 10_000


def designed(
    *,
    name: str,
    perigee: float,
    apogee: float,
    inclination: float,
    node: float,
    argument: float,
    anomaly: float,
    epoch: Epochs,
    drag: float = 0.0,
) -> ElementSets:
    """Make the element set of an orbit.

    Parameters
    ----------
    name : str
        Name of the satellite.
    perigee, apogee : float
        Altitudes over the equatorial radius of WGS84 [m].
    inclination, node, argument, anomaly : float
        Inclination, right ascension of the ascending node, argument of perigee, mean anomaly
        [rad].
    epoch : Epochs, shape ()
        When it is there.
    drag : float
        B* of SGP4 [1/Earth radius].

    Returns
    -------
    ElementSets
        One row, without a catalogue number.

    Examples
    --------
    >>> epoch = Epochs.from_iso("2026-01-01T00:00Z")
    >>> orbit = designed(name="a", perigee=500e3, apogee=500e3, inclination=1.7, node=0.0,
    ...                  argument=0.0, anomaly=0.0, epoch=epoch)
    >>> round(float(orbit.period[0]) / 60, 1)
    94.7
    """
    if not _LOWEST <= perigee <= apogee <= _HIGHEST:
        raise InputError(
            f"perigee {perigee / 1000:g} km and apogee {apogee / 1000:g} km: perigee must be "
            "100 km or more, and apogee from there to 400000 km"
        )
    low, high = perigee + WGS84_A, apogee + WGS84_A
    semi, eccentricity = (low + high) / 2, (high - low) / (high + low)
    zero = np.zeros(1)
    row = ElementSets(
        names=(name,),
        numbers=np.zeros(1, dtype=np.int64),
        designators=("",),
        epochs=Epochs(epoch.tai_ns.reshape(1)),
        mean_motion_rad_min=np.array([_kepler(semi)]),
        eccentricity=np.array([eccentricity]),
        inclination=np.array([inclination]),
        node=np.array([node % (2 * np.pi)]),
        argument_of_perigee=np.array([argument % (2 * np.pi)]),
        mean_anomaly=np.array([anomaly % (2 * np.pi)]),
        bstar=np.array([drag]),
        mean_motion_dot_rad_min2=zero,
        mean_motion_ddot_rad_min3=zero,
        sources=("request",),
    )
    # Kozai's mean motion differs from Kepler's by J2: step until the mean ellipse is as asked.
    motion = row.mean_motion_rad_min[0]
    for _ in range(20):
        found = mean_motion(row).semi_major_axis[0] * _EARTH_RADII
        motion *= (found / semi) ** 1.5
        row = replace(row, mean_motion_rad_min=np.array([motion]))
    return row


def _kepler(semi: float) -> float:
    """Give the mean motion of two bodies [rad/min]."""
    return float(60.0 * np.sqrt(3.986008e14 / semi**3))


def sun_synchronous_inclination(perigee: float, apogee: float) -> float:
    """Find the inclination at which the node keeps to the mean Sun.

    Parameters
    ----------
    perigee, apogee : float
        Altitudes over the equatorial radius of WGS84 [m].

    Returns
    -------
    float
        Inclination [rad]; with J2, J2² and J4 as in SGP4, 0.03 deg more than with J2 alone.

    Examples
    --------
    >>> round(float(np.degrees(sun_synchronous_inclination(500e3, 500e3))), 2)
    97.43
    """
    epoch = Epochs.from_iso("2000-01-01T12:00Z")

    def _excess(inclination: float) -> float:
        row = designed(
            name="", perigee=perigee, apogee=apogee, inclination=inclination, node=0.0,
            argument=0.0, anomaly=0.0, epoch=epoch,
        )  # fmt: skip
        return float(mean_motion(row).node_rates[1, 0]) - _SUN_RATE

    low, high = np.pi / 2, np.pi
    if _excess(high) < 0:
        raise InputError(
            f"no inclination makes {perigee / 1000:g} x {apogee / 1000:g} km sun-synchronous; "
            "circular orbits can be up to 5970 km"
        )
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _excess(middle) < 0 else (low, middle)
    return float((low + high) / 2)


def node_at_local_time(hours: float, epoch: Epochs) -> float:
    """Find the node whose satellites cross the equator going north at a mean local solar time.

    Parameters
    ----------
    hours : float
        Mean local solar time, 0 to 24 [h].
    epoch : Epochs, shape ()
        When.

    Returns
    -------
    float
        Right ascension of the ascending node [rad].
    """
    if not 0 <= hours <= 24:
        raise InputError(f"the local time is {hours:g} h; it must be from 0 to 24 h")
    # The mean Sun stands in the south at 12 h: GMST is the right ascension over Greenwich.
    mjd, nanosecond = epoch.utc_days()
    gmst = float(erfa.gmst82(float(mjd) + 2_400_000.5, float(nanosecond) / 86_400e9))
    of_day = float(nanosecond) / 3600e9
    return float((gmst + (hours - of_day) * np.pi / 12) % (2 * np.pi))


def walker(
    pattern: ElementSets, planes: int, satellites: int, phasing: int, *, star: bool = False
) -> ElementSets:
    """Spread one orbit over a Walker constellation.

    Parameters
    ----------
    pattern : ElementSets
        The first satellite, one row.
    planes : int
        Planes, evenly spread in right ascension [-].
    satellites : int
        Satellites in all, a multiple of `planes` [-].
    phasing : int
        By how many 360/`satellites` degrees each plane is ahead of the one before [-].
    star : bool
        Whether the planes are spread over half a turn, as for polar orbits.

    Returns
    -------
    ElementSets
        One row a satellite, plane by plane.
    """
    if planes < 1 or satellites < 1 or satellites % planes or satellites > _MOST:
        raise InputError(
            f"{satellites} satellites in {planes} planes; give whole numbers above 0, satellites "
            f"a multiple of planes and no more than {_MOST}"
        )
    if not 0 <= phasing < planes:
        raise InputError(f"phasing is {phasing}; it goes from 0 to planes - 1, {planes - 1}")
    per_plane = satellites // planes
    turn = np.pi if star else 2 * np.pi
    plane, seat = np.divmod(np.arange(satellites), per_plane)
    copies: NDArray[np.int64] = np.zeros(satellites, dtype=np.int64)
    spread = pattern[copies]
    anomaly = spread.mean_anomaly + 2 * np.pi * (seat / per_plane + plane * phasing / satellites)
    return replace(
        spread,
        names=tuple(f"{pattern.names[0]} {p + 1}.{s + 1}" for p, s in zip(plane, seat,
                                                                          strict=True)),
        node=(spread.node + plane * turn / planes) % (2 * np.pi),
        mean_anomaly=anomaly % (2 * np.pi),
    )  # fmt: skip
