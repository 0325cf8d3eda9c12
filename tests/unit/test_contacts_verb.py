"""The verb contacts: windows of stations, data, and how late a picture is."""

import numpy as np
import pytest

import kosmodrom
from kosmodrom.errors import InputError

ASKED = {"satellites": ["58400"], "stations": ["Pyongyang"], "start": "2026-08-23",
         "end": "2026-08-29"}  # fmt: skip
PICTURES = {**ASKED, "targets": ["Seoul", "Tokyo"], "max_off_nadir": "45 deg"}


def hours(column):
    return column / np.timedelta64(1, "us") / 3.6e9


def test_contacts_are_passes_above_the_mask_of_the_station():
    found = kosmodrom.contacts(**ASKED)
    passes = kosmodrom.passes(satellites=["58400"], places=["Pyongyang"], start="2026-08-23",
                              end="2026-08-29", min_elevation="5 deg")  # fmt: skip
    assert (found.columns["rise"] == passes.columns["rise"]).all()
    assert (found.columns["set"] == passes.columns["set"]).all()
    assert found.facts["contacts"].value == len(passes)
    fewer = kosmodrom.contacts(**ASKED, station_mask="30 deg")
    assert 0 < fewer.facts["contacts"].value < len(passes)


def test_facts_are_those_of_the_table():
    found = kosmodrom.contacts(**ASKED)
    columns, facts = found.columns, found.facts
    assert facts["contacts_per_day"].value == pytest.approx(len(found) / 7, abs=1e-12)
    assert facts["contact_time_s"].value == pytest.approx(columns["duration_s"].sum(), abs=1e-9)
    assert facts["mean_contact_s"].value == pytest.approx(columns["duration_s"].mean(), abs=1e-9)
    gap = hours(columns["rise"][1:] - columns["set"][:-1])
    assert facts["longest_gap_hours"].value == pytest.approx(gap.max(), abs=1e-8)
    # 100 Mbit/s are 0.0125 GB/s.
    assert columns["volume_gb"] == pytest.approx(columns["duration_s"] * 0.0125, abs=1e-9)
    volume = facts["volume_per_day_gb"].value
    assert volume == pytest.approx(columns["volume_gb"].sum() / 7, abs=1e-9)


def test_data_flow_at_the_rate_from_the_acquisition_on():
    whole = kosmodrom.contacts(**ASKED).columns["volume_gb"]
    late = kosmodrom.contacts(**ASKED, acquisition="60 s", rate="200 Mbit/s").columns["volume_gb"]
    assert late == pytest.approx(2 * np.maximum(whole - 60 * 0.0125, 0.0), abs=1e-9)
    bytes_ = kosmodrom.contacts(**ASKED, rate="12.5 MB/s").columns["volume_gb"]
    assert bytes_ == pytest.approx(whole, abs=1e-9)


def test_a_picture_is_down_in_the_first_contact_after_it():
    found, contacts = kosmodrom.contacts(**PICTURES), kosmodrom.contacts(**ASKED)
    columns, facts = found.columns, found.facts
    assert facts["pictures"].value == facts["delivered"].value == len(found) > 4
    for taken, delivered in zip(columns["taken"], columns["delivered"], strict=True):
        number = np.flatnonzero(contacts.columns["set"] >= taken)[0]
        assert delivered == max(taken, contacts.columns["rise"][number])
    latency = columns["latency_hours"]
    assert latency == pytest.approx(hours(columns["delivered"] - columns["taken"]), abs=1e-8)
    for name, how in (("best", np.min), ("median", np.median), ("worst", np.max)):
        fact = facts[f"latency_{name}_hours"]
        assert fact.value == pytest.approx(how(latency), abs=1e-12)
        assert fact.low is None


def test_large_pictures_queue_and_come_whole():
    found = kosmodrom.contacts(**PICTURES, picture="4 GB")
    columns = found.columns
    # 4 GB at 100 Mbit/s take 320 s; none comes sooner, and each within one contact.
    assert columns["latency_hours"].min() >= 320 / 3600 - 1e-9
    done = ~np.isnat(columns["delivered"])
    sent = columns["delivered"][done]
    assert (sent <= columns["set"][done]).all()
    apart = np.diff(np.sort(sent)) / np.timedelta64(1, "us") / 1e6
    assert apart.min() >= 320 - 1e-5


def test_pictures_that_nothing_brings_down_open_the_upper_ends():
    small = {**PICTURES, "end": "2026-08-25"}
    none = kosmodrom.contacts(**small, picture="100 GB")
    assert none.facts["pictures"].value > 0
    assert none.facts["delivered"].value == 0
    assert "latency_best_hours" not in none.facts
    assert np.isnat(none.columns["delivered"]).all()
    assert (none.columns["station"] == "").all()
    some = kosmodrom.contacts(**small, picture="5.5 GB")
    assert 0 < some.facts["delivered"].value < some.facts["pictures"].value
    worst = some.facts["latency_worst_hours"]
    assert worst.low == worst.value
    assert worst.high is None


def test_a_station_more_makes_nothing_later():
    far = kosmodrom.contacts(**PICTURES)
    near = kosmodrom.contacts(**PICTURES | {"stations": ["Pyongyang", "svalbard"]})
    for name in ("best", "median", "worst"):
        fact = f"latency_{name}_hours"
        assert near.facts[fact].value <= far.facts[fact].value


def test_rows_are_contacts_or_pictures_as_asked():
    contacts = kosmodrom.contacts(**PICTURES, rows="contacts")
    pictures = kosmodrom.contacts(**PICTURES)
    assert "volume_gb" in contacts.columns
    assert "taken" not in contacts.columns
    assert "taken" in pictures.columns
    assert contacts.facts == pictures.facts


def test_pictures_that_only_may_be_are_counted_apart():
    camera = {"sample_distance_low": "1 m", "off_nadir_low": "10 deg", "off_nadir_high": "45 deg"}
    found = kosmodrom.contacts(**{**PICTURES, "max_off_nadir": None}, camera=camera)
    fact = found.facts["pictures"]
    assert fact.value == fact.high == len(found)
    assert fact.low == (found.columns["off_nadir_deg"] <= 10).sum()


def test_a_stationary_satellite_is_one_open_contact():
    found = kosmodrom.contacts(satellites=["himawari-9"], stations=["Jakarta"], start="2026-08-22")
    (row,) = found.rows()
    assert row["rise"] is None
    assert row["set"] is None
    assert row["duration_s"] == 86_400
    assert "longest_gap_hours" not in found.facts


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"rate": "100"}, "100 has no unit; a data rate is due, write 100 Mbit/s"),
        ({"rate": "100 Mbit"}, "a data rate is due"),
        ({"rate": "0 Mbit/s"}, "it must be above 0"),
        ({"picture": "400 km"}, "an amount of data is due"),
        ({"picture": "-4 GB"}, r"picture=\): .* its size must be 0 or more"),
        ({"acquisition": "30"}, "write 30 s"),
        ({"acquisition": "2 h"}, "0 to 3600 s"),
        ({"station_mask": "95 deg"}, "below 90 deg"),
        ({"stations": ["Atlantis"]}, "no place is called 'Atlantis'"),
        ({"stations": []}, "give at least 1"),
        ({"rows": "pictures", "targets": []}, "there are no pictures without targets"),
        ({"rows": "all"}, "write one of 'contacts', 'pictures'"),
    ],
)
def test_what_cannot_be_is_refused_with_the_way_out(more, said):
    with pytest.raises(InputError, match=said):
        kosmodrom.contacts(**PICTURES | more)
