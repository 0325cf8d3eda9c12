"""The one table from evidence to a verdict."""

from itertools import pairwise

import pytest

from kosmodrom.assess.bearing import bearing, target_of
from kosmodrom.assess.circles import find_circle, in_order, voices
from kosmodrom.assess.grades import Grade, likelihood_word
from kosmodrom.assess.model import Claim, Evidence, Observed, Rule, Source
from kosmodrom.assess.targets import span_seconds, targets
from kosmodrom.assess.verdicts import judge
from kosmodrom.errors import InputError, RequestError


def claim(asserted, *, rule=None, kind="quantity", voices_=("paper",)):
    return Claim(
        id="c",
        kind=kind,
        asserted=asserted,
        rule=rule or Rule(kind="percent", percent=15),
        voices=frozenset(voices_),
    )


def number(value, unit="km", *, low=None, high=None, computed=True, grade="A2", group="g", **more):
    more.setdefault("stance", None)
    ends = more.pop("ends", "uncertainty")
    return Evidence(
        origin="step.fact",
        computed=computed,
        observed=Observed(
            value=value,
            low=value if low is None else low,
            high=value if high is None else high,
            unit=unit,
            ends=ends,
        ),
        under=more.pop("under", None),
        bears_on=more.pop("bears_on", None),
        group=group,
        voices=frozenset({group}),
        grade=Grade.parse(grade),
        **more,
    )


def dated(day, than=None, *, group="g", grade="B2", under=None):
    return Evidence(
        origin="source",
        computed=False,
        observed=Observed(date=span_seconds(day), than=span_seconds(than) if than else None),
        stance=None,
        under=under,
        bears_on=None,
        group=group,
        voices=frozenset({group}),
        grade=Grade.parse(grade),
    )


def said(stance, *, group="g", grade="B2", under=None, bears_on=None):
    return Evidence(
        origin="source",
        computed=False,
        observed=Observed(),
        stance=stance,
        under=under,
        bears_on=bears_on,
        group=group,
        voices=frozenset({group}),
        grade=Grade.parse(grade),
    )


ABOUT_1500 = {"value": "1500 km", "about": True}


@pytest.mark.parametrize(
    ("km", "verdict"),
    [
        (1500, "supported"),
        (1274, "contradicted"),  # 15 % of 1500 km is 225 km: 1275 is the last that is inside
        (1276, "supported"),
        (1724, "supported"),
        (1726, "contradicted"),
        (1010.6, "contradicted"),
    ],
)
def test_a_quantity_is_refuted_outside_its_percentage(km, verdict):
    assert judge(claim(ABOUT_1500), [number(km)]).verdict == verdict


def test_units_are_converted_before_comparing():
    assert judge(claim(ABOUT_1500), [number(1_500_000, "m")]).verdict == "supported"
    assert judge(claim(ABOUT_1500), [number(1010, "mile")]).verdict == "supported"  # 1625 km


def test_a_number_in_another_dimension_is_refused():
    with pytest.raises(RequestError, match="cannot be compared"):
        judge(claim(ABOUT_1500), [number(1500, "kg")])


def test_no_evidence_is_unproven_and_never_false():
    judged = judge(claim(ABOUT_1500), [])
    assert (judged.verdict, judged.likelihood, judged.confidence) == ("unproven", None, "low")


def test_a_span_refutes_only_where_all_of_it_is_outside():
    assert judge(claim(ABOUT_1500), [number(1000, low=900, high=1200)]).verdict == "contradicted"
    straddling = judge(claim(ABOUT_1500), [number(1000, low=900, high=1400)])
    assert straddling.verdict == "unproven"
    around = judge(claim(ABOUT_1500), [number(1000, low=100, high=9000)])
    assert around.verdict == "unproven"  # both ends are outside, the asserted number is not


def test_ends_that_are_definitions_give_depends_on_definition():
    item = number(1000, low=900, high=1400, ends="definitions")
    assert judge(claim(ABOUT_1500), [item]).verdict == "depends_on_definition"


def test_labels_that_disagree_give_depends_on_definition():
    items = [number(1010, under="straight line"), number(1490, under="railway")]
    judged = judge(claim(ABOUT_1500), items)
    assert judged.verdict == "depends_on_definition"
    assert judged.likelihood is None
    assert judged.reasons[0].params == {"holds": ["railway"], "falls": ["straight line"]}


def test_evidence_under_one_definition_alone_supports_with_wording():
    judged = judge(claim(ABOUT_1500), [number(1500, under="railway")])
    assert judged.verdict == "supported_with_wording"
    assert judged.reasons[0].code == "reason_only_under"


