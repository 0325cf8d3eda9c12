"""How element sets age: what is refused, and what happens at the edges."""

from dataclasses import replace

import numpy as np
import pytest

from kosmodrom.base.epochs import Epochs
from kosmodrom.errors import InputError
from kosmodrom.orbits.aging import (
    AGED,
    age_limits,
    history_uncertainty,
    measure_history,
    orbits_of,
    position_uncertainty,
    stale,
)
from kosmodrom.orbits.elements import ElementSets
from kosmodrom.orbits.secular import mean_motion
from kosmodrom.orbits.sgp4 import propagate
from kosmodrom.workspace import open_context

DAY = 86_400.0
START = int(Epochs.from_iso("2026-03-15T00:00Z").tai_ns)
LOW, GEOSTATIONARY = 15.2, 1.0027  # rev/d


def made(revolutions=(LOW,), *, drag=1e-4, bstar=0.0, days=None, **others):
    """Element sets with a printed drag [rad/d²], one row a number of revolutions a day."""
    motion = np.array(revolutions) * 2 * np.pi / 1440
    count = len(motion)
    columns = {
        "eccentricity": np.full(count, 1e-3),
        "inclination": np.full(count, 1.7),
        "node": np.zeros(count),
        "argument_of_perigee": np.zeros(count),
        "mean_anomaly": np.zeros(count),
        "numbers": np.full(count, 7),
    } | others
    days = np.zeros(count) if days is None else days
    return ElementSets(
        names=("",) * count,
        designators=("",) * count,
        epochs=Epochs(START + np.rint(np.asarray(days) * DAY * 1e9).astype(np.int64)),
        mean_motion_rad_min=motion,
        bstar=np.full(count, bstar),
        mean_motion_dot_rad_min2=np.full(count, drag / 1440**2),
        mean_motion_ddot_rad_min3=np.zeros(count),
        sources=("made",) * count,
        **columns,
    )


def history(count=200, step=0.5, scatter=0.0):
    """Sets of one orbit without drag, turned on by its own secular rates [scatter in rad]."""
    days = step * np.arange(count)
    first = made(bstar=0.0, drag=5e-5)
    rates = mean_motion(first)
    minutes = days * 1440
    turn = rates.argument_rate * minutes
    noise = np.random.default_rng(3).normal(0, scatter, count) if scatter else 0.0
    return made(
        np.full(count, LOW),
        drag=5e-5,
        days=days,
        node=rates.node_rates[1] * minutes,
        argument_of_perigee=turn,
        mean_anomaly=rates.latitude_rates[1] * minutes - turn + noise,
    )


def test_one_age_serves_all_sets_and_an_array_has_a_row_a_set():
    sets = made((LOW, 14.0))
    assert position_uncertainty(sets, 3600).along.shape == (2,)
    assert position_uncertainty(sets, np.zeros((2, 5, 3))).radial_95.shape == (2, 5, 3)


@pytest.mark.parametrize("ages", [np.zeros(3), np.zeros((5, 2))])
def test_ages_that_do_not_match_the_sets_are_refused(ages):
    with pytest.raises(InputError, match="for 2 element sets"):
        position_uncertainty(made((LOW, 14.0)), ages)


def test_an_age_that_is_no_number_is_refused():
    with pytest.raises(InputError, match="not finite"):
        position_uncertainty(made(), [np.nan])


def test_the_larger_of_printed_drag_and_that_of_bstar_counts():
    by_bstar = orbits_of(made(drag=0.0, bstar=1e-3)).drag
    assert orbits_of(made(drag=1e-9, bstar=1e-3)).drag == by_bstar
    assert orbits_of(made(drag=-0.5, bstar=1e-3)).drag == pytest.approx(0.5 / DAY**2, rel=1e-12)


def test_a_set_that_names_no_drag_gets_what_is_usual_at_its_height():
    drag = orbits_of(made((16.0, LOW, 14.0), drag=0.0)).drag * DAY**2
    assert (np.diff(drag) < 0).all()  # the higher the less
    # 15.2 rev/d is 505 km up, less the eccentricity: between the medians of 475 and 525 km
    assert 2.5e-4 < drag[1] < 6.4e-4


def test_a_set_without_drag_is_as_far_off_as_the_same_set_with_it():
    # Drag left out of real sets of a satellite without an engine, 430 to 470 km up in 2020 and
    # 2021: how far SGP4 takes the bare set from the whole one is what the bare one does not know.
    sets = open_context().satellites(["41332"]).elements
    sets = sets[np.flatnonzero(sets.bstar > 1e-5)]
    bare = replace(sets, bstar=np.zeros(len(sets)), mean_motion_dot_rad_min2=np.zeros(len(sets)))
    rows = np.arange(len(sets))
    for days in (3.0, 7.0):
        at = sets.epochs.plus(days * DAY)
        whole, without = (propagate(which, at).position[rows, rows] for which in (sets, bare))
        apart = np.linalg.norm(whole - without, axis=-1)
        said = position_uncertainty(bare, days * DAY, burns=False).along_95
        assert (said > apart / 1.5).all()  # the Sun of 2022 was as active as that of the medians
        assert (said < 15 * apart).all()  # that of 2020 was quiet


