"""Areas and lines of the globe on a flat map: over the date line, around a pole."""

import itertools

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from kosmodrom.report.projection import directions
from kosmodrom.report.sphere import dense, flat_area, flat_lines, polygons_of


def turned(vectors):
    lat = np.degrees(np.arcsin(np.clip(vectors[:, 2], -1, 1)))
    return np.stack([lat, np.degrees(np.arctan2(vectors[:, 1], vectors[:, 0]))], axis=1)


def cap(lat, lon, radius):
    """A circle on the sphere."""
    axis = directions(np.array([[lat, lon]]))[0]
    side = np.cross(axis, [0.3, 0.5, 0.8])
    side /= np.linalg.norm(side)
    angle = np.radians(np.linspace(0, 360, 181))[:, None]
    around = np.cos(angle) * side + np.sin(angle) * np.cross(axis, side)
    r = np.radians(radius)
    return turned(np.cos(r) * axis + np.sin(r) * around)


def strip(start, end, half, inclination=97.0, count=120):
    """What lies within an angle of a piece of a circular orbit above a ball that stands still."""
    u, i = np.radians(np.linspace(start, end, count))[:, None], np.radians(inclination)
    along = np.cos(u) * [1, 0, 0] + np.sin(u) * [0, np.cos(i), np.sin(i)]
    axis, w = np.array([0, -np.sin(i), np.cos(i)]), np.radians(half)
    left, right = (turned(along * np.cos(w) + s * axis * np.sin(w)) for s in (1, -1))
    return np.concatenate([right, left[::-1], right[:1]])


def share_of_globe(shape):
    """Area of a shape of the flat map on the sphere: the integral of sin(lat) over longitude."""
    total = 0.0
    for part in polygons_of(shape):
        for number, ring in enumerate((part.exterior, *part.interiors)):
            lon, lat = np.radians(np.array(shapely.segmentize(ring, 0.2).coords)).T
            area = abs(np.sum(np.diff(lon) * (np.sin(lat[1:]) + np.sin(lat[:-1])) / 2))
            total += area if number == 0 else -area
    return total / (4 * np.pi)


@pytest.mark.parametrize("turn", [1, -1])
@pytest.mark.parametrize(
    ("lat", "lon", "radius"),
    [(0, 0, 20), (0, 180, 20), (89.99, 0, 20), (-89.99, 0, 20), (80, 30, 20), (-85, 179, 30),
     (70, 10, 19.999), (70, 10, 20.001), (10, 170, 80), (0, -179.9, 1)],
)  # fmt: skip
def test_a_circle_has_the_area_of_a_cap_whichever_way_it_runs(lat, lon, radius, turn):
    found = share_of_globe(flat_area([[cap(lat, lon, radius)[::turn]]]))
    exact = (1 - np.cos(np.radians(radius))) / 2
    # Chords of two degrees lie inside the circle: less by 0.03 %; 0.2 % with corners on a grid.
    assert found == pytest.approx(exact, rel=0.002)


@pytest.mark.parametrize(
    ("start", "end", "half"),
    [(0, 180, 10), (0, 180, 5), (-90, 90, 10), (10, 340, 10), (60, 120, 8), (90, 270, 7)],
)
def test_a_strip_over_one_pole_or_both_has_its_area(start, end, half):
    found = share_of_globe(flat_area([[strip(start, end, half)]]))
    exact = (end - start) / 360 * np.sin(np.radians(half))  # Archimedes: a zone about the orbit
    assert found == pytest.approx(exact, rel=0.002)


