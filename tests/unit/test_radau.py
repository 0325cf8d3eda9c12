"""Radau's points and the meshes made of them."""

import numpy as np
import pytest

from kosmodrom.errors import InputError
from kosmodrom.launch.radau import (
    Mesh,
    differentiation_matrix,
    interpolation_matrix,
    radau_points,
)


def test_points_are_those_of_the_book():
    # E. Hairer, G. Wanner, Solving ordinary differential equations II (1996), table IV.5.6:
    # Radau IIA of order 5.
    points, weights = radau_points(3)
    root = np.sqrt(6)
    assert points == pytest.approx([(4 - root) / 10, (4 + root) / 10, 1], abs=1e-15)  # rounding
    assert weights == pytest.approx([(16 - root) / 36, (16 + root) / 36, 1 / 9], abs=1e-15)


@pytest.mark.parametrize("degree", range(1, 31))
def test_quadrature_is_exact_up_to_its_degree(degree):
    points, weights = radau_points(degree)
    for power in range(2 * degree - 1):
        assert weights @ points**power == pytest.approx(1 / (power + 1), abs=1e-14)  # rounding


def test_a_degree_out_of_range_is_refused():
    with pytest.raises(InputError, match="takes 1 to 30 points"):
        radau_points(31)
    with pytest.raises(InputError, match="degree is 0"):
        Mesh.even(3, 0)


@pytest.mark.parametrize("degree", range(1, 16))
def test_slopes_of_polynomials_are_exact(degree):
    nodes = np.concatenate([[0.0], radau_points(degree)[0]])
    slopes = differentiation_matrix(nodes) @ nodes**degree
    # Rounding grows as the square of the degree: the matrix has entries as large.
    assert slopes == pytest.approx(degree * nodes ** (degree - 1), abs=1e-14 * degree**2)


def test_a_value_on_a_node_is_that_of_the_node():
    matrix = interpolation_matrix([0.0, 0.3, 1.0], [0.3, 1.0, 0.0])
    assert matrix.tolist() == [[0, 1, 0], [0, 0, 1], [1, 0, 0]]


@pytest.mark.parametrize(
    ("edges", "degrees", "message"),
    [
        ([0.0, 1.0], (), "at least one interval"),
        ([0.0, 0.5, 1.0], (3,), "1 intervals has 2 edges"),
        ([0.0, 0.5, 0.5, 1.0], (3, 3, 3), "rise from 0 to 1"),
        ([0.1, 1.0], (3,), "rise from 0 to 1"),
    ],
)
def test_a_mesh_that_is_none_is_refused(edges, degrees, message):
    with pytest.raises(InputError, match=message):
        Mesh(np.array(edges), degrees)


def test_a_doubled_mesh_halves_every_interval():
    mesh = Mesh(np.array([0.0, 0.4, 1.0]), (2, 5)).doubled()
    assert mesh.edges == pytest.approx([0.0, 0.2, 0.4, 0.7, 1.0], abs=1e-15)
    assert mesh.degrees == (2, 2, 5, 5)
    assert mesh.size == 14
    assert mesh.firsts.tolist() == [0, 2, 4, 9, 14]


def test_weights_and_widths_measure_the_phase():
    mesh = Mesh(np.array([0.0, 0.4, 1.0]), (2, 5))
    assert mesh.weights @ mesh.widths_of_points == pytest.approx(1.0, abs=1e-15)
    assert mesh.weights @ (mesh.widths_of_points * mesh.points**2) == pytest.approx(
        1 / 3, abs=1e-15
    )


def test_controls_are_followed_back_to_the_beginning_of_their_interval():
    mesh = Mesh(np.array([0.0, 0.5, 1.0]), (3, 3))
    jump = np.where(mesh.points <= 0.5, mesh.points**2, 10 + mesh.points)[:, np.newaxis]
    found = mesh.interpolate(jump, [0.0, 0.25, 0.5, 0.5001, 1.0])[:, 0]
    assert found == pytest.approx([0.0, 0.0625, 0.25, 10.5001, 11.0], abs=1e-13)


def test_a_wrong_number_of_rows_is_refused():
    with pytest.raises(InputError, match="takes 6 or 7 rows"):
        Mesh.even(2, 3).interpolate(np.ones((5, 1)), [0.5])