def test_deep_space_has_its_own_law_whether_or_not_there_are_burns():
    sets = made((GEOSTATIONARY,), eccentricity=[1e-4], inclination=[0.01])
    with_burns = position_uncertainty(sets, [10 * DAY])
    without = position_uncertainty(sets, [10 * DAY], burns=False)
    assert with_burns.along_95 == without.along_95
    assert orbits_of(sets).deep.all()


def test_after_years_it_may_be_anywhere_on_its_orbit():
    found = position_uncertainty(made(), [3650 * DAY])
    half_turn = np.pi * float(orbits_of(made()).semi_major_axis[0])
    assert float(found.along[0]) == float(found.along_95[0]) == half_turn


def test_on_an_ellipse_an_error_along_the_orbit_is_one_in_height():
    round_one = position_uncertainty(made((12.0,)), [20 * DAY])
    long_one = position_uncertainty(made((12.0,), eccentricity=[0.1]), [20 * DAY])
    share = float(long_one.radial_95[0] ** 2 - round_one.radial_95[0] ** 2) ** 0.5
    assert share == pytest.approx(0.1 * float(long_one.along_95[0]), rel=0.02)  # e/sqrt(1 - e²)


def test_words_follow_the_age():
    sets = made(drag=3e-4)
    limits = age_limits(sets)
    late, gone, lost = (float(part[0]) for part in (limits.late, limits.stale, limits.lost))
    assert 0 < late < gone < lost < np.inf
    ages = np.array([[0.0, late * 0.999, late * 1.001, gone * 1.001, lost * 1.001, 3650 * DAY]])
    assert [AGED[code] for code in stale(sets, ages)[0]] == [
        "fresh",
        "fresh",
        "late",
        "stale",
        "lost",
        "lost",
    ]


def test_limits_of_age_are_the_ages_at_which_the_bound_reaches_them():
    sets = made(drag=3e-4)
    limits = age_limits(sets, mask=0.0)
    speed = float(orbits_of(sets).semi_major_axis[0] * orbits_of(sets).mean_motion[0])
    along = float(position_uncertainty(sets, limits.late).along_95[0])
    assert along / speed == pytest.approx(0.1 * float(limits.pass_duration[0]), rel=1e-6)


def test_the_longest_pass_is_as_long_as_the_sky_above_the_mask():
    # 505 km up, mask 0: acos(6378 / 6883) = 22.09 deg to each side, of 360 deg in 94.7 min
    duration = float(age_limits(made(eccentricity=[0.0]), mask=0.0).pass_duration[0])
    assert duration == pytest.approx(11.6 * 60, abs=6)  # the height to 1 %
    with pytest.raises(InputError, match="mask is 10 rad"):
        age_limits(made(), mask=10.0)


def test_what_ten_years_do_not_reach_is_never_reached():
    calm = made((13.0,), drag=1e-12, eccentricity=[1e-3])
    assert np.isinf(age_limits(calm, burns=False).lost[0])


def test_a_history_that_repeats_itself_narrows_the_bounds():
    own = measure_history(history(), burns=False)
    sets = history(2)[1]
    law = position_uncertainty(sets, [5 * DAY], burns=False)
    found = position_uncertainty(sets, [5 * DAY], history=own)
    assert float(found.along_95[0]) < float(law.along_95[0])
    assert own.sets == 200


def test_a_history_that_jumps_widens_the_bounds():
    wild = measure_history(history(scatter=0.01), burns=False)  # 0.01 rad is 69 km
    sets = history(2)[1]
    found = history_uncertainty(sets, [1 * DAY], wild)
    plain = position_uncertainty(sets, [1 * DAY], burns=False)
    assert float(found.along_95[0]) > 10 * float(plain.along_95[0])
    # two sets of 69 km each differ by 98 km; twice that holds 95 %
    assert float(found.along_95[0]) == pytest.approx(2 * 98e3, rel=0.2)


def test_beyond_what_the_history_spans_the_bounds_are_no_narrower_than_the_law():
    own = measure_history(history(40, 0.5), burns=False)  # 20 days: nothing beyond 4 days
    sets = history(2)[1]
    law = position_uncertainty(sets, [30 * DAY], burns=False)
    assert history_uncertainty(sets, [30 * DAY], own).along_95 == law.along_95


def test_a_history_too_short_to_say_anything_leaves_the_law():
    own = measure_history(history(3, 0.5), burns=False)
    assert np.isnan(own.factors).all()
    sets = history(2)[1]
    law = position_uncertainty(sets, [DAY], burns=False)
    assert history_uncertainty(sets, [DAY], own).radial == law.radial


def test_the_order_of_a_history_does_not_matter():
    sets = history(60, scatter=1e-4)
    turned = measure_history(sets[::-1])
    assert np.array_equal(turned.factors, measure_history(sets).factors, equal_nan=True)


def test_a_history_is_that_of_one_satellite_with_two_epochs():
    with pytest.raises(InputError, match="2 catalogue numbers"):
        measure_history(made((LOW, LOW), numbers=[5, 6], days=[0, 1]))
    with pytest.raises(InputError, match="holds 1 element set with an epoch of its own"):
        measure_history(made((LOW, LOW), days=[1, 1]))


def test_a_long_history_is_thinned_so_that_all_pairs_can_be_held():
    assert measure_history(history(450, 0.3)).sets == 400