def test_a_point_is_in_the_flat_strip_where_it_is_within_the_angle_of_the_orbit():
    half, inclination = 9.0, 97.6
    shape = flat_area([[strip(-90, 90, half, inclination, 400)]])
    shapely.prepare(shape)
    rng = np.random.default_rng(5)
    units = rng.normal(size=(4000, 3))
    units /= np.linalg.norm(units, axis=1)[:, None]
    i = np.radians(inclination)
    across = np.degrees(np.arcsin(units @ [0, -np.sin(i), np.cos(i)]))
    ahead = units[:, 0]  # positive on the half of the orbit from u = -90 to 90 deg
    sure = (np.abs(np.abs(across) - half) > 0.1) & (np.abs(ahead) > 0.01)  # off the edges
    at = turned(units)[sure]
    expected = ((np.abs(across) < half) & (ahead > 0))[sure]
    assert expected.sum() > 200
    assert (shapely.contains_xy(shape, at[:, 1], at[:, 0]) == expected).all()


def test_an_area_cut_at_the_date_line_beforehand_is_the_same():
    """RFC 7946, 3.1.9: what crosses the antimeridian should be cut there."""
    whole = [np.array([[60, lon] for lon in (-180, -90, 0, 90, 180)] + [[90, 180], [90, -180],
             [60, -180]], dtype=float)]  # fmt: skip
    exact = (1 - np.sin(np.radians(60))) / 2
    assert share_of_globe(flat_area([whole])) == pytest.approx(exact, rel=1e-6)
    east = np.array([[10, 170], [10, 180], [20, 180], [20, 170], [10, 170.0]])
    west = np.array([[10, -180], [10, -170], [20, -170], [20, -180], [10, -180.0]])
    uncut = np.array([[10, 170], [10, -170], [20, -170], [20, 170], [10, 170.0]])
    cut, one = flat_area([[east], [west]]), flat_area([[uncut]])
    # Edges of ten degrees are great circles: they bulge by a tenth of a degree.
    assert share_of_globe(cut) == pytest.approx(share_of_globe(one), rel=0.01)


def test_a_hole_stays_open():
    ring = flat_area([[cap(80, 0, 25), cap(80, 0, 5)]])
    full, hole = (1 - np.cos(np.radians([25, 5]))) / 2
    assert share_of_globe(ring) == pytest.approx(full - hole, rel=0.002)


def test_many_small_pieces_become_one_strip():
    u = np.linspace(0, 360, 181)
    pieces = [[strip(a, b, 8.0, 97.6, 2)] for a, b in itertools.pairwise(u)]
    shape = flat_area(pieces)
    assert share_of_globe(shape) == pytest.approx(np.sin(np.radians(8.0)), rel=0.002)
    assert len(list(polygons_of(shape))) <= 4


def test_a_line_over_the_date_line_reaches_both_edges():
    first, second = flat_lines(np.array([[0.0, 170.0], [10.0, -170.0]]))
    assert first[-1].tolist() == [pytest.approx(5.0), 180.0]
    assert second[0].tolist() == [pytest.approx(5.0), -180.0]


def test_a_line_over_the_pole_goes_over_it_and_not_along_its_parallel():
    (line,) = flat_lines(np.array([[85.0, 10.0], [85.0, -169.9]]))[:1]
    assert line[:, 0].max() > 89.2  # points are 1.5 deg apart


@given(
    st.lists(
        st.tuples(st.floats(-89.9, 89.9), st.floats(-180, 180)), min_size=2, max_size=8
    )
)  # fmt: skip
def test_parts_of_a_line_stay_on_the_map_and_never_jump_across_it(points):
    for part in flat_lines(np.array(points)):
        assert np.abs(part[:, 1]).max() <= 180
        assert np.abs(np.diff(part[:, 1])).max() <= 180.0 + 1e-9
        assert np.abs(part[:, 0]).max() <= 90


def test_points_are_put_in_along_the_great_circle():
    line = dense(np.array([[0.0, 0.0], [10.0, 10.0]]))
    units = directions(line)
    normal = np.cross(units[0], units[-1])
    assert np.abs(units @ normal).max() < 1e-9
    steps = np.degrees(np.arccos(np.sum(units[1:] * units[:-1], axis=1)))
    assert steps.max() <= 1.5
