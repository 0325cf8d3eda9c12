"""The verb passes: masks, open passes, what is seen by eye, air and light."""

import json

import numpy as np
import pytest

import kosmodrom
from kosmodrom.cli import main
from kosmodrom.errors import InputError

ISS = {"satellites": ["ISS"], "places": ["Jakarta"], "start": "2026-08-23"}


def seconds(column):
    return column.astype("datetime64[us]").astype(np.int64) / 1e6


def test_facts_are_those_of_the_table():
    found = kosmodrom.passes(satellites=["ISS", "tiangong"], places=["Jakarta", "Tokyo"],
                             start="2026-08-23", end="2026-08-24")  # fmt: skip
    columns, facts = found.columns, found.facts
    assert facts["count"].value == len(found) > 10
    assert facts["satellites"].value == facts["places"].value == 2
    assert facts["per_day"].value == pytest.approx(len(found) / 2 / 2, abs=1e-12)
    assert facts["longest_s"].value == columns["duration_s"].max()
    assert facts["time_in_view_s"].value == pytest.approx(columns["duration_s"].sum(), abs=1e-9)
    assert facts["mean_duration_s"].value == pytest.approx(columns["duration_s"].mean(), abs=1e-9)
    highest = columns["max_elevation_deg"].max()
    assert facts["max_elevation_deg"].value == pytest.approx(highest, abs=1e-12)
    assert facts["first_rise"].value == f"{columns['rise'].min()}"[:23] + "Z"


def test_rows_stand_by_place_and_time_and_hold_what_they_say():
    found = kosmodrom.passes(satellites=["ISS", "tiangong"], places=["Tokyo", "Jakarta"],
                             start="2026-08-23")  # fmt: skip
    places = found.columns["place"].tolist()
    assert places == sorted(places, reverse=True)  # Tokyo was named first
    for place in ("Tokyo", "Jakarta"):
        rise = found.columns["rise"][found.columns["place"] == place]
        assert (np.diff(seconds(rise)) >= 0).all()
    rise, top, fall = (found.columns[name] for name in ("rise", "culmination", "set"))
    assert (rise < top).all()
    assert (top < fall).all()
    # Instants are given to the microsecond.
    assert seconds(fall) - seconds(rise) == pytest.approx(found.columns["duration_s"], abs=3e-6)
    assert found.columns["max_elevation_deg"].min() > 10


def test_a_pass_cut_by_the_period_is_open_there():
    whole = kosmodrom.passes(**ISS)
    middle = str(whole.columns["culmination"][0])[:19]
    before = kosmodrom.passes(**ISS | {"end": f"{middle}Z"})
    after = kosmodrom.passes(**ISS | {"start": f"{middle}Z", "end": "2026-08-23"})
    assert np.isnat(before.columns["set"][-1])
    assert np.isnat(before.columns["culmination"][-1])  # it lies up to a second later
    assert np.isnat(after.columns["rise"][0])
    parts = before.columns["duration_s"][-1] + after.columns["duration_s"][0]
    assert parts == pytest.approx(whole.columns["duration_s"][0], abs=1e-5)  # two searches


