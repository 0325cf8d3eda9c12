"""The verb identify: objects of a launch, the launch of an object, doors, refusals, odds."""

import json

import numpy as np
import pytest

import kosmodrom
from kosmodrom.analyses._identify_names import Named, groups_of, named, yearly_before
from kosmodrom.base.epochs import Epochs
from kosmodrom.catalog.events import LaunchOrbit
from kosmodrom.cli import main
from kosmodrom.errors import InputError, KosmodromError
from kosmodrom.launch import matching
from kosmodrom.launch.passage import MODELS, TURN, passages

# Kwangmyongsong-4, its older sister, Malligyong-1 and the space station, of the catalog.
NORTH = ["39026", "41332", "58400", "25544"]
SOHAE = {"satellites": NORTH, "site": "sohae", "launch": "2016-02-07T00:30Z"}


@pytest.fixture(autouse=True)
def _somewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def value(found, name):
    return found.facts[name].value


def three_lines(number, designator, epoch, inclination, node, *, per_day=15.0):
    """Write an element set; `epoch` as year's two digits and day, angles in degrees."""
    first = f"1 {number:05d}U {designator:<8} {epoch:>14}  .00000000  00000+0  00000+0 0  999"
    second = (f"2 {number:05d} {inclination:8.4f} {node:8.4f} 0010000   0.0000   0.0000 "
              f"{per_day:11.8f}    0")  # fmt: skip
    lines = [
        line + str(sum(int(c) if c.isdigit() else c == "-" for c in line) % 10)
        for line in (first, second)
    ]
    return f"OBJECT {number}\n" + "\n".join(lines) + "\n"


def test_every_door_gives_the_same_numbers(capsys):
    options = [part for name in NORTH for part in ("--satellites", name)]
    options += ["--site", "sohae", "--launch", SOHAE["launch"]]
    assert main(["identify", *options, "--json"]) == 0
    by_shell = json.loads(capsys.readouterr().out)
    found = kosmodrom.identify(**SOHAE)
    assert set(found.facts) == set(by_shell["facts"])
    assert [row["satellite"] for row in by_shell["rows"]] == found.columns["satellite"].tolist()


def test_the_object_of_the_launch_comes_first_and_others_say_why_not():
    found = kosmodrom.identify(**SOHAE)
    assert value(found, "best") == "Kwangmyongsong-4"
    assert value(found, "designator") == "2016-009"
    assert value(found, "candidates") == 1
    states = dict(zip(found.columns["norad_id"].tolist(), found.columns["status"], strict=True))
    assert states == {
        41332: "candidate", 39026: "catalogued before", 25544: "other year",
        58400: "other launch",
    }  # fmt: skip
    assert found.columns["probability"][1:].tolist() == [0, 0, 0]


def test_probabilities_of_launches_and_of_none_make_one(tmp_path):
    path = tmp_path / "new.3le"
    sets = [
        three_lines(90000 + k, f"26{300 + k}A", "26250.50000000", 50.0, 36.0 * k)
        for k in range(10)
    ]
    path.write_text("".join(sets), "utf-8")
    found = kosmodrom.identify(satellites=[str(path)], site="baikonur", launch="2026-09-05T00:00Z")
    total = found.columns["probability"].sum() + value(found, "none_probability")
    assert total == pytest.approx(1.0, abs=1e-9)  # rounding
    assert np.all(np.diff(found.columns["probability"]) <= 0)
    assert value(found, "fitting") <= value(found, "candidates") == 10
    # Ten nodes evenly round the Earth: at any time of day about as many are in reach of a window
    # of 2 x 16 min for each way of a day of 1436 min.
    assert value(found, "by_chance") == pytest.approx(10 * 2 * 32 / 1436, abs=0.3)


def test_the_plane_that_the_site_enters_five_minutes_later_wins(tmp_path):
    # A plane of 60 deg whose ascending branch is over the site 5 min after, others elsewhere.
    launch = Epochs.from_iso("2026-09-05T00:00Z")
    from kosmodrom.analyses._identify_forward import standing
    from kosmodrom.workspace import open_context

    site = standing(open_context(store_path=None).resolve_place("baikonur"), launch)
    ahead = np.arcsin(np.tan(site.latitude) / np.tan(np.radians(60.0)))
    node = np.degrees(site.right_ascension - ahead + 300.0 * 2 * np.pi / TURN) % 360
    sets = [
        three_lines(90000 + k, f"26{200 + k}A", "26248.20000000", 60.0, (node + 40.0 * k) % 360)
        for k in range(9)
    ]
    path = tmp_path / "new.3le"
    path.write_text("".join(sets), "utf-8")
    found = kosmodrom.identify(
        satellites=[str(path)], site="baikonur", launch="2026-09-05T00:00Z", designators="none"
    )
    assert value(found, "norad_id") == 90000
    # The node drifted 0.7 deg in 0.2 days: 3 min of the Earth's turn at -3.5 deg a day.
    assert value(found, "passage_after_min") == pytest.approx(5.0 + 0.2 * 3.6 * 4, abs=0.5)
    assert found.columns["direction"][0] == "ascending"
    assert found.columns["azimuth_deg"][0] == pytest.approx(
        np.degrees(np.arcsin(np.cos(np.radians(60)) / np.cos(site.latitude))), abs=1e-3
    )