def test_an_exact_word_that_is_only_nearly_met_supports_with_wording():
    exact = claim({"value": "5 year", "about": False})
    assert judge(exact, [number(5.32, "year")]).verdict == "supported_with_wording"
    assert judge(exact, [number(5.0, "year")]).verdict == "supported"


@pytest.mark.parametrize(
    ("share", "low", "high", "verdict"),
    [
        (0.076, 0.052, 0.365, "contradicted"),
        (0.6, 0.55, 0.7, "supported"),
        (0.4, 0.3, 0.6, "unproven"),
        (0.5, 0.5, 0.5, "contradicted"),  # 'most' is more than one half
    ],
)
def test_a_share_counts_both_ends(share, low, high, verdict):
    most = claim({"share_above": "0.5"}, kind="share", rule=Rule(kind="asserted"))
    assert judge(most, [number(share, "1", low=low, high=high)]).verdict == verdict


def test_a_percentage_and_a_fraction_are_one_share():
    most = claim({"share_above": "50 %"}, kind="share", rule=Rule(kind="asserted"))
    assert judge(most, [number(0.9, "1")]).verdict == "supported"


@pytest.mark.parametrize(
    ("count", "verdict"),
    [(15, "supported"), (19, "supported"), (20, "contradicted"), (10, "contradicted")],
)
def test_a_count_in_the_teens(count, verdict):
    teens = claim({"low": "11", "high": "19"}, kind="count", rule=Rule(kind="range"))
    assert judge(teens, [number(count, "1")]).verdict == verdict


def test_one_open_end_is_enough_for_billions():
    billions = claim({"low": "1e9 USD"}, rule=Rule(kind="range"))
    assert judge(billions, [number(2.7e9, "USD")]).verdict == "supported"
    assert judge(billions, [number(0.4e9, "USD")]).verdict == "contradicted"


def test_an_ordering_counts_days_from_than_to_date():
    after = claim({"after": "true"}, kind="ordering", rule=Rule(kind="asserted"))
    assert judge(after, [dated("1991-12-16", "1991-12-08")]).verdict == "supported"
    assert judge(after, [dated("1991-12-16", "1991-12-26")]).verdict == "contradicted"
    both = [
        dated("1991-12-16", "1991-12-26", under="formal end", group="law"),
        dated("1991-12-16", "1991-12-08", under="accords", group="treaty"),
    ]
    assert judge(after, both).verdict == "depends_on_definition"


def test_a_few_days_are_a_span_of_days():
    few = claim({"days_low": "2", "days_high": "6"}, kind="ordering", rule=Rule(kind="asserted"))
    assert judge(few, [dated("2023-08-23T12:33Z", "2023-08-19T11:57Z")]).verdict == "supported"
    assert judge(few, [dated("2023-08-30", "2023-08-19")]).verdict == "contradicted"


def test_a_day_must_fall_on_its_weekday():
    asserted = {"date": "2023-09-13", "weekday": "Wednesday"}
    event = claim(asserted, kind="event", rule=Rule(kind="asserted"))
    assert judge(event, [dated("2023-09-13T04:09Z")]).verdict == "supported"
    wrong = claim({**asserted, "weekday": "Friday"}, kind="event", rule=Rule(kind="asserted"))
    assert judge(wrong, [dated("2023-09-13T04:09Z")]).verdict == "contradicted"


def test_a_month_does_not_prove_a_day():
    event = claim({"date": "2023-09-13"}, kind="event", rule=Rule(kind="asserted"))
    assert judge(event, [dated("2023-09")]).verdict == "unproven"


def test_a_source_does_not_confirm_itself_nor_what_it_copied():
    event = claim({"happened": True}, kind="event", rule=Rule(kind="asserted"))
    judged = judge(event, [said("for", group="paper", grade="A1")])
    assert judged.verdict == "unproven"
    assert judged.evidence[0].why_not == "own_voice"
    copied = claim({"happened": True}, kind="event", rule=Rule(kind="asserted"),
                   voices_=("paper", "wire"))  # fmt: skip
    assert judge(copied, [said("for", group="wire", grade="A1")]).verdict == "unproven"


def test_a_source_may_contradict_itself():
    event = claim({"happened": True}, kind="event", rule=Rule(kind="asserted"))
    assert judge(event, [said("against", group="paper")]).verdict == "contradicted"


def test_copies_of_one_wire_count_once():
    event = claim({"happened": True}, kind="event", rule=Rule(kind="asserted"))
    copies = judge(event, [said("for", group="wire", grade="B3") for _ in range(5)])
    assert [entry.why_not for entry in copies.evidence].count("same_voice") == 4
    alone = judge(event, [said("for", group="wire", grade="B3")])
    assert (copies.likelihood, copies.confidence) == (alone.likelihood, alone.confidence)
    two = judge(event, [said("for", group=name, grade="B2") for name in ("wire", "other")])
    assert (two.likelihood, two.confidence) == ("almost_certain", "high")


