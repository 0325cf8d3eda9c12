"""The match of notices with launches, one step after the other.

How the match is made, in this order; the orbit of a launch is *not* looked at, so that a
launch which turned on its way is as welcome as another:

1. *Certain.* All windows of the notice together last at most 1.7 h, one launch of the record
   falls in one of them (what falls from it may take its time, 1.8 km a second), not later than
   50 min after it opened, and no other launch does. A notice of a Chinese region, or one that
   names China, is matched with Chinese launches only. Areas are within 12,500 km of the site.
2. *Longer* windows, to 120 h together, by what is known from certain notices, in this order:
   the area of another notice of the same launch (40 km); its direction (8 deg); a place known
   from *other* launches of the site (60 km), unless other notices of this launch lie elsewhere;
   and, for up to 12 h or a launch on the first day, and where the launch has no other notice, a
   direction known from others (6 deg), or for sites outside China within 20 deg of a plane that
   earlier launches from it reached. Two launches of one rank: ambiguous, and left out.
3. *Replaced.* The notice was replaced by one that was matched, of the same place.
4. *Other time.* No launch in its windows, but each of its areas is (40 km) one of a launch that
   was matched and that came within 30 days, or had flown in the three days before; or each is a
   place known from the site (60 km) and a launch came within 10 days at the same time of day.
5. *Disposal.* The circle in the plane of a launch passes over (500 km) in the window, 20 min to
   5 h after lift-off and more than 7000 km away: here alone the orbit is looked at. Or the words
   of the notice speak of the return of an upper stage.
6. *None.* No orbital launch of the record, which holds all of the world, falls in the windows:
   ``recovery`` where day and place are those of a landing that was announced; ``sounding`` where
   its words say so; ``not-orbital`` where a hand-checked set says so; ``launch-like`` where all
   areas of its group are known places (25 km) of a launch site, or its words speak of a rocket: a
   launch that was given up, or none; else ``unexplained``. What those last closed an area for is
   not known and not asked here.

A notice of which the reader gets no area is left out (four, of air shows, in words). Times of
launch are good to a minute to 8 December 2024 and to 7 min from then on.
"""

from __future__ import annotations

# ruff: noqa: D102, D103 -- a script: only what is not plain from a name has a docstring
import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

Point = tuple[float, float]
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
EARTH_KM, TURN = 6371.0, 360.98565 / 1440  # degrees of the Earth a minute
CERTAIN_H, LONG_H = 1.7, 120.0
KINDS = ("same area", "companion", "known place", "known direction", "known plane")
#: Landings that were announced: day (UTC), what, where.
LANDINGS = (
    ("2022-04-16", "Shenzhou-13", (41.3, 100.3)),
    ("2022-12-04", "Shenzhou-14", (41.3, 100.3)),
    ("2023-06-03", "Shenzhou-15", (41.3, 100.3)),
    ("2023-10-31", "Shenzhou-16", (41.3, 100.3)),
    ("2024-04-30", "Shenzhou-17", (41.3, 100.3)),
    ("2024-06-25", "Chang'e-6", (42.3, 111.4)),
    ("2024-10-11", "Shijian-19", (41.5, 100.1)),
    ("2024-11-03", "Shenzhou-18", (41.3, 100.3)),
    ("2025-04-30", "Shenzhou-19", (41.3, 100.3)),
)
#: Matched by hand, with the reason.
BY_HAND = {
    "B4525/23": (
        "2023-179",
        "hand-checked: lifted off 78 min before the first window of the sea notices",
    )
}
#: No orbital launch, as a hand-checked set says: day (UTC) of the windows.
NOT_ORBITAL = ("A3054/24", "B3891/24", "B3892/24")
ROCKET = ("AEROSPACE", "ROCKET", "LAUNCH", "DEBRIS", "SATELLITE")


@dataclass(eq=False)
class Launch:
    """A launch of the record: where from, when, how well that is known [min]."""

    row: dict[str, str]
    at: datetime
    doubt: float
    site: str
    place: Point

    @property
    def tag(self) -> str:
        return self.row["Launch_Tag"].strip()


@dataclass(eq=False)
class Closed:
    """A notice: when, where (centres of its areas), and the launch that it was matched with."""

    name: str
    region: str
    subject: str
    text: str
    replaces: str
    windows: list[tuple[datetime, datetime]]
    centres: list[Point]
    launch: Launch | None = None
    label: str = ""
    how: str = ""
    confidence: str = ""

    @cached_property
    def hours(self) -> float:
        return sum((end - begin).total_seconds() for begin, end in self.windows) / 3600

    @cached_property
    def chinese(self) -> bool:
        return self.region[:1] == "Z" or "CHINA" in self.text or "CHINESE" in self.text

    def set(self, launch: Launch | None, label: str, how: str, confidence: str) -> None:
        self.launch, self.label, self.how, self.confidence = launch, label, how, confidence


