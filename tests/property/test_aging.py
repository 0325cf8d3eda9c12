"""How element sets age: what must hold whatever the orbit and the age."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kosmodrom.orbits.aging import Orbits, expected_spread

DAY = 86_400.0
PARTS = ("along", "across", "radial")
ages = st.floats(-90 * DAY, 90 * DAY)


@st.composite
def orbits(draw, count=None):
    many = count or draw(st.integers(1, 6))
    motions = [draw(st.floats(0.99, 16.4)) * 2 * np.pi / DAY for _ in range(many)]
    return Orbits(
        mean_motion=np.array(motions),
        eccentricity=np.array([draw(st.floats(0, 0.8)) for _ in range(many)]),
        drag=np.array([10.0 ** draw(st.floats(-8, 0)) / DAY**2 for _ in range(many)]),
        missing=np.array([draw(st.sampled_from([0.0, 1e-4, 0.3])) / DAY**2 for _ in range(many)]),
        deep=np.array([2 * np.pi / motion >= 225 * 60 for motion in motions]),
    )


def rows(chosen, index):
    names = ("mean_motion", "eccentricity", "drag", "missing", "deep")
    return Orbits(**{name: getattr(chosen, name)[index] for name in names})


@given(orbits(), ages, st.booleans())
def test_95_percent_is_never_narrower_than_68_and_never_beyond_half_a_turn(chosen, age, burns):
    found = expected_spread(chosen, age, burns=burns)
    for part in PARTS:
        assert (getattr(found, part + "_95") >= getattr(found, part)).all()
        assert (getattr(found, part) > 0).all()
    assert (found.along_95 <= np.pi * chosen.semi_major_axis).all()


@given(orbits(), st.floats(0, 90 * DAY), st.floats(0, 30 * DAY), st.booleans())
def test_bounds_grow_with_age_after_the_epoch_and_before_it(chosen, age, more, burns):
    for sign, start in ((1, age), (-1, age + 0.2 * DAY)):  # it fits best 0.2 d before the epoch
        young = expected_spread(chosen, sign * start, burns=burns)
        old = expected_spread(chosen, sign * (start + more), burns=burns)
        for part in PARTS:
            for end in (part, part + "_95"):
                assert (getattr(old, end) >= getattr(young, end) * (1 - 1e-12)).all()


@given(orbits(), ages, st.floats(1, 100))
def test_more_drag_and_possible_burns_never_narrow_the_bounds(chosen, age, times):
    plain = expected_spread(chosen, age, burns=False)
    dragged = Orbits(
        mean_motion=chosen.mean_motion,
        eccentricity=chosen.eccentricity,
        drag=chosen.drag * times,
        missing=chosen.missing,
        deep=chosen.deep,
    )
    for wider in (expected_spread(dragged, age, burns=False), expected_spread(chosen, age)):
        for part in PARTS:
            assert (getattr(wider, part) >= getattr(plain, part)).all()
            assert (getattr(wider, part + "_95") >= getattr(plain, part + "_95")).all()


@given(orbits(count=4), st.lists(ages, min_size=4, max_size=4), st.permutations(range(4)))
def test_the_order_of_sets_changes_nothing_and_an_array_is_a_loop(chosen, each, order):
    order = list(order)
    together = expected_spread(chosen, np.array(each))
    turned = expected_spread(rows(chosen, order), np.array(each)[order])
    assert np.array_equal(turned.along_95, together.along_95[order])
    for row in range(4):
        alone = expected_spread(rows(chosen, [row]), each[row])
        assert abs(alone.radial[0] / together.radial[row] - 1) < 1e-12
