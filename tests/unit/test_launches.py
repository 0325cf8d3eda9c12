"""The verb `launches`: what it counts, refuses and says."""

from datetime import date

import pytest
from pydantic import ValidationError

from kosmodrom import messages
from kosmodrom.analyses.launches import COLUMNS, FACTS, LaunchesRequest, run
from kosmodrom.errors import RequestError, UnknownNameError
from kosmodrom.store import Store
from kosmodrom.workspace import Context

HEADER = "Launch_Tag,Launch_Date,LV_Type,Mission,Launch_Site,LaunchCode,State"
# From GCAT (Jonathan McDowell, planet4589.org), CC BY 4.0.
GCAT = (
    "1957 ALP,1957-10-04,Sputnik 8K71PS,PS-1,NIIP-5,OS,SU",
    "1991-062,1991-09-04,Soyuz-U,Resurs-F,NIIP-53,OS,SU",
    "2001-056,2001-12-10,Zenit-2,Meteor-3M,GIK-5,OS,RU",
    "2006-006,2006-02-28,Proton-M/Briz-M,Arabsat 4A,GIK-5,OF40,RU",
    "1963-E01,1963-07-10,Vostok 8A92,Zenit-2 No. 12,NIIP-5,OE,SU",
)


def ask(as_of=None, store_path=None, **request):
    context = Context(as_of=as_of and date.fromisoformat(as_of), store_path=store_path)
    return run(LaunchesRequest.model_validate(request), context)


def codes(notes):
    return [note.code for note in notes]


def ends(fact):
    return fact.value, fact.low, fact.high


@pytest.fixture
def imported(tmp_path):
    def make(*rows):
        file, path = tmp_path / "list.csv", tmp_path / "store.duckdb"
        file.write_text("\n".join([HEADER, *rows]) + "\n")
        with Store.open(path, read_only=False) as store:
            store.import_file(file)
        return path

    return make


def test_every_fact_and_column_is_promised():
    result = ask(site="vostochny", **{"from": "2016"})
    assert set(result.facts) == {spec.name for spec in FACTS}
    assert set(result.columns) == {spec.name for spec in COLUMNS}


def test_the_end_of_the_data_stands_in_every_answer_and_a_later_day_is_said():
    plain = ask(site="vostochny")
    assert plain.facts["data_until"].value == "2025-11-30"
    assert codes(plain.warnings) == []
    late = ask(site="vostochny", until="2026-12-31")
    assert codes(late.warnings) == ["launches_until_data", "records_open_end"]
    assert late.warnings[0].params == {"until": "2026-12-31", "data_until": "2025-11-30"}


def test_launches_after_the_day_of_the_question_are_held_back_and_counted():
    result = ask("2023-08-20", site="vostochny", until="2024-12-31")
    assert result.facts["count"].value == 15
    notes = {note.code: note.params for note in result.warnings}
    assert notes["rows_held_back"] == {"count": 4}  # the four launches of 2024
    assert notes["launches_until_as_of"] == {"as_of": "2023-08-20"}


def test_a_crashed_spacecraft_makes_another_definition_only_once_it_was_public():
    after = ask("2023-09-15", site="vostochny")
    before = ask("2023-08-15", site="vostochny")
    assert after.alternatives["lost_spacecraft_as_failure"]["failure"].value == 2
    assert "lost_spacecraft_as_failure" not in before.alternatives


def test_years_to_the_first_launch_run_from_the_first_day_asked_for():
    # 1 Jan 2011 to 28 Apr 2016 are 1944 days; 1 day is 0.0027 year
    day = ask(site="vostochny", **{"from": "2011-01-01"}).facts["years_to_first"]
    assert day.value == pytest.approx(1944 / 365.25, abs=1e-9)
    assert day.low is None
    month = ask(site="vostochny", **{"from": "2011-01"}).facts["years_to_first"]
    assert (month.low, month.high) == pytest.approx((1914 / 365.25, 1944 / 365.25), abs=1e-9)
    assert "years_to_first" not in ask(site="vostochny").facts


def test_the_day_at_the_site_can_be_the_basis():
    # Unha-3 with Kwangmyongsong-3: 12 April 2012 22:38:55 UTC was 13 April in Korea
    day = {"country": "PRK", "from": "2012-04-13", "until": "2012-04-13"}
    assert ask(**day).facts["count"].value == 0
    local = ask(**day, date_basis="local")
    assert local.facts["count"].value == 1
    assert local.facts["first_date"].value == "2012-04-13"
    assert local.alternatives["utc_days"]["count"].value == 0


def test_a_vehicle_is_found_by_part_of_its_name_and_by_its_other_names():
    assert ask(site="vostochny", vehicle="soyuz 2").facts["count"].value == 19
    assert ask(site="vostochny", vehicle="Angara").facts["count"].value == 1
    assert ask(country="North Korea", vehicle="Cheonlima-1").facts["count"].value == 3
    assert ask(country="PRK", vehicle="chollima").facts["count"].value == 3


