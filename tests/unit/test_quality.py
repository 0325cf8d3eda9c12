"""What ratings of pictures and sensors refuse, and what they do at their edges."""

import numpy as np
import pytest

from kosmodrom.errors import InputError
from kosmodrom.view.quality import (
    giqe5,
    niirs_band,
    niirs_level,
    signal_to_noise_at,
    sun_signal,
    weighted_edge_response,
)
from kosmodrom.view.sensors import (
    Range,
    Sensor,
    diffraction_limit,
    elevation_at_target,
    ground_sample_distance,
    off_nadir_of_swath,
    optical_q,
    sample_distance_of,
    sensor_niirs,
    sensor_sample_distance,
    swath_of,
    within_reach,
)

OVERHEAD = np.pi / 2


@pytest.fixture(name="sensor")
def a_sensor():
    return Sensor(
        name="Test camera",
        sample_distance=Range(1.0, 5.0),
        altitude=500e3,
        off_nadir=Range(np.radians(15), np.radians(30)),
        roll=Range(np.radians(15), np.radians(30)),
        edge_response=Range(0.22, 0.54),
        signal_to_noise=Range(10.0, 50.0),
        sun_elevation=np.radians(45),
    )


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ((0.0, 0.3, 50, 1.0), "sample_distance is 0 m; it must be above 0"),
        ((1.0, 1.2, 50, 1.0), "relative_edge_response is 1.2; it must be above 0 and at most 1"),
        ((1.0, 0.3, 0, 1.0), "signal_to_noise is 0; it must be above 0"),
        ((1.0, 0.3, 50, 57.4), "elevation is 57.4; .*in radians"),
        ((np.nan, 0.3, 50, 1.0), "sample_distance is nan"),
        ((1.0, 0.3, 50, [1.0, -0.1]), "elevation is -0.1"),
    ],
)
def test_a_rating_needs_inputs_that_mean_something(wrong, says):
    with pytest.raises(InputError, match=says):
        giqe5(*wrong)


def test_the_lesser_edge_response_weighs_twice_in_either_order():
    assert weighted_edge_response(0.4, 0.1) == weighted_edge_response(0.1, 0.4)
    # (0.4 x 0.1²)^(1/3) by hand
    assert float(weighted_edge_response(0.4, 0.1)) == pytest.approx(0.1587401, abs=1e-7)


def test_without_light_nothing_can_be_told():
    low, high = niirs_band((0.5, 0.5), (0.3, 0.3), ([0.0, 20.0], [0.0, 20.0]), OVERHEAD)
    assert low[0] == high[0] == 0
    assert low[1] == high[1] > 4


def test_a_picture_too_coarse_for_the_scale_is_at_its_bottom():
    low, high = niirs_band((1000.0, 2000.0), (0.3, 0.5), (20.0, 50.0), OVERHEAD)
    assert low == high == 0


def test_the_error_of_the_equation_widens_both_ends():
    ends = (0.5, 0.5), (0.3, 0.3), (20.0, 20.0), OVERHEAD
    low, high = niirs_band(*ends, error=0.32)
    point, _ = niirs_band(*ends)
    assert float(high - point) == pytest.approx(0.32, abs=1e-12)
    assert float(point - low) == pytest.approx(0.32, abs=1e-12)


def test_ends_in_the_wrong_order_are_refused():
    with pytest.raises(InputError, match="sample_distance has a low end above its high end"):
        niirs_band((5.0, 1.0), (0.3, 0.5), (20.0, 50.0), OVERHEAD)
    with pytest.raises(InputError, match="signal_to_noise is -1"):
        niirs_band((1.0, 5.0), (0.3, 0.5), (-1.0, 50.0), OVERHEAD)
    with pytest.raises(InputError, match="error is -1 NIIRS"):
        niirs_band((1.0, 5.0), (0.3, 0.5), (20.0, 50.0), OVERHEAD, error=-1)


def test_levels_are_whole_and_stay_on_the_scale():
    assert niirs_level([-3.0, 0.99, 4.0, 4.999, 9.8, 12.0]).tolist() == [0, 0, 4, 4, 9, 9]
    with pytest.raises(InputError, match="not a number"):
        niirs_level(np.nan)


def test_the_sun_at_the_horizon_gives_no_signal_and_a_high_one_leaves_it_as_it_was():
    assert sun_signal([-0.2, 0.0]).tolist() == [0, 0]
    low, high = signal_to_noise_at((10.0, 40.0), np.radians(45), np.radians([-5, 0, 45]))
    assert low.tolist()[:2] == high.tolist()[:2] == [0, 0]
    assert (low[2], high[2]) == (10, 40)