def test_an_expected_inclination_weighs_and_a_designator_rules_out(tmp_path):
    path = tmp_path / "new.3le"
    path.write_text(
        three_lines(90001, "26201A", "26248.20000000", 51.6, 10.0)
        + three_lines(90002, "26202A", "26248.20000000", 97.5, 10.0),
        "utf-8",
    )
    asked = {
        "satellites": [str(path)], "site": "baikonur",
        "launch": "2026-09-05T00:00Z/2026-09-05T12:00Z",
    }  # fmt: skip
    low = kosmodrom.identify(**asked, inclination_low="95 deg", inclination_high="99 deg")
    assert value(low, "norad_id") == 90002
    assert low.columns["inclination_fits"].tolist() == ["yes", "no"]
    told = kosmodrom.identify(**asked, designator="2026-201")
    assert value(told, "norad_id") == 90001
    assert told.columns["status"].tolist() == ["candidate", "other designator"]


def test_one_object_is_traced_to_its_launch_by_its_plane():
    found = kosmodrom.identify(satellites=["41332"], days="3 day", most=1000)
    assert value(found, "designator") == "2016-009"
    assert value(found, "site") == "Sohae"
    assert value(found, "lift_off") == "2016-02-07T00:30:00Z"
    kinds = found.columns["kind"].tolist()
    assert kinds == sorted(kinds)  # launches before passages
    passed = found.columns["kind"] == "passage"
    assert passed.sum() == value(found, "passages")
    times = found.columns["passage"][passed].astype(int)
    assert np.all(np.diff(times) >= 0)
    early, late = (found.columns[f"lift_off_{end}"][passed] for end in ("from", "until"))
    assert np.all(early < late)


def test_an_object_younger_than_the_record_is_traced_to_passages_alone(tmp_path):
    path = tmp_path / "first.3le"
    path.write_text(three_lines(90001, "26201A", "26200.21830000", 97.53, 86.61), "utf-8")
    found = kosmodrom.identify(satellites=[str(path)], days="1 day")
    assert set(found.columns["kind"].tolist()) == {"passage"}
    assert value(found, "launches") == 0
    assert value(found, "none_probability") == 1
    assert "identify_record" in [note.code for note in found.warnings]
    assert kosmodrom.identify(satellites=["41332"], days="3 day").warnings == []


def test_what_was_not_public_is_not_used():
    with pytest.raises(KosmodromError, match="was public by 2016-02-07"):
        kosmodrom.identify(satellites=["41332"], days="3 day", as_of="2016-02-07")
    found = kosmodrom.identify(satellites=["41332"], days="3 day", as_of="2016-02-08")
    assert "rows_held_back" in [note.code for note in found.warnings]


def test_named_sites_alone_are_looked_at():
    found = kosmodrom.identify(satellites=["41332"], days="1 day", sites=["sohae"])
    assert set(found.columns["site"].tolist()) == {"Sohae"}
    assert value(found, "passages") in {1, 2}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"site": None}, "a launch needs its site"),
        ({"launch": None}, "is of a launch"),
        ({"launch": "2016-02-07T00:00Z/2016-02-08T00:00Z"}, "0 to 12 h can be"),
        ({"inclination_low": "99 deg", "inclination_high": "95 deg"}, "the least first"),
        ({"designator": "16-9"}, "write it like 2026-101"),
        ({"sites": ["sohae"]}, "where no launch is given"),
    ],
)
def test_requests_that_make_no_sense_are_refused(changed, said):
    asked = {name: given for name, given in (SOHAE | changed).items() if given is not None}
    with pytest.raises(InputError, match=said):
        kosmodrom.identify(**asked)


def test_one_object_is_asked_for_at_a_time():
    with pytest.raises(KosmodromError, match="name one to ask which launch"):
        kosmodrom.identify(satellites=NORTH)


def test_nothing_is_said_where_nothing_can_be_from_the_launch():
    found = kosmodrom.identify(satellites=["58400"], site="sohae", launch="2024-08-01T00:00Z")
    assert value(found, "candidates") == 0
    assert value(found, "none_probability") == 1
    assert "best" not in found.facts
    assert "identify_nothing" in [note.code for note in found.warnings]


