import numpy as np
import pytest

from kosmodrom.base.geodesy import destination, geodesic, geodesic_path, is_inside, nearest_point
from kosmodrom.errors import InputError


def lines(*degrees):
    return [np.radians(line) for line in degrees]


def test_azimuths_point_from_each_end_to_the_other():
    _, there, back = geodesic(0.0, 0.0, 0.0, 0.5)
    assert there == pytest.approx(np.pi / 2, abs=1e-12)
    assert back == pytest.approx(3 * np.pi / 2, abs=1e-12)


def test_arrays_broadcast_and_a_scalar_has_no_shape():
    distance, *_ = geodesic(0.0, 0.0, np.zeros((2, 1)), np.array([0.1, 0.2, 0.3]))
    assert distance.shape == (2, 3)
    assert geodesic(0.0, 0.0, 0.1, 0.1)[0].shape == ()


def test_a_path_keeps_both_ends_and_equal_steps_over_the_date_line():
    latitude, longitude = geodesic_path(0.8, 3.0, 0.2, -2.9, 11)
    ends = [latitude[0], longitude[0], latitude[-1], longitude[-1]]
    assert ends == pytest.approx([0.8, 3.0, 0.2, -2.9], abs=1e-13)  # 1e-13 rad is 1 µm
    steps, *_ = geodesic(latitude[:-1], longitude[:-1], latitude[1:], longitude[1:])
    assert np.ptp(steps) < 1e-6


def test_degrees_given_for_radians_are_refused():
    with pytest.raises(InputError, match="Degrees must be turned into radians"):
        geodesic(51.884, 128.334, 0.0, 0.0)
    with pytest.raises(InputError, match=r"longitude reaches 128\.334 rad"):
        nearest_point(0.5, 128.334, lines([[0, 0], [1, 1]]))


def test_what_is_not_finite_is_refused():
    with pytest.raises(InputError, match="not finite"):
        geodesic(np.nan, 0.0, 0.0, 0.0)
    with pytest.raises(InputError, match="not finite"):
        destination(0.0, 0.0, np.inf, 1.0)
    with pytest.raises(InputError, match="not finite"):
        nearest_point(0.0, 0.0, [np.array([[0.0, np.nan], [0.0, 0.0]])])


def test_a_path_of_one_point_is_refused():
    with pytest.raises(InputError, match="2 points or more"):
        geodesic_path(0.0, 0.0, 0.1, 0.1, 1)


@pytest.mark.parametrize(
    ("given", "step", "says"),
    [
        ([], 250.0, "there are no lines"),
        ([np.zeros((3, 3))], 250.0, r"line 0 has shape \(3, 3\)"),
        ([np.zeros((2, 2)), np.zeros((0, 2))], 250.0, r"line 1 has shape \(0, 2\)"),
        ([np.zeros((2, 2))], 0.0, "step is 0.0 m"),
        ([np.zeros((2, 2))], float("nan"), "step is nan m"),
    ],
)
def test_lines_that_are_none_are_refused(given, step, says):
    with pytest.raises(InputError, match=says):
        nearest_point(0.0, 0.0, given, step)


def test_the_foot_on_a_meridian_lies_on_it_and_names_its_line():
    far, near = lines([[0, 40], [60, 40]], [[-10, 12], [70, 12]])
    found = nearest_point(0.0, np.radians(10.0), [far, near])
    assert found.index == 1
    assert np.degrees(found.latitude) == pytest.approx(0.0, abs=1e-7)  # by symmetry
    assert np.degrees(found.longitude) == pytest.approx(12.0, abs=1e-12)


def test_an_end_of_a_line_may_be_nearest():
    found = nearest_point(0.0, 0.0, lines([[10, 10], [20, 10], [20, 30]]))
    assert np.degrees([found.latitude, found.longitude]) == pytest.approx([10, 10], abs=1e-9)


def test_a_single_point_is_a_line_too():
    found = nearest_point(0.0, 0.0, lines([[1, 1]]))
    assert found.distance == pytest.approx(float(geodesic(0, 0, *np.radians([1, 1]))[0]), abs=1e-9)


def test_an_edge_over_the_date_line_goes_the_short_way():
    across = lines([[-10, 179], [10, -179]])
    found = nearest_point(0.0, np.pi, across)
    assert found.distance < 1e-3
    assert abs(found.longitude) == pytest.approx(np.pi, abs=1e-9)
    elsewhere = nearest_point(0.0, 0.0, across)
    assert elsewhere.distance > 1.8e7  # 162 degrees of arc and more


def test_a_place_on_the_line_has_no_distance():
    found = nearest_point(np.radians(45.0), np.radians(45.0), lines([[0, 0], [90, 90]]))
    assert found.distance == pytest.approx(0.0, abs=1e-3)


def test_at_a_pole_the_nearest_is_the_northernmost():
    found = nearest_point(np.pi / 2, 0.3, lines([[70, 0], [80, 100], [60, -120]]))
    assert np.degrees([found.latitude, found.longitude]) == pytest.approx([80, 100], abs=1e-6)


def test_an_edge_along_a_parallel_bulges_away_from_the_geodesic():
    # Map edges are straight in latitude and longitude: seen from the north, the nearest point of
    # an edge on the parallel of 60 degrees is on that parallel, not on the great circle above it.
    found = nearest_point(np.radians(61.0), 0.0, lines([[60, -40], [60, 40]]))
    assert np.degrees([found.latitude, found.longitude]) == pytest.approx([60, 0], abs=1e-5)


def test_a_point_is_inside_a_ring_whatever_way_it_runs_and_outside_in_its_hole():
    square = np.radians(
        [[10.0, 170.0], [10.0, -170.0], [30.0, -170.0], [30.0, 170.0], [10.0, 170.0]]
    )
    hole = np.radians(
        [[18.0, 178.0], [18.0, -178.0], [22.0, -178.0], [22.0, 178.0], [18.0, 178.0]]
    )
    middle, beside = np.radians([20.0, 180.0]), np.radians([20.0, 175.0])
    assert is_inside(*middle, [square])
    assert is_inside(*middle, [square[::-1]])
    assert not is_inside(*middle, [square, hole])
    assert is_inside(*beside, [square, hole])
    assert not is_inside(*np.radians([20.0, 160.0]), [square])
    assert not is_inside(*np.radians([-20.0, 0.0]), [square])  # the point opposite
