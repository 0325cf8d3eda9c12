import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kosmodrom.base.geodesy import destination, geodesic, nearest_point

calm = settings(deadline=None)  # the machine may be busy; speed is not tested here
latitudes = st.one_of(
    st.floats(-np.pi / 2, np.pi / 2), st.sampled_from([-np.pi / 2, 0.0, np.pi / 2])
)
longitudes = st.one_of(st.floats(-np.pi, np.pi), st.sampled_from([-np.pi, 0.0, np.pi]))
points = st.tuples(latitudes, longitudes)
steps = st.floats(-0.2, 0.2)


@st.composite
def lines(draw):
    """Lines of short edges, some over the date line and up to the poles."""
    found = []
    for _ in range(draw(st.integers(1, 3))):
        lat, lon = draw(points)
        line = [(lat, lon)]
        for _ in range(draw(st.integers(0, 5))):
            lat = min(max(lat + draw(steps), -np.pi / 2), np.pi / 2)
            lon = (lon + draw(steps) + np.pi) % (2 * np.pi) - np.pi
            line.append((lat, lon))
        found.append(np.array(line))
    return found


@calm
@given(points, points)
def test_a_line_is_as_long_there_as_back(one, other):
    distance, there, back = geodesic(*one, *other)
    again, there_again, back_again = geodesic(*other, *one)
    assert distance == pytest.approx(again, abs=1e-7)
    if 1e3 < distance < 1.9e7 and max(abs(one[0]), abs(other[0])) < 1.57:
        # Elsewhere directions may turn with the last bit of a coordinate.
        turn = np.array([there - back_again, back - there_again])
        assert np.abs(np.sin(turn / 2)).max() < 1e-9


@calm
@given(points, st.floats(0, 2 * np.pi), st.floats(0, 1e7))
def test_going_a_distance_ends_that_far_away(start, azimuth, distance):
    end = destination(*start, azimuth, distance)
    assert geodesic(*start, *end)[0] == pytest.approx(distance, abs=1e-6)


@calm
@given(points, lines(), st.lists(st.floats(0, 1), min_size=5, max_size=5))
def test_no_point_of_the_lines_is_nearer(place, given_lines, parts):
    found = nearest_point(*place, given_lines)
    reached = geodesic(*place, found.latitude, found.longitude)[0]
    assert reached == pytest.approx(found.distance, abs=1e-6)
    for line in given_lines:
        edges = np.diff(line, axis=0)
        edges[:, 1] = np.remainder(edges[:, 1] + np.pi, 2 * np.pi) - np.pi
        for part in (0.0, 1.0, *parts):
            some = np.concatenate([line[:1], line[:-1] + part * edges])
            far, *_ = geodesic(*place, *np.clip(some, -7, 7).T)
            assert found.distance <= far.min() + 1e-3


@calm
@given(points, lines(), st.sampled_from([20.0, 2000.0, 50_000.0]))
def test_the_answer_does_not_depend_on_the_step(place, given_lines, step):
    first, second = nearest_point(*place, given_lines), nearest_point(*place, given_lines, step)
    assert first.distance == pytest.approx(second.distance, abs=1.0)


@calm
@given(points, lines(), longitudes)
def test_turning_everything_turns_the_answer(place, given_lines, turn):
    def turned(longitude):
        return np.remainder(longitude + turn + np.pi, 2 * np.pi) - np.pi

    moved = [np.column_stack([line[:, 0], turned(line[:, 1])]) for line in given_lines]
    first = nearest_point(*place, given_lines)
    second = nearest_point(place[0], float(turned(place[1])), moved)
    assert first.distance == pytest.approx(second.distance, abs=1e-2)