def test_sources_of_like_grade_that_disagree_prove_nothing():
    event = claim({"happened": True}, kind="event", rule=Rule(kind="asserted"))
    both = [said("for", group="a", grade="B2"), said("against", group="b", grade="B3")]
    assert judge(event, both).verdict == "unproven"
    weak = [said("for", group="a", grade="A1"), said("against", group="b", grade="D4")]
    assert judge(event, weak).verdict == "supported"


def test_a_computed_number_outweighs_what_was_said():
    items = [number(1010.6), number(1500, computed=False, grade="B2", group="press")]
    assert judge(claim(ABOUT_1500), items).verdict == "contradicted"


def test_a_computed_span_that_straddles_is_not_outvoted_by_words():
    most = claim({"share_above": "0.5"}, kind="share", rule=Rule(kind="asserted"))
    items = [number(0.4, "1", low=0.3, high=0.6), said("for", bears_on="share_above")]
    assert judge(most, items).verdict == "unproven"


@pytest.mark.parametrize("kind", ["intent", "forecast"])
def test_intent_and_forecasts_are_never_true_or_false(kind):
    judged = judge(claim({}, kind=kind), [said("for", group="a"), said("against", group="b")])
    assert judged.verdict == "not_checkable"
    assert judged.likelihood is None
    assert judged.confidence is None


def test_every_part_of_a_claim_needs_evidence():
    asserted = {"year": "2016", "vehicle": "Soyuz-2"}
    both = claim(asserted, kind="event", rule=Rule(kind="asserted"))
    name = Evidence(
        origin="s.first_vehicle",
        computed=True,
        observed=Observed(text="Soyuz-2.1a"),
        stance=None,
        under=None,
        bears_on=None,
        group="computed",
        voices=frozenset(),
        grade=Grade.parse("A2"),
    )
    judged = judge(both, [dated("2016-04-28")])
    assert judged.verdict == "unproven"
    assert judged.reasons[0].code == "reason_part_open"
    assert judge(both, [dated("2016-04-28"), name]).verdict == "supported"
    assert judge(both, [dated("2017-04-28"), name]).verdict == "contradicted"


def test_evidence_that_could_bear_on_two_parts_is_asked_which():
    parts = targets({"vehicle": "Soyuz-2", "payload": "Luna-25"})
    with pytest.raises(RequestError, match="bears_on"):
        target_of(said("for"), parts)


def test_a_claim_that_nothing_would_refute_is_not_judged():
    open_claim = Claim(id="c", kind="event", asserted={}, rule=None, voices=frozenset())
    judged = judge(open_claim, [said("for")])
    assert judged.verdict == "not_checkable"
    assert judged.reasons[0].code == "reason_no_refutation"


def test_order_of_evidence_changes_nothing():
    items = [
        said("for", group="a", grade="B2"),
        said("against", group="b", grade="C4"),
        said("for", group="c", grade="C3"),
    ]
    event = claim({"happened": True}, kind="event", rule=Rule(kind="asserted"))
    forth, back = judge(event, items), judge(event, items[::-1])
    assert (forth.verdict, forth.likelihood, forth.confidence) == (
        back.verdict,
        back.likelihood,
        back.confidence,
    )


def test_bearing_of_a_happening_before_a_day():
    parts = targets({"happened": True, "before": "2023-09-14"})
    rule = Rule(kind="asserted")
    assert bearing(dated("2023-08-19T11:57Z"), parts, rule).side == "for"
    assert bearing(dated("2023-09-14"), parts, rule).side == "against"


def test_a_circle_is_shown_along_its_arrows():
    graph = {"x": ["c"], "c": ["d"], "d": ["b"], "b": ["c"]}
    circle = find_circle(graph)
    assert circle is not None
    assert circle[0] == circle[-1]
    assert all(after in graph[before] for before, after in pairwise(circle))
    assert find_circle({"a": ["b", "c"], "b": ["c"], "c": []}) is None


def test_premises_come_before_what_rests_on_them():
    order = in_order({"a": ["b"], "b": ["c"], "c": []})
    assert order.index("c") < order.index("b") < order.index("a")


def test_a_copy_speaks_with_the_voices_it_copies():
    sources = {
        key: Source(id=key, name=key, published=None, grade=None, group=key, cites=cites)
        for key, cites in {"a": ("b",), "b": ("c",), "c": ()}.items()
    }
    assert voices(sources)["a"] == {"a", "b", "c"}


def test_grades_outside_the_scale_are_refused():
    with pytest.raises(InputError, match="A-F"):
        Grade.parse("G1")
    with pytest.raises(InputError, match="1-6"):
        Grade.parse("A0")