def test_a_payload_is_found_by_part_of_its_name():
    result = ask(site="vostochny", payload="luna-25")
    assert result.facts["first_date"].value == "2023-08-10"
    assert result.facts["count"].value == 1


def test_a_question_without_a_place_is_answered_by_a_least_number_only():
    result = ask(payload="luna-25")  # the catalog holds two countries' launches, not the world's
    count = result.facts["count"]
    assert (count.value, count.low, count.high) == (1, 1, None)
    assert result.facts["first_date"].value is None
    assert "launches_partial" in codes(result.warnings)


def test_one_outcome_gives_a_count_and_no_share():
    result = ask(country="PRK", until="2023-09-13", outcome="success")
    assert result.facts["count"].value == 2
    assert result.facts["success_share"].value is None
    assert "records_no_share_of_filtered" in codes(result.warnings)


@pytest.mark.parametrize("period", [{"until": "2000"}, {"from": "2025-11-01"}])
def test_an_empty_selection_is_a_count_of_zero(period):
    result = ask(site="vostochny", **period)
    assert ends(result.facts["count"]) == (0, None, None)
    assert result.facts["first_date"].value is None
    assert result.facts["success_share"].value is None
    assert len(result) == 0
    assert "records_share_unknown" in codes(result.warnings)


# The data end on 2025-11-30.
@pytest.mark.parametrize(
    "request_",
    [
        {"site": "vostochny", "from": "2030-01-01"},
        {"site": "sohae", "from": "2026", "until": "2026"},
        {"country": "PRK", "from": "2025-12-01", "as_of": "2026-06-01"},
    ],
)
def test_a_period_after_the_data_gives_nothing_and_says_so_once(request_):
    result = ask(**request_)
    facts = {name: ends(fact) for name, fact in result.facts.items() if name != "data_until"}
    assert set(facts.values()) == {(None, None, None)}
    assert result.facts["data_until"].value == "2025-11-30"
    assert [(note.code, note.params) for note in result.warnings] == [
        ("launches_nothing_covered", {"data_until": "2025-11-30"})
    ]
    assert len(result) == 0
    assert result.alternatives
    again = [ends(fact) for found in result.alternatives.values() for fact in found.values()]
    assert set(again) == {(None, None, None)}


def test_a_period_after_the_day_of_the_question_gives_nothing():
    result = ask("2023-09-15", site="vostochny", **{"from": "2024", "until": "2024"})
    assert ends(result.facts["count"]) == (None, None, None)
    notes = {note.code: note.params for note in result.warnings}
    assert notes["launches_nothing_public"] == {"as_of": "2023-09-15", "data_until": "2025-11-30"}
    assert notes["rows_held_back"] == {"count": 4}


def test_a_period_that_outlasts_the_data_gives_least_counts_and_no_latest_launch():
    result = ask(site="vostochny", **{"from": "2024", "until": "2026"})
    facts = result.facts
    # GCAT orbital launch list: VOST 2024-039, -069, -199, -223, 2025-155
    assert len(result) == 5
    for name, least in (("count", 5), ("success", 5), ("failure", 0), ("days", 5)):
        assert ends(facts[name]) == (least, least, None)
    for name in ("success_share", "last_date", "last_vehicle", "last_payload"):
        assert ends(facts[name]) == (None, None, None)
    assert facts["first_date"].value == "2024-02-29"
    assert facts["years_to_first"].value == pytest.approx(59 / 365.25, abs=1e-9)
    assert codes(result.warnings) == ["launches_until_data", "records_open_end"]
    for found in result.alternatives.values():
        assert found["count"].high is None
        assert found["count"].low == found["count"].value
        assert found["success_share"].value is None


@pytest.mark.parametrize("as_of", ["2025-11-30", "2025-11-29"])
def test_a_period_cut_by_the_day_of_the_question_stays_exact(as_of):
    result = ask(as_of, site="vostochny", until="2026-12-31")
    assert ends(result.facts["count"]) == (20, None, None)
    assert result.facts["last_date"].value == "2025-07-25"
    assert "launches_until_as_of" in codes(result.warnings)
    assert "records_open_end" not in codes(result.warnings)


def test_the_end_of_the_data_is_covered_whatever_the_day_of_the_question():
    result = ask("2026-06-01", site="vostochny")
    assert ends(result.facts["count"]) == (20, None, None)
    assert result.warnings == []
    whole = ask(site="vostochny", until="2025-11-30")
    assert ends(whole.facts["count"]) == (20, None, None)


def test_a_site_or_country_without_data_is_refused_with_the_way_out():
    with pytest.raises(RequestError, match="Baikonur; import GCAT's list: kosmodrom data import"):
        ask(site="baikonur")
    with pytest.raises(RequestError, match="not those of Russia") as caught:
        ask(country="RUS")
    assert caught.value.path == ("country",)
    with pytest.raises(UnknownNameError):
        ask(site="atlantis")


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValidationError, match="exchange the two"):
        ask(site="vostochny", until="2019", **{"from": "2020"})


def test_features_are_one_point_a_site():
    features = ask(country="PRK").features
    assert sorted(item["properties"]["launches"] for item in features) == [2, 7]
    assert {item["geometry"]["type"] for item in features} == {"Point"}


