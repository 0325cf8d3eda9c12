"""Geodesics against GeographicLib's published values and its Python program."""

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic

from kosmodrom.base.geodesy import destination, geodesic, nearest_point

# C. F. F. Karney, the twenty cases of GeographicLib's own test program, tests/geodtest.cpp (the
# method: https://doi.org/10.1007/s00190-012-0578-z): latitude, longitude, azimuth at point 1; the
# same at point 2 [deg]; distance [m].
KARNEY = """
 35.60777 -139.44815  111.098748429560326 -11.17491  -69.95921  129.289270889708762  8935244.5604818305
 55.52454  106.05087   22.020059880982801  77.03196  197.18234  109.112041110671519  4105086.1713924406
-21.97856  142.59065  -32.44456876433189   41.84138   98.56635  -41.84359951440466   8394328.894657671
-66.99028  112.2363   173.73491240878403  -12.70631  285.90344    2.512956620913668 11150344.2312080241
-17.42761  173.34268 -159.033557661192928 -15.84784    5.93557  -20.787484651536988 16076603.1631180673
 32.84994   48.28919  150.492927788121982 -56.28556  202.29132   48.113449399816759 16727068.9438164461
  6.96833   52.74123   92.581585386317712  -7.39675  206.17291   90.721692165923907 17102477.2496958388
-50.56724  -16.30485 -105.439679907590164 -33.56571  -94.97412  -47.348547835650331  6455670.5118668696
-58.93002   -8.90775  140.965397902500679  -8.91104  133.13503   19.255429433416599 11756066.0219864627
-68.82867  -74.28391   93.774347763114881 -50.63005   -8.36685   34.65564085411343   3956936.926063544
-10.62672  -32.0898   -86.426713286747751   5.883   -134.31681  -80.473780971034875 11470869.3864563009
-21.76221  166.90563   29.319421206936428  48.72884  213.97627   43.508671946410168  9098627.3986554915
-19.79938 -174.47484   71.167275780171533 -11.99349 -154.35109   65.589099775199228  2319004.8601169389
-11.95887 -116.94513   92.712619830452549   4.57352    7.16501   78.64960934409585  13834722.5801401374
-87.85331   85.66836  -65.120313040242748  66.48646   16.09921   -4.888658719272296 17286615.3147144645
  1.74708  128.32011 -101.584843631173858 -11.16617   11.87109  -86.325793296437476 12942901.1241347408
-25.72959 -144.90758 -153.647468693117198 -57.70581 -269.17879  -48.343983158876487  9413446.7452453107
-41.22777  122.32875   14.285113402275739  -7.57291  130.37946   10.805303085187369  3812686.035106021
 11.01307  138.25278   79.43682622782374    6.62726  247.05981  103.708090215522657 11911190.819018408
-29.47124   95.14681 -163.779130441688382 -27.46601  -69.15955  -15.909335945554969 13487015.8381145492
"""  # noqa: E501 -- a table

# Near antipodes, where Vincenty's formula fails: GeodSolve6 to GeodSolve11 of the same program,
# latitudes and longitude difference [deg], distance to the millimetre [m].
ANTIPODES = [
    (88.202499451857, -88.202499451857, 179.981022032992859592, 20003898.214),
    (89.262080389218, -89.262080389218, 179.992207982775375662, 20003925.854),
    (89.333123580033, -89.333123580032997687, 179.99295812360148422, 20003926.881),
    (56.320923501171, -56.320923501171, 179.664747671772880215, 19993558.287),
    (52.784459512564, -52.784459512563990912, 179.634407464943777557, 19991596.095),
    (48.522876735459, -48.52287673545898293, 179.599720456223079643, 19989144.774),
]


@pytest.fixture(name="rows")
def karney_rows():
    return np.array([[float(word) for word in row.split()] for row in KARNEY.split("\n") if row]).T


def turn(angle, other):
    """Difference of two angles [rad]."""
    return np.abs(np.remainder(angle - other + np.pi, 2 * np.pi) - np.pi)