# ICD 203 (2015), D.6.e(2)(a): 01-05, 05-20, 20-45, 45-55, 55-80, 80-95, 95-99 %.
@pytest.mark.parametrize(
    ("percent", "word"),
    [(1, "almost_no_chance"), (19, "very_unlikely"), (44, "unlikely"), (50, "roughly_even"),
     (56, "likely"), (81, "very_likely"), (96, "almost_certain"), (100, "almost_certain")],
)  # fmt: skip
def test_words_of_likelihood_are_those_of_icd_203(percent, word):
    assert likelihood_word(percent / 100) == word


def named(text):
    return Evidence(
        origin="s.vehicle",
        computed=True,
        observed=Observed(text=text),
        stance=None,
        under=None,
        bears_on=None,
        group="computed",
        voices=frozenset(),
        grade=Grade.parse("A2"),
    )


@pytest.mark.parametrize(
    ("word", "text", "verdict"),
    [
        ("Soyuz 2.1b", "Soyuz-2.1b", "supported"),
        ("soyuz-2", "Soyuz-2.1a", "supported"),
        ("Luna-25", "Luna-25 (Luna-Glob)", "supported"),
        ("Chollima-1", "Malligyong-1 (second)", "contradicted"),
        ("o", "Soyuz-2.1b", "contradicted"),  # a letter is not a word
        ("Luna-2", "Luna-25", "contradicted"),
    ],
)
def test_words_are_compared_whole_whatever_their_case_and_signs(word, text, verdict):
    event = claim({"vehicle": word}, kind="event", rule=Rule(kind="asserted"))
    assert judge(event, [named(text)]).verdict == verdict


def test_an_answer_that_is_not_known_leaves_the_claim_unproven():
    judged = judge(claim(ABOUT_1500), [number(None, low=None, high=None)])
    assert judged.verdict == "unproven"
    assert judged.evidence[0].bearing.why_open == "open_unknown"
    event = claim({"year": "2016", "vehicle": "Soyuz"}, kind="event", rule=Rule(kind="asserted"))
    assert judge(event, [named(None)]).verdict == "unproven"


@pytest.mark.parametrize(
    ("asserted", "day", "than", "verdict"),
    [
        ({"before": "true"}, "2023-05-30", "2023-05-31", "supported"),
        ({"after": "true"}, "2023-06-01", "2023-05", "supported"),
        ({"after": "true"}, "2024", "2023", "supported"),
        ({"after": "true"}, "2023-05-31", "2023-05-31", "unproven"),  # the hour is not known
        ({"days_low": "1", "days_high": "1"}, "2023-05-31", "2023-05-30", "supported"),
        ({"days_low": "2"}, "2023-05-31", "2023-05-30", "contradicted"),
    ],
)
def test_whole_days_are_ordered_as_a_calendar_orders_them(asserted, day, than, verdict):
    ordering = claim(asserted, kind="ordering", rule=Rule(kind="asserted"))
    assert judge(ordering, [dated(day, than)]).verdict == verdict


def test_a_number_inside_the_error_of_the_evidence_meets_the_words():
    exact = claim({"value": "1010.6 km"}, rule=Rule(kind="percent", percent=5))
    assert judge(exact, [number(1010.7, low=1007.5, high=1013.9)]).verdict == "supported"


@pytest.mark.parametrize(
    ("asserted", "kind", "said"),
    [
        ({"share_above": "50"}, "share", "5000 %"),
        ({"value": "150 %"}, "share", "150 %"),
        ({"count": "-3"}, "count", "below 0"),
        ({"value": "1e300 km"}, "quantity", "exponent"),
    ],
)
def test_numbers_that_cannot_be_meant_are_refused(asserted, kind, said):
    with pytest.raises(RequestError, match=said):
        targets(asserted, kind)


def test_an_end_that_is_open_decides_only_on_the_other_side():
    from kosmodrom.assess.model import fact_observed
    from kosmodrom.base.facts import Fact

    seen = fact_observed(Fact(value=69, unit="1", low=69, high=None))
    assert (seen.low, seen.high) == (69, float("inf"))
    least = Evidence(
        origin="s.count",
        computed=True,
        observed=seen,
        stance=None,
        under=None,
        bears_on=None,
        group="computed",
        voices=frozenset(),
        grade=Grade.parse("A2"),
    )
    for asserted, verdict in (
        ({"count": "100"}, "unproven"),
        ({"low": "60"}, "supported"),
        ({"high": "50"}, "contradicted"),
        ({"low": "60", "high": "80"}, "unproven"),
    ):
        count = claim(asserted, kind="count", rule=Rule(kind="range"))
        assert judge(count, [least]).verdict == verdict, asserted
