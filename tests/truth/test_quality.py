"""Ratings of pictures against pyBSM, light against pvlib, geometry against makers' sheets."""

import json
from pathlib import Path

import numpy as np
import pytest

from kosmodrom.view.quality import giqe5, sun_signal, weighted_edge_response
from kosmodrom.view.sensors import (
    diffraction_limit,
    elevation_at_target,
    ground_sample_distance,
    off_nadir_of_swath,
    swath_of,
)

TRUTH = json.loads((Path(__file__).parent / "data" / "giqe.json").read_text("utf-8"))


def test_ratings_are_those_of_pybsm():
    # tests/truth/make_giqe.py: 720 ratings of `pybsm.metrics.functional.giqe5`, pyBSM 0.16.1
    gsd, first, second, snr, elevation, weighted, niirs = np.array(TRUTH["ratings"]).T
    response = weighted_edge_response(first, second)
    assert response == pytest.approx(weighted, abs=1e-15)  # rounding
    found = giqe5(gsd, response, snr, np.radians(elevation))
    assert found == pytest.approx(niirs, abs=1e-13)  # the same equation: rounding alone


def test_the_guide_defines_niirs_5():
    # NGA, GIQE version 5.0 (2015), section 2: NIIRS 5 is a good picture of 20.8 inches and Q = 1;
    # table 3 gives its edge response, 0.329 in both directions.
    found = float(giqe5(20.8 * 0.0254, 0.329, 50, np.pi / 2))
    assert found == pytest.approx(5.0, abs=0.05)  # the guide speaks in tenths


@pytest.mark.parametrize(
    ("smear_response", "loss_50", "loss_5"),
    # NGA, GIQE version 5.0 (2015), tables 5 and 6, Q = 1: along-scan response under smear of 1, 2,
    # 4, 8 pixels; NIIRS lost at a signal-to-noise ratio of 50 and of 5.
    [(0.302, 0.03, 0.05), (0.247, 0.11, 0.19), (0.169, 0.33, 0.51), (0.100, 0.87, 1.19)],
)
def test_smear_costs_what_the_guide_prints(smear_response, loss_50, loss_5):
    sharp = weighted_edge_response(0.329, 0.329)
    smeared = weighted_edge_response(0.329, smear_response)
    for snr, loss in ((50.0, loss_50), (5.0, loss_5)):
        found = float(giqe5(1.0, sharp, snr, 1.5) - giqe5(1.0, smeared, snr, 1.5))
        assert found == pytest.approx(loss, abs=0.011)  # printed to 0.01 from rounded responses


def test_light_is_that_of_pvlib():
    # tests/truth/make_giqe.py: `pvlib.clearsky.haurwitz` over its 1098 W/m², pvlib 0.16.1
    sun, light = np.array(TRUTH["light"]).T
    assert sun_signal(np.radians(sun)) == pytest.approx(light, abs=1e-14)


def test_a_slanting_look_coarsens_as_the_maker_says():
    # WorldView-1, https://www.eoportal.org/satellite-missions/worldview-1: from 496 km, 0.50 m
    # straight down and 0.55 m at 20 deg off nadir (mean of both directions).
    off, height = np.radians(20.0), 496e3
    elevation = elevation_at_target(off, height)
    slant = 6_371_008.8 * np.sin(np.pi / 2 - off - elevation) / np.sin(off)
    along, across = ground_sample_distance(0.50 / height, slant, elevation)
    mean = float(np.sqrt(along * across))
    assert mean == pytest.approx(0.55, abs=0.01)  # printed to the centimetre, as is the 0.50


def test_a_slanting_look_of_another_maker():
    # GeoEye-1, Kramer's table as quoted in Satellite Systems for Personal Applications (2010),
    # table 16.4: from 681 km, 0.41 m straight down and 0.50 m at an elevation of 60 deg.
    elevation, height = np.radians(60.0), 681e3
    off = np.arcsin(np.cos(elevation) * 6_371_008.8 / (6_371_008.8 + height))
    slant = 6_371_008.8 * np.sin(np.pi / 2 - off - elevation) / np.sin(off)
    along, across = ground_sample_distance(0.41 / height, slant, elevation)
    assert float(np.sqrt(along * across)) == pytest.approx(0.50, abs=0.015)  # two printed digits


def test_the_strip_of_sentinel_2_fits_its_field_of_view():
    # ESA, Sentinel-2 MSI: 290 km from 786 km with a field of view of 20.6 deg (full angle), all
    # rounded: 0.1 deg is 2.9 km on the ground.
    assert float(swath_of(np.radians(10.3), 786e3)) == pytest.approx(290e3, abs=5e3)
    assert float(np.degrees(off_nadir_of_swath(290e3, 786e3))) == pytest.approx(10.3, abs=0.15)


def test_the_elevation_at_the_target_is_not_90_degrees_less_off_nadir():
    # cos(elevation) = sin(30 deg) (6371.009 + 500) / 6371.009 = 0.539240, by hand: 57.368 deg
    found = float(np.degrees(elevation_at_target(np.radians(30.0), 500e3)))
    assert found == pytest.approx(57.368, abs=0.001)


def test_hubbles_mirror_parts_what_rayleigh_says():
    # NASA: at 500 nm the 2.4 m mirror parts 0.05 arcsec (https://hubblesite.org).
    arcsec = float(np.degrees(diffraction_limit(2.4, 500e-9, 1.0))) * 3600
    assert arcsec == pytest.approx(0.05, abs=0.005)  # one printed digit
