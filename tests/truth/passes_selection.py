"""What `make_passes` looks at: satellites, sites, masks. Chosen for being hard."""

DAY = 61_275  # 2026-08-23, the day after the element sets of the catalogue

#: Catalogue numbers.
ACTIVE = [
    # perigee at 146 to 200 km, soon to decay, and a strong or negative drag term
    46129, 67298, 54092, 53449, 48273, 64855, 69387, 69095,
    # 400 to 2800 km, circular
    25544, 20580, 900, 41917, 44714, 1512, 7530, 23439, 37191, 1361,
    # sun-synchronous
    39084, 58400, 36508,
    # retrograde
    54880, 67433, 39473, 25159,
    # equatorial
    42921, 49954, 38358,
    # eccentric near the Earth
    38745, 43229, 55447,
    # a period just below and just above 225 min
    22195, 53109, 8820,
    # medium orbits
    19751, 32275, 39191, 26857, 24876, 43056,
    # transfer-like, Molniya, high eccentric
    41896, 62454, 40296, 41032, 68571, 47719, 26410, 26464, 40482, 25867, 69123, 30580,
    # synchronous: stationary, inclined, eccentric; 26575 has sgp4's change of formula at 0.2 rad
    32729, 37826, 26388, 26575, 36395, 36828, 42738, 64527,
    66454,  # its position jumps by 40 m at 22:53, where the perturbed inclination changes sign
    # above the ring
    26720, 47242,
]  # fmt: skip

#: Of `ACTIVE`, by place in it: ten days in one window.
LONG = (2, 3, 6, 8, 19, 29, 30, 33, 42, 46)

#: Decayed in 2026: number and how many hours after the last element set the day begins.
DECAYS = [
    (56226, 0), (61232, 0), (49006, 0), (52752, 12), (66908, 0), (39472, 24),
    # sgp4 gives codes within the day: 1 for good, or 6 by turns
    (53316, 0), (62038, 0), (49006, 24),
]  # fmt: skip

#: Name, inclination, node [deg], eccentricity, argument of perigee, mean anomaly [deg], period
#: [min], B*.
MADE_UP = [
    ("E 0.3, 150 MIN, CRITICAL", 63.4349, 40.0, 0.3, 270.0, 10.0, 150.0, 1e-5),
    ("E 0.3, 200 MIN", 28.5, 210.0, 0.3, 80.0, 120.0, 200.0, 1e-5),
    ("E 0.25, 170 MIN, RETROGRADE CRITICAL", 116.5651, 300.0, 0.25, 90.0, 0.0, 170.0, 0.0),
    ("E 0.46, 220 MIN", 51.6, 100.0, 0.46, 200.0, 300.0, 220.0, 2e-5),
    ("224.8 MIN, NEAR EARTH", 45.0, 0.0, 0.01, 0.0, 0.0, 224.8, 0.0),
    # below 225 min as stated, above it once sgp4 has undone Kozai's mean motion: deep space
    ("224.99 MIN, DEEP SPACE", 45.0, 0.0, 0.01, 0.0, 0.0, 224.99, 0.0),
    ("225.01 MIN", 45.0, 0.0, 0.01, 0.0, 0.0, 225.01, 0.0),
    ("E 0.3 AND 225 MIN, JUST BELOW", 70.0, 30.0, 0.3, 250.0, 5.0, 224.9, 0.0),
    ("I 0", 0.0, 0.0, 0.001, 0.0, 0.0, 94.6, 1e-4),
    ("I 180", 180.0, 0.0, 0.001, 0.0, 0.0, 94.6, 1e-4),
    ("I 90, E 0", 90.0, 125.7, 0.0, 0.0, 0.0, 94.6, 1e-4),
    ("I 180, E 0.3, 200 MIN", 180.0, 10.0, 0.3, 20.0, 30.0, 200.0, 0.0),
    ("I 0, E 0.3, 200 MIN", 0.0, 10.0, 0.3, 20.0, 30.0, 200.0, 0.0),
    ("TRANSFER TO THE RING", 27.0, 150.0, 0.7275, 178.0, 0.0, 631.0, 0.0),
    ("TRANSFER, EQUATORIAL", 0.1, 60.0, 0.7275, 178.0, 200.0, 631.0, 0.0),
    ("TUNDRA", 63.4349, 250.0, 0.2684, 270.0, 180.0, 1436.07, 0.0),
    ("MOLNIYA", 63.4349, 90.0, 0.74, 270.0, 0.0, 717.97, 0.0),
    ("RETROGRADE SYNCHRONOUS", 179.9, 0.0, 0.0005, 0.0, 0.0, 1436.07, 0.0),
    ("FIGURE OF EIGHT", 60.0, 30.0, 0.0001, 0.0, 90.0, 1436.07, 0.0),
    ("ALMOST SYNCHRONOUS", 0.05, 0.0, 0.0003, 0.0, 60.0, 1440.0, 0.0),
    ("130 KM", 51.6, 200.0, 0.0005, 0.0, 0.0, 87.1, 0.0),
    ("E 0.9, POLAR", 90.0, 20.0, 0.9, 300.0, 350.0, 3000.0, 0.0),
]

#: Name, latitude, longitude [deg], height over the ellipsoid [m].
SITES = [
    ("equator", 0.0, -78.0, 0.0),
    ("39 north", 39.0, -76.9, 100.0),
    ("Longyearbyen", 78.2297, 15.3975, 458.0),
    ("north pole", 90.0, 0.0, 0.0),
    ("south pole", -90.0, 45.0, 2835.0),
    ("date line", -16.8, 180.0, 10.0),
    ("east of the date line", -16.8, -179.99, 10.0),
    ("8 km high", 27.9881, 86.925, 8000.0),
    ("below the sea", 31.5, 35.48, -400.0),
    ("Pyongyang", 39.0339, 125.7543, 50.0),
]

MASKS = (-1, 0, 5, 10, 25, 60, 85)

#: Azimuth and least elevation [deg], linear between; with a jump of 1 deg and a spike.
TABLE = [
    [0, 5], [40, 12], [90, 3], [91, 30], [100, 30], [101, 3], [180, 0], [230, 25], [300, 8],
]  # fmt: skip

#: Lengths [s] of passes that graze; a negative one stays below by as much.
GRAZES = ((0.2, 5.0, -0.2), (0.5, 20.0, -1.0), (1.0, 0.2, -0.5), (2.0, 10.0, -5.0))


def made_up(name, inclination, node, eccentricity, perigee, anomaly, period, bstar, number=None):
    """Write an element set of noon the day before as two lines."""
    if number is None:
        number = 90_001 + [row[0] for row in MADE_UP].index(name)
    one = f"1 {number:5d}U 26001A   26234.50000000  .00000000  00000+0 {_tight(bstar)} 0  999"
    two = (
        f"2 {number:5d} {inclination:8.4f} {node:8.4f} {round(eccentricity * 1e7):07d} "
        f"{perigee:8.4f} {anomaly:8.4f} {1440 / period:11.8f}    1"
    )
    return f"MADE UP: {name}", one + _check(one), two + _check(two)


def _tight(value):
    """Write 1e-5 as ' 10000-4'."""
    if value == 0:
        return " 00000+0"
    digits, power = f"{value:.4e}".split("e")
    return f" {digits.replace('.', '')}{int(power) + 1:+d}"


def _check(line):
    return str(sum(int(c) if c.isdigit() else c == "-" for c in line) % 10)
