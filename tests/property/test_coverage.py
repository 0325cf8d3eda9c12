from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kosmodrom.base.constants import WGS84_B, WGS84_F
from kosmodrom.base.epochs import Epochs
from kosmodrom.errors import InputError
from kosmodrom.orbits.designed import designed, walker
from kosmodrom.view.coverage import (
    Coverage,
    CoverageWork,
    gap_statistics,
    share_covered,
    together,
)
from kosmodrom.view.grids import Grid
from kosmodrom.view.imaging import Limits
from kosmodrom.view.masks import Mask
from kosmodrom.view.observers import Observers
from kosmodrom.view.passes import MARGIN, PassesWork, find_passes
from kosmodrom.view.work import do, pieces, spans_throughout
from kosmodrom.workspace import earth_orientation

# Gaps


spans = st.lists(
    st.tuples(st.integers(0, 4), st.floats(0.0, 900.0), st.floats(0.0, 80.0)), max_size=40
)


def plain_statistics(rows, place, length):
    """One cell, one access after the other."""
    merged = []
    for _, begin, end in sorted(row for row in rows if row[0] == place):
        if merged and begin <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([begin, end])
    gaps = [after[0] - before[1] for before, after in pairwise(merged)]
    found = {
        "count": len(merged),
        "looks": sum(row[0] == place for row in rows),
        "seen": sum(end - begin for begin, end in merged),
        "gaps": len(gaps),
        "first": merged[0][0] if merged else np.nan,
        "last": merged[-1][1] if merged else np.nan,
    }
    names = ("gap_mean", "gap_median", "gap_p95", "gap_max", "response")
    values = [np.nan] * 5
    if gaps:
        values = [
            sum(gaps) / len(gaps), np.median(gaps), np.quantile(gaps, 0.95, method="linear"),
            max(gaps), sum(gap * gap for gap in gaps) / (2 * sum(gaps)),
        ]  # fmt: skip
    return found | dict(zip(names, values, strict=True))


@given(spans, st.randoms())
def test_statistics_of_gaps_are_those_of_one_access_after_the_other(drawn, random):
    rows = [(place, begin, min(begin + length, 1000.0)) for place, begin, length in drawn]
    random.shuffle(rows)
    place, begin, end = (
        np.array([row[k] for row in rows], dtype=kind) for k, kind in enumerate("iff")
    )
    begin, end = begin.astype(float), end.astype(float)
    rows = list(zip(place.tolist(), begin.tolist(), end.tolist(), strict=True))
    found = gap_statistics(place.astype(np.int64), begin, end, 6, 1000.0)
    for cell in range(6):  # one more than is ever seen
        for name, expected in plain_statistics(rows, cell, 1000.0).items():
            value = getattr(found, name)[cell]
            assert value == pytest.approx(expected, abs=1e-9, rel=1e-12, nan_ok=True), name


@given(spans)
def test_gaps_and_sights_and_what_the_period_cuts_off_fill_the_period(drawn):
    rows = np.array([(a, b, min(b + c, 1000.0)) for a, b, c in drawn]).reshape(-1, 3)
    found = gap_statistics(rows[:, 0].astype(np.int64), rows[:, 1], rows[:, 2], 5, 1000.0)
    for cell in np.flatnonzero(found.count):
        total = found.seen[cell] + found.first[cell] + 1000.0 - found.last[cell]
        if found.gaps[cell]:
            total += found.gap_mean[cell] * found.gaps[cell]
            # The mean wait of one who comes within a gap is never below half the mean gap.
            assert found.response[cell] >= found.gap_mean[cell] / 2 - 1e-9
            assert found.response[cell] <= found.gap_max[cell] / 2 + 1e-9
        assert total == pytest.approx(1000.0, abs=1e-9)


@given(spans, st.integers(1, 5))
def test_cells_may_be_counted_in_parts(drawn, cut):
    rows = np.array([(a, b, min(b + c, 1000.0)) for a, b, c in drawn]).reshape(-1, 3)
    place = rows[:, 0].astype(np.int64)
    whole = gap_statistics(place, rows[:, 1], rows[:, 2], 5, 1000.0)
    low, high = place < cut, place >= cut
    parts = [
        gap_statistics(place[low], rows[low, 1], rows[low, 2], cut, 1000.0),
        gap_statistics(place[high] - cut, rows[high, 1], rows[high, 2], 5 - cut, 1000.0),
    ]
    joined = together(parts)
    for name in Coverage.__slots__:
        assert np.allclose(getattr(joined, name), getattr(whole, name), rtol=1e-12, equal_nan=True)


