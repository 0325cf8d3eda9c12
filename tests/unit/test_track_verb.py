"""The verb track: points, frames, sunlight, strips."""

import numpy as np
import pytest

import kosmodrom
from kosmodrom.errors import InputError

ASKED = {"satellites": ["ISS"], "start": "2026-08-23T00:00Z", "end": "2026-08-23T01:33Z"}
AXES = ("x_km", "y_km", "z_km")
RATES = ("vx_km_s", "vy_km_s", "vz_km_s")


def vectors(found, names):
    return np.stack([found.columns[name] for name in names], axis=-1)


def test_points_stand_at_even_steps_with_both_ends():
    found = kosmodrom.track(**ASKED, step="31 min")
    texts = [str(time)[11:19] for time in found.columns["time"]]
    assert texts == ["00:00:00", "00:31:00", "01:02:00", "01:33:00"]
    assert found.facts["points"].value == 4
    assert len(kosmodrom.track(**ASKED)) == 94


def test_facts_are_those_of_the_table():
    found = kosmodrom.track(**ASKED)
    columns, facts = found.columns, found.facts
    assert facts["lowest_km"].value == columns["height_km"].min()
    assert facts["highest_km"].value == columns["height_km"].max()
    assert facts["northernmost_deg"].value == columns["latitude_deg"].max()
    assert facts["southernmost_deg"].value == columns["latitude_deg"].min()
    assert facts["sunlit_share"].value == pytest.approx(columns["sunlit"].mean(), abs=1e-12)
    # The orbit is inclined by 51.63 deg; geodetic latitude is up to 0.19 deg more.
    assert 51 < facts["northernmost_deg"].value < 51.9
    assert "swath_km" not in facts


@pytest.mark.parametrize("frame", ["ITRS", "GCRS", "TEME"])
def test_velocities_are_the_rates_of_the_positions_in_their_frame(frame):
    found = kosmodrom.track(**{**ASKED, "end": "2026-08-23T00:00:01Z"}, step="0.1 s", frame=frame)
    place, rate = vectors(found, AXES), vectors(found, RATES)
    slope = (place[2:] - place[:-2]) / 0.2
    # Central differences over 0.1 s leave out (0.1 s)² n³ r / 6 = 2e-5 m/s.
    assert slope == pytest.approx(rate[1:-1], abs=5e-8)  # km/s


def test_frames_turn_but_do_not_stretch():
    frames = [kosmodrom.track(**ASKED, frame=frame) for frame in ("ITRS", "GCRS", "TEME")]
    sizes = [np.linalg.norm(vectors(found, AXES), axis=1) for found in frames]
    assert sizes[1] == pytest.approx(sizes[0], abs=1e-9)  # km
    assert sizes[2] == pytest.approx(sizes[0], abs=1e-9)
    # TEME and GCRS differ by precession since 2000: 26.6 years of 20 arcsec make 0.15 deg.
    apart = np.linalg.norm(vectors(frames[1], AXES) - vectors(frames[2], AXES), axis=1)
    assert 0.001 < (apart / sizes[0]).max() < 0.007


def test_a_stationary_satellite_stands_over_one_point():
    found = kosmodrom.track(satellites=["himawari-9"], start="2026-08-22", step="1 h")
    assert np.ptp(found.columns["longitude_deg"]) < 0.1
    assert found.columns["longitude_deg"].mean() == pytest.approx(140.7, abs=0.1)  # its place
    assert found.facts["highest_km"].value == pytest.approx(35_790, abs=30)


def test_a_strip_has_the_width_of_the_camera():
    found = kosmodrom.track(satellites=["landsat-9"], start="2026-08-23T00:00Z",
                            end="2026-08-23T01:39Z", sensor="landsat-oli")  # fmt: skip
    assert found.facts["swath_km"].value == pytest.approx(185, abs=5)  # USGS, for 705 km
    kinds = [feature["properties"]["kind"] for feature in found.features]
    assert kinds == ["track", "swath"]


def test_the_way_is_cut_where_it_crosses_the_date_line():
    found = kosmodrom.track(**ASKED)
    (feature,) = found.features
    assert feature["geometry"]["type"] == "MultiLineString"
    for line in feature["geometry"]["coordinates"]:
        east = np.array(line)[:, 0]
        assert np.abs(np.diff(east)).max(initial=0.0) < 180


def test_a_satellite_that_sgp4_gives_up_has_empty_cells_and_a_warning():
    found = kosmodrom.track(satellites=["kms-4"], start="2026-08-22", step="1 h")
    lost = np.isnan(found.columns["latitude_deg"])
    assert lost.any()
    assert found.facts["points"].value == (~lost).sum()
    assert "orbits_lost" in {note.code for note in found.warnings}


def test_several_satellites_stand_one_after_the_other():
    found = kosmodrom.track(**ASKED | {"satellites": ["tiangong", "ISS"]}, step="31 min")
    assert found.columns["norad_id"].tolist() == [25544] * 4 + [48274] * 4
    assert found.facts["satellites"].value == 2


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"step": "0 s"}, "it must be 1 ms or more"),
        ({"step": "5"}, "5 has no unit; a time is due, write 5 s"),
        ({"step": "5 km"}, "a time is due"),
        ({"step": "1 ms"}, "times of 1 satellites are more than 5000000 points"),
        ({"frame": "ECI"}, "write one of 'ITRS', 'GCRS', 'TEME'"),
        ({"max_off_nadir": "95 deg"}, "above 0 and below 90 deg"),
        ({"max_off_nadir": "5 deg", "sensor": "landsat-oli"}, "not both"),
        ({"sensor": "nosuch"}, "no sensor is called 'nosuch'"),
    ],
)
def test_what_cannot_be_is_refused_with_the_way_out(more, said):
    with pytest.raises(InputError, match=said):
        kosmodrom.track(**ASKED | more)
