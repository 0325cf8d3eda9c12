"""Searching by encounters: a handful of evaluations each, none of them wasted on an empty sky.

Around an encounter the edge function f is concave, at least as strongly as `Plans.hollow`. So one
look bounds it from above, f + f'²/(2 hollow), and most encounters that come to nothing are dropped
at once. From there Newton's method gives the best moment of the others, and from that both edges
are found by Halley's, which approaches a zero of a concave function from outside without ever
passing it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from kosmodrom.view._encounters import Encounters, encounters
from kosmodrom.view._looks import LIMIT, Looks
from kosmodrom.view._sampling import Sampling
from kosmodrom.view._spans import Sightings, Spans, no_sightings, together

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kosmodrom.view._conditions import Condition
    from kosmodrom.view._plans import Plans
    from kosmodrom.view._sight import Scene

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

__all__ = ["Encountering"]

_ROUGH = 120.0  # how far apart two tracks may time the encounter on their cut [s]
_MOST_STEPS = 12
# Both methods at least square the error of a step: one this short leaves less than 1 µs. [s]
_SHORT = 1e-3
_LEAST_GUESS = 0.02  # from the best moment to an edge: there the slope must not vanish [s]
_MOST_HOPEFUL = 0.9  # share of encounters above which none is left out [-]
_GRAZING = 0.02  # quality over the limit below which the edges are guessed from the curvature [-]


@dataclass(frozen=True, slots=True)
class Encountering:
    """One piece of a search: some pairs of track and place.

    Attributes
    ----------
    scene : Scene
        Element sets, places, Earth.
    spans : Spans
        Which element set is used when.
    condition : Condition
        What counts as seeing.
    plans : Plans
        The tracks.
    first, last : int
        Which pairs, counted track by track [-].
    """

    scene: Scene
    spans: Spans
    condition: Condition
    plans: Plans
    first: int
    last: int

    def __call__(self) -> tuple[Sightings, dict[int, float]]:
        """Search.

        Returns
        -------
        sightings : Sightings
            Not ordered; one near a cut between tracks may be there twice.
        lost : dict
            Empty: tracks are bounded, so that SGP4 gives all positions.
        """
        tracks, observers = self.plans.tracks, self.scene.observers
        i, j = np.divmod(np.arange(self.first, self.last), len(observers))
        angle = self.condition.angle(tracks.radius_max[i], observers, j)
        met = encounters(tracks, self.plans.theta, self.plans.ground, i, j, angle)
        met = self._claimed(met, i)
        if not len(met.pair):
            return no_sightings(), {}
        track, place = i[met.pair], j[met.pair]
        looks = Looks.prepared(
            self.scene, self.condition.limit, tracks.row[track], place, met.time, met.half
        )
        found, bad = self._solved(looks, met, track, place)
        if len(bad):
            again = self._by_bisection(met.time[bad], met.half[bad], track[bad], place[bad])
            found = together([found, again])
        return found, {}

    def _claimed(self, met: Encounters, i: Ints) -> Encounters:
        """Leave to the neighbouring track what is timed well beyond the cut."""
        tracks, track = self.plans.tracks, i[met.pair]
        span = self.plans.span[track]
        early = np.where(tracks.start[track] > self.spans.start[span], _ROUGH, met.half)
        late = np.where(tracks.end[track] < self.spans.end[span], _ROUGH, met.half)
        inside = met.time >= tracks.start[track] - early
        inside &= met.time <= tracks.end[track] + late
        kept = np.flatnonzero(inside)
        return met[kept]

    def _solved(
        self, looks: Looks, met: Encounters, track: Ints, place: Ints
    ) -> tuple[Sightings, Ints]:
        """Find best moments and edges; also the encounters that resisted."""
        edge, quality = self.condition.kernels()
        first = looks.look(quality, met.ahead)
        hopeful = first[6] + first[7] ** 2 / (2 * self.plans.hollow[track]) > 0
        kept = np.flatnonzero(hopeful)
        if len(kept) > _MOST_HOPEFUL * len(track):  # to look costs less than to sort out
            kept = np.arange(len(track))
        else:
            looks, hopeful, first = looks.at(kept), hopeful[kept], first[:, kept]
        track, place, time = track[kept], place[kept], met.time[kept]
        peak = _peaked(looks, quality, met.ahead[kept], first, hopeful)
        limit = looks.table[LIMIT]
        wanted = hopeful & peak.good & (peak.quality > limit)
        guess = np.where(wanted, self._guess(peak, place, limit), _LEAST_GUESS)
        middle = np.where(wanted, peak.offset, 0.0)
        early, late = (
            _crossed(looks.apart(), edge, middle, side * guess, wanted) for side in (-1.0, 1.0)
        )
        good = early[1] & late[1]
        bad = kept[hopeful & ~peak.good | wanted & ~good]
        seen = np.flatnonzero(wanted & good)
        moment = time[seen]
        found = self._cut(
            self.plans.span[track[seen]], place[seen], moment + early[0][seen],
            moment + late[0][seen], moment + peak.offset[seen], peak.quality[seen],
        )  # fmt: skip
        return found[found.end > found.begin], bad

    def _guess(self, peak: _Peak, place: Ints, limit: Floats) -> Floats:
        """Guess the time from the best moment to an edge, as on a circle."""
        ground = self.scene.observers.radius[place]
        centre = peak.height + ground  # along the place's own up, near enough
        angle = self.condition.edge_angle(peak.radius, ground, place)
        with np.errstate(divide="ignore", invalid="ignore"):
            part = peak.radius * np.cos(angle) / centre
            turn = np.sqrt(-peak.height_bend / centre)
            wide = np.arccos(np.clip(part, -1.0, 1.0)) / turn
            narrow = np.sqrt(np.maximum(2 * peak.edge / -peak.edge_bend, 0.0))
        clear = (part < 1.0) & (peak.quality - limit > _GRAZING) & np.isfinite(wide)
        return np.where(clear, wide, np.maximum(narrow, _LEAST_GUESS))

    def _cut(
        self, span: Ints, place: Ints, begin: Floats, end: Floats, best: Floats, quality: Floats
    ) -> Sightings:
        """Cut sightings at the ends of their spans."""
        start, stop = self.spans.start[span], self.spans.end[span]
        found = Sightings(
            span=span,
            place=place,
            begin=np.maximum(begin, start),
            end=np.minimum(end, stop),
            open_begin=begin <= start,
            open_end=end >= stop,
            best=np.where((best >= start) & (best <= stop), best, np.nan),
            quality=quality,
        )
        missed = np.flatnonzero(np.isnan(found.best) & (found.end > found.begin))
        if len(missed):
            at = np.where(best[missed] < start[missed], start[missed], stop[missed])
            row = self.spans.row[span[missed]]
            sight = self.scene.sight(row, place[missed], at, exact=False)
            found.quality[missed] = self.condition.quality(sight)
        return found

    def _by_bisection(self, time: Floats, half: Floats, track: Ints, place: Ints) -> Sightings:
        """Search the time around some encounters by bisection."""
        span = self.plans.span[track]
        begin = np.maximum(time - half, self.spans.start[span])
        end = np.minimum(time + half, self.spans.end[span])
        some = np.flatnonzero(end > begin)
        span, place, begin, end = span[some], place[some], begin[some], end[some]
        sampling = Sampling(self.scene, self.condition, self.spans.row[span], place)
        nodes = np.linspace(begin, end, 33).T.ravel()
        found = sampling.intervals(np.repeat(np.arange(len(span)), 33), nodes)
        best, quality = sampling.peaks(found)
        span, place = span[found.row], place[found.row]
        return Sightings(
            span=span,
            place=place,
            begin=found.begin,
            end=found.end,
            open_begin=found.begin <= self.spans.start[span],
            open_end=found.end >= self.spans.end[span],
            best=best,
            quality=quality,
        )


@dataclass(frozen=True, slots=True)
class _Peak:
    """Best moments and what was seen there."""

    offset: Floats
    quality: Floats
    height: Floats
    height_bend: Floats
    radius: Floats
    edge: Floats
    edge_bend: Floats
    good: Bools


def _peaked(looks: Looks, kernel: Any, offset: Floats, first: Floats, wanted: Bools) -> _Peak:
    """Climb from a first look to the best moment by Newton's method on the rate of the quality."""
    with np.errstate(divide="ignore", invalid="ignore"):
        offset = np.clip(offset - first[1] / first[2], -looks.half, looks.half)
        out = looks.look(kernel, offset)
        step = -out[1] / out[2]
    rising = np.flatnonzero(wanted & ~(np.abs(step) < _SHORT) & (out[2] < 0) & (first[2] < 0))
    offset = offset + step
    for _ in range(_MOST_STEPS):
        if not len(rising):
            break
        some = looks.at(rising)
        again = some.look(kernel, np.clip(offset[rising], -some.half, some.half))
        more = np.where(again[2] < 0, -again[1] / again[2], np.nan)
        out[:, rising], step[rising] = again, more
        offset[rising] += more
        rising = rising[~(np.abs(more) < _SHORT) & np.isfinite(more)]
    good = (np.abs(step) < _SHORT) & (out[2] < 0) & (np.abs(offset) <= looks.half)
    quality = out[0] + 0.5 * out[1] * step  # the top of the parabola through the last look
    return _Peak(offset, quality, out[3], out[4], out[5], out[6], out[8], good)


def _crossed(
    looks: Looks, kernel: Any, peak: Floats, guess: Floats, wanted: Bools
) -> tuple[Floats, Bools]:
    """Find the edges by Halley's method; good where it ended on the right side of the peak."""
    offset = peak + guess
    step = np.empty(len(offset))
    rows: Any = slice(None)
    some = looks
    # Light comes from where it was a step ago: one step more, and that one is short.
    least = 0 if looks.delay is None else 1
    for round_number in range(_MOST_STEPS):
        value, slope, bend = some.look(kernel, offset[rows])[:3]
        with np.errstate(divide="ignore", invalid="ignore"):
            more = -2 * value * slope / (2 * slope**2 - value * bend)
        step[rows] = more
        offset[rows] += more
        if round_number > least:
            on = ~(np.abs(more) < _SHORT) & np.isfinite(more) & wanted[rows]
            if not on.any():
                break
            on = np.flatnonzero(on)
            rows, some = np.arange(len(offset))[rows][on], some.at(on)
    good = (np.abs(step) < _SHORT) & ((offset - peak) * np.sign(guess) >= 0)
    return offset, good