def record_row(tag, utc):
    blank = dict.fromkeys(LaunchOrbit._fields, "")
    return LaunchOrbit(**blank | {"tag": tag, "utc": utc, "utc_precision_s": 60})


def test_numbers_passed_before_the_launch_rule_earlier_ones_out():
    groups = groups_of(["2026-050A", "2026-050B", "2026-060A", "2026-070A", "1998-067A", ""])
    assert groups.group.tolist() == [0, 0, 1, 2, 3, 4]
    epochs = Epochs.from_iso([
        "2026-04-01T00:00Z", "2026-04-01T00:00Z", "2026-03-01T00:00Z", "2026-04-01T00:00Z",
        "2026-04-01T00:00Z", "2026-04-01T00:00Z",
    ])  # fmt: skip
    launch = Epochs.from_iso("2026-03-20T00:00Z")
    known = Named(first=launch, last=launch, record={}, wanted=None)
    state = named(known, groups, epochs, numbers=True, record=True)
    assert state.tolist() == [3, 3, 1, 0, 2, 0]
    state = named(known, groups, epochs, numbers=False, record=False)
    assert state.tolist() == [0, 0, 1, 0, 0, 0]


def test_the_year_before_is_scaled_to_a_whole_one():
    record = {"2025-100": record_row("2025-100", "2025-07-02T12:00Z")}
    assert yearly_before(record, 2026) == pytest.approx(200, abs=2)  # half a year holds 100
    assert yearly_before({}, 2026) == 200


def test_groups_take_the_middle_of_their_members():
    odds = np.array([1.0, 100.0, 4.0, 9.0, 16.0])
    assert matching.grouped(odds, np.array([0, 0, 1, 1, 1]), 2) == pytest.approx([10.0, 9.0])


def test_each_alone_finds_how_many_are_right():
    odds = np.concatenate([np.full(20, 1000.0), np.full(80, 0.001)])
    each = matching.alone(odds)
    assert each[:20].min() > 0.99
    assert each[20:].max() < 0.01


def test_habits_of_a_site_count_as_far_as_it_has_any():
    every = np.radians(np.repeat([28.5, 53.0, 97.5], 50))
    own = np.radians(np.repeat([97.5], 50))
    odds = matching.habit_odds(np.radians([53.0, 97.5]), own, every)
    assert odds[0] < 0.1 < 2 < odds[1] < 3.1  # at most all in a third
    assert matching.habit_odds(np.radians([53.0]), own[:0], every) == pytest.approx([1.0])
    assert matching.habit_odds(np.radians([53.0]), own[:0], own[:0]) == pytest.approx([1.0])


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("half_window", [0.0, 1800.0])
def test_passages_of_a_launch_come_at_some_time(name, half_window):
    at = np.linspace(-TURN / 2, TURN / 2, 200_001)
    density = MODELS[name].density(at, np.full(len(at), 30.0), half_window)
    # The wide part of a transfer reaches a little beyond half a turn.
    assert np.trapezoid(density, at) == pytest.approx(1.0, abs=1e-3)


def test_reach_holds_the_share_that_it_says():
    model = MODELS["low"]
    half = float(model.reach(np.array([100.0]))[0])
    at = np.linspace(model.usual_time - half, model.usual_time + half, 100_001)
    inside = np.trapezoid(model.density(at, np.full(len(at), 100.0)), at)
    assert inside == pytest.approx(0.9, abs=1e-4)


def test_passages_are_when_the_site_lies_in_the_plane():
    from kosmodrom.launch.passage import off_plane_angle

    node, rate = np.array([1.0, 4.0]), np.array([-1e-6, 2e-7])
    inclination = np.radians([60.0, 97.5])
    found = passages(node, rate, inclination, 0.3, np.radians(45.7))
    assert found.reached.all()
    for shift in (found.ascending, found.descending):
        assert np.abs(shift).max() <= TURN / 2 * 1.02
        for k in range(2):
            there = 0.3 + 2 * np.pi / TURN * float(shift[k])
            off = off_plane_angle(
                node[k : k + 1] + rate[k] * shift[k], inclination[k : k + 1], there,
                float(np.radians(45.7)),
            )  # fmt: skip
            assert off[0] == pytest.approx(0.0, abs=1e-12)


def test_a_low_plane_is_nearest_where_it_turns():
    found = passages(np.array([0.0]), np.array([0.0]), np.radians([10.0]), 0.0, np.radians(45.0))
    assert not found.reached[0]
    assert found.ascending == pytest.approx(found.descending, abs=1e-9)  # rounding
