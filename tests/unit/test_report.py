"""The page: complete, safe, self-contained, readable."""

import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from kosmodrom.errors import InputError
from kosmodrom.report import render_report
from kosmodrom.report.claims import STANDINGS, standing
from kosmodrom.report.outlines import Outlines

SAMPLE = Path(__file__).parents[1] / "golden" / "report" / "sample.json"
VIEWS = SAMPLE.with_name("views.json")
SQUARE = np.array([[40.0, 120.0], [60.0, 120.0], [60.0, 135.0], [40.0, 135.0], [40.0, 120.0]])
OUTLINES = Outlines(land=[SQUARE], countries=lambda: [SQUARE])
VOID = {"meta", "link", "br", "hr", "img", "input", "col"}  # never closed in HTML


class Page(HTMLParser):
    """What a test wants to know of a page, and a check that every tag is closed."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.open, self.ids, self.links, self.tags, self.attributes = [], [], [], Counter(), []
        self.headings, self.words, self.named = [], [], {}
        self.feed(html)
        self.close()
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        assert len(values) == len(attrs), f"{tag} has an attribute twice: {attrs}"
        self.tags[tag] += 1
        self.attributes += [(tag, key, value) for key, value in attrs]
        if "id" in values:
            self.ids.append(values["id"])
            self.named[values["id"]] = values
        if tag == "a":
            self.links.append(values.get("href", ""))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert tag not in VOID, f"</{tag}>"
        assert self.open
        assert self.open[-1] == tag, f"</{tag}> closes <{self.open[-1]}>"
        self.open.pop()

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    @property
    def text(self):
        return re.sub(r"[ \n]+", " ", " ".join(self.words))


@pytest.fixture(scope="module")
def document():
    return json.loads(SAMPLE.read_text("utf-8"))


@pytest.fixture(scope="module", params=["en", "id"])
def html(request, document):
    others = {"en": "report.en.html", "id": "report.id.html"}
    return render_report(document, request.param, other_languages=others, outlines=OUTLINES)


@pytest.fixture(scope="module")
def page(html):
    return Page(html)


@pytest.fixture
def changed(document):
    """Give a copy of the sample that a test may change."""
    return json.loads(json.dumps(document))


def english(document):
    return Page(render_report(document, "en", outlines=OUTLINES))


def test_the_sample_holds_every_verdict_and_every_status(document):
    assert {standing(claim) for claim in document["claims"]} == set(STANDINGS)


def test_every_tag_is_closed_in_order_and_ids_are_unique(page):
    assert [name for name, n in Counter(page.ids).items() if n > 1] == []


def test_every_link_inside_the_page_leads_to_an_id_that_exists(page):
    inside = {link[1:] for link in page.links if link.startswith("#")}
    assert inside
    assert inside <= set(page.ids)
    used = {value[1:] for tag, key, value in page.attributes if (tag, key) == ("use", "href")}
    assert used <= set(page.ids)


def test_every_claim_has_a_card_and_a_line_in_the_table(document, page):
    for claim in document["claims"]:
        assert f"claim-{claim['id']}" in page.ids
        assert page.links.count(f"#claim-{claim['id']}") >= 2


def test_every_fact_cited_as_evidence_is_linked_to_the_step_that_gave_it(document, page):
    cited = {
        item["fact"]
        for claim in document["claims"]
        for item in claim["evidence"]
        if item["kind"] == "fact"
    }
    assert cited
    for fact in cited:
        step, _, name = fact.partition(".")
        found = step in document["steps"] and name in document["steps"][step]["facts"]
        assert f"#step-{step}-fact-{name}" if found else f"#step-{step}" in page.links


def test_the_number_on_a_card_leads_to_its_fact(html):
    card = html.partition('<article class="card s-contradicted" id="claim-vladivostok-1500"')[2]
    figures = card.partition("</dl>")[0]
    assert 'href="#step-vladivostok-fact-geodesic_km"' in figures


def test_nothing_is_loaded_from_outside_and_nothing_runs(html, page):
    for forbidden in ("script", "iframe", "object", "embed", "link", "img", "form", "base"):
        assert page.tags[forbidden] == 0
    assert "url(" not in html
    assert "@import" not in html
    assert "default-src 'none'" in html
    for tag, key, value in page.attributes:
        assert not key.startswith("on")
        assert key not in {"src", "srcset", "style", "action", "xlink:href"}
        if key == "href" and tag != "use":
            assert value.startswith(("#", "http://", "https://", "report."))
    outside = {link for link in page.links if link.startswith("http")}
    assert outside == {
        "https://example.org/news?a=1&b=2",
        "http://example.org/luna",
        "https://planet4589.org/space/gcat/",
    }


def test_the_style_is_the_one_that_the_page_allows_itself(html):
    import base64
    import hashlib

    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)[1]
    allowed = re.search(r"style-src 'sha256-([^']+)'", html)[1]
    assert base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() == allowed


def test_the_words_of_strangers_stay_words(html, page):
    assert '<script>alert("x")</script> lies near Sohae' in page.text or (
        '<script>alert("x")</script> dekat Sohae' in page.text
    )
    assert '"><img src=x onerror=alert(1)>' in page.text
    assert "javascript:alert(1)" in page.text  # shown, but no link
    assert "\u202e" not in html  # turns the direction of text


def poison(document, bad):
    """Put hostile words wherever a stranger may write."""
    document["title"] = {"en": bad}
    document["case"] = document["version"] = bad
    for source in document["sources"].values():
        source.update(name=bad, group=bad, url=bad, published=bad, grade=bad)
    for claim in document["claims"]:
        claim.update(id=claim["id"] + bad, says={"en": bad, bad: bad}, note={"en": bad})
        claim.update(awaits=[bad], asserted={"name": bad, "low": bad, "date": bad})
        claim["flips"] = [{"definition": bad, "verdict": "supported", "computed": None}]
        claim["premises"] = [{"id": bad, "verdict": None, "fallen": True}]
        for item in claim["evidence"] + claim["hindsight"]:
            item.update(text={"en": bad}, under=bad, group=bad, grade=bad, known_from=bad)
    for step in document["steps"].values():
        step.update(request={bad: bad}, rows=[{bad: bad}], analysis=bad, alternatives={bad: {}})
        step["facts"][bad] = {"value": bad, "unit": bad, "low": bad, "high": bad}
        for feature in step["features"]["features"]:
            feature["properties"] = {"name": bad, "kind": bad}
    document["steps"][bad] = next(iter(document["steps"].values()))
    document["failed_steps"] = {bad: {"analysis": bad, "error": bad}}
    document["awaited_steps"] = {bad + bad: bad}
    document["data"] = [dict.fromkeys(("name", "sha256", "source", "terms", "until", "rows"), bad)]


HOSTILE = pytest.mark.parametrize(
    "bad",
    [
        "\"'><svg onload=alert(1)>",
        "</title></style></textarea><script>alert(1)</script>",
        "' onmouseover='alert(1)",
        "{{ 7 * 7 }}{% for x in y %}",
        "javascript:alert(1)",
    ],
)


@HOSTILE
def test_a_hostile_word_is_harmless_wherever_it_stands(document, changed, bad):
    poison(changed, bad)
    html = render_report(changed, "en", outlines=OUTLINES)
    page, honest = Page(html), english(document)
    assert set(page.tags) <= set(honest.tags)
    assert page.tags["script"] == 0
    assert page.tags["style"] == page.tags["main"] == 1
    assert {key for _, key, _ in page.attributes} <= {key for _, key, _ in honest.attributes}
    assert not [link for link in page.links if not link.startswith(("#", "http"))]
    assert bad in page.text


def poisoned_figure(figure, bad):
    """Put hostile words wherever a figure has room for names."""
    figure = {**figure, "name": bad}
    for key in ("arcs", "rows", "lines"):
        figure[key] = [{**one, "name": bad} for one in figure.get(key, [])]
    if figure["kind"] == "cells":
        figure["unit"] = figure["outline"] = bad
    if figure["kind"] == "curve":
        figure["x"] = figure["y"] = {"name": bad, "unit": bad}
    return figure


@HOSTILE
def test_a_hostile_word_is_harmless_in_every_figure_and_on_every_map(bad):
    honest = json.loads(VIEWS.read_text("utf-8"))
    changed = json.loads(VIEWS.read_text("utf-8"))
    for step in changed["steps"].values():
        step["figures"] = [poisoned_figure(figure, bad) for figure in step["figures"]]
        for feature in step["features"]["features"]:
            feature["properties"]["name"] = bad
    before, after = english(honest), english(changed)
    assert set(after.tags) <= set(before.tags)
    assert after.tags["script"] == 0
    assert {key for _, key, _ in after.attributes} <= {key for _, key, _ in before.attributes}
    assert not [link for link in after.links if not link.startswith(("#", "http"))]
    assert bad in after.text


def test_a_page_with_figures_is_whole_and_its_drawings_have_names():
    page = english(json.loads(VIEWS.read_text("utf-8")))
    assert [name for name, n in Counter(page.ids).items() if n > 1] == []
    inside = {link[1:] for link in page.links if link.startswith("#")}
    used = {value[1:] for tag, key, value in page.attributes if (tag, key) == ("use", "href")}
    assert inside | used <= set(page.ids)
    drawings = sum(1 for tag, key, value in page.attributes if (tag, key) == ("svg", "role"))
    named = sum(1 for tag, key, value in page.attributes if (tag, key) == ("svg", "aria-label"))
    assert drawings == named >= 15
    assert not [key for _, key, _ in page.attributes if key in {"src", "style", "action"}]


def test_an_address_is_a_link_only_if_it_is_one_of_the_web(changed):
    source = changed["sources"]["gcat"]
    for bad in ("javascript:alert(1)", "data:text/html,x", "//example.org", "https://", "a b"):
        source["url"] = bad
        page = english(changed)
        assert bad not in page.links
        assert bad in page.text


def test_the_language_switch_names_only_a_file_beside_this_one(document):
    html = render_report(
        document, "en", other_languages={"id": "javascript:alert(1)"}, outlines=OUTLINES
    )
    assert "javascript%3Aalert" in html


def test_the_page_says_its_language_and_marks_words_in_another(html):
    lang = re.search(r'<html lang="(\w+)">', html)[1]
    other = {"en": "id", "id": "en"}[lang]
    assert f'<bdi lang="{lang}">' in html
    assert f'<bdi lang="{other}">' in html


def test_headings_go_down_one_level_at_a_time(page):
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    for above, below in zip(page.headings, page.headings[1:], strict=False):
        assert below <= above + 1


def test_landmarks_are_there_and_drawings_have_names(page):
    for landmark in ("header", "main", "footer", "nav"):
        assert page.tags[landmark] >= 1
    drawings = sum(1 for tag, key, value in page.attributes if (tag, key) == ("svg", "role"))
    named = sum(1 for tag, key, value in page.attributes if (tag, key) == ("svg", "aria-label"))
    assert drawings == named >= 4


def test_a_chip_is_told_apart_by_word_and_shape_and_not_by_colour_alone(html):
    for name in STANDINGS:
        chip = re.search(rf'<span class="chip s-{name}">(.*?)</span>', html, re.DOTALL)
        assert f"#icon-{name}" in chip[1]
        assert re.sub("<.*?>", "", chip[1]).strip()


def test_the_page_is_small(html):
    assert len(html.encode()) < 250_000  # ten claims; the limit of a report is 5 MB


def test_likelihood_and_confidence_are_two_sentences(html):
    ground = re.search(r'<div class="ground">(.*?)</div>', html, re.DOTALL)[1]
    assert ground.count("<p>") == 2


def test_a_fallen_premise_is_said_loudly_and_named(html):
    card = html.partition('id="claim-tech-main-cause"')[2].partition("</article>")[0]
    alarm = card.partition('class="alarm"')[2].partition("</div>")[0]
    assert 'href="#claim-tests-most-failed"' in alarm
    assert "s-contradicted" in alarm


def test_what_a_claim_waits_for_is_named(document):
    page = english(document)
    assert "hypotheses" in page.text
    assert "lunar_burn" in page.text
    assert "This step awaits an analysis that is not built yet." in page.text


def test_a_failed_step_says_why(document):
    assert "there is no site 'sohei'; did you mean 'sohae'?" in english(document).text


def test_hindsight_stands_apart_and_on_its_card(html):
    box = html.partition('<section id="hindsight"')[2].partition("</section>")[0]
    assert "BIUS-L" in box
    card = html.partition('id="claim-luna25-lost"')[2].partition("</article>")[0]
    assert "BIUS-L" in card.partition("<details")[2]
    assert "BIUS-L" not in card.partition("<details")[0]


def test_a_definition_that_would_change_the_verdict_is_named(document):
    card = english(document).text.partition("Five years from January 2011 to the first launch")[2]
    assert "works began in June 2012" in card


def test_the_texts_of_the_document_are_put_into_words_again(html):
    assert "NEVER SHOWN" not in html


def test_the_hash_of_a_table_is_short_with_the_whole_in_reach(html):
    assert f'<code title="{"a7" * 32}">{"a7" * 6}…</code>' in html


def test_numbers_and_dates_follow_the_language(document):
    page = Page(render_report(document, "id", outlines=OUTLINES))
    assert "1010,6\N{NARROW NO-BREAK SPACE}km" in page.text
    assert "15 September 2023" in page.text
    assert "16 Desember 1991" in page.text
    assert "10 Agu 2023 pukul 23.10 UTC" in page.text
    assert "1010.6" not in page.text


def test_sections_without_content_are_not_shown():
    empty = {
        "kosmodrom": 1, "case": "one-step", "version": "0.1.0", "title": {"en": "Only a step"},
        "as_of": None, "seed": 0, "sources": {}, "steps": {}, "awaited_steps": {},
        "failed_steps": {}, "claims": [], "summary": {}, "notes": [], "data": [],
        "known_from_unknown": 0,
    }  # fmt: skip
    page = english(empty)
    sections = {"summary", "verdicts", "maps", "timeline", "statements", "hindsight", "steps",
                "sources", "data", "notes"}  # fmt: skip
    assert not sections & set(page.ids)
    assert {"words", "cite", "correct"} <= set(page.ids)


def test_a_day_that_was_not_given_is_not_claimed(changed):
    changed["as_of"] = None
    for claim in changed["claims"]:
        claim["hindsight"] = []
    page = english(changed)
    assert "everything published so far" in page.text
    assert "--as-of" not in page.text


def test_an_unknown_language_or_format_is_refused(document):
    with pytest.raises(InputError, match="choose one of en, id"):
        render_report(document, "ru")
    with pytest.raises(InputError, match="run the case again"):
        render_report({**document, "kosmodrom": 2}, "en")


def test_the_same_document_gives_the_same_page(document, html):
    lang = re.search(r'<html lang="(\w+)">', html)[1]
    others = {"en": "report.en.html", "id": "report.id.html"}
    again = render_report(document, lang, other_languages=others, outlines=OUTLINES)
    assert again == html


def test_the_summary_has_at_most_ten_lines_and_names_examples(html):
    section = html.partition('<section id="summary"')[2].partition("</section>")[0]
    assert 1 + section.count('<li class="line') <= 10
    assert "#claim-vladivostok-1500" in section
    assert "lunar_burn" in section


@pytest.mark.parametrize(("lang", "shown"), [("en", "The office"), ("id", "Kantor itu")])
def test_a_source_with_a_name_in_each_language_is_called_by_that_of_the_page(lang, shown):
    document = json.loads(SAMPLE.read_text("utf-8"))
    for source in document["sources"].values():
        source["name"] = {"en": "The office", "id": "Kantor itu"}
    html = render_report(document, lang, outlines=OUTLINES)
    assert shown in html
    assert {"en": "Kantor itu", "id": "The office"}[lang] not in html
    assert "&#39;en&#39;" not in html


def test_no_fixed_word_of_a_row_and_no_term_is_left_in_english():
    document = json.loads(SAMPLE.read_text("utf-8"))
    html = render_report(document, "id", outlines=OUTLINES)
    for word in ("success", "failure", "unknown", "start", "end", "site", "place", "border"):
        assert f"<td>{word}</td>" not in html
    for word in ("facts with source", "citation required", "public domain", "as marked in each"):
        assert word not in html
