"""Constants of more than one module, each with its source; SI and radians."""

from typing import Final

__all__ = ["SPEED_OF_LIGHT", "TT_MINUS_TAI", "WGS84_A", "WGS84_B", "WGS84_F"]

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