def test_a_stationary_satellite_in_view_is_one_pass_without_ends(capsys):
    asked = [
        "passes",
        "--satellites",
        "himawari-9",
        "--places",
        "Jakarta",
        "--start",
        "2026-08-22",
    ]
    assert main([*asked, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    (row,) = document["rows"]
    assert row["rise"] is None
    assert row["set"] is None
    assert row["duration_s"] == 86_400
    assert "first_rise" not in document["facts"]


def test_a_satellite_that_never_comes_gives_no_rows_and_says_none():
    found = kosmodrom.passes(satellites=["hubble"], places=["89.9,0"], start="2026-08-23")
    assert len(found) == 0
    assert found.facts["count"].value == found.facts["time_in_view_s"].value == 0
    assert "max_elevation_deg" not in found.facts


def test_passes_seen_by_eye_lie_within_the_pass_and_are_counted():
    asked = {"satellites": ["tiangong"], "places": ["Jakarta"], "start": "2026-08-25"}
    plain, found = kosmodrom.passes(**asked), kosmodrom.passes(**asked, visible=True)
    assert "visible_from" not in plain.columns
    assert "visible_count" not in plain.facts
    begin, end = found.columns["visible_from"], found.columns["visible_until"]
    seen = ~np.isnat(begin)
    assert found.facts["visible_count"].value == seen.sum() == 1
    assert (begin[seen] >= found.columns["rise"][seen]).all()
    assert (end[seen] <= found.columns["set"][seen]).all()
    assert "passes_by_eye" in {note.code for note in found.accuracy}
    # 11:21 UTC is 18:21 in Jakarta, half an hour after sunset.
    assert str(begin[seen][0]).startswith("2026-08-25T11:21")
    day = kosmodrom.passes(**asked, visible=True, darkness="-30 deg")
    assert day.facts["visible_count"].value == 0


def test_the_air_lengthens_passes_and_light_time_shifts_them():
    low = {**ISS, "min_elevation": "0 deg"}
    plain, bent = kosmodrom.passes(**low), kosmodrom.passes(**low, refraction=True)
    earlier = seconds(plain.columns["rise"]) - seconds(bent.columns["rise"])
    assert (earlier > 5).all()  # 34 arc minutes at the horizon, at some 0.06 deg/s
    late = kosmodrom.passes(**low, light_time=True)
    shift = seconds(late.columns["rise"]) - seconds(plain.columns["rise"])
    assert np.abs(shift).max() < 0.01  # 2400 km are 8 ms
    assert np.abs(shift).max() > 1e-4


# Masks


def test_a_mask_of_one_place_leaves_the_others():
    two = {**ISS, "places": ["Jakarta", "Bandung"]}
    plain = kosmodrom.passes(**two)
    high = kosmodrom.passes(**two, masks=[{"place": "Bandung", "min_elevation": "30 deg"}])
    for name, fewer in (("Jakarta", False), ("Bandung", True)):
        before, after = (
            (one.columns["place"] == name).sum() for one in (plain, high)
        )  # fmt: skip
        assert (after < before) == fewer


def test_a_table_of_azimuths_that_is_level_is_a_level_mask():
    table = [{"azimuth": f"{azimuth} deg", "elevation": "10 deg"} for azimuth in (0, 120, 240)]
    plain = kosmodrom.passes(**ISS)
    found = kosmodrom.passes(**ISS, masks=[{"place": "Jakarta", "table": table}])
    assert seconds(found.columns["rise"]) == pytest.approx(
        seconds(plain.columns["rise"]), abs=1e-3
    )


def test_a_wall_in_the_south_hides_what_rises_there():
    wall = [
        {"azimuth": f"{azimuth} deg", "elevation": f"{elevation} deg"}
        for azimuth, elevation in ((90, 10), (100, 80), (260, 80), (270, 10))
    ]
    found = kosmodrom.passes(**ISS, masks=[{"place": "Jakarta", "table": wall}])
    azimuth = found.columns["rise_azimuth_deg"]
    assert len(found)
    assert ((azimuth < 100) | (azimuth > 260)).all()


# Refusals


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"min_elevation": "10"}, "10 has no unit; an angle is due, write 10 deg"),
        ({"min_elevation": "10 km"}, "is in km .* an angle is due"),
        ({"min_elevation": "95 deg"}, "from -10 deg to below 90 deg"),
        ({"min_elevation": "-20 deg"}, "from -10 deg to below 90 deg"),
        ({"darkness": "100 deg"}, "-90 to 90 deg"),
        ({"places": ["Jakrta"]}, "did you mean Jakarta"),
        ({"places": ["95,10"]}, "latitude 95 deg is outside"),
        ({"places": ["39,125,-1000"]}, "height -1000 m is outside -500..9000 m"),
        ({"places": []}, "give at least 1"),
        ({"masks": [{"place": "Jakarta"}]}, "give either min_elevation or a table"),
        ({"masks": [{"place": "Tokyo", "min_elevation": "5 deg"}]}, "none of the places"),
        ({"masks": [{"place": "Jakarta", "min_elevation": "95 deg"}]}, "below 90 deg"),
    ],
)
def test_wrong_masks_and_places_are_refused_with_the_way_out(more, said):
    with pytest.raises(InputError, match=said):
        kosmodrom.passes(**ISS | more)


@pytest.mark.parametrize(
    ("azimuths", "said"),
    [
        ("400 deg", "azimuths of a mask must increase from 0 to below 360 deg"),
        ("0 deg", "azimuths of a mask must increase from 0 to below 360 deg"),
        ("90", "90 has no unit"),
    ],
)
def test_a_wrong_mask_of_a_request_file_is_shown_with_its_line(
    azimuths, said, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "hills.yaml").write_text(
        "satellites: [ISS]\nplaces: [Jakarta]\nstart: 2026-08-23\nmasks:\n  - place: Jakarta\n"
        "    table:\n      - {azimuth: 0 deg, elevation: 5 deg}\n"
        f"      - {{azimuth: {azimuths}, elevation: 5 deg}}\n",
        "utf-8",
    )
    assert main(["passes", "--request", "hills.yaml"]) == 2
    file, _, message = capsys.readouterr().err.partition(": ")
    assert file in {"hills.yaml:5", "hills.yaml:8"}
    assert said in message


def test_a_narrow_page_says_once_what_is_the_same_in_every_row(monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["passes", "--satellites", "ISS", "--places", "Jakarta", "--start",
                 "2026-08-23"]) == 0  # fmt: skip
    page = capsys.readouterr().out
    assert "the same in every row: satellite International Space Station" in page
    assert "norad_id 25544" in page  # no mark between the digits of a name
    assert "2026-08-23T04:13:45Z" in page
    assert max(map(len, page.splitlines())) <= 80
