"""The installed Earth orientation against values published elsewhere."""

import numpy as np
import pytest

from kosmodrom.base.epochs import Epochs
from kosmodrom.errors import DataError
from kosmodrom.workspace import earth_orientation
from kosmodrom.workspace.orientation import _bulletin_a, _observed

# CelesTrak, EOP-All.csv of 2026-02-23 (https://celestrak.org/SpaceData/): UT1-UTC [s], x, y ["].
PUBLISHED = [
    ("1973-01-02T00:00Z", 0.8078584, 0.123500, 0.123000),
    ("2016-12-31T00:00Z", -0.4077697, 0.081440, 0.263099),  # the day of the last leap second
    ("2017-01-01T00:00Z", 0.5912870, 0.080549, 0.263128),
    ("2023-08-23T00:00Z", -0.0027933, 0.291370, 0.429803),
]


@pytest.mark.parametrize(("instant", "ut1_minus_utc", "x", "y"), PUBLISHED)
def test_ut1_and_pole_are_those_published(instant, ut1_minus_utc, x, y):
    earth = earth_orientation()
    when = Epochs.from_iso(instant)
    # 0.5 ms and 2 mas: the series were reprocessed since; 0.5 ms turns the equator by 23 cm
    assert float(earth.ut1_minus_utc_at(when)) == pytest.approx(ut1_minus_utc, abs=5e-4)
    pole = np.degrees(np.array([float(part) for part in earth.pole_at(when)])) * 3600
    assert pole == pytest.approx([x, y], abs=2e-3)


def test_it_reaches_from_1972_into_the_prediction_without_a_gap():
    earth = earth_orientation()
    assert earth.mjd_utc[0] == 41317  # 1972-01-01
    assert (np.diff(earth.mjd_utc) == 1).all()
    assert earth.mjd_utc[-1] > 61041  # 2026-01-01


def test_a_damaged_table_is_named_with_its_line(tmp_path):
    damaged = tmp_path / "eopc04.txt"
    damaged.write_text("# head\n1972 1 1 0 broken\n")
    with pytest.raises(DataError, match=r"eopc04\.txt:2"):
        _observed(damaged)
    damaged.write_text("x" * 80 + "\n")
    with pytest.raises(DataError, match=r":1: not a row of finals2000A"):
        _bulletin_a(damaged)
