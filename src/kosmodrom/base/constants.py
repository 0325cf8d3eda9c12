"""Constants of more than one module, each with its source; SI and radians."""

from typing import Final

__all__ = [
    "ASTRONOMICAL_UNIT",
    "EARTH_ROTATION_RATE",
    "MU_EARTH",
    "SPEED_OF_LIGHT",
    "SUN_RADIUS",
    "TT_MINUS_TAI",
    "WGS84_A",
    "WGS84_B",
    "WGS84_F",
]

WGS84_A: Final = 6_378_137.0
"""Semi-major axis of the WGS84 ellipsoid [m]. NGA.STND.0036_1.0.0_WGS84 (2014), table 3.1."""

WGS84_F: Final = 1 / 298.257223563
"""Flattening of the WGS84 ellipsoid [-]. NGA.STND.0036_1.0.0_WGS84 (2014), table 3.1."""

WGS84_B: Final = WGS84_A * (1 - WGS84_F)
"""Semi-minor axis of the WGS84 ellipsoid [m]; follows from the two above."""

SPEED_OF_LIGHT: Final = 299_792_458.0
"""Speed of light in vacuum [m/s]. Exact: SI Brochure, 9th edition (2019), section 2.2."""

TT_MINUS_TAI: Final = 32.184
"""TT - TAI [s]. Exact: IAU 1991 recommendation IV, resolution A4."""

EARTH_ROTATION_RATE: Final = 7.292115146706979e-5
"""Rate of the Earth rotation angle against UT1 [rad/s]: 2 pi 1.00273781191135448 / 86400.
IERS Conventions (2010), equation 5.15. The day of UT1 is longer than 86400 s by up to some
milliseconds: 5e-8 of it at most."""

MU_EARTH: Final = 3.986004418e14
"""Gravitational parameter of the Earth with its air [m³/s²]. IERS Conventions (2010), table 1.1;
NGA.STND.0036_1.0.0_WGS84 (2014), table 3.1."""

ASTRONOMICAL_UNIT: Final = 149_597_870_700.0
"""Astronomical unit [m]. Exact: IAU 2012 resolution B2."""

SUN_RADIUS: Final = 6.957e8
"""Nominal radius of the Sun [m]. IAU 2015 resolution B3."""