@given(spans, st.lists(st.floats(0.0, 1000.0), min_size=1, max_size=10))
def test_the_share_seen_by_a_time_counts_cells_and_never_falls(drawn, times):
    rows = np.array([(a, b, min(b + c, 1000.0)) for a, b, c in drawn]).reshape(-1, 3)
    found = gap_statistics(rows[:, 0].astype(np.int64), rows[:, 1], rows[:, 2], 5, 1000.0)
    times = np.sort(times)
    share = share_covered(found, times)
    expected = [len({int(row[0]) for row in rows if row[1] <= time}) / 5 for time in times]
    assert share == pytest.approx(np.array(expected), abs=1e-12)
    assert np.all(np.diff(share) >= 0)
    assert share_covered(found, np.array([1e9]))[0] == pytest.approx((found.count > 0).mean())


@pytest.mark.parametrize("length", [0.0, -1.0, np.nan])
def test_a_period_of_no_length_is_refused(length):
    none = np.empty(0)
    with pytest.raises(InputError, match="longer than nothing"):
        gap_statistics(np.empty(0, np.int64), none, none, 3, length)


# Cells of equal area


def area_of(south, north, west, east):
    """Area of a box of geodetic latitudes on WGS84 by the integral of cos / (1 - e² sin²)²."""
    e2 = WGS84_F * (2 - WGS84_F)
    nodes, weights = np.polynomial.legendre.leggauss(40)
    latitude = (north + south) / 2 + (north - south) / 2 * nodes
    rate = WGS84_B**2 * np.cos(latitude) / (1 - e2 * np.sin(latitude) ** 2) ** 2
    return float(np.sum(weights * rate) * (north - south) / 2 * (east - west))


@pytest.mark.parametrize("nside", [1, 2, 3, 4, 7, 16])
def test_cells_have_one_area_on_the_ellipsoid(nside):
    grid = Grid.world(nside)
    assert len(grid.cell) == 12 * nside**2
    whole = area_of(-np.pi / 2, np.pi / 2, 0, 2 * np.pi)
    # 510,065,621.724 km² by GeographicLib for WGS84
    assert whole == pytest.approx(5.10065621724e14, rel=1e-12)
    # The circle through the corners of a ring has a whole number of cells north of it, 2 i² in the
    # caps and 4 i nside - 2 nside² between them.
    for north in np.unique(grid.corners()[:, 0, 0].round(12)):
        cells = area_of(north, np.pi / 2, 0, 2 * np.pi) / whole * 12 * nside**2
        ring = np.sqrt(cells / 2)
        if ring > nside:
            ring = (cells + 2 * nside**2) / (4 * nside)
        if ring > 3 * nside:
            ring = 4 * nside - np.sqrt(6 * nside**2 - cells / 2)
        assert ring == pytest.approx(round(ring), abs=1e-6)


@pytest.mark.parametrize("nside", [1, 2, 5, 8, 32])
def test_the_corners_of_a_cell_stand_around_its_middle(nside):
    grid = Grid.world(nside)
    corners = grid.corners()
    middle = grid.longitude[:, None]
    assert np.all(np.abs(corners[:, :, 1] - middle) < np.pi)  # run on across the date line
    assert np.all(corners[:, 0, 0] > corners[:, 2, 0])  # the first north of the third
    assert np.all(corners[:, 0, 0] >= grid.latitude - 1e-12)
    assert np.all(corners[:, 2, 0] <= grid.latitude + 1e-12)
    west, east = corners[:, 1, 1], corners[:, 3, 1]
    assert np.all(west < middle[:, 0])
    assert np.all(east > middle[:, 0])
    assert np.abs(grid.latitude).max() < np.pi / 2
    assert np.all((grid.longitude >= -np.pi) & (grid.longitude <= np.pi))


def test_neighbours_share_corners():
    # 12 nside² cells of four corners: each but eight corners belongs to four cells.
    for nside in (1, 2, 4, 6):
        corners = Grid.world(nside).corners().reshape(-1, 2)
        x = np.cos(corners[:, 0]) * np.cos(corners[:, 1])
        y = np.cos(corners[:, 0]) * np.sin(corners[:, 1])
        points = np.round(np.stack([x, y, np.sin(corners[:, 0])]), 9) + 0.0
        _, counts = np.unique(points, axis=1, return_counts=True)
        assert len(counts) == 12 * nside**2 + 2
        assert sorted(counts.tolist())[:8] == [3] * 8
        assert sorted(counts.tolist())[8:] == [4] * (12 * nside**2 - 6)


@pytest.mark.parametrize("size", [25e3, 100e3, 499e3, 5e6])
def test_a_grid_of_a_size_has_cells_no_larger_and_not_much_smaller(size):
    cells = len(Grid.of_size(size).cell)
    root = np.sqrt(5.10065621724e14 / cells)
    assert root <= size
    assert root > size * (1 - 1 / np.sqrt(cells / 12) - 1e-9) or cells == 12


