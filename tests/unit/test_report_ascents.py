"""How a report draws directions of launch: a map a site, lines by what is allowed, sectors."""

import kosmodrom
from kosmodrom.report.anchors import Anchors
from kosmodrom.report.maps import maps, maps_left_out
from kosmodrom.report.outlines import catalog_outlines
from kosmodrom.report.words import Words

OUTLINES = catalog_outlines()
SIX = ["vostochny", "baikonur", "plesetsk", "kourou", "sriharikota", "sohae"]


def drawn(lang="en", **request):
    features = list(kosmodrom.corridors(**request).features)
    step = {"analysis": "corridors", "facts": {}, "features": {"features": features}}
    document = {"steps": {"pads": step}}
    empty = {"claims": [], "sources": {}, "steps": {}, "awaited_steps": {}, "failed_steps": {}}
    return maps(document, OUTLINES, Words(lang), Anchors(empty)), document


def labels(figure):
    return {label["text"] for label in figure["labels"] if label["of"] == "line"}


def test_each_site_has_a_regional_map_of_its_own():
    figures, document = drawn(sites=SIX, inclinations=["98 deg"])
    assert [figure["names"] for figure in figures] == [
        ["Vostochny"], ["Baikonur"], ["Plesetsk"], ["Kourou"], ["Sriharikota"], ["Sohae"],
    ]  # fmt: skip
    assert not any(figure["world"] for figure in figures)
    assert maps_left_out(document) == 0


def test_lines_tell_by_more_than_colour_what_is_allowed_and_name_the_inclination():
    (figure,), _ = drawn(sites=["baikonur"], inclinations=["51.6 deg", "64.9 deg"])
    assert {track["tone"] for track in figure["tracks"]} == {"a-yes", "a-no", "a-unknown"}
    assert [entry["tone"] for entry in figure["key"]] == ["a-yes", "a-unknown", "a-no"]
    assert labels(figure) == {"51.6°", "64.9°", "98.3°"}  # the last is the declared route
    assert all(track["arrows"] for track in figure["tracks"])


def test_the_azimuths_that_a_range_allows_are_an_area():
    (figure,), _ = drawn(sites=["kourou"], inclinations=["60 deg"])
    assert len(figure["swaths"]) == 1
    assert figure["key"][0]["mark"] == "swath"
    assert figure["key"][0]["text"] == "azimuths that the range allows"


def test_inclinations_are_written_as_the_language_does():
    (figure,), _ = drawn("id", sites=["plesetsk"], inclinations=["62.8 deg"])
    assert labels(figure) == {"62,8°"}
    assert figure["key"][-1]["text"].startswith("jalur")


def test_a_site_at_the_date_line_is_drawn():
    (figure,), _ = drawn(sites=["mahia"], inclinations=["45 deg"], downrange="4000 km")
    assert figure["tracks"]
    assert all(track["path"] for track in figure["tracks"])


def test_more_maps_than_are_drawn_are_counted():
    sites = [
        *SIX,
        "kennedy",
        "vandenberg",
        "mahia",
        "andoya",
        "wallops",
        "kodiak",
        "naro",
        "semnan",
    ]
    figures, document = drawn(sites=sites, inclinations=["75 deg"])
    assert len(figures) == 12
    assert maps_left_out(document) == 2