def way(start: Point, end: Point) -> tuple[float, float]:
    """Give distance [km] and azimuth [deg] on a sphere."""
    a, b, c, d = map(math.radians, (*start, *end))
    east, half = d - b, math.sin((c - a) / 2) ** 2
    azimuth = math.atan2(
        math.sin(east) * math.cos(c),
        math.cos(a) * math.sin(c) - math.sin(a) * math.cos(c) * math.cos(east),
    )
    half += math.cos(a) * math.cos(c) * math.sin(east / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half))), math.degrees(azimuth) % 360


def apart(one: float, other: float) -> float:
    return abs((one - other + 180) % 360 - 180)


def hit(launch: Launch, notice: Closed) -> tuple[datetime, datetime] | None:
    """Give the window in which the launch, or what fell from it, came."""
    nearest = min(way(launch.place, point)[0] for point in notice.centres)
    fall = min(nearest / 1.8 / 60, 45.0)
    for begin, end in notice.windows:
        late = launch.at + (launch.doubt + fall) * MINUTE
        if begin <= late and launch.at - launch.doubt * MINUTE <= end:
            return begin, end
    return None


class Matching:
    """The steps of the match, one after the other, on all notices at once."""

    def __init__(self, notices: list[Closed], record: list[Launch], past: list[Launch]) -> None:
        self.notices = [notice for notice in notices if notice.centres]
        self.record, self.past = record, past
        self.near: dict[Closed, list[tuple[Launch, tuple[datetime, datetime]]]] = {}
        for notice in self.notices:
            self.near[notice] = [
                (launch, window)
                for launch in record
                if not (notice.chinese and launch.row["State"] != "CN")
                and min(way(launch.place, point)[0] for point in notice.centres) <= 12_500
                and (window := hit(launch, notice)) is not None
            ]
        self.learn()

    def learn(self) -> None:
        """Note where the sure notices of each launch and of each site lie."""
        self.own: dict[Launch, list[tuple[float, float, Point]]] = defaultdict(list)
        self.by_site: dict[str, list[tuple[float, float, Point, Launch]]] = defaultdict(list)
        for notice in self.notices:
            if notice.launch is not None and notice.confidence == "high":
                for point in notice.centres:
                    distance, azimuth = way(notice.launch.place, point)
                    self.own[notice.launch].append((distance, azimuth, point))
                    row = (distance, azimuth, point, notice.launch)
                    self.by_site[notice.launch.site].append(row)

    def certain(self) -> None:
        for notice in self.notices:
            if notice.hours <= CERTAIN_H and len(self.near[notice]) == 1:
                launch, (begin, _) = self.near[notice][0]
                if launch.at - begin <= (50 + launch.doubt) * MINUTE:
                    notice.set(launch, "orbital", "certain", "high")
        self.learn()
        for notice in self.notices:
            if notice.how == "certain" and self.by_chance(notice):
                notice.set(None, "", "", "")
        self.learn()

    def by_chance(self, notice: Closed) -> bool:
        """Whether its window opened long before, and one that did not lies elsewhere."""
        launch = notice.launch
        if launch is None or launch.at - notice.windows[0][0] <= 30 * MINUTE:
            return False
        mine = [azimuth for d, azimuth in self.ways(launch, notice) if d > 300]
        others = [
            azimuth
            for other in self.notices
            if other.launch is launch and launch.at - other.windows[0][0] <= 15 * MINUTE
            for d, azimuth in self.ways(launch, other)
            if d > 300
        ]
        return any(apart(a, b) > 10 for a in mine for b in others)

    @staticmethod
    def ways(launch: Launch, notice: Closed) -> list[tuple[float, float]]:
        return [way(launch.place, point) for point in notice.centres]

    def place(self, launch: Launch, notice: Closed) -> str:
        """Say why a notice may belong to a launch; nothing where it may not."""
        ways, mine = self.ways(launch, notice), self.own.get(launch, [])
        if mine and self.all_near(notice, [row[2] for row in mine], 40):
            return "same area"
        if mine and all(
            min(apart(a, b[1]) for b in mine) <= (8 if d > 300 else 25) for d, a in ways
        ):
            return "companion"
        known = [row for row in self.by_site[launch.site] if row[3] is not launch]
        turns = mine and any(min(apart(a, b[1]) for b in mine) > 25 for d, a in ways if d > 300)
        if not turns and self.all_near(notice, [row[2] for row in known], 60):
            return "known place"
        soon = notice.hours <= 12 or launch.at - notice.windows[0][0] <= DAY
        if mine or not soon:
            return ""
        if known and all(min(apart(a, row[1]) for row in known) <= 6 for _, a in ways):
            return "known direction"
        if launch.row["State"] != "CN" and max(d for d, _ in ways) <= 10_000:
            planes = self.planes(launch)
            if all(min((apart(a, b) for b in planes), default=0.0) <= 20 for _, a in ways):
                return "known plane"
        return ""

    @staticmethod
    def all_near(notice: Closed, places: list[Point], limit: float) -> bool:
        return bool(places) and all(
            min(way(point, other)[0] for other in places) <= limit for point in notice.centres
        )

    def planes(self, launch: Launch) -> list[float]:
        """Give azimuths of the planes that earlier launches from the same site reached."""
        found = set()
        for other in self.past:
            text = other.row["Inc"]
            if other.site == launch.site and other.at < launch.at and text not in {"", "-"}:
                ratio = math.cos(math.radians(float(text))) / math.cos(
                    math.radians(launch.place[0])
                )
                if abs(ratio) <= 1.02:
                    one = math.degrees(math.asin(max(-1.0, min(1.0, ratio))))
                    found |= {round(one) % 360, round(180 - one) % 360}
        return sorted(found)

    def longer(self, hours: float) -> None:
        for notice in self.notices:
            if notice.launch is not None or notice.hours > hours:
                continue
            fits = [
                (launch, why)
                for launch, _ in self.near[notice]
                if (why := self.place(launch, notice))
            ]
            for kind in KINDS:
                chosen = [launch for launch, why in fits if why == kind]
                if len(chosen) == 1:
                    own = kind in KINDS[:2]
                    sure = "high" if own or hours <= 6 else "medium"
                    if not own and self.another_day(notice, chosen[0]):
                        break
                    notice.set(chosen[0], "orbital", kind, sure)
                if chosen:
                    if len(chosen) > 1:
                        tags = " ".join(launch.tag for launch in chosen)
                        notice.set(None, "ambiguous", f"{kind} of {tags}", "")
                    break
        self.learn()

    def another_day(self, notice: Closed, launch: Launch) -> bool:
        """Whether the areas are those of another launch that came soon, and not of this one."""
        other = self.same_areas(notice)
        return other is not None and other is not launch

    def same_areas(self, notice: Closed) -> Launch | None:
        """Give the launch nearest in time that has all areas of the notice."""
        best: tuple[float, Launch] | None = None
        for launch, mine in self.own.items():
            days = (launch.at - notice.windows[0][0]) / DAY
            if -3 <= days <= 30 and self.all_near(notice, [own[2] for own in mine], 40):
                rank = abs(days) + (10 if days < -0.1 else 0)
                best = min(best or (math.inf, launch), (rank, launch), key=lambda pair: pair[0])
        return best[1] if best else None

    def replaced(self) -> None:
        by_name = {notice.name: notice for notice in self.notices}
        for _ in range(4):  # a notice that was replaced may have been one that replaced another
            for notice in self.notices:
                old = by_name.get(notice.replaces)
                if old is None or old.launch is not None or notice.launch is None:
                    continue
                near = min(way(a, b)[0] for a in old.centres for b in notice.centres)
                if near <= 300:
                    old.set(notice.launch, "replaced", f"by {notice.name}", "high")

    def other_time(self) -> None:
        for notice in self.notices:
            if notice.label == "" and (launch := self.same_areas(notice)) is not None:
                days = (launch.at - notice.windows[0][0]) / DAY
                notice.set(launch, "other-time", f"its areas, launch after {days:.1f} d", "high")
        for group in self.free():
            launch = self.same_clock(group)
            for notice in group if launch is not None else ():
                days = (launch.at - notice.windows[0][0]) / DAY
                how = f"known places, same time of day, launch after {days:.1f} d"
                notice.set(launch, "other-time", how, "medium")

    def free(self) -> list[list[Closed]]:
        """Put together unmatched notices of which the windows open within 40 min."""
        found: list[list[Closed]] = []
        for notice in sorted(self.notices, key=lambda notice: notice.windows[0][0]):
            if notice.label == "":
                begin = notice.windows[0][0]
                if (
                    found
                    and notice.hours <= 8
                    and begin - found[-1][0].windows[0][0] <= 40 * MINUTE
                ):
                    found[-1].append(notice)
                else:
                    found.append([notice])
        return found

    def known_places(self, site: str, group: list[Closed], limit: float) -> bool:
        known = [row[2] for row in self.by_site[site]]
        return all(self.all_near(notice, known, limit) for notice in group)

    def same_clock(self, group: list[Closed]) -> Launch | None:
        begin = group[0].windows[0][0]
        if max(notice.hours for notice in group) > 2.5:
            return None
        fits = [
            launch
            for launch in self.record
            if -1.2 < (launch.at - begin) / DAY <= 10
            and abs(((launch.at - begin) / MINUTE + 720) % 1440 - 720) <= 75
            and not (group[0].chinese and launch.row["State"] != "CN")
            and self.known_places(launch.site, group, 40)
        ]
        return min(fits, key=lambda launch: abs(launch.at - begin), default=None)

    def disposal(self) -> None:
        for notice in self.notices:
            if notice.label == "" and "UPPER STAGE" in notice.text and "RE-ENTRY" in notice.text:
                notice.set(None, "disposal", "its words", "high")
            if notice.label or notice.hours > 12:
                continue
            for launch in self.record:
                if passes(launch, notice):
                    minutes = (notice.windows[0][0] - launch.at) / MINUTE
                    notice.set(launch, "disposal", f"opens {minutes:.0f} min after", "medium")
                    break

    def none(self) -> None:
        for group in self.free():
            like = any(self.known_places(site, group, 25) for site in self.by_site)
            for notice in group:
                if notice.name in NOT_ORBITAL:
                    notice.set(None, "not-orbital", "hand-checked", "high")
                elif landing := landed(notice):
                    notice.set(None, "recovery", landing, "high")
                elif "UNIVERSITY" in notice.text or "UNIVERISTY" in notice.text:
                    notice.set(None, "sounding", "its words", "high")
                elif like:
                    how = "known places of a launch site, no launch"
                    notice.set(None, "launch-like", how, "low")
                elif any(word in notice.text for word in ROCKET):
                    notice.set(None, "launch-like", "its words, no launch", "low")
                else:
                    sure = "medium" if notice.hours > LONG_H or self.near[notice] else "high"
                    notice.set(None, "unexplained", "no orbital launch in its windows", sure)