def test_an_imported_list_brings_other_sites_and_is_credited(imported):
    result = ask(store_path=imported(*GCAT), site="baikonur")
    assert result.facts["count"].value == 4
    assert result.facts["failure"].value == 2
    assert "McDowell" in result.datasets[-1].source
    assert result.datasets[-1].terms == "CC BY 4.0"
    found = result.alternatives
    assert found["without_pad_explosions"]["count"].value == 3
    assert found["partial_as_success"]["failure"].value == 1
    assert {"rows_known_from_unknown"} <= set(codes(result.warnings))


def test_imported_rows_hold_no_day_at_the_site(imported):
    with pytest.raises(RequestError, match="not known for 4 of 4 launches"):
        ask(store_path=imported(*GCAT), site="baikonur", date_basis="local")


def test_a_state_of_which_the_list_knows_nothing_is_refused(imported):
    with pytest.raises(RequestError, match="Baikonur stands under Russia"):
        ask(store_path=imported(*GCAT), country="Kazakhstan")


def test_russia_is_counted_without_the_soviet_union_and_says_so(imported):
    path = imported(*GCAT)
    result = ask(store_path=path, country="Russia", until="2010")
    assert result.facts["count"].value == 2
    assert "launches_soviet" in codes(result.warnings)
    later = ask(store_path=path, country="Russia", **{"from": "1992"})
    assert "launches_soviet" not in codes(later.warnings)


def test_a_launch_that_both_lists_hold_counts_once_with_the_checked_names(imported):
    path = imported("2016-026,2016-04-28,Soyuz-2-1A,MVL,VOST,OS,RU")
    result = ask(store_path=path, site="vostochny", until="2016-12-31")
    assert result.facts["count"].value == 1
    assert result.facts["first_vehicle"].value == "Soyuz-2.1a"
    assert "launches_differ" not in codes(result.warnings)


def test_lists_that_disagree_are_named_and_not_resolved_in_silence(imported):
    path = imported(
        "2016-026,2016-04-28,Soyuz-2-1A,MVL,VOST,OF,RU",
        "2018-014,2018-02-01,Soyuz-2-1A,Kanopus,VOST,OS,RU",
    )
    result = ask(store_path=path, site="vostochny", until="2018-12-01")
    notes = {note.code: note.params for note in result.warnings}
    # 2017-F05 is missing in the imported list, which reaches beyond it
    assert notes["launches_differ"] == {"tags": ["2016-026", "2017-F05"]}
    assert result.facts["count"].value == 3
    assert result.facts["failure"].value == 2


def test_a_time_that_is_not_known_to_the_minute_is_said_to_be_rough(tmp_path):
    # 2451544.51 is 2000-01-01 00:14:24 UTC; a step of 0.01 day leaves 0.005 day, 7.2 minutes
    file, path = tmp_path / "list.csv", tmp_path / "store.duckdb"
    file.write_text(
        f"{HEADER},Launch_JD\n"
        "2000-A,2000-01-01,Soyuz-U,A,GIK-5,OS,RU,2451544.51\n"
        "2000-B,2000 Jan 2 1850?,Soyuz-U,B,GIK-5,OS,RU,\n"
        "2000-C,2000 Jan 3 1850:12,Soyuz-U,C,GIK-5,OS,RU,\n"
        "2000-D,2000 Jan 4,Soyuz-U,D,GIK-5,OS,RU,\n"
    )
    with Store.open(path, read_only=False) as store:
        store.import_file(file)
    result = ask(store_path=path, site="baikonur")
    assert result.columns["utc"][0] == "2000-01-01T00:14Z"
    notes = {note.code: note.params for note in result.accuracy}
    assert notes["launches_rough_times"] == {"count": 1, "off": [7, "minute"]}
    assert notes["launches_doubtful_times"] == {"count": 1}


def test_times_to_the_minute_need_no_note():
    result = ask(site="vostochny", until="2023-09-13")
    assert not {"launches_rough_times", "launches_doubtful_times"} & set(codes(result.accuracy))


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_every_note_and_definition_has_a_text(lang, imported):
    path = imported(*GCAT, "2016-026,2016-04-28,Soyuz-2-1A,MVL,VOST,OF,RU")
    results = [
        ask("2023-09-15", site="vostochny", until="2025-01-01"),
        ask(site="vostochny", until="2026", date_basis="local"),
        ask(payload="luna", outcome="failure"),
        ask(store_path=path),
        ask(store_path=path, country="RUS"),
        ask(site="vostochny", **{"from": "2030"}),
        ask("2023-09-15", site="vostochny", **{"from": "2024"}),
        ask(country="PRK", date_basis="local"),
        ask(store_path=imported("2000-A,2000 Jan 2 1850?,Soyuz-U,B,GIK-5,OS,RU"), site="baikonur"),
    ]
    for result in results:
        for note in (*result.accuracy, *result.warnings):
            assert messages.text(note.code, note.params, lang)
        for label in result.alternatives:
            assert messages.has(label, lang), label