def test_lengths_and_azimuths_are_karneys(rows):
    lat_1, lon_1, azi_1, lat_2, lon_2, azi_2 = np.radians(rows[:6])
    distance, there, back = geodesic(lat_1, lon_1, lat_2, lon_2)
    # The algorithm is good to 15 nm; turning degrees into radians moves an end by some nm more.
    assert np.abs(distance - rows[6]).max() < 5e-8
    assert turn(there, azi_1).max() < 1e-13  # 1e-13 rad is 1 µm at the other end of the Earth
    assert turn(back, azi_2 + np.pi).max() < 1e-13


def test_lines_end_where_karneys_end(rows):
    lat_1, lon_1, azi_1, lat_2, lon_2, _ = np.radians(rows[:6])
    latitude, longitude = destination(lat_1, lon_1, azi_1, rows[6])
    assert np.abs(latitude - lat_2).max() < 1e-14  # 0.06 µm
    assert (turn(longitude, lon_2) * np.cos(lat_2)).max() < 1e-14


@pytest.mark.parametrize(("lat_1", "lat_2", "lon", "metres"), ANTIPODES)
def test_near_antipodes_are_no_trap(lat_1, lat_2, lon, metres):
    distance, *_ = geodesic(np.radians(lat_1), 0.0, np.radians(lat_2), np.radians(lon))
    assert distance == pytest.approx(metres, abs=0.5e-3)  # printed to the millimetre


def test_the_meridian_has_the_published_length():
    # NGA.STND.0036_1.0.0_WGS84 (2014), derived geometric constants: meridian quadrant.
    assert geodesic(0.0, 0.0, np.pi / 2, 0.0)[0] == pytest.approx(10_001_965.7293, abs=1e-4)


def around(rng, latitude, longitude, spread, count):
    """A crooked line near a place [deg]."""
    steps = rng.normal(scale=spread, size=(count, 2)).cumsum(axis=0)
    return np.array([latitude, longitude]) + steps - steps.mean(axis=0)


@pytest.mark.parametrize(
    ("latitude", "longitude", "spread"),
    [
        (51.9, 128.3, 0.5),
        (0.0, 0.0, 3.0),
        (-33.0, 179.9, 0.5),
        (66.0, -179.8, 2.0),
        (80.0, 30.0, 1.0),
        (-77.0, 166.0, 1.0),
    ],
)
@pytest.mark.parametrize("seed", range(4))
def test_the_nearest_point_is_that_of_a_dense_scan_by_geographiclib(
    latitude, longitude, spread, seed
):
    # GeographicLib's Python program is another transcription of the method, and the scan knows no
    # bounds: it walks along every edge, first in 400 steps, then around the best in 400 more.
    rng = np.random.default_rng(seed)
    line = around(rng, latitude, longitude, spread, 6)
    place = around(rng, latitude, longitude, 2 * spread, 2)[0]

    def far(edge, part):
        (lat, lon) = line[edge] + part * (line[edge + 1] - line[edge])
        return Geodesic.WGS84.Inverse(*place, lat, lon, Geodesic.DISTANCE)["s12"]

    parts = np.linspace(0, 1, 401)
    coarse = [(far(edge, part), edge, part) for edge in range(5) for part in parts]
    _, edge, part = min(coarse)
    fine = [far(edge, p) for p in np.clip(part + (parts - 0.5) / 200, 0, 1)]
    wrapped = np.radians(line)
    wrapped[:, 1] = np.remainder(wrapped[:, 1] + np.pi, 2 * np.pi) - np.pi
    place[1] = (place[1] + 180) % 360 - 180
    found = nearest_point(*np.radians(place), [wrapped])
    # Of an edge of 500 km a fine step is 6 m; at 1 km from the line that is 4 mm of distance.
    assert found.distance == pytest.approx(min(fine), abs=0.05)
    assert found.distance <= min(fine) + 1e-6
