"""The air against the printed tables of the standard, and against a program of it."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kosmodrom.launch.atmosphere import air_at, air_expression
from kosmodrom.launch.symbols import library

PROGRAM = json.loads((Path(__file__).parent / "data" / "atmosphere.json").read_text("utf-8"))
ROWS = np.array([[np.nan if value is None else value for value in row] for row in PROGRAM["rows"]])

# U.S. Standard Atmosphere, 1976, NOAA-S/T 76-1562, tables I and III, geometric heights: height
# [km], temperature [K], pressure [Pa], density [kg/m³], speed of sound [m/s].
LOW = [
    (0, 288.150, 1.01325e5, 1.2250, 340.294),
    (1, 281.651, 8.9876e4, 1.1117, 336.434),
    (5, 255.676, 5.4048e4, 7.3643e-1, 320.545),
    (10, 223.252, 2.6499e4, 4.1351e-1, 299.532),
    (15, 216.650, 1.2111e4, 1.9476e-1, 295.069),
    (20, 216.650, 5.5293e3, 8.8910e-2, 295.069),
    (25, 221.552, 2.5492e3, 4.0084e-2, 298.389),
    (30, 226.509, 1.1970e3, 1.8410e-2, 301.709),
    (40, 250.350, 2.8714e2, 3.9957e-3, 317.189),
    (50, 270.650, 7.9779e1, 1.0269e-3, 329.799),
    (60, 247.021, 2.1958e1, 3.0968e-4, 315.073),
    (70, 219.585, 5.2209e0, 8.2829e-5, 297.062),
    (80, 198.639, 1.0524e0, 1.8458e-5, 282.538),
]
# Table I above 86 km, at heights that the spline does not use: height, pressure, density.
HIGH = [
    (125, 1.7354e-3, 1.291e-8),
    (170, 2.1210e-4, 7.815e-10),
    (175, 1.7936e-4, 6.339e-10),
    (190, 1.1266e-4, 3.581e-10),
    (350, 3.4498e-6, 7.014e-12),
    (450, 6.4468e-7, 1.184e-12),
]


@pytest.mark.parametrize(("height", "temperature", "pressure", "density", "sound"), LOW)
def test_air_is_that_of_the_printed_table(height, temperature, pressure, density, sound):
    air = air_at(1e3 * height)
    # The table prints five digits; the corners of the temperature are rounded by the spline.
    assert float(air.pressure) / pressure == pytest.approx(1.0, abs=1e-4)
    assert float(air.density) / density == pytest.approx(1.0, abs=3e-4)
    assert float(air.temperature) == pytest.approx(temperature, abs=0.07)
    assert float(air.sound_speed) == pytest.approx(sound, abs=0.05)


@pytest.mark.parametrize(("height", "pressure", "density"), HIGH)
def test_thin_air_is_that_of_the_table_between_the_heights_used(height, pressure, density):
    air = air_at(1e3 * height)
    assert float(air.pressure) / pressure == pytest.approx(1.0, abs=2e-3)  # of a cubic through
    assert float(air.density) / density == pytest.approx(1.0, abs=2e-3)  # neighbours in the table


def test_air_is_that_of_a_program_up_to_86_km():
    # tests/truth/make_atmosphere.py: ussa1976 0.3.4. From 80 km on it gives the temperature of the
    # air, a little less than that of its pressure and density; the speed of sound follows that.
    low = ROWS[ROWS[:, 0] < 86.0]
    height, temperature, pressure, density, sound = low.T
    air = air_at(1e3 * height)
    assert air.pressure / pressure == pytest.approx(np.ones(len(low)), abs=1e-4)
    assert air.density / density == pytest.approx(np.ones(len(low)), abs=1.2e-3)
    assert air.sound_speed == pytest.approx(sound, abs=0.2)
    mixed = height < 80.0
    assert air.temperature[mixed] == pytest.approx(temperature[mixed], abs=0.25)
    # On the whole it is closer: what is off is off at corners.
    assert np.median(np.abs(air.density / density - 1)) < 1e-4


def test_air_is_near_that_of_a_program_up_to_120_km():
    # Above 86 km ussa1976 integrates by its own steps and leaves the printed table by up to 1.3 %
    # in pressure and 0.8 % in density at 120 km.
    height, _, pressure, density, _ = ROWS[ROWS[:, 0] > 86.0].T
    air = air_at(1e3 * height)
    assert air.pressure / pressure == pytest.approx(np.ones(len(height)), abs=0.015)
    assert air.density / density == pytest.approx(np.ones(len(height)), abs=0.012)


def test_below_and_above_the_standard_the_air_is_that_of_its_ends():
    ends = air_at([-5e3, 1e6]).density
    assert air_at([-1e4, 2e6]).density == pytest.approx(ends, abs=0.0)
    assert ends[1] == pytest.approx(3.561e-15, abs=1e-19)  # table I prints four digits


@given(st.floats(-4_999.0, 999_000.0), st.floats(1.0, 1000.0))
def test_air_gets_thinner_all_the_way_up(height, rise):
    air = air_at([height, height + rise])
    assert air.density[0] > air.density[1]
    assert air.pressure[0] > air.pressure[1]


def test_expressions_are_the_same_air_and_bend_smoothly():
    ca = library()
    height = ca.SX.sym("height")
    air = air_expression(height)
    outputs = ca.vertcat(air.pressure, air.density, air.temperature, air.sound_speed)
    logarithms = ca.log(outputs[:2])
    bend = ca.jacobian(ca.jacobian(logarithms, height), height)
    function = ca.Function("air", [height], [outputs, bend])

    def at(heights):
        return [np.array(part) for part in function.map(len(heights))(heights[np.newaxis])]

    heights = np.linspace(-4_900.0, 990_000.0, 40_001)
    mine = air_at(heights)
    ours = np.stack([mine.pressure, mine.density, mine.temperature, mine.sound_speed])
    # Sums of cubes that set in lose eight digits a thousand kilometres from the first.
    assert at(heights)[0] / ours == pytest.approx(np.ones_like(ours), abs=1e-7)
    # Second derivatives have no jumps: over half the step they change by half as much.
    steps = [np.linspace(5_000.0, 91_000.0, count) for count in (8_601, 17_201)]
    changes = [np.abs(np.diff(at(step)[1], axis=1)).max(axis=1) for step in steps]
    assert changes[1] / changes[0] == pytest.approx([0.5, 0.5], abs=0.02)