def landed(notice: Closed) -> str:
    for day, name, place in LANDINGS:
        for begin, end in notice.windows:
            on_the_day = day in {begin.date().isoformat(), end.date().isoformat()}
            before = (datetime.fromisoformat(day + "T00:00Z") - begin) / DAY
            if (on_the_day or 0 < before < 2) and notice.hours < 2:
                if min(way(place, point)[0] for point in notice.centres) < 80:
                    return f"landing of {name}" + ("" if on_the_day else ", put off")
                if on_the_day and name == "Shenzhou-14":
                    return f"landing of {name}, later orbit"
    return ""


def passes(launch: Launch, notice: Closed) -> bool:
    """Whether a circular orbit of the launch's plane passes over 20 to 240 min after lift-off."""
    if notice.chinese or launch.row["Inc"] in {"", "-"}:
        return False
    inclination = math.radians(float(launch.row["Inc"]))
    latitude = math.radians(launch.place[0])
    ratio = math.sin(latitude) / math.sin(inclination) if inclination > 0.02 else 2.0
    if abs(ratio) > 1:
        return False
    begin, end = notice.windows[0][0], notice.windows[0][1]
    if not -120 <= (begin - launch.at) / MINUTE <= 240:
        return False
    if min(way(launch.place, point)[0] for point in notice.centres) < 7000:
        return False
    for start in (math.asin(ratio), math.pi - math.asin(ratio)):
        node = math.atan2(math.cos(inclination) * math.sin(start), math.cos(start))
        for minute in range(20, 300):
            when = launch.at + minute * MINUTE
            if not begin <= when <= end:
                continue
            u = start + 2 * math.pi * minute / 90.0
            east = math.atan2(math.cos(inclination) * math.sin(u), math.cos(u)) - node
            point = (
                math.degrees(math.asin(math.sin(inclination) * math.sin(u))),
                (launch.place[1] + math.degrees(east) - TURN * minute + 540) % 360 - 180,
            )
            if min(way(point, other)[0] for other in notice.centres) <= 500:
                return True
    return False


def matched(notices: list[Closed], record: list[Launch], past: list[Launch]) -> Matching:
    work = Matching(notices, record, past)
    by_tag = {launch.tag: launch for launch in record}
    for notice in work.notices:
        if notice.name in BY_HAND:
            tag, why = BY_HAND[notice.name]
            notice.set(by_tag[tag], "orbital", why, "high")
    work.certain()
    work.longer(6)
    work.longer(6)
    work.longer(LONG_H)
    work.longer(LONG_H)
    work.replaced()
    work.other_time()
    work.disposal()
    work.none()
    return work
