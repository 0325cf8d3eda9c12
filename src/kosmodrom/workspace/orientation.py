"""Earth orientation from the tables that are installed, offline."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from kosmodrom.base.earth import EarthOrientation
from kosmodrom.errors import DataError

__all__ = ["earth_orientation"]

_FIRST_MJD = 41317  # 1972-01-01: before, UT1 is taken as UTC


@cache
def earth_orientation() -> EarthOrientation:
    """Read the Earth orientation of IERS: observed, then predicted for about a year.

    Observed days are from the series C04, later ones from Bulletin A (finals2000A), both as they
    are in the installed package ``astropy-iers-data``.

    Returns
    -------
    EarthOrientation
        UT1 - UTC [s] and the position of the pole [rad], day by day from 1972 on. C04 is good to
        about 0.01 ms; a prediction to 1 ms after ten days and some 10 ms after a year.

    References
    ----------
    IERS Earth Orientation Centre, EOP (IERS) C04 and finals2000A.all.
    """
    from astropy_iers_data import IERS_A_FILE, IERS_B_FILE

    rows = _observed(Path(IERS_B_FILE))
    last = rows[-1][0]
    rows += [row for row in _bulletin_a(Path(IERS_A_FILE)) if row[0] > last]
    table = np.array(rows, dtype=np.float64)
    arcsec = np.pi / 648_000
    return EarthOrientation(
        mjd_utc=table[:, 0],
        ut1_minus_utc=table[:, 1],
        pole_x=table[:, 2] * arcsec,
        pole_y=table[:, 3] * arcsec,
    )


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(
            f"{path.name}: cannot be read ({error}); install astropy-iers-data again"
        ) from None


def _observed(path: Path) -> list[tuple[float, ...]]:
    rows: list[tuple[float, ...]] = []
    for number, line in enumerate(_lines(path), start=1):
        if line.startswith("#") or not line.strip():
            continue
        cells = line.split()
        try:  # year, month, day, hour, MJD, x ["], y ["], UT1-UTC [s], ...
            mjd, x, y, dut1 = (float(cells[index]) for index in (4, 5, 6, 7))
        except (IndexError, ValueError):
            raise DataError(
                f"{path.name}:{number}: not a row of C04; install astropy-iers-data again"
            ) from None
        if mjd >= _FIRST_MJD:
            rows.append((mjd, dut1, x, y))
    if not rows:
        raise DataError(f"{path.name}: holds no rows; install astropy-iers-data again")
    return rows


def _bulletin_a(path: Path) -> list[tuple[float, ...]]:
    rows: list[tuple[float, ...]] = []
    for number, line in enumerate(_lines(path), start=1):
        # Fixed columns: MJD 8-15, x 19-27, y 38-46, UT1-UTC 59-68; blank beyond the prediction.
        cells = [line[start:end].strip() for start, end in ((7, 15), (58, 68), (18, 27), (37, 46))]
        if not all(cells):
            continue
        try:
            rows.append(tuple(float(cell) for cell in cells))
        except ValueError:
            raise DataError(
                f"{path.name}:{number}: not a row of finals2000A; install astropy-iers-data again"
            ) from None
    return rows