@pytest.mark.parametrize("size", [1e3, 6e6, np.nan, -5.0])
def test_cells_too_small_or_large_are_refused(size):
    with pytest.raises(InputError, match="5000 km can be used"):
        Grid.of_size(size)


# Pieces of work


@given(
    st.lists(st.tuples(st.integers(1, 4), st.floats(60.0, 1e6)), min_size=1, max_size=20),
    st.integers(1, 900), st.sampled_from([1, 50, 1000, 40_000, 10**9]),
)  # fmt: skip
def test_pieces_hold_every_satellite_and_place_once(histories, places, size):
    # Each satellite has some element sets, used one after the other.
    row, start, end, satellite = [], [], [], []
    for number, (sets, length) in enumerate(histories):
        for part in range(sets):
            row.append(len(row) * 2 + 5)  # rows of a longer list
            start.append(part * length)
            end.append((part + 1) * length)
            satellite.append(number + 3)
    spans_ = type(spans_throughout(1, 1.0))(
        row=np.array(row), start=np.array(start), end=np.array(end),
        satellite=np.array(satellite),
    )  # fmt: skip
    seen = np.zeros((len(row), places), dtype=int)
    for piece in pieces(spans_, places, size):
        count = len(piece.spans.row)
        own = np.arange(piece.first_span, piece.first_span + count)
        seen[own, piece.places] += 1
        # A piece stands for itself: its rows and satellites lead back to those of all.
        assert np.array_equal(piece.rows[piece.spans.row], spans_.row[own])
        assert np.array_equal(piece.satellites[piece.spans.satellite], spans_.satellite[own])
        assert np.array_equal(piece.spans.start, spans_.start[own])
        assert np.array_equal(piece.spans.end, spans_.end[own])
        # No satellite is cut in two.
        others = np.setdiff1d(np.arange(len(row)), own)
        assert not np.intersect1d(spans_.satellite[own], spans_.satellite[others]).size
    assert np.all(seen == 1)


def test_spans_throughout_use_each_set_all_the_time():
    found = spans_throughout(3, 50.0)
    assert found.row.tolist() == found.satellite.tolist() == [0, 1, 2]
    assert found.start.tolist() == [0.0] * 3
    assert found.end.tolist() == [50.0] * 3


START = Epochs.from_iso("2026-01-10T00:00Z")
EARTH = earth_orientation()
PLACES = Observers.at(np.radians([-60.0, 0.0, 10.0, 51.0, 78.0, 90.0]), np.linspace(-3, 3, 6))


def constellation():
    orbit = designed(
        name="made up", perigee=500e3, apogee=560e3, inclination=1.7, node=0.3, argument=1.0,
        anomaly=2.0, epoch=START,
    )  # fmt: skip
    return walker(orbit, 4, 12, 1)


@pytest.mark.parametrize("size", [1, 7, 40, 10_000])
def test_passes_are_the_same_in_pieces_of_any_size(size):
    sets, day = constellation(), 86_400.0
    masks = [Mask.level(np.radians(height)) for height in (0, 5, 10, 20, 5, 5)]
    whole = find_passes(sets, PLACES, START, START.plus(day), EARTH, masks=masks)
    rows = []
    for piece in pieces(spans_throughout(len(sets), day), len(PLACES), size):
        found = do(
            PassesWork(
                elements=sets[piece.rows], observers=PLACES[piece.places], start=START,
                end=START.plus(day), earth=EARTH.around(START.plus(-MARGIN), START.plus(2 * day)),
                masks=tuple(masks[piece.places]), spans=piece.spans,
            )
        )  # fmt: skip
        rows += zip(
            found.span + piece.first_span, found.place + piece.places.start, found.begin,
            found.end, found.elevation, strict=True,
        )  # fmt: skip
    columns = whole.span, whole.place, whole.begin, whole.end, whole.elevation
    expected = np.stack(columns, axis=-1)
    # The machine rounds otherwise where it computes other numbers side by side.
    assert np.array(sorted(rows)) == pytest.approx(expected, abs=1e-6)


def test_coverage_is_the_same_in_pieces_of_places():
    sets, day = constellation(), 86_400.0
    limits = Limits(off_nadir=0.6, sun_lowest=0.1)
    ends = {"start": START, "end": START.plus(2 * day), "earth": EARTH, "limits": limits}
    whole, _ = CoverageWork(elements=sets, observers=PLACES, **ends)()
    parts = [
        CoverageWork(elements=sets, observers=PLACES[part], **ends)()[0]
        for part in (slice(0, 1), slice(1, 4), slice(4, 6))
    ]
    joined = together(parts)
    assert whole.count.sum() > 10
    for name in Coverage.__slots__:
        assert np.allclose(getattr(joined, name), getattr(whole, name), atol=1e-6, equal_nan=True)