def test_under_a_low_sun_the_electronics_give_the_low_end_and_the_photons_the_high():
    light = float(sun_signal(np.radians(10)) / sun_signal(np.radians(45)))
    low, high = signal_to_noise_at((10.0, 40.0), np.radians(45), np.radians(10))
    assert float(low) == pytest.approx(10 * light, abs=1e-12)
    assert float(high) == pytest.approx(40 * light**0.5, abs=1e-12)


def test_a_ratio_and_its_sun_must_mean_something():
    with pytest.raises(InputError, match="give 0 < low <= high"):
        signal_to_noise_at((40.0, 10.0), 0.7, 0.5)
    with pytest.raises(InputError, match="reference_elevation is 45 rad"):
        signal_to_noise_at((10.0, 40.0), 45.0, 0.5)


def test_looking_sideways_stretches_across_the_track_and_looking_ahead_along_it():
    sideways = ground_sample_distance(1e-6, 600e3, np.radians(30))
    ahead = ground_sample_distance(1e-6, 600e3, np.radians(30), 0.0)
    assert [float(x) for x in sideways] == pytest.approx([0.6, 1.2], abs=1e-12)  # 1 / sin 30 deg
    assert [float(x) for x in ahead] == pytest.approx([1.2, 0.6], abs=1e-12)


def test_a_satellite_below_the_horizon_takes_no_picture():
    with pytest.raises(InputError, match="the satellite is in view"):
        ground_sample_distance(1e-6, 600e3, [-0.1, 1.0])


def test_a_sensor_refuses_ends_that_mean_nothing():
    good = {
        "name": "X",
        "sample_distance": (1.0, 2.0),
        "altitude": 5e5,
        "off_nadir": (0.1, 0.5),
        "edge_response": (0.2, 0.5),
        "signal_to_noise": (10.0, 50.0),
        "sun_elevation": 0.8,
    }
    for name, wrong in [
        ("sample_distance", (2.0, 1.0)),
        ("off_nadir", (0.1, 30.0)),
        ("edge_response", (0.2, 1.5)),
        ("signal_to_noise", (0.0, 50.0)),
        ("swath", (np.nan, 1.0)),
        ("altitude", -1.0),
        ("sun_elevation", 45.0),
    ]:
        with pytest.raises(InputError, match=f"X: {name} is"):
            Sensor(**{**good, name: wrong})


def test_the_band_of_a_sensor_holds_any_camera_within_its_ends(sensor):
    low, high = sensor_niirs(sensor, 500e3, OVERHEAD, np.radians(45))
    one = float(giqe5(2.0, 0.3, 30.0, OVERHEAD))
    assert float(low) < one < float(high)
    dark = sensor_niirs(sensor, 500e3, OVERHEAD, np.radians(-1))
    assert [float(end) for end in dark] == [0, 0]


def test_a_sensor_straight_down_has_the_sample_distance_it_was_given(sensor):
    found = sensor_sample_distance(sensor, 500e3, OVERHEAD)
    assert [float(end) for end in found] == pytest.approx([1.0, 5.0, 1.0, 5.0], abs=1e-12)


def test_reach_is_sure_possible_or_out(sensor):
    sure, possible = within_reach(sensor, np.radians([10, 20, 40]))
    assert sure.tolist() == [True, False, False]
    assert possible.tolist() == [True, True, False]
    sure, possible = within_reach(sensor, np.radians(10), roll=np.radians(-20))
    assert (bool(sure), bool(possible)) == (False, True)
    # no limit along the track is known apart: the angle is not looked at
    assert bool(within_reach(sensor, np.radians(10), pitch=np.radians(80))[0])


def test_optics_give_the_sample_distance_between_their_ends():
    # Planet, SkySat: 3.6 m of focal length and pixels of 6.5 µm give 0.81 m from 450 km
    found = sample_distance_of(Range(6.5e-6, 6.5e-6), Range(3.6, 3.6), 450e3)
    assert found.low == found.high == pytest.approx(0.81, abs=0.005)  # printed to the centimetre
    with pytest.raises(InputError, match="pixel_pitch"):
        sample_distance_of(Range(0.0, 1e-6), Range(1.0, 1.0), 5e5)


def test_an_opening_with_q_2_takes_two_pixels_for_its_wavelength_over_diameter():
    assert float(optical_q(0.5, 600e-9, 0.6e-6)) == pytest.approx(2.0, abs=1e-12)
    with pytest.raises(InputError, match="aperture is 0 m"):
        diffraction_limit(0.0, 500e-9, 5e5)


def test_a_view_past_the_earth_is_refused_with_the_horizon_in_the_message():
    with pytest.raises(InputError, match=r"below that of the horizon, 68\.01 deg"):
        elevation_at_target(np.radians(70.0), 500e3)
    with pytest.raises(InputError, match="less than 4891"):
        off_nadir_of_swath(6000e3, 500e3)


def test_no_strip_has_no_width():
    assert float(swath_of(0.0, 500e3)) == 0
    assert float(off_nadir_of_swath(0.0, 500e3)) == 0
